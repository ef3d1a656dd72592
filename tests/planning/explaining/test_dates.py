"""Why a visit falls on its day: the steps are those of planning."""

from datetime import date, timedelta
from typing import Any

import pytest

from massage_cli.files.explained.replay import Days, replay
from massage_cli.planning.calendar import NoOpenDay, OpenDays
from massage_cli.planning.candidates import Case
from massage_cli.planning.dose import Dose, DosedPhase
from massage_cli.planning.explaining.dates import Calendar, PlacedDay, day_name, day_words, earliest_words, trace, why_closed
from tests.builders import TODAY, an_intake, knowledge
from tests.planning.explaining.choices import replays
from tests.saved import a_document


def days_of(**booking: object) -> Days:
    days = replay(a_document(booking=booking), knowledge(), called="plan").days
    assert days is not None
    return days


def words(placed: PlacedDay) -> str:
    return " ".join(day_words(placed))


def test_a_traced_day_is_the_day_of_the_plan_for_every_client() -> None:
    assert len(replays()) > 50
    for again in replays():
        assert again.days is not None
        assert [placed.day for placed in again.days.placed] == [session.date for session in again.document.sessions]


def test_each_day_passed_over_is_nearer_to_the_target_and_says_why() -> None:
    seen = set()
    for again in replays():
        for placed in (again.days or days_of()).placed:
            distance = abs((placed.day - placed.target).days)
            assert all(abs((day - placed.target).days) <= distance for day, _ in placed.passed_over)
            seen |= {why for _, why in placed.passed_over}
    assert seen == {"weekday not worked", "closed day", "too soon after the visit before", "its week is full"}


def test_the_first_visit_passes_over_the_weekend() -> None:
    assert words(days_of().placed[0]) == (
        "The first open day from Sat 2026-11-21 on. Passed over: 2026-11-21, 2026-11-22 (weekday not worked)."
    )


@pytest.mark.parametrize(
    ("booking", "why"),
    [
        ({"closed": [date(2026, 11, 30)]}, "2026-11-30 (closed day)"),
        ({"holidays": "US", "start": date(2027, 1, 11)}, "2027-01-18 (public holiday)"),
    ],
)
def test_a_visit_beside_its_target_names_what_closed_it(booking: dict[str, object], why: str) -> None:
    second = days_of(**booking).placed[1]
    assert second.day != second.target
    assert f"this is the nearest day that can be taken. Passed over: {why}." in words(second)


def test_after_a_day_beside_its_target_the_gap_counts_from_the_target() -> None:
    third = days_of(closed=[date(2026, 11, 30)]).placed[2]
    assert words(third) == "7 days after 2026-11-30, the day that the visit before was meant for: an open day."


# Days placed one by one

MONDAY = date(2026, 11, 30)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def a_calendar(*closed: date, holidays: frozenset[date] = frozenset(), weekdays: str = "01234", **changes: Any) -> Calendar:
    open_ = OpenDays(weekdays=frozenset(map(int, weekdays)), closed=holidays.union(closed), search_days=changes.pop("search_days", 30))
    return Calendar(days=open_, holidays=holidays, closed=frozenset(closed), per_week=changes.pop("per_week", None))


def a_dose(*phases: tuple[int, tuple[int, ...]]) -> Dose:
    """Phases of so many visits at such gaps."""
    dosed = (DosedPhase(name=f"p{gaps}", sessions=visits, gap_days=gaps, protocol_gap_days=gaps, minutes=60) for visits, gaps in phases)
    return Dose(phases=tuple(dosed), first_visit_extra_minutes=0, warnings=())


def test_each_visit_has_its_target_its_gap_and_where_that_was_counted_from() -> None:
    first, second, third = trace(a_dose((2, (3, 4)), (1, (14,))), a_calendar(), MONDAY)
    assert first == PlacedDay(day=MONDAY, target=MONDAY, gap_days=None, since=None, previous=None, passed_over=())
    assert second == PlacedDay(day=day(3), target=day(3), gap_days=3, since=MONDAY, previous=MONDAY, passed_over=())
    assert third == PlacedDay(day=day(17), target=day(17), gap_days=14, since=day(3), previous=day(3), passed_over=())


def test_the_first_visit_names_every_day_before_it_with_what_closed_it() -> None:
    holiday = day(0)
    (first,) = trace(a_dose((1, (7,))), a_calendar(day(1), holidays=frozenset({holiday})), day(-1))
    assert first.day == day(2)
    assert first.passed_over == ((day(-1), "weekday not worked"), (day(0), "public holiday"), (day(1), "closed day"))


def test_a_visit_at_an_equal_distance_on_both_sides_takes_the_later_day() -> None:
    second = trace(a_dose((2, (7,))), a_calendar(day(7), weekdays="0123456"), MONDAY)[1]
    assert (second.day, second.passed_over) == (day(8), ((day(7), "closed day"),))


def test_a_visit_before_its_target_has_passed_over_the_days_as_far_behind_it() -> None:
    second = trace(a_dose((2, (9,))), a_calendar(day(9), day(10), weekdays="0123456"), MONDAY)[1]
    assert (second.day, second.passed_over) == (day(8), ((day(9), "closed day"), (day(10), "closed day")))


def test_a_day_too_soon_after_the_visit_before_is_passed_over() -> None:
    closed = (day(2), day(3), day(4), day(5))
    second = trace(a_dose((2, (3,))), a_calendar(*closed, weekdays="0123456"), MONDAY)[1]
    assert second.day == day(6)
    assert second.passed_over == (
        (day(3), "closed day"),
        (day(4), "closed day"),
        (day(2), "closed day"),
        (day(5), "closed day"),
        (day(1), "too soon after the visit before"),
    )


def test_a_full_week_is_passed_over() -> None:
    first, second, third = trace(a_dose((3, (2,))), a_calendar(per_week=2), MONDAY)
    assert (first.day, second.day, third.day) == (day(0), day(2), day(7))
    assert third.target == day(4)
    assert dict(third.passed_over)[day(4)] == "its week is full"
    assert dict(third.passed_over)[day(5)] == "weekday not worked"


def test_where_no_day_is_open_the_visit_is_named() -> None:
    with pytest.raises(NoOpenDay) as none:
        trace(a_dose((3, (7,))), a_calendar(*(day(number) for number in range(8, 60)), search_days=6), MONDAY)
    assert none.value.visit == 3


@pytest.mark.parametrize(
    ("closed", "holidays", "why"),
    [((MONDAY,), {MONDAY}, "public holiday"), ((MONDAY,), set(), "closed day"), ((), set(), None)],
)
def test_what_closes_a_day_is_told(closed: tuple[date, ...], holidays: set[date], why: str | None) -> None:
    assert why_closed(MONDAY, a_calendar(*closed, holidays=frozenset(holidays))) == why


def test_a_weekday_that_is_not_worked_closes_its_days() -> None:
    assert [why_closed(day(number), a_calendar(weekdays="1")) for number in (0, 1)] == ["weekday not worked", None]


@pytest.mark.parametrize("number", range(7))
def test_a_day_is_named_with_its_weekday(number: int) -> None:
    assert day_name(day(number)) == f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[number]} {day(number)}"


def a_placed(**changes: Any) -> PlacedDay:
    fields = {"day": day(7), "target": day(7), "gap_days": 7, "since": MONDAY, "previous": MONDAY, "passed_over": ()}
    return PlacedDay(**fields | changes)


@pytest.mark.parametrize(
    ("placed", "sentences"),
    [
        (a_placed(), ("7 days after the visit before: an open day.",)),
        (a_placed(gap_days=1, day=day(1), target=day(1)), ("1 day after the visit before: an open day.",)),
        (
            a_placed(since=day(-1)),
            ("7 days after 2026-11-29, the day that the visit before was meant for: an open day.",),
        ),
        (
            a_placed(day=day(9), passed_over=((day(8), "closed day"), (day(7), "closed day"), (day(6), "weekday not worked"))),
            (
                "7 days after the visit before: Mon 2026-12-07; this is the nearest day that can be taken.",
                "Passed over: 2026-12-06 (weekday not worked); 2026-12-07, 2026-12-08 (closed day).",
            ),
        ),
        (a_placed(gap_days=None, since=None, previous=None, target=MONDAY), ("The first open day from Mon 2026-11-30 on.",)),
    ],
)
def test_why_a_visit_falls_on_its_day_is_told_in_sentences(placed: PlacedDay, sentences: tuple[str, ...]) -> None:
    assert day_words(placed) == sentences


def a_case() -> Case:
    choice = replay(a_document(), knowledge(), called="plan").choice
    assert choice is not None
    return choice.case


@pytest.mark.parametrize(
    ("earliest", "changes", "said"),
    [
        (TODAY, {}, "Planned on 2026-11-21."),
        (MONDAY, {"booking": {"start": MONDAY}}, "The booking starts on 2026-11-30."),
        (TODAY, {"booking": {"start": TODAY}}, "The booking starts on 2026-11-21."),
        (TODAY, {"booking": {"start": date(2026, 11, 20)}}, "The start asked for, 2026-11-20, has passed."),
        (
            date(2026, 11, 24),
            {"condition": "injury-recovery", "onset": date(2026, 11, 20)},
            "No visit before 2026-11-24: an injury rests until day 4.",
        ),
        (
            date(2026, 11, 24),
            {"onset": date(2026, 11, 20)},
            "No visit before 2026-11-24: Low back pain, chronic (12 weeks or more) rests until day 4.",
        ),
        (
            MONDAY,
            {"booking": {"start": date(2026, 11, 20)}},
            "No visit before 2026-11-30: Low back pain, chronic (12 weeks or more) rests until day 0.",
        ),
        (
            date(2026, 12, 2),
            {"booking": {"start": MONDAY}, "onset": date(2026, 11, 20)},
            "No visit before 2026-12-02: Low back pain, chronic (12 weeks or more) rests until day 12.",
        ),
    ],
)
def test_why_no_visit_is_earlier_is_told(earliest: date, changes: dict[str, Any], said: str) -> None:
    assert earliest_words(earliest, an_intake(**changes), a_case(), on=TODAY) == (said,)
