"""What differs between two plans, line by line, in words."""

from collections.abc import Iterator
from typing import Any

from massage_cli.files.plan_document import PlanDocument
from massage_cli.knowledge.value import Value
from massage_cli.planning.texts import listed, spaced


class Change(Value, frozen=True, kw_only=True):
    """One difference: what it is about, and how it was and is; None where it was not there, or no longer is."""

    about: str
    before: str | None = None
    after: str | None = None


def changes_between(old: PlanDocument, new: PlanDocument) -> tuple[Change, ...]:
    """Every difference that a therapist would want to know of, the most important first."""
    return (
        *_changed("client", old.intake.client, new.intake.client),
        *_changed("outcome", old.outcome, new.outcome),
        *_changed("urgency", old.urgency, new.urgency),
        *_changed("decision", _decision(old), _decision(new)),
        *_each("finding", _findings(old), _findings(new)),
        *_changed("pressure at most", old.screening.pressure_max, new.screening.pressure_max),
        *_changed("not treated", listed(old.screening.avoid) or None, listed(new.screening.avoid) or None),
        *_changed("protocol", old.protocol and old.protocol.name, new.protocol and new.protocol.name),
        *_each("technique", _techniques(old), _techniques(new)),
        *_each("phase", _phases(old), _phases(new)),
        *_each("visit", _sessions(old), _sessions(new)),
        *_each("recorded", _visits(old), _visits(new)),
        *_each("warning", _warnings(old), _warnings(new)),
        *_changed("edition of the knowledge", old.edition, new.edition),
        *_changed("knowledge", old.knowledge_digest, new.knowledge_digest),
    )


def _changed(about: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change(about=about, before=None if before is None else str(before), after=None if after is None else str(after))


def _each(about: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        yield from _changed(f"{about} {key}", before.get(key), after.get(key))


def _decision(document: PlanDocument) -> str | None:
    decision = document.decision
    return None if decision is None else f"{spaced(decision.action)} on {decision.on}: {decision.because}"


def _findings(document: PlanDocument) -> dict[str, str]:
    return {
        finding.rule: finding.title + ("" if finding.certain else " (not sure)") + (" (cleared)" if finding.cleared else "")
        for finding in document.screening.findings
    }


def _techniques(document: PlanDocument) -> dict[str, str]:
    return {
        technique.name: f"{technique.minutes} minutes at pressure {technique.pressure} on {listed(technique.regions)}"
        for technique in document.techniques
    }


def _phases(document: PlanDocument) -> dict[str, str]:
    return {
        phase.name: f"{phase.sessions} visits, gaps of {'-'.join(map(str, phase.gap_days))} days, {phase.minutes} minutes"
        for phase in document.phases
    }


def _sessions(document: PlanDocument) -> dict[str, str]:
    return {
        str(session.number): f"{session.date}, {session.phase}, {session.minutes} minutes{', review' if session.review else ''}"
        for session in document.sessions
    }


def _visits(document: PlanDocument) -> dict[str, str]:
    return {
        str(visit.number): f"{visit.status} on {visit.date}{'' if visit.pain is None else f', pain {visit.pain}'}"
        for visit in document.visits
    }


def _warnings(document: PlanDocument) -> dict[str, str]:
    return {f"{warning.id} {number}": warning.text for number, warning in enumerate(document.warnings, start=1)}
