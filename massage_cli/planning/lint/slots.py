"""Faults of dated visits: their days, their order, how they thin out."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.said import said_in
from massage_cli.planning.lint.schedule import Schedule, Slot

_FEWEST_GAPS = 6
"""With fewer gaps between visits nothing can be said about how they thin out: a single holiday would count too much."""

_CLOSER_BY = 0.6
"""Visits at such a share of the gaps before come closer; cycles like 2, 2, 3 days waver by less."""

_A_WEEK = 7
_MINUTES_A_DAY = 24 * 60


def slot_faults(schedule: Schedule) -> Iterator[Fault]:
    """Everything that is wrong with the visits of a schedule, taken alone."""
    yield from order_faults(schedule.slots)
    yield from number_faults(schedule)
    yield from _days(schedule)
    yield from _thinning(schedule)
    yield from _last_review(schedule.slots)
    for slot in schedule.slots:
        yield from _texts(slot)


def order_faults(slots: Sequence[Slot]) -> Iterator[Fault]:
    """Visits out of order, and two on one day."""
    for before, slot in pairwise(slots):
        if slot.day < before.day:
            yield fault(
                FaultKind.VISIT_ORDER,
                slot.path,
                f"{slot.day} comes after {before.day}",
                "visits in the order of their days",
            )
    by_day = sorted(slots, key=lambda slot: (slot.day, slot.start or 0))
    for before, slot in pairwise(by_day):
        if slot.day == before.day:
            yield fault(FaultKind.SAME_DAY, slot.path, f"a second visit on {slot.day}", "one visit of a course on a day")


def overlaps(slots: Sequence[Slot]) -> Iterator[Fault]:
    """Visits that begin before another one has ended, whosever they are."""
    timed = [(slot.day.toordinal() * _MINUTES_A_DAY + slot.start, slot) for slot in slots if slot.start is not None]
    end, busy = 0, ""
    for start, slot in sorted(timed, key=lambda each: each[0]):
        if start < end:
            yield fault(
                FaultKind.OVERLAP,
                slot.path,
                f"begins on {slot.day} before {busy} has ended",
                "visits that do not overlap",
            )
        if start + (slot.minutes or 0) > end:
            end, busy = start + (slot.minutes or 0), slot.path


def number_faults(schedule: Schedule) -> Iterator[Fault]:
    """Numbers that stand twice, fall, or are missing."""
    numbered = [(slot.number, slot) for slot in schedule.slots if slot.number is not None]
    seen: set[int] = set()
    for number, slot in numbered:
        if number in seen:
            yield fault(FaultKind.NUMBER, slot.path, f"the number {number} stands twice", "a number for each visit")
        seen.add(number)
    by_day = sorted(numbered, key=lambda each: each[1].day)
    for (before, _), (number, slot) in pairwise(by_day):
        if number < before:
            found = f"visit {number} on {slot.day} comes after visit {before}"
            yield fault(FaultKind.NUMBER, slot.path, found, "numbers that rise with the days")
    missing = sorted(set(range(1, len(numbered) + 1)) - seen) if schedule.numbered_from_one else []
    if missing:
        yield fault(
            FaultKind.NUMBER,
            schedule.path,
            f"there is no visit {missing[0]}",
            f"visits 1 to {len(numbered)} without a gap",
        )


def _days(schedule: Schedule) -> Iterator[Fault]:
    for slot in schedule.slots:
        if (schedule.first is not None and slot.day < schedule.first) or (schedule.last is not None and slot.day > schedule.last):
            yield fault(
                FaultKind.OUTSIDE_PERIOD,
                slot.path,
                f"{slot.day} lies outside the period of the plan",
                _between(schedule.first, schedule.last),
            )


def _between(first: date | None, last: date | None) -> str:
    return " ".join(part for part in (f"from {first}" if first else "", f"to {last}" if last else "") if part)


def _thinning(schedule: Schedule) -> Iterator[Fault]:
    """Visits that come closer in the second half of a course, and one far longer gap among short ones."""
    days = sorted({slot.day for slot in schedule.slots})
    gaps = [(after - before).days for before, after in pairwise(days)]
    if len(gaps) < _FEWEST_GAPS:
        return
    half = len(gaps) // 2
    early, late = _middle(gaps[:half]), _middle(gaps[-half:])
    if late <= _CLOSER_BY * early and not schedule.may_tighten:
        found = f"gaps of about {early:g} days at first, and {late:g} at the end"
        yield fault(FaultKind.FREQUENCY_RISES, schedule.path, found, "visits that thin out, or stay as they are")
    for place in range(1, len(gaps) - 1):
        usual = max(gaps[place - 1], gaps[place + 1])
        if gaps[place] > 2 * usual + _A_WEEK and not schedule.may_pause:
            found = f"{gaps[place]} days without a visit after {days[place]}"
            yield fault(FaultKind.LONG_GAP, schedule.path, found, f"about {usual} days, as before and after")


def _middle(gaps: Sequence[int]) -> float:
    """The gap that as many are longer than as are shorter; one long holiday does not move it."""
    ranked = sorted(gaps)
    return (ranked[len(ranked) // 2] + ranked[(len(ranked) - 1) // 2]) / 2


def _last_review(slots: Sequence[Slot]) -> Iterator[Fault]:
    """Where reviews are planned at all, the last visit is one."""
    if any(slot.review for slot in slots):
        last = max(slots, key=lambda slot: (slot.day, slot.number or 0))
        if not last.review:
            yield fault(FaultKind.REVIEW_MISSING, last.path, "the last visit is no review", "a review at the last visit")


def _texts(slot: Slot) -> Iterator[Fault]:
    said = said_in(slot.text).minutes
    if slot.minutes is not None and said and slot.minutes not in said:
        yield fault(
            FaultKind.TEXT_MINUTES,
            slot.path,
            f"the text says {said[0]} minutes, and the visit has {slot.minutes}",
            "the same minutes in both",
        )
