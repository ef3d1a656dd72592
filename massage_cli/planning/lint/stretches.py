"""Faults of stretches: their bounds, how they follow each other, and whether count, frequency and text agree."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.said import said_in
from massage_cli.planning.lint.schedule import Stretch

_DAY = timedelta(days=1)


def stretch_faults(stretches: Sequence[Stretch], *, may_tighten: bool = False) -> Iterator[Fault]:
    """Everything that is wrong with stretches that are meant to follow each other."""
    for stretch in stretches:
        yield from _bounds(stretch)
        yield from _count(stretch)
        yield from _text(stretch)
    for before, after in pairwise(stretches):
        yield from _follows(before, after)
    if not may_tighten:
        yield from rise_faults(stretches)


def rise_faults(stretches: Sequence[Stretch]) -> Iterator[Fault]:
    """Stretches with closer visits than the one before."""
    for before, after in pairwise(stretches):
        if before.rate is not None and after.rate is not None and after.rate > before.rate:
            yield fault(
                FaultKind.FREQUENCY_RISES,
                after.path,
                f"{often(after.rate)} after {often(before.rate)}",
                "visits that thin out, or stay as they are",
            )


def often(rate: Fraction) -> str:
    """A frequency in words: 3 a week, every 14 days."""
    a_week = rate * 7
    if a_week >= 1:
        return f"{float(a_week):.3g} a week"
    return f"every {float(1 / rate):.3g} days" if rate > 0 else "never"


def _bounds(stretch: Stretch) -> Iterator[Fault]:
    if stretch.first is not None and stretch.last is not None and stretch.last < stretch.first:
        yield fault(
            FaultKind.PERIOD_NEGATIVE,
            stretch.path,
            f"ends on {stretch.last}, before it begins on {stretch.first}",
            "an end that is not before the start",
        )


def days_of(stretch: Stretch) -> Fraction | None:
    """How many days a stretch lasts, both ends counted; None where that is not said, or is nonsense."""
    if stretch.days is not None:
        return stretch.days if stretch.days > 0 else None
    if stretch.first is None or stretch.last is None or stretch.last < stretch.first:
        return None
    return Fraction((stretch.last - stretch.first).days + 1)


def _count(stretch: Stretch) -> Iterator[Fault]:
    """A count of visits must fit its frequency and days, where the last of them may be a visit or the day before the next."""
    days, cycle = days_of(stretch), stretch.cycle_days
    if stretch.visits is None or stretch.rate is None or not cycle or days is None:
        return
    each = stretch.rate * cycle
    least, most = floor((days - 1) / cycle) * each, ceil(days / cycle) * each
    if not least <= stretch.visits <= most:
        expected = f"{float(most):g}" if least == most else f"{float(least):g} to {float(most):g}"
        found = f"{stretch.visits} visits, at {often(stretch.rate)} over {float(days):g} days"
        yield fault(FaultKind.TIMING_COUNT, stretch.path, found, f"{expected} visits")


def _text(stretch: Stretch) -> Iterator[Fault]:
    said, days = said_in(stretch.text), days_of(stretch)
    if stretch.rate is not None and len(said.claims) == 1 and not _close(said.claims[0].rate, stretch.rate):
        found = f"the text says {often(said.claims[0].rate)}, and the timing {often(stretch.rate)}"
        yield fault(FaultKind.TEXT_FREQUENCY, stretch.path, found, "the same frequency in both")
    if days is not None and len(said.lengths) == 1 and not said.lengths[0][0] <= days <= said.lengths[0][1]:
        meant = float(said.lengths[0][1] - (0 if said.lengths[0][0] == said.lengths[0][1] else 1))
        found = f"the text says {meant:g} days, and the dates give {float(days):g}"
        yield fault(FaultKind.TEXT_LENGTH, stretch.path, found, "as many days in both")
    if said.start is not None and stretch.first is not None and said.start != stretch.first:
        found = f"the text begins on {said.start}, and the dates on {stretch.first}"
        yield fault(FaultKind.TEXT_START, stretch.path, found, "the same first day in both")
    if stretch.visits is not None and said.visits and stretch.visits not in said.visits:
        found = f"the text says {said.visits[0]} visits, and {stretch.visits} are counted"
        yield fault(FaultKind.TEXT_TOTAL, stretch.path, found, "as many visits in both")
    if stretch.minutes is not None and said.minutes and stretch.minutes not in said.minutes:
        found = f"the text says {said.minutes[0]} minutes, and the timing {stretch.minutes}"
        yield fault(FaultKind.TEXT_MINUTES, stretch.path, found, "the same minutes in both")


def _close(said: Fraction, timed: Fraction) -> bool:
    """The same frequency; months are not all as long, and what is done daily may be done on working days."""
    monthly = max(said, timed) < Fraction(1, 20) and abs(said - timed) <= said / 10
    return said == timed or monthly or (said == 1 and timed >= Fraction(5, 7))


def _follows(before: Stretch, after: Stretch) -> Iterator[Fault]:
    if before.last is None or after.first is None or (before.first is not None and before.last < before.first):
        return
    if after.first <= before.last:
        found = f"begins on {after.first}, while {before.path} runs to {before.last}"
        yield fault(FaultKind.OVERLAP, after.path, found, f"a start from {before.last + _DAY} on")
    elif after.first > before.last + _DAY:
        first, last = before.last + _DAY, after.first - _DAY
        found = f"nothing covers {first}" + (f" to {last}" if last > first else "")
        yield fault(FaultKind.UNCOVERED_DAYS, after.path, found, f"a start on {first}")
