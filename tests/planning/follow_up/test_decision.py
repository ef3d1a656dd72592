"""What is done about the course after a visit (planning.md 11.1)."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import Action, ProgressClass, VisitStatus
from massage_cli.planning.follow_up import texts as review_texts
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.decision import TABLE, Decision, Rest, Situation, Stage, decide, situation_of, without_visits
from massage_cli.planning.follow_up.progress import progress
from tests.builders import a_course, a_visit, attended, knowledge

RESOLVED, MUCH, IMPROVED, SLIGHT, NONE, WORSE, UNKNOWN = ProgressClass
ACTIVE, TAPER, UPKEEP = Stage

SETTLED: dict[str, Any] = {
    "class_": NONE,
    "review_due": True,
    "first_review": False,
    "stage": ACTIVE,
    "in_first_phase": True,
    "in_last_phase": False,
    "settled_in": True,
    "relapsed": False,
    "stable_before": False,
    "extended": False,
    "stop_reached": False,
    "underdosed": False,
}


def row_of(**changes: Any) -> int:
    """The place of the row that holds for a client without a gain at a later review of an active first phase."""
    now = Situation(**(SETTLED | changes))
    return next(place for place, row in enumerate(TABLE) if row.holds(now))


ROWS: list[tuple[dict[str, Any], Action, Rest]] = [
    ({"class_": WORSE, "review_due": False}, Action.STOP_REFER, Rest.NOTHING),
    ({"class_": RESOLVED, "review_due": False}, Action.DISCHARGE, Rest.NOTHING),
    ({"class_": UNKNOWN}, Action.CONTINUE, Rest.STAYS),
    ({"review_due": False}, Action.CONTINUE, Rest.STAYS),
    ({"class_": MUCH, "in_last_phase": True}, Action.DISCHARGE, Rest.ONE_MORE),
    ({"class_": MUCH}, Action.STEP_DOWN, Rest.LATER_PHASES),
    ({"class_": MUCH, "settled_in": False}, Action.CONTINUE, Rest.STAYS),
    ({"stage": UPKEEP, "relapsed": True, "stable_before": True}, Action.RAISE_DOSE, Rest.CLOSER_BLOCK),
    ({"class_": IMPROVED}, Action.CONTINUE, Rest.STAYS),
    ({"stage": UPKEEP, "stable_before": True}, Action.LENGTHEN, Rest.LONGER_GAPS),
    ({"stage": UPKEEP}, Action.CONTINUE, Rest.STAYS),
    ({"class_": SLIGHT, "stage": TAPER, "in_first_phase": False}, Action.HOLD, Rest.PHASE_BEFORE),
    ({"class_": SLIGHT, "stage": TAPER}, Action.HOLD, Rest.STAYS),
    ({"class_": SLIGHT, "first_review": True}, Action.HOLD, Rest.STAYS),
    ({"class_": SLIGHT, "extended": True}, Action.STOP_REFER, Rest.NOTHING),
    ({"class_": SLIGHT}, Action.HOLD, Rest.MORE_OF_PHASE),
    ({"stop_reached": True, "underdosed": True}, Action.STOP_REFER, Rest.NOTHING),
    ({"underdosed": True}, Action.RAISE_DOSE, Rest.STAYS),
    ({}, Action.CHANGE_TECHNIQUES, Rest.STAYS),
]


@pytest.mark.parametrize("place", range(len(TABLE)))
def test_each_row_is_hit(place: int) -> None:
    changes, action, rest = ROWS[place]
    assert (row_of(**changes), TABLE[place].action, TABLE[place].rest) == (place, action, rest)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"class_": MUCH, "stage": TAPER}, 4),
        ({"class_": MUCH, "stage": UPKEEP, "relapsed": True}, 4),
        ({"class_": IMPROVED, "stage": UPKEEP, "relapsed": True}, 7),
        ({"class_": IMPROVED, "stage": UPKEEP, "stable_before": True}, 8),
        ({"class_": SLIGHT, "stage": UPKEEP, "first_review": True}, 10),
        ({"relapsed": True}, 18),
        ({"stage": TAPER}, 16),
        ({"class_": SLIGHT, "stop_reached": True}, 15),
        ({"class_": SLIGHT, "first_review": True, "extended": True}, 13),
        ({"class_": UNKNOWN, "review_due": False}, 2),
    ],
)
def test_the_first_row_that_holds_counts(changes: dict[str, Any], place: int) -> None:
    assert row_of(**changes) == place


# Through a course


def decided(course: CourseSoFar, *pains: int | None, **last: Any) -> Decision:
    visits = attended(course, *pains, **last)
    return decide(course, visits, progress(course, visits, knowledge()), knowledge())


def maintenance(**changes: Any) -> CourseSoFar:
    return a_course(**({"condition": "maintenance", "complaint": None, "pain": 2} | changes))


def acute(**changes: Any) -> CourseSoFar:
    return a_course(**({"condition": "acute", "onset": a_course().on, "pain": 6} | changes))


@pytest.mark.parametrize(
    ("pains", "action", "rest"),
    [
        ((4, 6, 6), Action.STOP_REFER, Rest.NOTHING),
        ((6, 1, 1), Action.DISCHARGE, Rest.NOTHING),
        ((6,), Action.CONTINUE, Rest.STAYS),
        ((6, 6, 6), Action.CONTINUE, Rest.STAYS),
        ((6, 6, 3, 3), Action.STEP_DOWN, Rest.LATER_PHASES),
        ((6, 6, 6, 6, 6, 6, 6, 6, 3, 3), Action.DISCHARGE, Rest.ONE_MORE),
        ((6, 6, 4, 4), Action.CONTINUE, Rest.STAYS),
        ((6, 6, 5, 5), Action.HOLD, Rest.STAYS),
        ((6, 6, 5, 5, 5, 5), Action.HOLD, Rest.MORE_OF_PHASE),
        ((6, 6, 5, 5, 5, 5, 5, 5, 5, 5), Action.HOLD, Rest.PHASE_BEFORE),
        ((6, 6, 6, 6), Action.CHANGE_TECHNIQUES, Rest.STAYS),
        ((6, 6, 6, 6, 6, 6), Action.STOP_REFER, Rest.NOTHING),
    ],
)
def test_a_chronic_course(pains: tuple[int, ...], action: Action, rest: Rest) -> None:
    decision = decided(a_course(), *pains)
    assert (decision.action, decision.rest) == (action, rest)


def test_nine_to_seven_is_slight_and_held() -> None:
    decision = decided(a_course(pain=9), 9, 9, 7, 7)
    assert (decision.class_, decision.action) == (SLIGHT, Action.HOLD)


@pytest.mark.parametrize(
    ("pains", "action", "rest"),
    [
        ((2, 2, 2), Action.CONTINUE, Rest.STAYS),
        ((2, 2, 4), Action.RAISE_DOSE, Rest.CLOSER_BLOCK),
        ((2, 2, 3), Action.RAISE_DOSE, Rest.CLOSER_BLOCK),
        ((4, 4, 5), Action.CONTINUE, Rest.STAYS),
        ((4, 4, 2, 2, 2, 2), Action.DISCHARGE, Rest.ONE_MORE),
        ((2, 2, 2, 2, 2, 2), Action.LENGTHEN, Rest.LONGER_GAPS),
        ((3, 2, 2, 2, 2, 3), Action.CONTINUE, Rest.STAYS),
    ],
)
def test_a_maintenance_course(pains: tuple[int, ...], action: Action, rest: Rest) -> None:
    decision = decided(maintenance(), *pains)
    assert (decision.action, decision.rest) == (action, rest)


def test_a_relapse_without_a_pain_class_still_raises_the_dose() -> None:
    visits = attended(maintenance(), 0, 0, 2)
    scored = (replace(visits[0], measure="psfs", score=8), visits[1], replace(visits[2], measure="psfs", score=8))
    course = maintenance()
    assert decide(course, scored, progress(course, scored, knowledge()), knowledge()).action is Action.RAISE_DOSE


def test_slight_after_an_improved_review_is_not_yet_stable() -> None:
    pains = (6, 4, 4, 4, 5, 5)
    assert decided(maintenance(pain=6), *pains).action is Action.CONTINUE


def test_stepping_down_needs_two_visits_of_the_phase() -> None:
    course = acute()
    visits = attended(course, 6, 3, 3)
    assert decided(course, 6, 3, 3).action is Action.STEP_DOWN
    later = (*visits[:2], replace(visits[2], number=4))
    assert decide(course, later, progress(course, later, knowledge()), knowledge()).action is Action.CONTINUE


def test_the_last_phase_is_that_of_the_plan() -> None:
    neck = a_course(complaint="neck")
    assert decided(neck, *[6] * 10, 3, 3).action is Action.DISCHARGE
    cut = a_course(booking={"max-sessions": 1})
    assert situation_of(cut, attended(cut, 6), progress(cut, attended(cut, 6), knowledge()), knowledge()).in_last_phase


def test_a_phase_that_has_grown_is_not_extended_again() -> None:
    course = a_course()
    grown = replace(course, phases=(replace(course.phases[0], sessions=9), course.phases[1]))
    assert decided(grown, 6, 6, 5, 5, 5, 5).action is Action.STOP_REFER


def test_a_taper_in_the_first_phase_stays() -> None:
    course = a_course()
    only = replace(
        course,
        phases=(replace(course.phases[1], sessions=10),),
        sessions=tuple(replace(session, phase="taper") for session in course.sessions),
    )
    decision = decided(only, 6, 6, 5, 5)
    assert (decision.action, decision.rest) == (Action.HOLD, Rest.STAYS)


@pytest.mark.parametrize(
    ("changes", "underdosed"),
    [
        ({"complaint": "neck"}, False),
        ({"complaint": "neck", "booking": {"minutes": 45}}, False),
        ({"complaint": "neck", "booking": {"minutes": 44}}, True),
        ({"complaint": "neck", "booking": {"max-per-week": 2}}, False),
        ({"complaint": "neck", "booking": {"max-per-week": 1}}, True),
    ],
)
def test_a_dose_below_the_protocols_is_raised_first(changes: dict[str, Any], underdosed: bool) -> None:
    decision = decided(a_course(**changes), 6, 6, 6, 6)
    assert decision.action is (Action.RAISE_DOSE if underdosed else Action.CHANGE_TECHNIQUES)
    assert decision.rest is Rest.STAYS


def test_the_phase_is_that_of_the_last_visit_attended() -> None:
    course = a_course()
    visits = (*attended(course, *[6] * 8), a_visit(9, status=VisitStatus.MISSED))
    found = progress(course, visits, knowledge())
    assert situation_of(course, visits[:8], found, knowledge()).stage is ACTIVE


def situation(course: CourseSoFar, *pains: int) -> Situation:
    visits = attended(course, *pains)
    return situation_of(course, visits, progress(course, visits, knowledge()), knowledge())


def test_two_visits_of_a_phase_are_enough_to_step_down() -> None:
    least = knowledge().numbers.adaptation.min_visits_before_step_down
    assert situation(a_course(), *[6] * least).settled_in
    assert not situation(a_course(), *[6] * (least - 1)).settled_in


def test_a_phase_is_measured_against_the_protocols_phase_of_its_name() -> None:
    course = a_course()
    first, last = course.phases
    longer = replace(course, phases=(first, replace(last, sessions=last.sessions + 1)))
    assert not situation(longer, *[6] * 8).extended
    assert situation(longer, *[6] * 9).extended


def test_a_phase_that_the_protocol_does_not_have_is_neither_extended_nor_too_little() -> None:
    course = a_course()
    other = replace(
        course,
        phases=(replace(course.phases[0], name="other", sessions=99, minutes=1), course.phases[1]),
        sessions=tuple(replace(session, phase="other" if session.phase == "initial" else session.phase) for session in course.sessions),
    )
    now = situation(other, 6, 6)
    assert (now.extended, now.underdosed) == (False, False)


def test_stable_before_asks_for_two_reviews() -> None:
    course = maintenance()
    visits = attended(course, 2, 2)
    found = replace(progress(course, visits, knowledge()), class_before=NONE)
    stable = [situation_of(course, visits, replace(found, reviews=reviews), knowledge()).stable_before for reviews in (1, 2, 3)]
    assert stable == [False, True, True]


# Replacing


def names(course: CourseSoFar) -> list[str]:
    return [block.candidate.technique.id for block in course.prescriptions]


def test_the_last_technique_is_replaced_at_a_first_slight_review() -> None:
    course = a_course()
    assert decided(course, 6, 6, 5, 5).replaced == (names(course)[-1],)


def test_all_but_the_first_carrier_are_replaced_without_a_gain() -> None:
    course = a_course()
    carrier = next(block.candidate.technique.id for block in course.prescriptions if block.candidate.technique.carrier)
    assert decided(course, 6, 6, 6, 6).replaced == tuple(name for name in names(course) if name != carrier)


@pytest.mark.parametrize("place", [0, 1])
def test_the_only_technique_is_replaced_whether_it_carries_or_not(place: int) -> None:
    course = a_course()
    only = replace(course, prescriptions=(course.prescriptions[place],))
    assert decided(only, 6, 6, 6, 6).replaced == (names(course)[place],)


def test_without_a_carrier_all_are_replaced() -> None:
    course = a_course()
    rest = tuple(block for block in course.prescriptions if not block.candidate.technique.carrier)
    assert len(decided(replace(course, prescriptions=rest), 6, 6, 6, 6).replaced) == len(rest)


def test_a_session_without_techniques_has_none_to_name() -> None:
    bare = decided(replace(a_course(), prescriptions=()), 6, 6, 6, 6)
    assert (bare.replaced, bare.because.endswith("Replace the techniques.")) == ((), True)


# Nothing is left


@pytest.mark.parametrize(
    ("pains", "action", "then"),
    [
        ((6, 6, 4, 4), Action.CONTINUE, Action.DISCHARGE),
        ((6, 6, 3, 3), Action.STEP_DOWN, Action.DISCHARGE),
        ((6, 6, 5, 5), Action.HOLD, Action.STOP_REFER),
        ((6, 6, 6, 6), Action.CHANGE_TECHNIQUES, Action.STOP_REFER),
        ((4, 4, 6, 6), Action.STOP_REFER, Action.STOP_REFER),
        ((6, 6, 1, 1), Action.DISCHARGE, Action.DISCHARGE),
        ((6, 6, 6), Action.CONTINUE, Action.CONTINUE),
    ],
)
def test_a_due_review_with_nothing_left_ends_the_course(pains: tuple[int, ...], action: Action, then: Action) -> None:
    course = a_course()
    found = progress(course, attended(course, *pains), knowledge())
    decision = decided(course, *pains)
    ended = without_visits(decision, found, knowledge())
    assert (decision.action, ended.action) == (action, then)
    assert ended.replaced == ()
    assert ended.rest is (Rest.NOTHING if found.review_due or then is not Action.CONTINUE else Rest.STAYS)


def test_lengthening_stays_what_it_is_with_nothing_left() -> None:
    course = maintenance()
    decision = decided(course, *[2] * 6)
    assert without_visits(decision, progress(course, attended(course, *[2] * 6), knowledge()), knowledge()) == decision


def test_one_more_visit_is_not_promised_where_none_is_left() -> None:
    course = a_course()
    pains = (6, 6, 6, 6, 6, 6, 6, 6, 3, 3)
    ended = without_visits(decided(course, *pains), progress(course, attended(course, *pains), knowledge()), knowledge())
    assert (ended.action, ended.because.endswith(f" percent less. {review_texts.NONE_LEFT_DISCHARGE}")) == (Action.DISCHARGE, True)


# Why


def test_a_decision_says_what_changed_and_what_follows() -> None:
    because = decided(a_course(), 6, 6, 4, 4).because
    assert because == "Pain was 6 of 10 at first and 4, then 4 in the last two scores, 33 percent less. The plan goes on."


def test_a_decision_names_the_techniques_that_are_replaced() -> None:
    course = a_course()
    replaced = [knowledge().technique[technique].name for technique in decided(course, 6, 6, 6, 6).replaced]
    assert decided(course, 6, 6, 6, 6).because.endswith(f" Replace {' and '.join(replaced)}.")
    assert len(replaced) == 2


def test_a_decision_by_function_names_the_measure() -> None:
    course = a_course()
    visits = attended(course, None, None, None, None, measure="rmdq", score=6)
    scored = (replace(visits[0], measure="rmdq", score=12, pain=6), *visits[1:])
    decision = decide(course, scored, progress(course, scored, knowledge()), knowledge())
    assert decision.because.startswith("Roland-Morris Disability Questionnaire: 12 at first, 6 now, 1.66 important steps better.")
    assert decision.sources == knowledge().measure["rmdq"].sources


def test_a_decision_by_soreness_says_how_long() -> None:
    assert decided(a_course(), 6, 6, soreness_hours=80).because.startswith("Soreness lasted 80 hours; more than 72 is too long.")


def test_a_decision_by_soreness_does_not_speak_of_the_measure() -> None:
    course = a_course()
    visits = attended(course, 6, 6, soreness_hours=80, measure="rmdq", score=12)
    scored = (replace(visits[0], measure="rmdq", score=12), visits[1])
    assert decide(course, scored, progress(course, scored, knowledge()), knowledge()).because.startswith("Soreness lasted 80 hours")


@pytest.mark.parametrize("hours", [None, 10])
def test_a_decision_on_nothing_says_so(hours: int | None) -> None:
    assert decided(a_course(), 6, soreness_hours=hours).because == "There are not yet two scores to compare. The plan goes on."


def test_of_several_scores_the_first_and_the_last_are_told() -> None:
    course = a_course()
    scored = tuple(
        replace(visit, measure="rmdq", score=score) for visit, score in zip(attended(course, 6, None, None), (12, 9, 6), strict=True)
    )
    because = decide(course, scored, progress(course, scored, knowledge()), knowledge()).because
    assert because.startswith("Roland-Morris Disability Questionnaire: 12 at first, 6 now")


def test_a_decision_by_pain_has_the_sources_of_the_scale() -> None:
    assert decided(a_course(), 6, 6, 4, 4).sources == knowledge().measure["nprs"].sources
    assert decided(a_course(), 6).sources == ()


@pytest.mark.parametrize("row", TABLE, ids=range(len(TABLE)))
def test_no_row_makes_a_claim_or_leaves_a_gap_unfilled(row: Any) -> None:
    filled = row.words.format(min_visits=2, extra=2, attended=6, replaced="Swedish")
    assert (filled.endswith("."), claims_in(filled, knowledge()), "{" in filled) == (True, (), False)
