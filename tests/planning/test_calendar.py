"""The dated course (planning.md 7.2, 7.4, 7.5 and 8)."""

from datetime import date, timedelta
from typing import Any

import pytest

from massage_cli.knowledge.vocabulary import Weekday
from massage_cli.planning.calendar import Course, NoOpenDay, OpenDays, open_days, place_visits, project
from massage_cli.planning.dose import Dose, DosedPhase, dose
from massage_cli.planning.intake import Booking
from tests.builders import TODAY, a_screening, an_intake, knowledge

NUMBERS = knowledge().numbers
SEARCH = NUMBERS.calendar.search_days
MONDAY = date(2026, 11, 30)
THURSDAY = MONDAY + timedelta(days=3)
EVERY_DAY = frozenset(range(7))
WORKWEEK = frozenset(range(5))


def days(text: str, *, first: date = MONDAY) -> list[date]:
    """Dates by their distance in days from the first."""
    return [first + timedelta(days=int(word)) for word in text.split()]


def opening(weekdays: frozenset[int] = WORKWEEK, closed: list[date] | None = None) -> OpenDays:
    return OpenDays(weekdays=weekdays, closed=frozenset(closed or ()), search_days=SEARCH)


def a_dose(*phases: tuple[int, tuple[int, ...]], extra: int = 0) -> Dose:
    """A dose of phases, each with its number of visits and its cycle of gaps."""
    return Dose(
        phases=tuple(
            DosedPhase(name=f"phase-{place}", sessions=sessions, gap_days=gaps, protocol_gap_days=gaps, minutes=60)
            for place, (sessions, gaps) in enumerate(phases)
        ),
        first_visit_extra_minutes=extra,
        warnings=(),
    )


def placed(
    *phases: tuple[int, tuple[int, ...]],
    first: date = MONDAY,
    weekdays: frozenset[int] = WORKWEEK,
    closed: list[date] | None = None,
    per_week: int | None = None,
) -> list[date]:
    return [day for day, _ in place_visits(a_dose(*phases), opening(weekdays, closed), first, per_week)]


# 8 The examples of the text


def test_a_closed_week_keeps_its_weekday_and_bunches_nothing() -> None:
    closed = [date(2026, 12, 28) + timedelta(days=number) for number in range(5)]
    dates = placed((4, (7,)), first=date(2026, 12, 21), closed=closed)
    assert dates == [date(2026, 12, 21), date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]


def test_the_next_gap_counts_from_the_target_and_not_from_the_day_it_moved_to() -> None:
    assert placed((3, (3, 4)), first=THURSDAY) == days("0 4 7", first=THURSDAY)


def test_of_two_days_as_near_the_later_is_taken() -> None:
    wednesday = MONDAY + timedelta(days=2)
    assert placed((2, (2,)), closed=[wednesday]) == days("0 3")


# 8.1 Open days


def test_a_day_is_open_when_its_weekday_is_worked_and_nothing_closes_it() -> None:
    booking = Booking(weekdays=(Weekday.MON,), closed=(MONDAY + timedelta(days=7),))
    opened = open_days(booking, frozenset({MONDAY + timedelta(days=14)}), NUMBERS.calendar)
    assert [day for day in days(" ".join(map(str, range(22)))) if opened.is_open(day)] == days("0 21")


def test_without_weekdays_the_usual_ones_are_worked() -> None:
    opened = open_days(Booking(), frozenset(), NUMBERS.calendar)
    worked = [Weekday(word) for word in NUMBERS.calendar.default_weekdays]
    assert [list(Weekday)[day.weekday()] for day in days("0 1 2 3 4 5 6") if opened.is_open(day)] == worked


# 7.2, 8.2, 8.3 Placing


def test_the_first_visit_is_the_first_open_day() -> None:
    saturday = MONDAY - timedelta(days=2)
    assert placed((1, (7,)), first=saturday) == [MONDAY]


def test_the_first_visit_is_its_own_target() -> None:
    saturday = MONDAY - timedelta(days=2)
    assert placed((2, (7,)), first=saturday) == days("0 7")


def test_a_cycle_repeats_and_each_phase_starts_its_own() -> None:
    dates = placed((4, (2, 2, 3)), (3, (3, 4)), weekdays=EVERY_DAY)
    assert dates == days("0 2 4 7 10 14 17")


def test_a_visit_may_move_to_an_earlier_day_that_is_nearer() -> None:
    assert placed((2, (12,))) == days("0 11")


def test_a_visit_is_not_before_half_its_gap() -> None:
    closed = days("2 3 4 5 6")
    assert placed((2, (3,)), weekdays=EVERY_DAY, closed=closed) == days("0 7")
    assert placed((2, (2,)), weekdays=EVERY_DAY, closed=days("2 3")) == days("0 1")


def test_no_two_visits_fall_on_one_day() -> None:
    assert placed((3, (1,)), weekdays=EVERY_DAY) == days("0 1 2")


def test_catching_up_never_makes_a_week_fuller_than_the_cycle() -> None:
    closed = days("7 8 9 10 11")
    dates = placed((3, (7,)), closed=closed)
    assert dates == days("0 14 21")


def test_the_therapists_own_limit_holds_too() -> None:
    assert placed((4, (1,)), weekdays=EVERY_DAY, per_week=2) == days("0 1 7 8")


def test_a_week_goes_from_monday_to_sunday() -> None:
    sunday = MONDAY - timedelta(days=1)
    assert placed((2, (1,)), first=sunday, weekdays=EVERY_DAY, per_week=1) == [sunday, MONDAY]


# 8.4


@pytest.mark.parametrize(("closed_days", "dates"), [(6, "0 13 17"), (7, "0 14 21"), (8, "0 15 21"), (13, "0 20 24"), (14, "0 21 28")])
def test_a_visit_that_is_a_week_late_moves_those_behind_it_by_whole_weeks(closed_days: int, dates: str) -> None:
    closed = days(" ".join(map(str, range(7, 7 + closed_days))))
    assert placed((3, (7,)), weekdays=EVERY_DAY, closed=closed) == days(dates)


# 8.3 No open day


def test_a_first_visit_without_an_open_day_is_refused_with_what_was_looked_at() -> None:
    closed = [MONDAY + timedelta(days=number) for number in range(SEARCH + 1)]
    with pytest.raises(NoOpenDay) as refused:
        placed((1, (7,)), weekdays=EVERY_DAY, closed=closed)
    assert (refused.value.visit, refused.value.first, refused.value.last) == (1, MONDAY, MONDAY + timedelta(days=SEARCH))


def test_the_last_day_looked_at_is_taken() -> None:
    closed = [MONDAY + timedelta(days=number) for number in range(SEARCH)]
    assert placed((1, (7,)), weekdays=EVERY_DAY, closed=closed) == [MONDAY + timedelta(days=SEARCH)]


@pytest.mark.parametrize(("closed_days", "found"), [(SEARCH, True), (SEARCH + 1, False)])
def test_a_later_visit_is_looked_for_as_far(closed_days: int, found: bool) -> None:
    target = MONDAY + timedelta(days=7)
    closed = [*days("4 5 6"), *(target + timedelta(days=number) for number in range(closed_days))]
    if found:
        assert placed((2, (7,)), weekdays=EVERY_DAY, closed=closed)[1] == target + timedelta(days=SEARCH)
    else:
        with pytest.raises(NoOpenDay) as refused:
            placed((2, (7,)), weekdays=EVERY_DAY, closed=closed)
        assert refused.value.visit == 2
        assert str(refused.value) == f"no open day for visit 2 from {days('4')[0]} to {target + timedelta(days=SEARCH)}"


# The course of an intake


def course(*, protocol: str = "low-back-chronic", holidays: list[date] | None = None, on: date = TODAY, **changes: Any) -> Course:
    intake = an_intake(**changes)
    chosen = knowledge().protocol[protocol]
    dosed = dose(intake, a_screening(**changes), chosen, knowledge())
    return project(dosed, chosen, intake, knowledge(), on=on, holidays=frozenset(holidays or ()))


def texts(result: Course) -> list[str]:
    return [warning.text for warning in result.warnings]


def test_a_course_starts_on_the_first_open_day_from_the_day_of_planning() -> None:
    assert course().visits[0].date == date(2026, 11, 23)


def test_a_course_starts_on_the_start_day_when_that_is_later() -> None:
    assert course(booking={"start": MONDAY}).visits[0].date == MONDAY


def test_a_start_day_that_has_passed_is_said() -> None:
    late = course(booking={"start": TODAY - timedelta(days=1)})
    assert late.visits == course().visits
    assert texts(late) == [f"The start day {TODAY - timedelta(days=1)} has passed; days count from {TODAY}."]
    assert course(booking={"start": TODAY}).warnings == ()


INJURY = NUMBERS.calendar.injury_not_before_day


@pytest.mark.parametrize("ago", range(INJURY))
def test_an_injury_rests_first(ago: int) -> None:
    rested = TODAY + timedelta(days=INJURY - ago)
    delayed = course(condition="injury-recovery", onset=TODAY - timedelta(days=ago), booking={"weekdays": list(Weekday)})
    assert delayed.visits[0].date == rested
    assert texts(delayed) == [f"No visit before {rested}: injured tissue rests until day {INJURY}."]


def test_an_injury_rests_also_where_an_earlier_day_was_wished() -> None:
    wished = {"start": TODAY + timedelta(days=1), "weekdays": list(Weekday)}
    assert course(condition="injury-recovery", onset=TODAY, booking=wished).visits[0].date == TODAY + timedelta(days=INJURY)


def test_an_injury_that_has_rested_delays_nothing() -> None:
    rested = course(condition="injury-recovery", onset=TODAY - timedelta(days=INJURY), booking={"weekdays": list(Weekday)})
    assert (rested.visits[0].date, rested.warnings) == (TODAY, ())


def test_a_protocol_may_ask_for_rest_also_of_what_is_acute() -> None:
    rest = knowledge().protocol["ankle-sprain"].not_before_injury_day
    first = course(protocol="ankle-sprain", condition="acute", onset=TODAY, booking={"weekdays": list(Weekday)}).visits[0].date
    assert first == TODAY + timedelta(days=rest)


def test_acute_pain_without_such_a_protocol_may_start_at_once() -> None:
    at_once = course(protocol="low-back-acute", condition="acute", onset=TODAY, booking={"weekdays": list(Weekday)})
    assert (at_once.visits[0].date, at_once.warnings) == (TODAY, ())


def test_reviews_are_those_of_the_protocol_and_the_last_visit() -> None:
    assert [visit.number for visit in course().visits if visit.review] == [*knowledge().protocol["low-back-chronic"].review_visits, 10]
    assert [visit.number for visit in course(booking={"max-sessions": 5}).visits if visit.review] == [4, 5]


def test_the_first_visit_has_the_extra_minutes() -> None:
    minutes = [visit.minutes for visit in course(first_visit=True).visits]
    assert minutes == [60 + NUMBERS.first_visit_extra_minutes] + [60] * 9


def test_a_phase_has_its_first_and_last_day() -> None:
    shown = course()
    for phase in shown.phases:
        dates = [visit.date for visit in shown.visits if visit.phase == phase.name]
        assert (phase.first, phase.last, phase.sessions) == (dates[0], dates[-1], len(dates))


def test_holidays_within_the_course_are_kept_free_and_named() -> None:
    before, within = TODAY, date(2026, 11, 30)
    shown = course(holidays=[within, before, date(2030, 1, 1)])
    assert shown.holidays == (within,)
    assert within not in [visit.date for visit in shown.visits]


def test_holidays_are_named_in_order_up_to_the_last_visit() -> None:
    last = course().visits[-1].date
    named = (*days("0 1 2 3 4"), last - timedelta(days=1))
    assert course(holidays=list(reversed(named))).holidays == named


MORE_DAYS, MORE_PERCENT = NUMBERS.booking.span_may_grow_days, NUMBERS.booking.span_may_grow_percent


@pytest.mark.parametrize(
    ("gap", "span", "thin"),
    [
        (14, 14 + 14 * MORE_PERCENT // 100, False),
        (14, 14 + 14 * MORE_PERCENT // 100 + 1, True),
        (4, 4 + MORE_DAYS - 1, False),
        (4, 4 + MORE_DAYS, True),
        (99, 99 + 50, True),
    ],
)
def test_a_course_is_drawn_out_over_half_as_long_again_and_by_a_week(gap: int, span: int, thin: bool) -> None:
    closed = [TODAY + timedelta(days=number) for number in range(1, span)]
    intake = an_intake(booking={"weekdays": list(Weekday), "closed": closed})
    shown = project(a_dose((2, (gap,))), knowledge().protocol["low-back-chronic"], intake, knowledge(), on=TODAY)
    assert shown.visits[1].date == TODAY + timedelta(days=span)
    assert texts(shown) == ([f"The course takes {span} days instead of {gap}; that is thinner than the evidence."] if thin else [])


def test_a_course_is_measured_against_the_protocols_own_gaps() -> None:
    widened = course(protocol="carpal-tunnel", booking={"max-per-week": 1})
    assert texts(widened) == ["The course takes 77 days instead of 45; that is thinner than the evidence."]


def test_what_was_wished_for_counts_from_the_first_gap_of_the_cycle() -> None:
    closed = [TODAY + timedelta(days=number) for number in range(1, 12)]
    intake = an_intake(booking={"weekdays": list(Weekday), "closed": closed})
    shown = project(a_dose((2, (1, 1, 5))), knowledge().protocol["low-back-chronic"], intake, knowledge(), on=TODAY)
    assert texts(shown) == ["The course takes 12 days instead of 1; that is thinner than the evidence."]


def test_a_start_that_has_passed_and_a_thin_course_are_both_said() -> None:
    late = course(protocol="carpal-tunnel", booking={"max-per-week": 1, "start": TODAY - timedelta(days=1)})
    assert [warning.id for warning in late.warnings] == ["start-past", "course-thin"]


def test_one_visit_is_never_drawn_out() -> None:
    assert course(protocol="doms", condition="acute", onset=TODAY).warnings == ()
