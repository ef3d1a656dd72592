"""The questions about clearances: who has agreed, when, and with what limits."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import LiftedBy, OutcomeKind
from massage_cli.planning.protocol_choice import choose_protocol, has_permission
from massage_cli.planning.questionnaire.given import Given, intake_so_far
from massage_cli.planning.questionnaire.question import Kind, Question, Section, one
from massage_cli.planning.screening import Finding, Screening, screen


def clearance_questions(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """For everything that a clearance can lift: whether somebody has agreed, who, when and with what limits."""
    section = Section.CLEARANCE
    for name, title, wording in _liftable(given, knowledge, on=on):
        agreed = (("none", "Nobody has agreed yet"), ("recorded", "Somebody has agreed"))
        yield one(f"clearance.{name}", section, f"Clearance: {title}", agreed, wording=wording, health=True)
        if given.get(f"clearance.{name}") == "recorded":
            yield Question(
                id=f"clearance.{name}.by",
                section=section,
                kind=Kind.TEXT,
                title="Who agreed",
                wording="A role, like midwife or cardiologist.",
            )
            yield Question(id=f"clearance.{name}.on", section=section, kind=Kind.DATE, title="When they agreed")
            yield Question(id=f"clearance.{name}.limits", section=section, kind=Kind.TEXT, title="With what limits", required=False)


def _liftable(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[tuple[str, str, str]]:
    """The rules found, and the protocol chosen, that need somebody's agreement: id, title and what to do."""
    intake = intake_so_far(given, knowledge)
    screening = screen(intake, knowledge, on=on)
    for finding in screening.findings:
        if finding.rule.clearance is LiftedBy.LIFTS_STOP:
            yield finding.rule.id, finding.rule.title, finding.rule.action
    if screening.outcome is OutcomeKind.REFER:
        return
    protocol = choose_protocol(intake, screening, knowledge, on=on).protocol
    if not has_permission(replace(intake, clearances=()), replace(screening, findings=_lifted(screening)), protocol, knowledge, on=on):
        yield protocol.id, protocol.name, "This course needs the agreement of the physician or surgeon in charge."


def _lifted(screening: Screening) -> tuple[Finding, ...]:
    """The findings as if every clearance that is asked for were there: a protocol's own is asked for only beyond these."""
    return tuple(replace(finding, cleared=finding.rule.clearance is LiftedBy.LIFTS_STOP) for finding in screening.findings)
