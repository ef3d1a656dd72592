"""The shape of a course: complaints, the protocols that serve them, and their phases."""

from typing import Annotated

from msgspec import Meta

from massage_cli.knowledge.rules import Pressure
from massage_cli.knowledge.techniques import MinutesRange
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Certainty, Condition

Days = Annotated[int, Meta(ge=1, le=366)]
Count = Annotated[int, Meta(ge=1, le=100)]


class PhaseOrigin(Value, frozen=True, kw_only=True):
    """Where the numbers of a phase come from: T trial, P payer or practice rule, S seed article, I reasoned by us."""

    frequency: tuple[str, ...]
    sessions: tuple[str, ...]
    minutes: tuple[str, ...]


class Phase(Value, frozen=True, kw_only=True):
    """A stretch of a course at one frequency; `gap_days` is a cycle of days since the visit before."""

    name: str
    gap_days: tuple[Days, ...]
    sessions: Count
    sessions_range: tuple[int, int]
    per_week: tuple[float, float]
    minutes: MinutesRange
    origin: PhaseOrigin


class Upkeep(Value, frozen=True, kw_only=True):
    """What is offered after the course: a visit every so many days, or nothing."""

    offer: bool
    interval_days: Annotated[int, Meta(ge=0, le=366)]
    interval_days_range: tuple[int, int]
    origin: str


class FrequencyException(Value, frozen=True, kw_only=True):
    """Where visits may be more frequent than usual, with the source of it."""

    condition: Condition
    per_week: float
    source: str
    why: str


class Protocol(Value, frozen=True, kw_only=True):
    """How often, how many and how long; when to review and when to stop."""

    id: str
    name: str
    conditions: tuple[Condition, ...]
    needs_clearance: bool
    certainty: Certainty
    sessions_total: Count
    weeks: float
    last_day: int
    review_visits: tuple[Count, ...]
    stop_after: Count
    measures: tuple[str, ...]
    techniques: tuple[str, ...]
    step_down_early: str
    step_down_late: str
    basis: str
    sources: tuple[str, ...]
    maintenance: Upkeep
    phase: tuple[Phase, ...]
    evidence_from: str | None = None
    exceptions: tuple[FrequencyException, ...] = ()
    not_before_injury_day: Annotated[int, Meta(ge=0, le=366)] = 0
    pressure_max: Pressure | None = None
    cleared_by: tuple[str, ...] = ()
    beyond_visit_cap: bool = False


class Complaint(Value, frozen=True, kw_only=True):
    """What a client comes with, and the protocol that serves it for each type of condition."""

    id: str
    name: str
    regions: tuple[str, ...]
    synonyms: tuple[str, ...]
    protocols: dict[Condition, str]
    needs: tuple[str, ...] = ()
