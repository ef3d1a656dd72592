"""The plan file as values: what formats of plans hold, key by key and in this order."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Pressure
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Action, Category, Certainty, OutcomeKind, Position, ProgressClass, Urgency
from massage_cli.planning.calendar import DatedPhase, PlannedVisit
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.intake import Intake
from massage_cli.planning.limits import Limits
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.plan import Outcome, Plan, Withheld, withhold
from massage_cli.planning.screening import Screening
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


def document_of(outcome: Outcome, knowledge: Knowledge, *, program: str) -> PlanDocument:
    """The document of a plan, or of a withheld plan with nothing in it that says how to treat."""
    unanswered = outcome.unanswered if isinstance(outcome, Withheld) else ()
    document = PlanDocument(
        format="massage-plan/1",
        outcome=outcome.outcome,
        urgency=outcome.urgency if isinstance(outcome, Withheld) else None,
        edition=knowledge.edition.edition,
        program=program,
        planned_on=outcome.on,
        knowledge_digest=knowledge.digest,
        overlay=knowledge.overlay.name if knowledge.overlay else None,
        overlay_digest=knowledge.overlay.digest if knowledge.overlay else None,
        reviewed_by_clinician=False,
        intake=outcome.intake,
        screening=screening_entry(outcome.screening, knowledge, unanswered=unanswered),
        protocol=_protocol(outcome),
        warnings=outcome.warnings,
    )
    return _with_course(document, outcome, knowledge) if isinstance(outcome, Plan) else document


def screening_document_of(intake: Intake, screening: Screening, knowledge: Knowledge, *, on: date, program: str) -> PlanDocument:
    """The document of a screening alone, whatever it allows."""
    return document_of(withhold(intake, screening, on=on), knowledge, program=program)


def screening_entry(screening: Screening, knowledge: Knowledge, *, unanswered: tuple[str, ...]) -> ScreeningEntry:
    """A screening as a file holds it: what standing rules do stands apart, as caution sites."""
    limits = screening.limits
    return ScreeningEntry(
        pressure_max=limits.pressure_max,
        pressure_max_at=limits.pressure_max_at,
        minutes_max=limits.minutes_max,
        avoid=tuple(screening.own_limits.avoided),
        positions=limits.positions,
        precautions=screening.precautions,
        unanswered=unanswered,
        caution_sites=_caution_sites(screening.requested, knowledge),
        unused_clearances=tuple(UnusedClearanceEntry(rule=unused.rule, why=unused.why) for unused in screening.unused_clearances),
        findings=tuple(
            FindingEntry(
                rule=finding.rule.id,
                title=finding.rule.title,
                category=finding.rule.category,
                urgency=finding.rule.urgency,
                certain=finding.certain,
                regions=finding.regions,
                cleared=finding.cleared,
                reason=finding.rule.reason,
                action=finding.rule.action,
                sources=finding.rule.sources,
            )
            for finding in screening.particular
        ),
        exclusions=_exclusions(screening.own_limits, knowledge),
    )


@lru_cache(maxsize=4096)
def _caution_sites(requested: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    asked_for = {knowledge.body.region_of[place] for place in requested}
    return tuple(site.id for site in knowledge.sites if site.region in asked_for)


@lru_cache(maxsize=1024)
def _exclusions(own: Limits, knowledge: Knowledge) -> tuple[ExclusionEntry, ...]:
    """The clients of one clinic share the same few, so the last ones are remembered."""
    entries: list[ExclusionEntry] = []
    if not (own.excluded or own.excluded_at):
        return ()
    for technique in knowledge.techniques:
        everywhere = own.excluded.get(technique.id)
        if everywhere:
            entries.append(ExclusionEntry(technique=technique.id, because=everywhere))
        excluded_at = own.excluded_at.get(technique.id)
        if excluded_at:
            by_rules: dict[tuple[str, ...], list[str]] = {}
            for place in knowledge.body.sort(excluded_at):
                by_rules.setdefault(excluded_at[place], []).append(place)
            entries += [ExclusionEntry(technique=technique.id, regions=tuple(places), because=rules) for rules, places in by_rules.items()]
    return tuple(entries)


def _protocol(outcome: Outcome) -> ProtocolEntry | None:
    protocol = outcome.protocol
    if protocol is None:
        return None
    return ProtocolEntry(id=protocol.id, name=protocol.name, certainty=protocol.certainty, basis=protocol.basis, sources=protocol.sources)


def _with_course(document: PlanDocument, plan: Plan, knowledge: Knowledge) -> PlanDocument:
    course, upkeep = plan.course, plan.protocol.maintenance
    return replace(
        document,
        holidays=course.holidays,
        advice=tuple(line.text for line in plan.advice),
        techniques=technique_entries(plan.session.prescriptions, knowledge),
        outline=outline_entries(plan.session.outline),
        phases=course.phases,
        sessions=course.visits,
        maintenance=MaintenanceEntry(offered=upkeep.offer, every_days=upkeep.interval_days if upkeep.offer else 0),
        measures=tuple(
            MeasureEntry(
                id=measure.id,
                name=measure.name,
                important_change=measure.important_change,
                important_change_percent=measure.important_change_percent if measure.important_change is None else None,
            )
            for measure in plan.measures
        ),
    )


def technique_entries(prescriptions: Iterable[Prescription], knowledge: Knowledge) -> tuple[TechniqueEntry, ...]:
    """The main block as a file holds it."""
    return tuple(
        TechniqueEntry(
            id=block.candidate.technique.id,
            name=block.candidate.technique.name,
            minutes=block.minutes,
            pressure=block.pressure,
            regions=knowledge.body.merge(block.candidate.regions),
            score=block.candidate.score,
            because=block.candidate.because,
            sources=block.candidate.sources,
        )
        for block in prescriptions
    )


def outline_entries(outline: Iterable[tuple[str, int]]) -> tuple[OutlineEntry, ...]:
    """The outline of a session as a file holds it."""
    return tuple(OutlineEntry(part=part, minutes=minutes) for part, minutes in outline)
