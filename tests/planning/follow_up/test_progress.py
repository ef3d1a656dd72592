"""How the client does (planning.md 10)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.knowledge.vocabulary import ProgressClass, VisitStatus
from massage_cli.planning.follow_up.progress import Basis, Function, Progress, exact, judge_function, judge_pain, progress
from tests.builders import a_course, a_visit, an_intake, attended, knowledge

NUMBERS = knowledge().numbers.adaptation
RESOLVED, MUCH, IMPROVED, SLIGHT, NONE, WORSE, UNKNOWN = ProgressClass
BEST_FIRST = list(ProgressClass)[:5]


def pain_class(*scores: int) -> ProgressClass | None:
    return judge_pain(scores, NUMBERS).class_


def function(measure: str, *scores: float, migraine: bool = False) -> Function:
    return judge_function(scores, knowledge().measure[measure], NUMBERS, migraine=migraine)


def after(*pains: int | None, course: Any = None, **last: Any) -> Progress:
    course = course or a_course()
    return progress(course, attended(course, *pains, **last), knowledge())


# 10.2 Pain


@pytest.mark.parametrize(
    ("scores", "class_"),
    [
        ((6, 6, 4, 4), IMPROVED),
        ((7, 7, 1), IMPROVED),
        ((4, 6, 6), WORSE),
        ((9, 7, 7), SLIGHT),
        ((6, 6, 3, 3), MUCH),
    ],
)
def test_the_worked_examples(scores: tuple[int, ...], class_: ProgressClass) -> None:
    assert pain_class(*scores) is class_


@pytest.mark.parametrize(
    ("scores", "class_"),
    [
        ((6, 8, 8), WORSE),
        ((6, 8, 7), NONE),
        ((6, 7, 8), NONE),
        ((2, 3, 3), WORSE),
        ((3, 4, 4), WORSE),
        ((4, 5, 5), NONE),
        ((7, 9, 9), WORSE),
        ((0, 2, 2), WORSE),
        ((1, 3, 3), WORSE),
        ((1, 2, 2), None),
        ((10, 10, 10), NONE),
    ],
)
def test_pain_is_worse_when_both_last_scores_are_up(scores: tuple[int, ...], class_: ProgressClass | None) -> None:
    assert pain_class(*scores) is class_


@pytest.mark.parametrize("scores", [(), (5,), (0, 0), (1, 0, 0), (1, 1, 1)])
def test_too_few_scores_or_too_little_pain_have_no_class(scores: tuple[int, ...]) -> None:
    assert pain_class(*scores) is None


@pytest.mark.parametrize(
    ("scores", "class_"), [((2, 1, 1), RESOLVED), ((9, 1, 0), RESOLVED), ((9, 2, 0), MUCH), ((9, 0, 2), MUCH), ((5, 1), IMPROVED)]
)
def test_pain_is_resolved_when_both_last_scores_are_at_most_one(scores: tuple[int, ...], class_: ProgressClass) -> None:
    assert pain_class(*scores) is class_


@pytest.mark.parametrize(
    ("scores", "class_"),
    [
        ((4, 2, 2), MUCH),
        ((5, 3, 2), MUCH),
        ((5, 3, 3), IMPROVED),
        ((2, 2, 1), NONE),
        ((3, 2, 2), IMPROVED),
        ((4, 3, 3), SLIGHT),
        ((5, 4, 3), SLIGHT),
        ((5, 4, 4), SLIGHT),
        ((6, 5, 5), SLIGHT),
        ((7, 6, 6), NONE),
        ((7, 5, 5), SLIGHT),
        ((7, 5, 4), IMPROVED),
        ((8, 6, 5), SLIGHT),
        ((10, 7, 7), IMPROVED),
        ((10, 8, 7), SLIGHT),
        ((10, 9, 8), SLIGHT),
        ((10, 9, 9), NONE),
        ((6, 6, 5), NONE),
    ],
)
def test_a_gain_needs_its_share_and_its_points(scores: tuple[int, ...], class_: ProgressClass) -> None:
    assert pain_class(*scores) is class_


@given(st.lists(st.integers(0, 10), min_size=3, max_size=6), st.integers(0, 9))
def test_less_pain_at_the_end_is_never_a_worse_class(scores: list[int], down: int) -> None:
    order = [*BEST_FIRST, WORSE]
    better = [*scores[:-2], *(max(0, score - down) for score in scores[-2:])]
    before, then = pain_class(*scores), pain_class(*better)
    if before is not None and then is not None:
        assert order.index(then) <= order.index(before)


def test_one_score_is_no_relapse_and_two_have_one_before_the_last() -> None:
    one, two = (judge_pain(scores, knowledge().numbers.adaptation) for scores in ((6,), (6, 4)))
    assert (one.previous, one.last, one.relapsed) == (None, 6, False)
    assert (two.baseline, two.previous, two.last) == (6, 6, 4)


def test_the_only_visit_of_a_plan_is_its_review() -> None:
    found = after(6, course=a_course(booking={"max-sessions": 1}))
    assert (found.review_due, found.reviews) == (True, 1)


def test_the_intake_stands_for_a_first_visit_without_a_score() -> None:
    assert after(None, 4, 4).now.pain.scores == (5, 4, 4)
    assert after(6, 4).now.pain.scores == (6, 4)
    assert after(6, None, 4).now.pain.scores == (6, 4)


def test_an_intake_without_pain_stands_for_nothing() -> None:
    course = a_course(condition="maintenance", pain=None)
    assert after(None, 3, course=course).now.pain.scores == (3,)


def test_only_visits_that_took_place_count() -> None:
    course = a_course()
    visits = (*attended(course, 6, 6), a_visit(3, status=VisitStatus.MISSED, pain=0))
    assert progress(course, visits, knowledge()).now.pain.scores == (6, 6)


def test_first_last_and_the_one_between_can_be_shown() -> None:
    pain = after(6, 5, 4).now.pain
    assert (pain.baseline, pain.previous, pain.last) == (6, 5, 4)
    one = after(6).now.pain
    assert (one.baseline, one.previous, one.last) == (6, None, 6)
    course = a_course()
    none = progress(course, (), knowledge()).now.pain
    assert (none.baseline, none.previous, none.last) == (None, None, None)


# 10.3 Function


@pytest.mark.parametrize(
    ("measure", "scores", "class_"),
    [
        ("rmdq", (12, 6), IMPROVED),
        ("rmdq", (12, 10), SLIGHT),
        ("rmdq", (12, 10.2), SLIGHT),
        ("rmdq", (12, 10.3), NONE),
        ("rmdq", (12, 4.8), MUCH),
        ("rmdq", (12, 4.9), IMPROVED),
        ("rmdq", (12, 15.6), WORSE),
        ("rmdq", (12, 15.5), NONE),
        ("rmdq", (12, 2, 2), RESOLVED),
        ("rmdq", (12, 3, 2), MUCH),
        ("rmdq", (2, 2, 2), NONE),
        ("rmdq", (20, 15), IMPROVED),
        ("womac", (50, 41.5), IMPROVED),
        ("womac", (50, 41.6), SLIGHT),
        ("psfs", (4, 6), IMPROVED),
        ("psfs", (4, 8), MUCH),
        ("psfs", (4, 2), WORSE),
        ("lefs", (40, 38), NONE),
        ("dash", (50.4, 30), MUCH),
        ("dash", (50.3, 30), IMPROVED),
        ("headache-days", (0, 5), None),
        ("rmdq", (12,), None),
    ],
)
def test_function_is_counted_in_steps(measure: str, scores: tuple[float, ...], class_: ProgressClass | None) -> None:
    assert function(measure, *scores).class_ is class_


def test_the_worked_example_is_one_and_two_thirds_steps() -> None:
    assert function("rmdq", 12, 6).steps == Fraction(5, 3)


def test_migraine_has_its_own_step_where_the_measure_gives_one() -> None:
    assert function("hit6", 60, 57.5).class_ is NONE
    assert function("hit6", 60, 57.5, migraine=True).class_ is IMPROVED
    assert function("rmdq", 12, 6, migraine=True).steps == Fraction(5, 3)


@pytest.mark.parametrize(("complaint", "steps"), [("migraine", Fraction(2)), ("headache", Fraction(5, 8))])
def test_who_comes_with_migraine_is_judged_by_it(complaint: str, steps: Fraction) -> None:
    intake = replace(an_intake(), complaint=complaint)
    visits = (a_visit(1, measure="hit6", score=60), a_visit(2, measure="hit6", score=55))
    found = progress(replace(a_course(), intake=intake), visits, knowledge()).now.function
    assert found is not None
    assert found.steps == steps


def test_the_measure_scored_last_is_judged_by_all_its_scores() -> None:
    scored = [("rmdq", 12), ("odi", 40), ("rmdq", 9), ("odi", 30)]
    visits = [a_visit(number, measure=measure, score=score) for number, (measure, score) in enumerate(scored, start=1)]
    found = progress(a_course(), visits, knowledge()).now.function
    assert found is not None
    assert (found.measure.id, found.scores, found.class_) == ("odi", (40, 30), IMPROVED)


def test_a_number_counts_as_it_is_written() -> None:
    assert exact(10.2) == Fraction(102, 10)


# 10.4 The class


def scored(*scores: float, pains: tuple[int, ...] = (6, 6), **last: Any) -> Progress:
    visits = [a_visit(place, pain=pain, measure="rmdq", score=score) for place, (pain, score) in enumerate(zip(pains, scores, strict=True))]
    visits = [replace(visit, number=number) for number, visit in enumerate(visits, start=1)]
    return progress(a_course(), (*visits[:-1], replace(visits[-1], **last)), knowledge())


@pytest.mark.parametrize(
    ("pains", "scores", "class_", "basis"),
    [
        ((6, 6), (12, 6), IMPROVED, Basis.FUNCTION),
        ((6, 0), (12, 6), MUCH, Basis.PAIN),
        ((6, 6), (12, 12), NONE, Basis.PAIN),
        ((6, 0), (12, 20), WORSE, Basis.FUNCTION),
        ((6, 8, 8), (12, 12, 2), WORSE, Basis.PAIN),
    ],
)
def test_the_better_counts_unless_either_is_worse(
    pains: tuple[int, ...], scores: tuple[float, ...], class_: ProgressClass, basis: Basis
) -> None:
    now = scored(*scores, pains=pains).now
    assert (now.class_, now.basis) == (class_, basis)


def test_nothing_known_is_unknown() -> None:
    assert (after(6).now.class_, after(6).now.basis) == (UNKNOWN, Basis.NOTHING)
    assert progress(a_course(), (), knowledge()).now.class_ is UNKNOWN


@pytest.mark.parametrize(
    ("hours", "class_", "ease"),
    [(None, MUCH, False), (48, MUCH, False), (49, MUCH, True), (72, MUCH, True), (73, WORSE, False)],
)
def test_soreness_eases_and_then_stops(hours: int | None, class_: ProgressClass, ease: bool) -> None:
    found = after(6, 3, 3, soreness_hours=hours)
    assert (found.now.class_, found.ease) == (class_, ease)


def test_long_soreness_is_worse_also_where_nothing_else_is_known() -> None:
    now = after(6, soreness_hours=73).now
    assert (now.class_, now.basis) == (WORSE, Basis.SORENESS)


def test_soreness_of_an_earlier_visit_is_over() -> None:
    course = a_course()
    visits = (replace(a_visit(1, pain=6), soreness_hours=90), a_visit(2, pain=6, soreness_hours=0))
    assert progress(course, visits, knowledge()).now.class_ is NONE


# 10.5 Reviews


@pytest.mark.parametrize(("visits", "due", "reviews"), [(3, False, 0), (4, True, 1), (5, False, 1), (6, True, 2), (10, True, 4)])
def test_a_review_is_due_where_the_plan_has_one(visits: int, due: bool, reviews: int) -> None:
    found = after(*[6] * visits)
    assert (found.review_due, found.reviews) == (due, reviews)


def test_a_missed_review_is_made_up_at_the_next_visit() -> None:
    course = a_course()
    visits = (*attended(course, 6, 6, 6), a_visit(4, status=VisitStatus.MISSED), a_visit(5, pain=6))
    assert progress(course, visits, knowledge()).review_due
    assert not progress(course, visits[:4], knowledge()).review_due


def test_two_reviews_missed_are_made_up_at_once() -> None:
    course = a_course()
    found = progress(course, (*attended(course, 6, 6, 6), a_visit(7, pain=6)), knowledge())
    assert (found.review_due, found.reviews) == (True, 1)


def test_nothing_is_due_before_the_first_visit() -> None:
    found = progress(a_course(), (), knowledge())
    assert (found.review_due, found.reviews, found.class_before) == (False, 0, None)


def test_a_visit_that_was_decided_on_is_not_reviewed_again() -> None:
    course = replace(a_course(), reviewed=4)
    assert not after(*[6] * 4, course=course).review_due
    assert after(*[6] * 6, course=course).review_due


def test_a_visit_that_was_decided_on_does_not_ease_again() -> None:
    course = replace(a_course(), reviewed=2)
    assert not after(6, 6, course=course, soreness_hours=60).ease
    assert after(6, 6, 6, course=course, soreness_hours=60).ease


def test_a_visit_that_was_decided_on_has_the_same_class() -> None:
    once, again = after(6, 6, 4, 4), after(6, 6, 4, 4, course=replace(a_course(), reviewed=4))
    assert (again.now, again.reviews, again.class_before) == (once.now, once.reviews, once.class_before)


@pytest.mark.parametrize(("pains", "before"), [((6, 6, 6, 6, 2, 2), NONE), ((6, 6, 3, 3, 6, 6), MUCH), ((6, 6, 6, 6), None)])
def test_the_class_at_the_review_before_is_that_of_the_visits_before(pains: tuple[int, ...], before: ProgressClass | None) -> None:
    assert after(*pains).class_before is before
