"""Why a visit falls on its day: the steps of the calendar, one by one (planning.md 8)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import takewhile

import msgspec

from massage_cli.knowledge.vocabulary import Condition
from massage_cli.planning.calendar import OpenDays, count_day, gap_before, has_room, settle, soonest
from massage_cli.planning.candidates import Case
from massage_cli.planning.dose import Dose, most_a_week
from massage_cli.planning.intake import Intake
from massage_cli.planning.texts import counted

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """The days that visits may fall on, with what closes the others, and the most visits a week that are wanted."""

    days: OpenDays
    holidays: frozenset[date]
    closed: frozenset[date]
    per_week: int | None


class PlacedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A visit's day, with the day it was meant for and the days that were passed over, each with why.

    since: the day that the gap was counted from; None for the first visit
    previous: the day of the visit before; None for the first visit
    """

    day: date
    target: date
    gap_days: int | None
    since: date | None
    previous: date | None
    passed_over: tuple[tuple[date, str], ...]


def trace(dose: Dose, calendar: Calendar, earliest: date) -> tuple[PlacedDay, ...]:
    """The days of a course, placed as the engine places them, each with its reasons. Raises NoOpenDay."""
    traced: list[PlacedDay] = []
    in_week: dict[int, int] = {}
    target = earliest
    for place, phase in enumerate(dose.phases):
        fits = partial(has_room, in_week, most_a_week(phase.gap_days, calendar.per_week))
        for visit in range(phase.sessions):
            if not traced:
                placed = _first(earliest, calendar)
                target = placed.day
            else:
                gap = gap_before(visit + 1, phase.gap_days, in_first_phase=place == 0)
                placed, target = _later(target, traced, gap, calendar, fits)
            traced.append(placed)
            count_day(in_week, placed.day)
    return tuple(traced)


def _first(earliest: date, calendar: Calendar) -> PlacedDay:
    day = calendar.days.first_from(earliest)
    passed = tuple(_closed_between(earliest, day, calendar))
    return PlacedDay(day=day, target=earliest, gap_days=None, since=None, previous=None, passed_over=passed)


def _later(since: date, traced: list[PlacedDay], gap: int, calendar: Calendar, fits: Callable[[date], bool]) -> tuple[PlacedDay, date]:
    """A later visit, and the day that the next gap is counted from."""
    meant, previous = since + timedelta(days=gap), traced[-1].day
    not_before = soonest(previous, gap)
    day, target = settle(calendar.days, meant, not_before, fits, visit=len(traced) + 1)
    passed = tuple(_nearer(meant, day, not_before, calendar))
    return PlacedDay(day=day, target=meant, gap_days=gap, since=since, previous=previous, passed_over=passed), target


def _closed_between(first: date, day: date, calendar: Calendar) -> Iterator[tuple[date, str]]:
    for days in range((day - first).days):
        passed = first + timedelta(days=days)
        yield passed, why_closed(passed, calendar) or ""


def _nearer(target: date, day: date, not_before: date, calendar: Calendar) -> Iterator[tuple[date, str]]:
    """The days nearer to the target than the one that was taken, and why none of them was; ties go to the later day."""
    by_distance = (target + timedelta(days=days) for away in range(abs((day - target).days) + 1) for days in dict.fromkeys((away, -away)))
    for passed in takewhile(lambda nearer: nearer != day, by_distance):
        if passed < not_before:
            yield passed, "too soon after the visit before"
        else:
            yield passed, why_closed(passed, calendar) or "its week is full"


def why_closed(day: date, calendar: Calendar) -> str | None:
    """What closes a day, or None where it is open."""
    if day in calendar.holidays:
        return "public holiday"
    if day in calendar.closed:
        return "closed day"
    if day.weekday() not in calendar.days.weekdays:
        return "weekday not worked"
    return None


def day_name(day: date) -> str:
    """A day with its weekday: Mon 2026-11-30."""
    return f"{_DAYS[day.weekday()]} {day}"


def day_words(placed: PlacedDay) -> tuple[str, ...]:
    """Why a visit falls on its day, in sentences."""
    if placed.gap_days is None:
        sentences = [f"The first open day from {day_name(placed.target)} on."]
    else:
        gap = counted(placed.gap_days, "day")
        after = "the visit before" if placed.since == placed.previous else f"{placed.since}, the day that the visit before was meant for"
        on_day = "an open day" if placed.day == placed.target else f"{day_name(placed.target)}; this is the nearest day that can be taken"
        sentences = [f"{gap} after {after}: {on_day}."]
    if placed.passed_over:
        sentences.append(f"Passed over: {_passed_words(placed.passed_over)}.")
    return tuple(sentences)


def _passed_words(passed: tuple[tuple[date, str], ...]) -> str:
    """Days passed over with why, those of one kind together."""
    by_why: dict[str, list[str]] = {}
    for day, why in sorted(passed):
        by_why.setdefault(why, []).append(str(day))
    return "; ".join(f"{', '.join(days)} ({why})" for why, days in by_why.items())


def earliest_words(earliest: date, intake: Intake, case: Case, *, on: date) -> tuple[str, ...]:
    """Why no visit may fall before the earliest day (planning.md 8.2)."""
    start = intake.booking.start
    asked = on if start is None else max(start, on)
    if earliest > asked:
        rest = (earliest - intake.onset).days if intake.onset is not None else 0
        who = "an injury rests" if intake.condition is Condition.INJURY_RECOVERY else f"{case.protocol.name} rests"
        return (f"No visit before {earliest}: {who} until day {rest}.",)
    if start is not None and start >= on:
        return (f"The booking starts on {start}.",)
    return (f"The start asked for, {start}, has passed." if start is not None else f"Planned on {on}.",)
