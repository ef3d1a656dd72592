"""Visits, stretches and schedules to change one thing in, and what is said of a fault in short."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from massage_cli.planning.lint.fault import Fault
from massage_cli.planning.lint.schedule import Schedule, Slot, Stretch

FIRST = date(2026, 3, 2)
"""The first day of every course here: a Monday."""


def day(number: int) -> date:
    """The day so many days after the first."""
    return FIRST + timedelta(days=number)


def a_slot(days: int = 0, **changes: Any) -> Slot:
    """A visit so many days after the first, at the path of that day."""
    return Slot(**{"path": f"visit[{days}]", "day": day(days)} | changes)


def visits(*days: int) -> tuple[Slot, ...]:
    """Visits so many days after the first."""
    return tuple(a_slot(each) for each in days)


def a_schedule(*slots: Slot, **changes: Any) -> Schedule:
    """A course of these visits."""
    return Schedule(**{"path": "course", "slots": slots} | changes)


def a_stretch(**changes: Any) -> Stretch:
    """Four weeks of two visits a week, from the first day on."""
    fields = {"path": "phase", "first": FIRST, "last": day(27), "rate": Fraction(2, 7), "cycle_days": Fraction(7), "visits": 8}
    return Stretch(**fields | changes)


def told(faults: Iterable[Fault]) -> list[tuple[str, str, str, str]]:
    """All that each fault says: its kind, its path, what is found and what is expected."""
    return [(fault.id.value, fault.path, fault.found, fault.expected) for fault in faults]
