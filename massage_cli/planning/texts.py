"""The sentences of plans: warnings and reasons, worded in planning.md; their numbers come from the knowledge."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Certainty, Direction, Position

POSITION_WORDS = {
    Position.NO_PRONE: "not face down",
    Position.NO_SUPINE_FLAT: "not flat on the back",
    Position.SIDE_LYING: "lying on the side",
    Position.SEATED: "seated",
    Position.HEAD_RAISED: "head raised, never flat",
}
_TECHNIQUE_LINES = (
    "technique-excluded",
    "technique-prenatal",
    "technique-untrained",
    "technique-region",
    "technique-pressure",
    "technique-minutes",
)
_ORDER = (
    "chronic-recent",
    "acute-old",
    "maintenance-pain",
    "general-protocol",
    "pressure-fresh",
    "pressure-first-visit",
    "region-avoided",
    _TECHNIQUE_LINES[0],
    "technique-drainage",
    "technique-outranked",
    "technique-short",
    "region-uncovered",
    "no-carrier",
    "first-visit-short",
    "minutes-short",
    "sessions-cut",
    "sessions-few",
    "start-past",
    "start-delayed",
    "gaps-widened",
    "course-thin",
)

_RANK = {warning_id: place for place, warning_id in enumerate(_ORDER)}
_RANK |= dict.fromkeys(_TECHNIQUE_LINES, _RANK[_TECHNIQUE_LINES[0]])


class PlanWarning(Value, frozen=True, kw_only=True):
    """Something that was lost against the protocol, or that the therapist should weigh."""

    id: str
    text: str


def in_order(warnings: Iterable[PlanWarning]) -> tuple[PlanWarning, ...]:
    """The warnings in the order of planning.md 9; those about single candidates stay in the order of the candidates."""
    return tuple(sorted(warnings, key=lambda warning: _RANK[warning.id]))


def spaced(word: str) -> str:
    """An id as words: hyphens become spaces."""
    return word.replace("-", " ")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun, of which `many` are one with an s where nothing else is given."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed(places: Iterable[str]) -> str:
    """Places as a list in a sentence."""
    return ", ".join(spaced(place) for place in places)


def chronic_recent(days: int, *, under_days: int) -> PlanWarning:
    """Called chronic, but recent."""
    return PlanWarning(id="chronic-recent", text=f"Called chronic, but it began {days} days ago; under {under_days // 7} weeks is acute.")


def acute_old(days: int, *, over_days: int) -> PlanWarning:
    """Called acute, but old."""
    return PlanWarning(id="acute-old", text=f"Called acute, but it began {days} days ago; over {over_days // 30} months is chronic.")


def maintenance_pain(pain: int) -> PlanWarning:
    """Called maintenance, but painful."""
    return PlanWarning(id="maintenance-pain", text=f"Called maintenance, but pain is {pain} of 10; a treatment course may fit better.")


def general_protocol(complaint: str, condition: str) -> PlanWarning:
    """The complaint has no protocol of its own for this condition."""
    text = f"{complaint}: no protocol of its own for {spaced(condition)}; the general one is used."
    return PlanWarning(id="general-protocol", text=text)


def pressure_fresh(pressure: int, until: date) -> PlanWarning:
    """A fresh injury keeps pressure down for now."""
    return PlanWarning(id="pressure-fresh", text=f"Pressure {pressure} at most until {until}; judge again then.")


def pressure_first_visit(cap: int, later: int) -> PlanWarning:
    """The first visit keeps pressure down."""
    return PlanWarning(id="pressure-first-visit", text=f"Pressure {cap} at most, this being the first visit; up to {later} later.")


def region_avoided(regions: Iterable[str]) -> PlanWarning:
    """Regions asked for that are not treated."""
    return PlanWarning(id="region-avoided", text=f"Not treated: {listed(regions)}.")


def technique_left_out(warning_id: str, name: str, *, asked_for: bool, why: str) -> PlanWarning:
    """A candidate that one of the tests of planning.md 5.3 removed."""
    lead = f"{name} was asked for and is left out:" if asked_for else f"{name} is left out:"
    return PlanWarning(id=warning_id, text=f"{lead} {why}.")


def technique_drainage(name: str) -> PlanWarning:
    """Strong work passed over beside lymphatic drainage, or the other way round."""
    return PlanWarning(id="technique-drainage", text=f"{name} is left out: strong work and lymphatic drainage do not share a region.")


def technique_outranked(name: str) -> PlanWarning:
    """A technique asked for that others rank above."""
    return PlanWarning(id="technique-outranked", text=f"{name} was asked for and is left out: others rank higher.")


def technique_short(name: str, smallest: int) -> PlanWarning:
    """A technique whose share of the session would be too short."""
    return PlanWarning(id="technique-short", text=f"{name} is left out: its share would be under {smallest} minutes.")


def region_uncovered(regions: Iterable[str]) -> PlanWarning:
    """Regions to be treated that no chosen technique works on."""
    return PlanWarning(id="region-uncovered", text=f"No chosen technique works on: {listed(regions)}.")


def no_carrier() -> PlanWarning:
    """No broad technique was chosen."""
    return PlanWarning(id="no-carrier", text="No broad technique is in the plan; warm up and finish with light strokes.")


def first_visit_short(needed: int, fit: int) -> PlanWarning:
    """The first visit's extra minutes do not all fit."""
    return PlanWarning(id="first-visit-short", text=f"The first visit needs {needed} minutes more for questions and tests; {fit} fit.")


def minutes_short(phase: str, minutes: int, needed: int) -> PlanWarning:
    """Visits shorter than the protocol rests on."""
    return PlanWarning(id="minutes-short", text=f"Phase {phase}: {minutes} minutes a visit; the protocol rests on {needed} or more.")


def sessions_cut(planned: int, total: int) -> PlanWarning:
    """Fewer visits than the protocol has."""
    return PlanWarning(id="sessions-cut", text=f"{planned} of {total} visits are planned; no more are paid for.")


def sessions_few(stop_after: int) -> PlanWarning:
    """Too few visits to judge a gain."""
    return PlanWarning(id="sessions-few", text=f"The plan ends before visit {stop_after}, when a gain can be judged.")


def start_past(start: date, on: date) -> PlanWarning:
    """The start day lies before the day of planning."""
    return PlanWarning(id="start-past", text=f"The start day {start} has passed; days count from {on}.")


def start_delayed(day: date, rest_days: int) -> PlanWarning:
    """Injured tissue rests first."""
    return PlanWarning(id="start-delayed", text=f"No visit before {day}: injured tissue rests until day {rest_days}.")


def gaps_widened(phase: str, per_week: int, new: Sequence[int], old: Sequence[int]) -> PlanWarning:
    """Visits further apart than the protocol's, because only so many fit a week."""
    cycles = f"every {cycle(new)} days instead of {cycle(old)}"
    return PlanWarning(id="gaps-widened", text=f"Phase {phase}: {per_week} a week at most, so {cycles}.")


def course_thin(days: int, wished: int) -> PlanWarning:
    """The course is drawn out beyond what the evidence rests on."""
    return PlanWarning(id="course-thin", text=f"The course takes {days} days instead of {wished}; that is thinner than the evidence.")


def cycle(gap_days: Iterable[int]) -> str:
    """A cycle of gaps as it is written: 3-4."""
    return "-".join(str(gap) for gap in gap_days)


_DIRECTION_WORDS = {
    Direction.BENEFIT: "of benefit",
    Direction.MIXED: "with mixed results",
    Direction.UNCLEAR: "and unclear",
    Direction.NONE: "of no effect",
}
NO_EVIDENCE = "No direct evidence for this protocol"
_GOAL_FIT = {2: "well", 1: "partly"}


@cache
def evidence_words(certainty: Certainty, direction: Direction) -> str:
    """How well a technique is supported for the protocol, to begin a sentence."""
    if certainty is Certainty.NONE:
        return NO_EVIDENCE
    return f"{spaced(certainty).capitalize()} certainty {_DIRECTION_WORDS[direction]}"


@cache
def goal_words(goal: str | None, fit: int) -> str:
    """How well a technique fits the goal it fits best; no goal where none was named."""
    if goal is None:
        return "no goal named"
    return f"fits {spaced(goal)} {_GOAL_FIT[fit]}" if fit in _GOAL_FIT else "fits none of the goals"


def region_words(*, covers_all: bool) -> str:
    """Whether a technique covers every region to be treated."""
    return "covers every region to be treated" if covers_all else "covers some of the regions to be treated"
