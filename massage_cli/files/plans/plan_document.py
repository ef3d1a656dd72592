"""The plan file as values: what formats of plans hold, key by key and in this order."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from massage_cli.knowledge.rules import Pressure
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Action, Category, Certainty, OutcomeKind, Position, ProgressClass, Urgency
from massage_cli.planning.calendar import DatedPhase, PlannedVisit
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.intake import Intake
from massage_cli.planning.texts import PlanWarning


class UnusedClearanceEntry(Value, frozen=True, kw_only=True):
    """A note that does nothing."""

    rule: str
    why: str


class FindingEntry(Value, frozen=True, kw_only=True):
    """One finding; `regions` are sided and in body order."""

    rule: str
    title: str
    category: Category
    urgency: Urgency | None = None
    certain: bool
    regions: tuple[str, ...] = ()
    cleared: bool
    reason: str
    action: str
    sources: tuple[str, ...]


class ExclusionEntry(Value, frozen=True, kw_only=True):
    """A technique that is not free: everywhere, or in the regions given."""

    technique: str
    regions: tuple[str, ...] = ()
    because: tuple[str, ...]


class ScreeningEntry(Value, frozen=True, kw_only=True):
    """The screening without what standing rules do; that stands in `caution_sites`."""

    pressure_max: Pressure
    pressure_max_at: dict[str, Pressure] = {}  # noqa: RUF012  # msgspec gives each value a fresh one
    minutes_max: int | None = None
    avoid: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    precautions: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    caution_sites: tuple[str, ...] = ()
    unused_clearances: tuple[UnusedClearanceEntry, ...] = ()
    findings: tuple[FindingEntry, ...] = ()
    exclusions: tuple[ExclusionEntry, ...] = ()


class ProtocolEntry(Value, frozen=True, kw_only=True):
    """The protocol the plan follows, with what it rests on."""

    id: str
    name: str
    certainty: Certainty
    basis: str
    sources: tuple[str, ...]


class TechniqueEntry(Value, frozen=True, kw_only=True):
    """A technique of the main block; regions with both sides merged."""

    id: str
    name: str
    minutes: Annotated[int, Meta(ge=1)]
    pressure: Pressure
    regions: tuple[str, ...]
    score: float
    because: str
    sources: tuple[str, ...] = ()


class OutlineEntry(Value, frozen=True, kw_only=True):
    """A part of an ordinary session, in minutes."""

    part: str
    minutes: int


PhaseEntry = DatedPhase
SessionEntry = PlannedVisit


class MaintenanceEntry(Value, frozen=True, kw_only=True):
    """What is offered after the course; 0 days when nothing is."""

    offered: bool
    every_days: int


class MeasureEntry(Value, frozen=True, kw_only=True):
    """An outcome measure with its smallest important change, in points or else in percent."""

    id: str
    name: str
    important_change: float | None = None
    important_change_percent: int | None = None


class DecisionEntry(Value, frozen=True, kw_only=True):
    """What the last review decided, and why; `visit` is the last attended one it looked at, none where nobody had come."""

    on: date
    visit: Annotated[int, Meta(ge=1)] | None = None
    class_: ProgressClass = field(name="class")
    action: Action
    because: str
    sources: tuple[str, ...] = ()


class PlanDocument(Value, frozen=True, kw_only=True):
    """A plan or a withheld plan, as it is saved and shown."""

    format: Literal["massage-plan/1"]
    outcome: OutcomeKind
    urgency: Urgency | None = None
    edition: str
    program: str
    planned_on: date
    knowledge_digest: str
    overlay: str | None = None
    overlay_digest: str | None = None
    reviewed_by_clinician: bool
    version: Annotated[int, Meta(ge=2)] | None = None
    parent: str | None = None
    parent_digest: str | None = None
    holidays: tuple[date, ...] = ()
    advice: tuple[str, ...] = ()
    intake: Intake
    screening: ScreeningEntry
    protocol: ProtocolEntry | None = None
    techniques: tuple[TechniqueEntry, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    phases: tuple[PhaseEntry, ...] = ()
    sessions: tuple[SessionEntry, ...] = ()
    maintenance: MaintenanceEntry | None = None
    measures: tuple[MeasureEntry, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    visits: tuple[Visit, ...] = ()
    decision: DecisionEntry | None = None

    @property
    def stopped(self) -> bool:
        """True when a review stopped the course: nothing of how to treat may be shown or handed out."""
        return self.decision is not None and self.decision.action is Action.STOP_REFER
