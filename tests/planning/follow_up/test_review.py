"""The review of a course after visits (planning.md 10 and 11)."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.vocabulary import Action, MissedVisits, ProgressClass, VisitStatus, Weekday
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.follow_up.course import CourseSoFar, course_of
from massage_cli.planning.follow_up.decision import Rest
from massage_cli.planning.follow_up.easing import ease_session, treatment_of
from massage_cli.planning.follow_up.review import Review, review
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import Plan, make_plan
from tests.builders import a_course, a_visit, attended, knowledge
from tests.drawn import drawn_holidays, drawn_intake, seeds

KNOWLEDGE = knowledge()


def reviewed(course: CourseSoFar, *pains: int | None, today: date | None = None, **last: Any) -> Review:
    visits = attended(course, *pains, **last)
    return review(course, visits, KNOWLEDGE, today=today or visits[-1].date)


def names(course: CourseSoFar) -> list[str]:
    return [block.candidate.technique.id for block in course.prescriptions]


def test_a_review_joins_what_was_found_decided_and_planned() -> None:
    found = reviewed(a_course(), 6, 6, 3, 3)
    assert (found.progress.now.class_, found.decision.action) == (ProgressClass.MUCH_IMPROVED, Action.STEP_DOWN)
    assert [session.phase for session in found.rest] == ["taper", "taper"]
    assert [(count.phase.name, count.attended, count.to_come) for count in found.phases] == [("initial", 4, 0), ("taper", 0, 2)]
    assert (found.attended, found.total_visits) == (4, 6)


def test_a_course_that_goes_on_is_the_same_course() -> None:
    course = a_course()
    found = reviewed(course, 6, 6, 4, 4)
    assert replace(found.course, reviewed=None) == course
    assert (found.rest, found.changed_techniques, found.warnings) == (course.sessions[4:], False, ())


def test_a_course_that_stops_keeps_what_was_and_has_no_rest() -> None:
    course = a_course()
    found = reviewed(course, 4, 6, 6)
    assert (found.decision.action, found.rest, found.course.sessions) == (Action.STOP_REFER, (), course.sessions[:3])
    assert [(count.phase.name, count.phase.sessions) for count in found.phases] == [("initial", 3)]


def test_visits_placed_anew_keep_holidays_free() -> None:
    course = a_course()
    visits = attended(course, 6, 6, 3, 3)
    days = [session.date for session in review(course, visits, KNOWLEDGE, today=visits[-1].date).rest]
    without = review(course, visits, KNOWLEDGE, today=visits[-1].date, holidays=frozenset(days))
    assert set(days).isdisjoint(session.date for session in without.rest)
    assert len(without.rest) == len(days)


def test_what_was_lost_of_visits_and_of_techniques_is_told() -> None:
    found = reviewed(a_course(booking={"max-sessions": 6}), 6, 6, 5, 5, 5, soreness_hours=60)
    assert found.warnings[0].text.startswith("Soreness lasted 60 hours: pressure is 1 less")
    ids = [warning.id for warning in found.warnings]
    assert ids[0] == "eased"
    assert "technique-pressure" in ids


def test_a_relapse_at_the_last_visit_gets_no_more_but_is_referred() -> None:
    course = a_course(condition="maintenance", complaint=None, pain=2)
    found = reviewed(course, *[2] * (len(course.sessions) - 1), 4)
    assert (found.decision.action, found.rest) == (Action.STOP_REFER, ())


def test_visits_stay_in_the_order_of_their_numbers_where_one_ahead_was_called_off() -> None:
    course = a_course()
    off = a_visit(5, status=VisitStatus.CANCELLED)
    found = review(course, (*attended(course, 6, 6), off), KNOWLEDGE, today=course.sessions[1].date)
    assert [session.number for session in found.course.sessions] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_extra_visits_that_are_not_paid_for_are_told() -> None:
    found = reviewed(a_course(booking={"max-sessions": 10}), 6, 6, 5, 5, 5, 5)
    assert (found.decision.rest, [warning.id for warning in found.warnings]) == (Rest.MORE_OF_PHASE, ["extra-cut"])


@pytest.mark.parametrize("pains", [(6, 6, 5, 5), (6, 6, 6, 6)])
def test_replaced_techniques_are_declined_from_now_on(pains: tuple[int, ...]) -> None:
    course = a_course()
    found = reviewed(course, *pains)
    assert found.changed_techniques
    assert found.course.intake.declines == found.decision.replaced != ()
    assert set(found.decision.replaced).isdisjoint(names(found.course))
    assert found.rest == course.sessions[4:]


def test_techniques_stay_where_nothing_else_fits() -> None:
    course = a_course()
    only = a_course(declines=[technique for technique in KNOWLEDGE.technique if technique != names(course)[0]])
    found = reviewed(only, 6, 6, 6, 6)
    assert (found.decision.action, found.decision.replaced, found.changed_techniques) == (Action.CHANGE_TECHNIQUES, (), False)
    assert [warning.id for warning in found.warnings] == ["nothing-in-its-place"]


def test_techniques_stay_where_all_else_is_too_strong_for_a_course_that_was_eased() -> None:
    light = [technique.id for technique in KNOWLEDGE.techniques if technique.pressure.min == 1]
    course = a_course(declines=[technique for technique in light if technique != "swedish"])
    lighter = ease_session(treatment_of(course), KNOWLEDGE)
    eased = replace(course, prescriptions=lighter.prescriptions, outline=lighter.outline)
    assert (names(course), names(eased)) == (["swedish", "deep-tissue"], ["swedish"])
    found = reviewed(eased, 6, 6, 6, 6)
    assert (found.decision.action, found.decision.replaced, names(found.course)) == (Action.CHANGE_TECHNIQUES, (), ["swedish"])
    assert [warning.id for warning in found.warnings] == ["nothing-in-its-place"]


def test_soreness_makes_the_visits_to_come_lighter_and_shorter() -> None:
    course = a_course()
    found = reviewed(course, 6, 6, 4, 4, soreness_hours=60)
    assert found.decision.action is Action.CONTINUE
    assert [(session.number, session.date, session.minutes) for session in found.rest] == [
        (session.number, session.date, 45) for session in course.sessions[4:]
    ]
    assert {phase.minutes for phase in found.course.phases} == {45}
    assert (found.course.minutes, found.warnings[0].id) == (45, "eased")
    assert found.course.sessions[:4] == course.sessions[:4]


def test_soreness_eases_once_more_at_the_next_visit() -> None:
    course = a_course()
    once = reviewed(course, 6, soreness_hours=60).course
    visits = (a_visit(1, pain=6, soreness_hours=60), a_visit(2, pain=6, soreness_hours=60))
    twice = review(once, visits, KNOWLEDGE, today=visits[-1].date)
    assert (twice.course.minutes, {session.minutes for session in twice.rest}) == (30, {30})


def test_nothing_is_eased_where_no_visit_is_left() -> None:
    found = reviewed(a_course(), 6, 1, 1, soreness_hours=60)
    assert (found.decision.action, found.changed_techniques, found.warnings) == (Action.DISCHARGE, False, ())


@pytest.mark.parametrize(
    ("pains", "action"),
    [((6, 6, 6, 6, 6, 6, 6, 6, 4, 4), Action.DISCHARGE), ((6, 6, 6, 6, 6, 6, 6, 6, 5, 5), Action.STOP_REFER)],
)
def test_the_last_review_ends_the_course(pains: tuple[int, ...], action: Action) -> None:
    found = reviewed(a_course(), *pains)
    assert (found.decision.action, found.decision.rest, found.rest) == (action, Rest.NOTHING, ())


def test_stepping_down_to_phases_that_have_passed_is_a_discharge() -> None:
    course = a_course()
    neck = replace(course, sessions=course.sessions[:8])
    found = reviewed(neck, 6, 6, 3, 3)
    assert (found.decision.action, found.rest) == (Action.DISCHARGE, ())


def test_a_hold_that_the_cap_leaves_nothing_of_is_a_stop() -> None:
    neck = a_course(complaint="neck")
    early = [session.date for session in neck.sessions]
    pains = [9, 9, 9, 7, 7, 7, 7, 7, 7, 7, 7, 7]
    longer = replace(
        neck,
        sessions=(*neck.sessions, replace(neck.sessions[-1], number=13, date=early[-1] + timedelta(days=7), review=False)),
    )
    found = reviewed(longer, *pains)
    assert (found.decision.class_, found.decision.action, found.rest) == (ProgressClass.SLIGHT, Action.STOP_REFER, ())


def test_a_second_slight_review_holds_and_a_third_stops() -> None:
    course = a_course()
    held = reviewed(course, 6, 6, 5, 5, 5, 5)
    assert (held.decision.action, held.course.phases[0].sessions, len(held.rest)) == (Action.HOLD, 10, 6)
    visits = attended(held.course, *[6] * 2, *[5] * 6)
    stopped = review(held.course, visits, KNOWLEDGE, today=visits[-1].date)
    assert stopped.decision.action is Action.STOP_REFER


def test_a_missed_visit_does_not_repeat_the_decision_of_the_visit_before() -> None:
    held = reviewed(a_course(), 6, 6, 5, 5, 5, 5).course
    visits = (*attended(held, 6, 6, 5, 5, 5, 5), replace(a_visit(7), status=VisitStatus.MISSED))
    again = review(held, visits, KNOWLEDGE, today=visits[-1].date)
    assert (again.decision.action, again.course) == (Action.CONTINUE, held)


def test_soreness_that_was_told_once_does_not_ease_twice() -> None:
    once = reviewed(a_course(), 6, soreness_hours=60).course
    visits = (a_visit(1, pain=6, soreness_hours=60), replace(a_visit(2), status=VisitStatus.MISSED))
    again = review(once, visits, KNOWLEDGE, today=visits[-1].date)
    assert (again.course, again.changed_techniques, again.warnings) == (once, False, ())


@pytest.mark.parametrize("way", MissedVisits)
def test_a_review_that_was_made_up_has_been_the_first(way: MissedVisits) -> None:
    course = a_course()
    visits = (*attended(course, 6, 6, 5), replace(a_visit(4), status=VisitStatus.MISSED), a_visit(5, pain=5))
    first = review(course, visits, KNOWLEDGE, today=visits[-1].date, missed=way)
    assert len(first.decision.replaced) == 1
    days = [session.date for session in first.course.sessions if session.number > 5]
    until = next(place for place, session in enumerate(first.rest) if session.review)
    more = (*visits, *(a_visit(number, date=day, pain=5) for number, day in enumerate(days[: until + 1], start=6)))
    second = review(first.course, more, KNOWLEDGE, today=more[-1].date, missed=way)
    assert (second.progress.reviews, second.decision.action, second.decision.replaced) == (2, Action.HOLD, ())


def test_what_was_made_up_is_not_made_up_twice() -> None:
    course = a_course()
    visits = (*attended(course, 6, 6), replace(a_visit(3), status=VisitStatus.MISSED))
    once = review(course, visits, KNOWLEDGE, today=visits[-1].date, missed=MissedVisits.SHIFT)
    again = review(once.course, visits, KNOWLEDGE, today=visits[-1].date, missed=MissedVisits.SHIFT)
    assert (again.course, again.rest, again.total_visits) == (once.course, once.rest, 10)


# What holds for every course


class Story:
    """A client's course told from one whole number: what became of each visit, and the review after each few."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        table, on = drawn_intake(seed)
        self.holidays = drawn_holidays(seed)
        try:
            plan = make_plan(check_intake(table, KNOWLEDGE, on=on), KNOWLEDGE, on=on, holidays=self.holidays)
        except NoOpenDay:
            plan = None
        self.course = course_of(plan) if isinstance(plan, Plan) else None

    def reviews(self) -> Iterator[tuple[CourseSoFar, tuple[Visit, ...], Review, date]]:
        """Each review with the course and the visits it was made of, and its day."""
        for course, visits, found, today, _ in self.told():
            yield course, visits, found, today

    def told(self) -> Iterator[tuple[CourseSoFar, tuple[Visit, ...], Review, date, MissedVisits]]:
        """The same, with what became of missed visits."""
        course, visits = self.course, ()
        for _ in range(4 if course is not None else 0):
            visits = (*visits, *self._next_visits(course, visits))
            if not visits:
                return
            today = max(visit.date for visit in visits) + timedelta(days=self.rng.choice((0, 0, 1, 9, 40)))
            missed = self.rng.choice(tuple(MissedVisits))
            try:
                found = review(course, visits, KNOWLEDGE, today=today, missed=missed, holidays=self.holidays)
            except NoOpenDay:
                return
            yield course, visits, found, today, missed
            course = found.course

    def _next_visits(self, course: CourseSoFar, visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
        recorded = {visit.number for visit in visits}
        last = max((visit.date for visit in visits), default=date.min)
        ahead = [session for session in course.sessions if session.number not in recorded and session.date > last]
        told = []
        for session in ahead[: self.rng.randrange(1, 6)]:
            status = self.rng.choice((VisitStatus.ATTENDED,) * 5 + (VisitStatus.MISSED, VisitStatus.CANCELLED))
            went = status is VisitStatus.ATTENDED
            told.append(
                Visit(
                    number=session.number,
                    date=session.date,
                    status=status,
                    pain=self.rng.choice((None, 2, 3, 4, 5, 5, 6, 6)) if went else None,
                    measure="psfs" if went else None,
                    score=self.rng.choice((3, 4, 4.5, 5, 6)) if went and self.rng.random() < 0.4 else None,
                    soreness_hours=self.rng.choice((None, 10, 50, 60, 80)) if went and self.rng.random() < 0.3 else None,
                )
            )
        return tuple(told)


def test_the_stories_come_to_every_decision() -> None:
    waiting = set(Action)
    for seed in range(400):
        waiting -= {found.decision.action for _, _, found, _ in Story(seed).reviews()}
        if not waiting:
            return
    assert waiting == set()


@given(seeds)
@settings(max_examples=60)
def test_no_visit_lies_in_the_past_or_on_a_closed_day(seed: int) -> None:
    story = Story(seed)
    for course, visits, found, today in story.reviews():
        days = [session.date for session in found.rest]
        booking = course.intake.booking
        worked = KNOWLEDGE.numbers.calendar.default_weekdays if booking.weekdays is None else booking.weekdays
        assert all(day >= today for day in days)
        assert all(day > visit.date for day in days for visit in visits if visit.status is VisitStatus.ATTENDED)
        assert all(earlier < later for earlier, later in pairwise(days))
        assert {tuple(Weekday)[day.weekday()] for day in days} <= set(worked)
        assert story.holidays.union(booking.closed).isdisjoint(days)


@given(seeds)
@settings(max_examples=60)
def test_never_more_visits_than_the_cap_or_than_are_paid_for(seed: int) -> None:
    cap = KNOWLEDGE.numbers.adaptation.cap_visits_90_days
    for course, visits, found, _ in Story(seed).reviews():
        went = [visit.date for visit in visits if visit.status is VisitStatus.ATTENDED]
        for session in found.rest:
            first = session.date - timedelta(days=89)
            near = [day for day in (*went, *(each.date for each in found.rest)) if first <= day <= session.date]
            assert len(near) <= cap or course.protocol.beyond_visit_cap
        paid = course.intake.booking.max_sessions
        assert paid is None or found.total_visits <= paid


@given(seeds)
@settings(max_examples=60)
def test_visits_are_those_attended_and_those_to_come(seed: int) -> None:
    for _, visits, found, _ in Story(seed).reviews():
        went = sum(visit.status is VisitStatus.ATTENDED for visit in visits)
        assert found.total_visits == went + len(found.rest) == sum(count.attended + count.to_come for count in found.phases)
        assert all(count.phase.sessions >= count.attended + count.to_come for count in found.phases)


@given(seeds)
@settings(max_examples=60)
def test_numbers_go_on_and_name_their_phase(seed: int) -> None:
    for _, visits, found, _ in Story(seed).reviews():
        numbers = [session.number for session in found.course.sessions]
        assert numbers == sorted(set(numbers))
        assert {session.number for session in found.rest}.isdisjoint(visit.number for visit in visits)
        assert {session.phase for session in found.course.sessions} == {phase.name for phase in found.course.phases}


@given(seeds)
@settings(max_examples=60)
def test_a_course_reviewed_at_once_again_is_identical(seed: int) -> None:
    story = Story(seed)
    for way in MissedVisits if story.course is not None else ():
        found = review(story.course, (), KNOWLEDGE, today=story.course.on, missed=way, holidays=story.holidays)
        assert (found.course, found.rest, found.warnings) == (story.course, story.course.sessions, ())


@given(seeds)
@settings(max_examples=60)
def test_the_same_visits_give_the_same_review(seed: int) -> None:
    once, again = list(Story(seed).reviews()), list(Story(seed).reviews())
    assert once == again


@given(seeds)
@settings(max_examples=60)
def test_a_course_that_ends_has_no_visits_and_one_that_goes_on_is_no_harder(seed: int) -> None:
    for course, _, found, _ in Story(seed).reviews():
        if found.decision.rest is Rest.NOTHING:
            assert found.rest == ()
        if found.progress.ease and found.rest:
            before = {block.candidate.technique.id: block.pressure for block in course.prescriptions}
            kept = [block for block in found.course.prescriptions if block.candidate.technique.id in before]
            assert all(block.pressure <= max(1, before[block.candidate.technique.id] - 1) for block in kept)
            assert found.course.minutes <= course.minutes
