"""Everything that is wrong with one schedule, whoever made it."""

from collections.abc import Iterator

from msgspec.structs import replace

from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.said import Said, said_in
from massage_cli.planning.lint.schedule import Schedule
from massage_cli.planning.lint.slots import slot_faults
from massage_cli.planning.lint.stretches import stretch_faults


def schedule_faults(schedule: Schedule) -> Iterator[Fault]:
    """The faults of its period, visits, stretches and of what is said of it as a whole."""
    if schedule.first is not None and schedule.last is not None and schedule.last < schedule.first:
        found = f"ends on {schedule.last}, before it begins on {schedule.first}"
        yield fault(FaultKind.PERIOD_NEGATIVE, schedule.path, found, "an end that is not before the start")
        schedule = replace(schedule, first=None, last=None)
    yield from slot_faults(schedule)
    yield from stretch_faults(schedule.stretches, may_tighten=schedule.may_tighten)
    for stretch in schedule.stretches:
        begins_early = schedule.first is not None and stretch.first is not None and stretch.first < schedule.first
        ends_late = schedule.last is not None and stretch.last is not None and stretch.last > schedule.last
        if begins_early or ends_late:
            found = f"{stretch.first} to {stretch.last} lies outside the period of the plan"
            expected = f"days from {schedule.first} to {schedule.last}"
            yield fault(FaultKind.OUTSIDE_PERIOD, stretch.path, found, expected)
    yield from text_faults(schedule)


def text_faults(schedule: Schedule) -> Iterator[Fault]:
    """Totals and minutes of a visit that are said of the whole course."""
    visits = _visits(schedule)
    minutes = {slot.minutes for slot in schedule.slots} | {stretch.minutes for stretch in schedule.stretches}
    for path, text in schedule.texts:
        said = said_in(text)
        if visits is not None and not _total_fits(said, visits):
            found = f"'{_short(text)}', and {visits} visits are planned"
            yield fault(FaultKind.TEXT_TOTAL, path, found, "as many visits in the text as in the dates")
        if said.minutes_each and minutes - {None} and not minutes.intersection(said.minutes_each):
            found = f"'{_short(text)}', and no visit has so many minutes"
            yield fault(FaultKind.TEXT_MINUTES, path, found, "the minutes of a visit of the plan")


def _visits(schedule: Schedule) -> int | None:
    counts = [stretch.visits for stretch in schedule.stretches]
    if schedule.slots:
        return len(schedule.slots)
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _total_fits(said: Said, visits: int) -> bool:
    """Whether what is said can mean so many visits: a total, or frequencies with the time each lasts."""
    if said.visits:
        return visits in said.visits or sum(said.visits) == visits
    timed = [(claim.rate, claim.days) for claim in said.claims if claim.days is not None]
    if not timed or len(timed) < len(said.claims):
        return True
    least = sum(rate * days[0] for rate, days in timed)
    most = sum(rate * days[1] for rate, days in timed)
    return least - 1 <= visits <= most + 1


def _short(text: str) -> str:
    """The beginning of a text, as much as a line takes."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
