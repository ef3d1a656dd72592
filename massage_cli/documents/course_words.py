"""A course in the words that records use: its phases, its techniques, its limits and how it is measured."""

from collections.abc import Iterator

from massage_cli.files.plans.plan_document import MeasureEntry, PhaseEntry, PlanDocument, TechniqueEntry
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import POSITION_WORDS, counted, listed, spaced

REVIEWED_BY_NOBODY = "Planned with massage-cli; no clinician has reviewed its knowledge. The licensed professional who signs decides."


def frequency(phase: PhaseEntry) -> str:
    """How often and how many: 8 visits, every 7 days."""
    shortest, longest = min(phase.gap_days), max(phase.gap_days)
    visits = counted(phase.sessions, "visit")
    if phase.sessions == 1:
        return visits
    if shortest != longest:
        return f"{visits}, every {shortest} to {longest} days"
    return f"{visits}, daily" if shortest == 1 else f"{visits}, every {shortest} days"


def phase_line(phase: PhaseEntry) -> str:
    """A phase with its visits, minutes and dates."""
    days = str(phase.first) if phase.first == phase.last else f"{phase.first} to {phase.last}"
    return f"{spaced(phase.name).capitalize()}: {frequency(phase)}, {phase.minutes} minutes each, {days}"


def technique_line(technique: TechniqueEntry) -> str:
    """A technique with its minutes, pressure and regions."""
    return f"{technique.name}: {technique.minutes} minutes, pressure {technique.pressure} of {NO_CAP}, {listed(technique.regions)}"


def measure_line(measure: MeasureEntry) -> str:
    """A measure with its smallest important change."""
    if measure.important_change is not None:
        return f"{measure.name}: smallest important change {measure.important_change:g} points"
    if measure.important_change_percent is not None:
        return f"{measure.name}: smallest important change {measure.important_change_percent} percent of the first score"
    return f"{measure.name}: smallest important change not known"


def limits(document: PlanDocument) -> Iterator[str]:
    """What limits the work, each in a line."""
    screening = document.screening
    if screening.avoid:
        yield f"No work on: {listed(screening.avoid)}"
    if screening.pressure_max < NO_CAP:
        yield f"Pressure {screening.pressure_max} of {NO_CAP} at most"
    if screening.positions:
        yield f"Position: {', '.join(POSITION_WORDS[position] for position in screening.positions)}"
    if screening.minutes_max is not None:
        yield f"{screening.minutes_max} minutes at most"
    yield from screening.precautions
