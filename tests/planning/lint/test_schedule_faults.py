"""A whole schedule: its period, what lies outside it, and what is said of it all."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from massage_cli.planning.lint.fault import FaultKind
from massage_cli.planning.lint.schedule import Schedule, Slot, Stretch
from massage_cli.planning.lint.schedule_faults import schedule_faults

FIRST = date(2026, 11, 23)
LAST = FIRST + timedelta(days=27)


def weekly(visits: int, **same: Any) -> tuple[Slot, ...]:
    return tuple(Slot(path=f"visit {place}", day=FIRST + timedelta(days=7 * place), **same) for place in range(visits))


def a_stretch(first: date = FIRST, last: date = LAST, **changes: Any) -> Stretch:
    return Stretch(**{"path": "phase", "first": first, "last": last} | changes)


def kinds(**schedule: Any) -> list[FaultKind]:
    return [each.id for each in schedule_faults(Schedule(path="plan", **schedule))]


def told(text: str, **schedule: Any) -> list[str]:
    return [each.found for each in schedule_faults(Schedule(path="plan", texts=(("note", text),), **schedule))]


def test_a_schedule_within_its_period_has_no_fault() -> None:
    assert kinds(first=FIRST, last=LAST, slots=weekly(4), stretches=(a_stretch(),)) == []


def test_a_period_that_ends_before_it_begins_is_told_once_and_nothing_lies_outside_it() -> None:
    assert kinds(first=LAST, last=FIRST, slots=weekly(4), stretches=(a_stretch(),)) == [FaultKind.PERIOD_NEGATIVE]


def test_what_a_review_wanted_is_no_fault_beside_a_wrong_period() -> None:
    rising = (a_stretch(rate=Fraction(1, 7)), a_stretch(LAST + timedelta(days=1), LAST + timedelta(days=28), rate=Fraction(2, 7)))
    assert kinds(first=LAST, last=FIRST, stretches=rising, may_tighten=True) == [FaultKind.PERIOD_NEGATIVE]


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST + timedelta(days=1), LAST), (FIRST, LAST - timedelta(days=1)), (FIRST + timedelta(days=1), None), (None, FIRST)],
)
def test_a_stretch_outside_the_period_is_told(first: date | None, last: date | None) -> None:
    assert kinds(first=first, last=last, stretches=(a_stretch(),)) == [FaultKind.OUTSIDE_PERIOD]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4 visits", []),
        ("2 visits, then 2 visits", []),
        ("5 visits", ["'5 visits', and 4 visits are planned"]),
        ("weekly for 4 weeks", []),
        ("weekly for 9 weeks", ["'weekly for 9 weeks', and 4 visits are planned"]),
        ("weekly for 4 weeks, then monthly", []),
        ("nothing about visits", []),
        (f"5 visits {'and so on ' * 9}", ["'5 visits and so on and so on and so on and so on and so o...', and 4 visits are planned"]),
    ],
)
def test_a_total_that_is_said_is_that_of_the_dates(text: str, found: list[str]) -> None:
    assert told(text, slots=weekly(4)) == found


def test_without_dates_the_visits_of_all_stretches_count_where_all_are_known() -> None:
    after = a_stretch(LAST + timedelta(days=1), LAST + timedelta(days=28))
    assert told("5 visits", stretches=(a_stretch(visits=4),)) == ["'5 visits', and 4 visits are planned"]
    assert told("5 visits", stretches=(a_stretch(visits=4), after)) == []
    assert told("5 visits") == []


def test_minutes_of_each_visit_that_are_said_are_those_of_some_visit() -> None:
    assert told("60-minute sessions", slots=weekly(4, minutes=45)) == ["'60-minute sessions', and no visit has so many minutes"]
    assert told("45-minute sessions", slots=weekly(4, minutes=45)) == []
    assert told("60-minute sessions", slots=weekly(4)) == []
    assert told("60-minute sessions", stretches=(a_stretch(minutes=60),)) == []
