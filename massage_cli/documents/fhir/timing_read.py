"""Dates and timings of FHIR as values, with what is wrong with them; nothing about their shape is taken for granted."""

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from massage_cli.knowledge.problems import quoted
from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.schedule import Stretch

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", re.ASCII | re.DOTALL)
_DAYS_OF = {
    "s": Fraction(1, 86400),
    "min": Fraction(1, 1440),
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "wk": Fraction(7),
    "mo": Fraction(30),
    "a": Fraction(365),
}
_MINUTES_OF = {"s": Fraction(1, 60), "min": Fraction(1), "h": Fraction(60)}
_MIDNIGHT = "T00:00"
_MOST = 10**6
"""A larger number is no count of visits, days or minutes."""


def table(value: object) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str:
    """The value where it is text, else none."""
    return value if isinstance(value, str) else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Reader:
    """What reads the parts of resources, and collects what is wrong with each."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tell(self, kind: FaultKind, path: str, found: str, expected: str) -> None:
        """Collect a fault."""
        self.faults.append(fault(kind, path, found, expected))

    def day(self, value: object, path: str) -> date | None:
        """The day of a date or time; None where there is none, or only a month or year."""
        if value is None:
            return None
        found = _DATE.fullmatch(value) if isinstance(value, str) else None
        whole = None if found is None else _day(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        if found is None or whole is None:
            self.tell(FaultKind.NOT_A_DATE, path, f"{quoted(value)} is not a date", "a date like 2026-11-30")
            return None
        return whole if found[3] else None

    def period(self, value: object, path: str) -> tuple[date | None, date | None]:
        """The first and last day of a period; one that ends at midnight has the day before as its last."""
        period = table(value)
        first, last = self.day(period.get("start"), f"{path}.start"), self.day(period.get("end"), f"{path}.end")
        if first is not None and last is not None and last > first and _MIDNIGHT in words(period.get("end")):
            last -= timedelta(days=1)
        return first, last

    def number(self, value: object, path: str, *, least: int = 0) -> Fraction | None:
        """A number of things or days above `least`; None where there is none, or it is nonsense."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least < value < _MOST:
            self.tell(FaultKind.TIMING_RANGE, path, f"{quoted(value)}", f"a number above {least}")
            return None
        return Fraction(str(value))

    def unit(self, value: object, path: str) -> Fraction | None:
        """The days of a unit of time."""
        days = _DAYS_OF.get(value) if isinstance(value, str) else None
        if value is not None and days is None:
            self.tell(FaultKind.TIMING_RANGE, path, f"{quoted(value)} is no unit", ", ".join(_DAYS_OF))
        return days

    def stretch(self, repeat: dict[str, Any], path: str) -> Stretch:
        """The stretch that a `Timing.repeat` describes."""
        for key in ("count", "frequency", "period", "duration"):
            self._range(repeat, key, path)
        first, last = self.period(repeat.get("boundsPeriod"), f"{path}.boundsPeriod")
        rate, cycle = self._rate(repeat, path)
        count = self.number(repeat.get("count"), f"{path}.count")
        whole = count if count is None or count.denominator == 1 else None
        return Stretch(
            path=path,
            first=first,
            last=last,
            days=self.length(table(repeat.get("boundsDuration")), f"{path}.boundsDuration"),
            visits=None if whole is None or "countMax" in repeat else int(whole),
            rate=rate,
            cycle_days=cycle,
            minutes=self.minutes(repeat, path),
        )

    def _range(self, repeat: dict[str, Any], key: str, path: str) -> None:
        least, most = repeat.get(key), repeat.get(f"{key}Max")
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and most < least:
            self.tell(FaultKind.TIMING_RANGE, f"{path}.{key}Max", f"{most} is less than {key}, {least}", f"{least} or more")

    def _rate(self, repeat: dict[str, Any], path: str) -> tuple[Fraction | None, Fraction | None]:
        """Visits a day, and the days they are counted over; none where a range leaves them open."""
        weekdays = listed(repeat.get("dayOfWeek"))
        frequency = self.number(repeat.get("frequency"), f"{path}.frequency")
        period = self.number(repeat.get("period"), f"{path}.period")
        unit = self.unit(repeat.get("periodUnit"), f"{path}.periodUnit")
        if period is not None and unit is None and "periodUnit" not in repeat:
            self.tell(FaultKind.TIMING_RANGE, f"{path}.periodUnit", "a period without a unit", ", ".join(_DAYS_OF))
        if {"frequencyMax", "periodMax"} & repeat.keys() or period is None or unit is None:
            return None, None
        times = (
            Fraction(len(weekdays)) if weekdays and "frequency" not in repeat else Fraction(1) if "frequency" not in repeat else frequency
        )
        return (None, None) if times is None else (times / (period * unit), period * unit)

    def length(self, duration: dict[str, Any], path: str) -> Fraction | None:
        """The days of a duration."""
        value = self.number(duration.get("value"), f"{path}.value")
        unit = self.unit(duration.get("code", duration.get("unit")), f"{path}.code")
        return None if value is None or unit is None else value * unit

    def minutes(self, repeat: dict[str, Any], path: str) -> int | None:
        """The minutes of a visit; none where days are meant."""
        value = self.number(repeat.get("duration"), f"{path}.duration")
        unit = _MINUTES_OF.get(words(repeat.get("durationUnit")))
        if value is not None and "durationUnit" not in repeat:
            self.tell(FaultKind.TIMING_RANGE, f"{path}.durationUnit", "a duration without a unit", ", ".join(_DAYS_OF))
        if value is None or unit is None or "durationMax" in repeat:
            return None
        whole = value * unit
        return int(whole) if whole.denominator == 1 else None


def with_text(stretch: Stretch, *texts: object) -> Stretch:
    """The stretch with what is said of it."""
    return replace(stretch, text=". ".join(words(text) for text in texts if words(text)))
