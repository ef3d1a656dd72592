"""The rest of the course (planning.md 11.2 to 11.4)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus, Weekday
from massage_cli.planning.calendar import NoOpenDay, PlannedVisit
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.decision import Rest
from massage_cli.planning.follow_up.replanning import Left, RestOfCourse, left_of, rest_of_course
from massage_cli.planning.follow_up.visits import Visit
from tests.builders import a_course, knowledge

KEEP, SHIFT = MissedVisits
MONDAY = date(2026, 11, 23)
"""The first visit of the valid course, which comes weekly, eight times, and then twice after two weeks."""


def weeks(text: str) -> list[date]:
    """Days by their distance in weeks from the first visit."""
    return [MONDAY + timedelta(weeks=int(word)) for word in text.split()]


def missed(course: CourseSoFar, *numbers: int, status: VisitStatus = VisitStatus.MISSED) -> tuple[Visit, ...]:
    days = {session.number: session.date for session in course.sessions}
    return tuple(Visit(number=number, date=days[number], status=status) for number in numbers)


def went(course: CourseSoFar, *numbers: int) -> tuple[Visit, ...]:
    return missed(course, *numbers, status=VisitStatus.ATTENDED)


def left(course: CourseSoFar, visits: tuple[Visit, ...], *, today: date | None = None, way: MissedVisits = KEEP) -> Left:
    last = max((visit.date for visit in visits), default=course.on)
    return left_of(course, visits, today=today or last, missed=way)


def placed(
    rest: Rest, course: CourseSoFar, visits: tuple[Visit, ...], *, today: date | None = None, way: MissedVisits = KEEP, **more: Any
) -> RestOfCourse:
    return rest_of_course(left(course, visits, today=today, way=way), rest, knowledge(), **more)


def dates(found: RestOfCourse) -> list[date]:
    return [session.date for session in found.sessions]


def numbers(sessions: tuple[PlannedVisit, ...]) -> list[int]:
    return [session.number for session in sessions]


def gaps(found: RestOfCourse, since: date) -> list[int]:
    days = [since, *dates(found)]
    return [(later - earlier).days for earlier, later in pairwise(days)]


def counts(found: RestOfCourse) -> list[tuple[str, int]]:
    return [(phase.name, phase.sessions) for phase in found.phases]


# 11.2 What is left


def test_what_is_left_has_no_record_and_lies_ahead() -> None:
    course = a_course()
    assert numbers(left(course, went(course, 1, 2)).sessions) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert numbers(left(course, (*went(course, 1, 2), *missed(course, 4))).sessions) == [5, 6, 7, 8, 9, 10]


def test_a_planned_visit_of_today_is_still_to_come() -> None:
    course = a_course()
    assert numbers(left(course, went(course, 1), today=weeks("1")[0]).sessions)[0] == 2
    assert numbers(left(course, went(course, 1), today=weeks("1")[0] + timedelta(days=1)).sessions)[0] == 3


def test_a_planned_visit_until_the_last_day_attended_is_passed_by() -> None:
    course = a_course()
    late = (*went(course, 1), Visit(number=2, date=weeks("2")[0], status=VisitStatus.ATTENDED))
    assert numbers(left(course, late).sessions)[0] == 4


def test_a_visit_called_off_ahead_is_not_left() -> None:
    course = a_course()
    visits = (*went(course, 1, 2), *missed(course, 5, status=VisitStatus.CANCELLED))
    assert numbers(left(course, visits, today=weeks("1")[0]).sessions) == [3, 4, 6, 7, 8, 9, 10]


@pytest.mark.parametrize("status", [VisitStatus.MISSED, VisitStatus.CANCELLED])
def test_shifting_leaves_every_visit_not_attended(status: VisitStatus) -> None:
    course = a_course()
    found = left(course, (*went(course, 1, 3), *missed(course, 2, status=status)), way=SHIFT)
    assert (numbers(found.sessions), found.to_move) == ([2, 4, 5, 6, 7, 8, 9, 10], True)


def test_shifting_leaves_visits_passed_by_as_well() -> None:
    course = a_course()
    found = left(course, went(course, 1), today=weeks("2")[0], way=SHIFT)
    assert (numbers(found.sessions)[:2], found.to_move, found.next_day) == ([2, 3], True, weeks("2")[0])


def test_shifting_moves_nothing_where_nothing_was_missed() -> None:
    course = a_course()
    assert not left(course, went(course, 1, 2), way=SHIFT).to_move


def test_a_visit_given_up_for_an_extra_one_is_not_made_up_as_well() -> None:
    course = a_course(booking={"max-sessions": 11})
    visits = (*went(course, 1, 2, 3, 4, 6), *missed(course, 5))
    held = placed(Rest.MORE_OF_PHASE, course, visits)
    later = replace(course, sessions=(*held.past, *held.sessions), phases=held.phases)
    assert left(later, visits, way=SHIFT).sessions == held.sessions


# The rest stays


def test_what_stays_keeps_its_dates_and_numbers() -> None:
    course = a_course()
    found = placed(Rest.STAYS, course, (*went(course, 1, 2), *missed(course, 3)))
    assert (found.sessions, found.past, found.phases) == (course.sessions[3:], course.sessions[:3], course.phases)


def test_an_untouched_course_stays_the_same() -> None:
    course = a_course()
    for way in MissedVisits:
        found = placed(Rest.STAYS, course, (), way=way)
        assert ((*found.past, *found.sessions), found.phases, found.warnings) == (course.sessions, course.phases, ())


def test_what_is_shifted_takes_over_the_next_day_agreed() -> None:
    course = a_course()
    found = placed(Rest.STAYS, course, (*went(course, 1, 2), *missed(course, 3)), way=SHIFT)
    assert dates(found) == weeks("3 4 5 6 7 8 10 12")
    assert numbers(found.sessions) == [4, 5, 6, 7, 8, 9, 10, 11]
    assert [session.phase for session in found.sessions] == ["initial"] * 6 + ["taper"] * 2
    assert [session.number for session in found.sessions if session.review] == [5, 7, 9, 11]
    assert (numbers(found.past), counts(found)) == ([1, 2], [("initial", 8), ("taper", 2)])


def test_a_missed_review_that_was_made_up_stays_counted_when_the_visit_is_placed_anew() -> None:
    course = a_course()
    visits = (*went(course, 1, 2, 3, 5), *missed(course, 4))
    found = placed(Rest.STAYS, course, visits, way=SHIFT)
    assert [(session.number, session.review) for session in found.past] == [(1, False), (2, False), (3, False), (5, True)]
    assert [session.number for session in found.sessions if session.review] == [7, 9, 11]


def test_a_missed_review_that_was_not_made_up_yet_is_that_of_a_visit_to_come() -> None:
    course = a_course()
    found = placed(Rest.STAYS, course, (*went(course, 1, 2, 3), *missed(course, 4)), way=SHIFT)
    assert [session.number for session in (*found.past, *found.sessions) if session.review] == [5, 7, 9, 11]


def test_two_visits_missed_are_both_made_up() -> None:
    course = a_course()
    found = placed(Rest.STAYS, course, (*went(course, 1), *missed(course, 2, 3)), way=SHIFT)
    assert dates(found) == weeks("3 4 5 6 7 8 9 11 13")


def test_with_no_day_agreed_the_gap_counts_but_not_from_before_today() -> None:
    course = a_course()
    visits = (*went(course, *range(1, 9)), *missed(course, 9, 10))
    tuesday = weeks("12")[0] + timedelta(days=1)
    assert dates(placed(Rest.STAYS, course, visits, today=tuesday, way=SHIFT)) == [tuesday, tuesday + timedelta(weeks=2)]
    early = placed(Rest.STAYS, course, visits, today=weeks("8")[0], way=SHIFT)
    assert dates(early) == weeks("9 11")


def test_with_nobody_attended_the_next_day_agreed_is_the_first() -> None:
    course = a_course(first_visit=True)
    found = placed(Rest.STAYS, course, missed(course, 1), today=weeks("0")[0] + timedelta(days=1), way=SHIFT)
    assert dates(found) == weeks("1 2 3 4 5 6 7 8 10 12")
    assert numbers(found.sessions) == list(range(2, 12))
    assert [session.minutes for session in found.sessions] == [75] + [60] * 9
    assert [session.number for session in found.sessions if session.review] == [5, 7, 9, 11]


def test_with_nobody_attended_and_nothing_to_come_the_first_open_day_is_taken() -> None:
    course = a_course()
    sunday = weeks("20")[0] - timedelta(days=1)
    found = placed(Rest.STAYS, course, (), today=sunday, way=SHIFT)
    assert (dates(found)[0], numbers(found.sessions)) == (weeks("20")[0], list(range(1, 11)))


# The rest is placed anew


def test_the_later_phases_start_from_the_last_visit() -> None:
    course = a_course()
    found = placed(Rest.LATER_PHASES, course, went(course, 1, 2, 3, 4))
    assert dates(found) == weeks("5 7")
    assert numbers(found.sessions) == [5, 6]
    assert [session.number for session in found.sessions if session.review] == [6]
    assert counts(found) == [("initial", 4), ("taper", 2)]


def test_one_more_visit_is_the_next_and_a_review() -> None:
    course = a_course()
    found = placed(Rest.ONE_MORE, course, went(course, *range(1, 9)))
    assert [(session.number, session.date, session.phase, session.review) for session in found.sessions] == [
        (9, weeks("9")[0], "taper", True)
    ]
    assert counts(found) == [("initial", 8), ("taper", 1)]


def test_nothing_is_left_when_the_course_ends() -> None:
    course = a_course()
    found = placed(Rest.NOTHING, course, went(course, 1, 2))
    assert (found.sessions, counts(found)) == ((), [("initial", 2)])


def test_two_visits_more_come_before_the_later_phases() -> None:
    course = a_course()
    found = placed(Rest.MORE_OF_PHASE, course, went(course, *range(1, 7)))
    assert [session.phase for session in found.sessions] == ["initial"] * 4 + ["taper"] * 2
    assert dates(found) == weeks("6 7 8 9 11 13")
    assert [session.number for session in found.sessions if session.review] == [8, 12]
    assert counts(found) == [("initial", 10), ("taper", 2)]


def test_more_visits_in_the_last_phase_come_at_its_end() -> None:
    course = a_course()
    found = placed(Rest.MORE_OF_PHASE, course, went(course, *range(1, 10)))
    assert dates(found) == weeks("11 13 15")


@pytest.mark.parametrize(("paid", "extra"), [(None, 2), (9, 0), (10, 0), (11, 1), (12, 2), (20, 2)])
def test_extra_visits_are_those_that_are_paid_for(paid: int | None, extra: int) -> None:
    course = a_course(booking={} if paid is None else {"max-sessions": paid})
    found = placed(Rest.MORE_OF_PHASE, course, went(course, *range(1, 7)))
    assert len(found.sessions) == len(course.sessions) - 6 + extra
    assert [warning.text for warning in found.warnings] == (
        [] if extra == 2 else [f"{extra} of 2 extra visits are planned; no more are paid for."]
    )


def test_a_visit_that_was_lost_may_be_used_for_an_extra_one() -> None:
    course = a_course(booking={"max-sessions": 11})
    visits = (*went(course, 1, 2, 3, 4, 6), *missed(course, 5))
    assert placed(Rest.MORE_OF_PHASE, course, visits).warnings == ()


def maintenance(**changes: Any) -> CourseSoFar:
    return a_course(condition="maintenance", complaint=None, pain=2, **changes)


def test_a_relapse_gets_four_weekly_visits_and_then_what_was_left() -> None:
    course = maintenance()
    found = placed(Rest.CLOSER_BLOCK, course, went(course, 1, 2, 3))
    last = course.sessions[2].date
    assert gaps(found, last)[:4] == [7, 7, 7, 7]
    assert [28 <= gap <= 32 for gap in gaps(found, last)[4:]] == [True, True, True]
    assert [session.number for session in found.sessions if session.review] == [6, 7, 10]
    assert counts(found) == [("maintenance", 10)]


def test_a_block_that_is_not_all_paid_for_is_shorter() -> None:
    course = maintenance(booking={"max-sessions": 8})
    found = placed(Rest.CLOSER_BLOCK, course, went(course, 1, 2, 3))
    assert gaps(found, course.sessions[2].date)[:2] == [7, 7]
    assert [session.number for session in found.sessions if session.review] == [5, 6, 8]


def test_a_block_keeps_to_the_visits_a_week_of_its_phase() -> None:
    course = maintenance()
    often = replace(course, phases=(replace(course.phases[0], gap_days=(2, 2, 3)),))
    visits = tuple(
        Visit(number=number, date=MONDAY + timedelta(days=day), status=VisitStatus.ATTENDED)
        for number, day in enumerate((0, 2, 4), start=1)
    )
    away = frozenset(MONDAY + timedelta(days=day) for day in range(7, 12))
    monday, friday = MONDAY + timedelta(days=14), MONDAY + timedelta(days=18)
    assert dates(placed(Rest.CLOSER_BLOCK, often, visits, holidays=away))[:2] == [monday, friday]


@pytest.mark.parametrize(("complaint", "condition", "gap"), [(None, "maintenance", 42), ("sports-training", "maintenance", 30)])
def test_stable_visits_lie_as_far_apart_as_the_protocol_goes(complaint: str | None, condition: str, gap: int) -> None:
    course = a_course(condition=condition, complaint=complaint, pain=2, booking={"weekdays": list(Weekday)})
    found = placed(Rest.LONGER_GAPS, course, went(course, 1, 2, 3))
    assert gaps(found, course.sessions[2].date) == [gap] * 3
    assert found.phases[0].gap_days == (gap,)


def test_not_ready_to_taper_goes_on_as_in_the_phase_before() -> None:
    course = a_course()
    found = placed(Rest.PHASE_BEFORE, course, went(course, *range(1, 10)))
    assert [(session.phase, session.minutes) for session in found.sessions] == [("initial", 60)]
    assert dates(found) == weeks("10")
    assert counts(found) == [("initial", 9), ("taper", 1)]


@pytest.mark.parametrize(("until", "next_gaps"), [(4, [4, 3]), (5, [3, 4])])
def test_the_gap_is_that_of_the_visits_place_in_its_phase(until: int, next_gaps: list[int]) -> None:
    neck = a_course(complaint="neck", booking={"weekdays": list(Weekday)})
    found = placed(Rest.MORE_OF_PHASE, neck, went(neck, *range(1, until + 1)))
    assert gaps(found, neck.sessions[until - 1].date)[:2] == next_gaps


def test_a_lost_visit_has_no_place_in_its_phase() -> None:
    neck = a_course(complaint="neck", booking={"weekdays": list(Weekday)})
    found = placed(Rest.MORE_OF_PHASE, neck, (*went(neck, 1, 2, 4, 5), *missed(neck, 3)))
    assert gaps(found, neck.sessions[4].date)[:2] == [4, 3]


def test_a_visit_attended_early_counts_as_the_one_before() -> None:
    course = a_course()
    visits = (*went(course, 1, 2, 3), Visit(number=4, date=weeks("3")[0] - timedelta(days=3), status=VisitStatus.ATTENDED))
    assert dates(placed(Rest.LATER_PHASES, course, visits))[0] == weeks("5")[0] - timedelta(days=3)


@pytest.mark.parametrize(("second", "fourth"), [("tue", "next tue"), ("the fri before", "sat")])
def test_visits_attended_count_for_the_week(second: str, fourth: str) -> None:
    days = {"tue": 8, "the fri before": 4, "next tue": 15, "sat": 12}
    on = {name: MONDAY + timedelta(days=number) for name, number in days.items()}
    thursday, next_monday = MONDAY + timedelta(days=10), MONDAY + timedelta(days=14)
    neck = a_course(complaint="neck", booking={"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"]})
    visits = tuple(
        Visit(number=number, date=day, status=VisitStatus.ATTENDED) for number, day in enumerate((MONDAY, on[second], thursday), start=1)
    )
    found = placed(Rest.MORE_OF_PHASE, neck, visits, holidays=frozenset({next_monday}))
    assert dates(found)[0] == on[fourth]


def test_no_visit_falls_before_today() -> None:
    course = a_course()
    today = weeks("9")[0] + timedelta(days=2)
    found = placed(Rest.LATER_PHASES, course, went(course, 1, 2, 3, 4), today=today, way=SHIFT)
    assert dates(found) == [today, today + timedelta(weeks=2)]


def test_holidays_and_closed_days_are_kept_free() -> None:
    course = a_course()
    found = placed(Rest.LATER_PHASES, course, went(course, 1, 2, 3, 4), holidays=frozenset(weeks("5")))
    assert dates(found) == [weeks("5")[0] + timedelta(days=1), *weeks("7")]


def test_a_course_without_an_open_day_cannot_go_on() -> None:
    course = a_course()
    closed = frozenset(weeks("3")[0] + timedelta(days=number) for number in range(200))
    with pytest.raises(NoOpenDay) as refused:
        placed(Rest.LATER_PHASES, course, went(course, 1, 2, 3, 4), holidays=closed)
    assert refused.value.visit == 5


# 11.4 The cap


def test_a_thirteenth_visit_in_ninety_days_is_left_out() -> None:
    neck = a_course(complaint="neck")
    found = placed(Rest.MORE_OF_PHASE, neck, went(neck, *range(1, 9)))
    assert len(found.sessions) == 4
    assert [warning.text for warning in found.warnings] == ["2 visits are left out: at most 12 in any 90 days."]
    assert found.sessions[-1].review
    assert counts(found) == [("initial", 10), ("booster", 2)]


def test_an_extra_visit_that_is_not_paid_for_and_one_too_many_in_ninety_days_are_both_told() -> None:
    neck = a_course(complaint="neck", booking={"max-sessions": 13})
    found = placed(Rest.MORE_OF_PHASE, neck, went(neck, *range(1, 9)))
    assert [warning.id for warning in found.warnings] == ["extra-cut", "visit-cap"]


def test_a_visit_ninety_days_on_counts_no_more() -> None:
    neck = a_course(complaint="neck")
    visits = went(neck, *range(1, 13))
    longer = replace(neck, sessions=(*neck.sessions, replace(neck.sessions[-1], number=13, date=visits[0].date)))
    for days, kept in ((89, 0), (90, 1)):
        day = visits[0].date + timedelta(days=days)
        moved = replace(longer, sessions=(*neck.sessions, replace(longer.sessions[-1], date=day)))
        assert len(placed(Rest.STAYS, moved, visits).sessions) == kept


def test_a_protocol_meant_to_be_dense_has_no_cap() -> None:
    neck = a_course(complaint="neck")
    dense = replace(neck, protocol=replace(neck.protocol, beyond_visit_cap=True))
    assert len(placed(Rest.MORE_OF_PHASE, dense, went(neck, *range(1, 9))).sessions) == 6


def test_a_review_is_counted_by_visits_attended_and_not_by_numbers() -> None:
    course = a_course()
    visits = (*went(course, 1, 2, 4), *missed(course, 3))
    found = placed(Rest.STAYS, course, visits, way=SHIFT)
    assert [session.number for session in found.sessions if session.review] == [5, 7, 9, 11]


# Found untested by mutation


def test_with_nobody_attended_the_course_is_in_its_first_phase() -> None:
    assert left(a_course(), ()).here == 0


def test_a_visit_planned_for_the_day_after_the_last_one_is_still_to_come() -> None:
    course = a_course()
    sessions = (course.sessions[0], replace(course.sessions[1], date=MONDAY + timedelta(days=1)), *course.sessions[2:])
    assert numbers(left(replace(course, sessions=sessions), went(course, 1)).sessions)[0] == 2


def test_where_more_is_paid_for_than_planned_all_that_was_not_attended_is_made_up() -> None:
    course = a_course(booking={"max-sessions": 20})
    assert numbers(left(course, went(course, 1), way=SHIFT).sessions) == [2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_what_was_passed_by_without_a_record_is_no_past_visit() -> None:
    course = a_course()
    found = placed(Rest.LATER_PHASES, course, went(course, 1), today=weeks("2")[0])
    assert numbers(found.past) == [1]


def test_a_visit_behind_a_missed_one_without_a_review_is_none_either() -> None:
    course = a_course()
    found = placed(Rest.STAYS, course, (*went(course, 1, 3), *missed(course, 2)), way=SHIFT)
    assert [(session.number, session.review) for session in found.past] == [(1, False), (3, False)]


def test_a_visit_that_was_not_attended_makes_up_no_review() -> None:
    course = a_course()
    found = placed(Rest.LATER_PHASES, course, (*went(course, 1, 2), *missed(course, 4), *missed(course, 5)), way=KEEP)
    assert [(session.number, session.review) for session in found.past] == [(1, False), (2, False), (3, False), (4, True), (5, False)]


def test_a_first_visit_that_was_missed_with_its_review_is_made_up_at_the_next() -> None:
    course = a_course()
    reviewed_first = replace(course, sessions=(replace(course.sessions[0], review=True), *course.sessions[1:]))
    found = placed(Rest.STAYS, reviewed_first, (*missed(course, 1), *went(course, 2)), way=SHIFT)
    assert [(session.number, session.review) for session in found.past] == [(2, True)]


def test_where_the_protocol_has_no_longest_interval_stable_visits_lie_six_weeks_apart() -> None:
    course = a_course(condition="maintenance", complaint=None, pain=2)
    upkeep = replace(course.protocol.maintenance, interval_days_range=(0, 0))
    found = placed(Rest.LONGER_GAPS, replace(course, protocol=replace(course.protocol, maintenance=upkeep)), went(course, 1))
    assert found.phases[0].gap_days == (knowledge().numbers.adaptation.maintenance_stretch_days,)


def test_a_phase_that_is_over_keeps_its_gaps_where_the_later_ones_are_stretched() -> None:
    course = a_course()
    found = placed(Rest.LONGER_GAPS, course, went(course, *range(1, 9)))
    assert found.phases[0].gap_days == course.phases[0].gap_days
    assert found.phases[1].gap_days != course.phases[1].gap_days


@pytest.mark.parametrize(("paid", "extra"), [(6, 0), (10, 1)])
def test_a_budget_below_the_protocols_total_leaves_nothing_for_extra_visits(paid: int, extra: int) -> None:
    course = a_course(booking={"max-sessions": paid})
    found = placed(Rest.MORE_OF_PHASE, course, (*went(course, 1, 2, 3), *missed(course, 4)))
    assert len(found.sessions) == paid - 4 + extra
    assert [warning.id for warning in found.warnings] == ["extra-cut"]


def test_phases_run_from_their_first_visit_to_their_last() -> None:
    course = a_course()
    found = placed(Rest.LATER_PHASES, course, went(course, 1, 2, 3))
    first, last = found.phases
    assert (first.first, first.last) == (MONDAY, MONDAY + timedelta(weeks=2))
    assert (last.first, last.last) == (found.sessions[0].date, found.sessions[-1].date)


def test_the_extra_minutes_of_a_first_visit_are_not_for_one_placed_behind_others() -> None:
    course = a_course(first_visit=True)
    assert course.sessions[0].minutes > course.minutes
    found = placed(Rest.STAYS, course, (*missed(course, 1), *went(course, 2)), way=SHIFT)
    assert {session.minutes for session in found.sessions} == {course.minutes}


def test_where_today_is_closed_the_next_open_day_is_taken_and_none_before() -> None:
    today = weeks("2")[0]
    course = a_course(booking={"closed": [today, today + timedelta(days=1)], "weekdays": list(Weekday)})
    assert dates(placed(Rest.LATER_PHASES, course, went(course, 1), today=today))[0] == today + timedelta(days=2)


def test_the_visit_that_finds_no_open_day_is_named_by_its_number() -> None:
    course = a_course()
    first = dates(placed(Rest.LATER_PHASES, course, went(course, 1)))[0]
    closed = tuple(first + timedelta(days=number) for number in range(1, 100))
    full = replace(course, intake=replace(course.intake, booking=replace(course.intake.booking, closed=closed)))
    with pytest.raises(NoOpenDay) as refused:
        placed(Rest.LATER_PHASES, full, went(course, 1))
    assert refused.value.visit == 3


def test_visits_placed_anew_count_for_their_week() -> None:
    closed = [MONDAY + timedelta(days=number) for number in range(7, 13)]
    course = a_course(complaint="neck", booking={"start": MONDAY, "weekdays": list(Weekday), "closed": closed})
    found = placed(Rest.MORE_OF_PHASE, course, went(course, 1))
    assert dates(found)[:2] == [MONDAY + timedelta(days=3), MONDAY + timedelta(days=13)]


def test_visits_placed_anew_go_on_in_the_cycle_of_their_phase() -> None:
    course = a_course(condition="acute", onset=a_course().on, pain=6, booking={"start": MONDAY, "weekdays": list(Weekday)})
    assert course.phases[0].gap_days == (2, 2, 3)
    visits = went(course, 1, 2)
    assert gaps(placed(Rest.MORE_OF_PHASE, course, visits), visits[-1].date)[:3] == [2, 3, 2]
