"""Courses from every day of 400 years, each protocol every five days: their dates are those of a count that knows no calendar."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import Condition, Weekday
from massage_cli.planning.calendar import NoOpenDay, project
from massage_cli.planning.dose import Dose, dose
from massage_cli.planning.intake import Booking, Intake
from massage_cli.planning.screening import Screening
from tests.builders import a_screening, an_intake, knowledge
from tests.soak.finds import Finds

FIRST_YEAR, YEARS = 1900, 400
COUNT = 146_097
"""The days after which the calendar of the machine begins anew."""
_YEARS_BEHIND = 4
"""A course that begins on the last day ends later."""
_TURNS = 5
"""The protocols take turns, so many days long."""
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEARCH = 60
_WORKED = ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (0,), (1, 5), (0, 2, 4), (0, 1, 2, 3, 4, 5, 6))


# Days as whole numbers: 0 is 1 January 1900, a Monday


@cache
def every_day() -> tuple[tuple[int, int, int], ...]:
    """Year, month and day of each number."""
    return tuple(
        (year, month, day)
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS + _YEARS_BEHIND)
        for month, most in enumerate(_MONTHS, start=1)
        for day in range(1, most + 1 + (month == 2 and ((year % 4 == 0 and year % 100 != 0) or year % 400 == 0)))
    )


@cache
def numbers() -> dict[str, int]:
    """The number of each day as a plan writes it."""
    return {f"{year}-{month:02}-{day:02}": number for number, (year, month, day) in enumerate(every_day())}


def day_of(number: int) -> date:
    """A day for the program."""
    return date(*every_day()[number])


class Wish(NamedTuple):
    """When a course may be: from which day, on which weekdays (0 is Monday), on which days not, and how often a week at most."""

    on: int
    start: int | None
    onset: int | None
    rest: int
    worked: tuple[int, ...]
    closed: frozenset[int]
    per_week: int | None


def counted(cycles: list[tuple[int, list[int]]], wish: Wish) -> list[int] | None:
    """The days of a course by planning.md 8.1 to 8.4; None where no day is open. The cycles: how many visits, and the gaps."""
    earliest = max(wish.on, wish.on if wish.start is None else wish.start)
    if wish.onset is not None:
        earliest = max(earliest, wish.onset + wish.rest)
    days: list[int] = []
    target = earliest
    for phase, (visits, gaps) in enumerate(cycles):
        most = -(-7 * len(gaps) // sum(gaps))
        if wish.per_week is not None:
            most = min(most, wish.per_week)
        for visit in range(1, visits + 1):
            if not days:
                could = [day for day in range(earliest, earliest + _SEARCH + 1) if is_open(day, wish)]
                if not could:
                    return None
                target = could[0]
                days.append(target)
                continue
            gap = gaps[(visit - 2 if phase == 0 else visit - 1) % len(gaps)]
            target += gap
            soonest = max(days[-1] + (gap + 1) // 2, days[-1] + 1)
            weeks = Counter(day // 7 for day in days)
            looked_at = range(max(target - _SEARCH, soonest), max(target, soonest) + _SEARCH + 1)
            later = next((day for day in looked_at if day >= target and is_open(day, wish) and weeks[day // 7] < most), None)
            before = next((day for day in reversed(looked_at) if day < target and is_open(day, wish) and weeks[day // 7] < most), None)
            if later is None and before is None:
                return None
            nearer = before is not None and (later is None or target - before < later - target)
            days.append(before if nearer else later)
            if days[-1] - target >= 7:
                target += (days[-1] - target) // 7 * 7
    return days


def is_open(day: int, wish: Wish) -> bool:
    """Whether a visit may fall on a day."""
    return day % 7 in wish.worked and day not in wish.closed


# The program beside it


def drawn(number: int, protocol: Protocol) -> tuple[Wish, Condition]:
    """A wish for a course from a day on; with every third there is an injury."""
    rng = random.Random(f"{number} {protocol.id}")
    injured = rng.random() < 1 / 3
    rest = max(protocol.not_before_injury_day, 3 if injured else 0)
    closed = frozenset(number + rng.randrange(120) for _ in range(rng.choice((0, 3, 20))))
    closing = rng.randrange(number, number + 90)
    if rng.random() < 0.3:
        closed |= frozenset(range(closing, closing + rng.choice((5, 9, 16, 75))))
    wish = Wish(
        on=number,
        start=rng.choice((None, None, number + rng.randrange(40), max(0, number - 5))),
        onset=max(0, number - rng.randrange(8)) if injured or rng.random() < 0.5 else None,
        rest=rest,
        worked=rng.choice(_WORKED),
        closed=closed,
        per_week=rng.choice((None, None, 1, 2)),
    )
    return wish, Condition.INJURY_RECOVERY if injured else Condition.CHRONIC


def by_the_program(protocol: Protocol, wish: Wish, condition: Condition) -> tuple[Dose, list[int] | None]:
    """How the program doses a course, and the days it gives it."""
    held_free = frozenset(day_of(day) for day in sorted(wish.closed)[::2])  # half of them as holidays
    booking = Booking(
        start=None if wish.start is None else day_of(wish.start),
        weekdays=tuple(tuple(Weekday)[day] for day in wish.worked),
        closed=tuple(day_of(day) for day in sorted(wish.closed)[1::2]),
        max_per_week=wish.per_week,
    )
    changes: dict[str, Any] = {"booking": booking, "condition": condition, "onset": None if wish.onset is None else day_of(wish.onset)}
    intake = replace(_client(), **changes)
    dosed = dose(intake, _screened(), protocol, knowledge())
    try:
        course = project(dosed, protocol, intake, knowledge(), on=day_of(wish.on), holidays=held_free)
    except NoOpenDay:
        return dosed, None
    return dosed, [numbers()[visit.date.isoformat()] for visit in course.visits]


@cache
def _client() -> Intake:
    return an_intake()


@cache
def _screened() -> Screening:
    return a_screening()


def in_turn(number: int) -> tuple[Protocol, ...]:
    """The protocols whose turn it is."""
    return knowledge().protocols[number % _TURNS :: _TURNS]


def differing(number: int) -> Iterator[str]:
    """The protocols in turn of which a course from this day on has other dates than the count gives, with both."""
    for protocol in in_turn(number):
        wish, condition = drawn(number, protocol)
        dosed, theirs = by_the_program(protocol, wish, condition)
        ours = counted([(phase.sessions, list(phase.gap_days)) for phase in dosed.phases], wish)
        if ours != theirs:
            yield f"{protocol.id}: {wish}: the program has {theirs}, the count {ours}"


def soak(count: int, seed: int, finds: Finds) -> str:
    """Compare the courses of so many days, evenly spread over the 400 years from the given one on."""
    every, courses = max(1, COUNT // max(1, count)), 0
    for number in finds.each(range(seed - 1, min(COUNT, seed - 1 + every * count), every)):
        with finds.watch(number + 1, "a day of planning"):
            courses += len(in_turn(number))
            for difference in differing(number):
                finds.tell(number + 1, difference)
    return f"{courses:,} courses of {len(knowledge().protocols)} protocols, from days of {YEARS} years"
