"""Dated visits: their days, order, numbers and words, and how they thin out."""

from datetime import date, timedelta
from typing import Any

import pytest

from massage_cli.planning.lint.fault import Fault, FaultKind
from massage_cli.planning.lint.schedule import Schedule, Slot
from massage_cli.planning.lint.slots import overlaps, slot_faults

FIRST = date(2026, 11, 23)


def slots(*days: int, **same: Any) -> tuple[Slot, ...]:
    """Visits so many days after the first day, in this order."""
    return tuple(Slot(path=f"visit {place}", day=FIRST + timedelta(days=day), **same) for place, day in enumerate(days, start=1))


def numbered(*numbers: int | None, days: tuple[int, ...] = ()) -> tuple[Slot, ...]:
    """Weekly visits with these numbers."""
    placed = days or tuple(7 * place for place in range(len(numbers)))
    return tuple(
        Slot(path=f"visit {number}", day=FIRST + timedelta(days=day), number=number) for number, day in zip(numbers, placed, strict=True)
    )


def faults(visits: tuple[Slot, ...], **schedule: Any) -> list[Fault]:
    return list(slot_faults(Schedule(path="plan", slots=visits, **schedule)))


def kinds(visits: tuple[Slot, ...], **schedule: Any) -> list[FaultKind]:
    return [each.id for each in faults(visits, **schedule)]


def test_visits_in_order_that_thin_out_have_no_fault() -> None:
    assert kinds(slots(0, 7, 14, 21, 35, 49, 77, 105)) == []
    assert kinds(()) == []


def test_a_visit_before_the_one_above_it_is_out_of_order() -> None:
    (found,) = faults(slots(0, 14, 7))
    assert (found.id, found.path, found.found) == (FaultKind.VISIT_ORDER, "visit 3", "2026-11-30 comes after 2026-12-07")


def test_two_visits_on_a_day_are_told_even_where_they_stand_apart() -> None:
    assert kinds(slots(0, 7, 0)) == [FaultKind.VISIT_ORDER, FaultKind.SAME_DAY]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(-1, "from 2026-11-23 to 2026-12-03"), (11, "from 2026-11-23 to 2026-12-03")],
)
def test_a_visit_outside_the_period_is_told_with_the_period(day: int, expected: str) -> None:
    (found,) = faults(slots(day), first=FIRST, last=FIRST + timedelta(days=10))
    assert (found.id, found.expected) == (FaultKind.OUTSIDE_PERIOD, expected)


def test_a_period_may_have_one_end_alone() -> None:
    assert faults(slots(-1), first=FIRST)[0].expected == "from 2026-11-23"
    assert faults(slots(1), last=FIRST)[0].expected == "to 2026-11-23"
    assert kinds(slots(0, 10), first=FIRST, last=FIRST + timedelta(days=10)) == []


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        (numbered(1, 2, 3, 3), ["the number 3 stands twice", "there is no visit 4"]),
        (numbered(1, 3, 2), ["visit 2 on 2026-12-07 comes after visit 3"]),
        (numbered(1, 2, 4), ["there is no visit 3"]),
        (numbered(1, None, 2), []),
    ],
)
def test_numbers_stand_once_rise_and_lack_none(visits: tuple[Slot, ...], found: list[str]) -> None:
    assert [each.found for each in faults(visits, numbered_from_one=True)] == found


def test_numbers_that_go_on_from_earlier_ones_may_begin_anywhere() -> None:
    assert kinds(numbered(4, 5, 7)) == []


THINNING = (0, 3, 6, 9, 16, 23, 30)
CLOSING = tuple(30 - day for day in reversed(THINNING))


def test_visits_that_come_closer_are_told_unless_a_review_wanted_it() -> None:
    assert kinds(slots(*THINNING)) == []
    assert kinds(slots(*CLOSING)) == [FaultKind.FREQUENCY_RISES]
    assert kinds(slots(*CLOSING), may_tighten=True) == []


def test_of_few_visits_nothing_is_said_about_how_they_thin_out() -> None:
    assert kinds(slots(0, 14, 28, 35, 38, 41)) == []


def test_a_pause_among_short_gaps_is_told_unless_closed_days_may_be_why() -> None:
    paused = slots(0, 7, 14, 36, 43, 50, 57)
    (found,) = faults(paused)
    assert (found.id, found.found) == (FaultKind.LONG_GAP, "22 days without a visit after 2026-12-07")
    assert kinds(paused, may_pause=True) == []
    assert kinds(slots(0, 7, 14, 35, 42, 49, 56)) == []


def test_where_reviews_are_planned_the_last_visit_is_one() -> None:
    early = (*slots(0, review=True), *slots(7, review=False))
    assert kinds(early) == [FaultKind.REVIEW_MISSING]
    assert kinds((*slots(0, review=False), *slots(7, review=True))) == []
    assert kinds(slots(0, 7, review=False)) == []


@pytest.mark.parametrize(
    ("text", "minutes", "found"),
    [
        ("60 minutes of massage", 45, ["the text says 60 minutes, and the visit has 45"]),
        ("60 minutes of massage", 60, []),
        ("60 minutes of massage", None, []),
        ("massage", 45, []),
        ("", 45, []),
    ],
)
def test_minutes_in_words_are_those_of_the_visit(text: str, minutes: int | None, found: list[str]) -> None:
    assert [each.found for each in faults(slots(0, text=text, minutes=minutes))] == found


def at(path: str, start: int | None, minutes: int | None = 60, day: int = 0) -> Slot:
    return Slot(path=path, day=FIRST + timedelta(days=day), start=start, minutes=minutes)


@pytest.mark.parametrize(
    ("visits", "overlapping"),
    [
        ((at("a", 540), at("b", 600)), []),
        ((at("a", 540), at("b", 599)), ["b"]),
        ((at("b", 599), at("a", 540)), ["b"]),
        ((at("long", 540, 180), at("short", 600, 30), at("c", 700)), ["short", "c"]),
        ((at("a", 540, None), at("b", 540)), []),
        ((at("a", None), at("b", None)), []),
        ((at("late", 1410), at("early", 10, day=1)), ["early"]),
    ],
)
def test_visits_that_begin_before_another_has_ended_are_told(visits: tuple[Slot, ...], overlapping: list[str]) -> None:
    assert [each.path for each in overlaps(visits)] == overlapping
