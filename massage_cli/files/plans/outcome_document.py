"""From an outcome to its document: what was screened and planned, as plan files hold it."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from massage_cli.files.plans.plan_document import (
    ExclusionEntry,
    FindingEntry,
    MaintenanceEntry,
    MeasureEntry,
    OutlineEntry,
    PlanDocument,
    ProtocolEntry,
    ScreeningEntry,
    TechniqueEntry,
    UnusedClearanceEntry,
)
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.intake import Intake
from massage_cli.planning.limits import Limits
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.plan import Outcome, Plan, Withheld, withhold
from massage_cli.planning.screening import Screening


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
