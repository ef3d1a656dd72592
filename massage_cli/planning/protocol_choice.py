"""Which protocol serves the client, and whether there is leave to follow it (planning.md 1.3, 1.4 and 2)."""

from datetime import date

import msgspec

from massage_cli.knowledge.named import GENERAL_CHRONIC, INTENSIVE_CHRONIC, OTHER_COMPLAINT, PAIN_ALL_OVER
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import Condition
from massage_cli.planning import texts
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import State
from massage_cli.planning.intake import Intake
from massage_cli.planning.screening import Screening
from massage_cli.planning.texts import PlanWarning


class ProtocolChoice(msgspec.Struct, frozen=True, kw_only=True):
    """The protocol, and what the therapist should know about the choice."""

    protocol: Protocol
    warnings: tuple[PlanWarning, ...]


def unmet_needs(intake: Intake, knowledge: Knowledge, *, on: date) -> tuple[str, ...]:
    """The facts without which the complaint makes no sense, when none of them is yes or unsure (planning.md 1.3)."""
    needs = knowledge.complaint[intake.complaint_or_other].needs
    if not needs:
        return ()
    answers = Answers(intake, knowledge, on=on)
    if any(answers.of(fact) in ("yes", State.UNSURE) for fact in needs):
        return ()
    return tuple(fact.id for fact in knowledge.facts if fact.id in needs)


def choose_protocol(intake: Intake, screening: Screening, knowledge: Knowledge, *, on: date) -> ProtocolChoice:
    """The protocol of the complaint for the condition, else the general one (planning.md 2)."""
    complaint = knowledge.complaint[intake.complaint_or_other]
    protocol_id = complaint.protocols.get(intake.condition)
    general = protocol_id is None
    if protocol_id is None:
        protocol_id = knowledge.complaint[OTHER_COMPLAINT].protocols[intake.condition]
    if protocol_id == GENERAL_CHRONIC and _is_intensive(intake, screening, knowledge):
        protocol_id = INTENSIVE_CHRONIC
    warnings = _contradictions(intake, knowledge, on=on)
    if general:
        warnings = (*warnings, texts.general_protocol(complaint.name, intake.condition))
    return ProtocolChoice(protocol=knowledge.protocol[protocol_id], warnings=warnings)


def most_minutes(intake: Intake, screening: Screening, knowledge: Knowledge) -> int:
    """The longest visit that booking and screening leave room for, in minutes (planning.md 2.2)."""
    longest = knowledge.numbers.longest_minutes
    offered, capped = intake.booking.minutes, screening.limits.minutes_max
    return min(longest if offered is None else offered, longest if capped is None else capped)


def _is_intensive(intake: Intake, screening: Screening, knowledge: Knowledge) -> bool:
    choosing = knowledge.numbers.choosing
    return (
        intake.pain is not None
        and intake.pain >= choosing.intensive_pain_from
        and most_minutes(intake, screening, knowledge) >= choosing.intensive_minutes
        and intake.age < knowledge.numbers.pressure.frail_age
        and intake.complaint != PAIN_ALL_OVER
        and not any(finding.rule.id in choosing.intensive_never_with for finding in screening.findings)
    )


def _contradictions(intake: Intake, knowledge: Knowledge, *, on: date) -> tuple[PlanWarning, ...]:
    numbers = knowledge.numbers.contradictions
    days = intake.days_since_onset(on)
    if intake.condition is Condition.CHRONIC and days is not None and days < numbers.chronic_under_days:
        return (texts.chronic_recent(days, under_days=numbers.chronic_under_days),)
    if intake.condition is Condition.ACUTE and days is not None and days > numbers.acute_over_days:
        return (texts.acute_old(days, over_days=numbers.acute_over_days),)
    if intake.condition is Condition.MAINTENANCE and intake.pain is not None and intake.pain >= numbers.maintenance_pain_from:
        return (texts.maintenance_pain(intake.pain),)
    return ()


def has_permission(intake: Intake, screening: Screening, protocol: Protocol, knowledge: Knowledge, *, on: date) -> bool:
    """True when the protocol needs no permission, or one is on file (planning.md 1.4)."""
    if not protocol.needs_clearance or any(screening.has_cleared(rule) for rule in protocol.cleared_by):
        return True
    valid_days = knowledge.numbers.choosing.protocol_clearance_days
    return any(note.rule == protocol.id and 0 <= (on - note.on).days <= valid_days for note in intake.clearances)
