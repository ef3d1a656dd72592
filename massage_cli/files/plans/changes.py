"""What differs between two plans, line by line, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from massage_cli.files.plans.plan_document import PlanDocument, ScreeningEntry
from massage_cli.knowledge.value import Value
from massage_cli.planning.follow_up.visits import Visit
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
        *_limits(old.screening, new.screening),
        *_changed("planned on", old.planned_on, new.planned_on),
        *_each("intake", _intake(old), _intake(new)),
        *_changed("protocol", old.protocol and old.protocol.name, new.protocol and new.protocol.name),
        *_each("technique", _techniques(old), _techniques(new)),
        *_each("part", _outline(old), _outline(new)),
        *_each("phase", _phases(old), _phases(new)),
        *_each("visit", _sessions(old), _sessions(new)),
        *_each("recorded", _visits(old), _visits(new)),
        *_warnings(old, new),
        *_changed("edition of the knowledge", old.edition, new.edition),
        *_changed("knowledge", old.knowledge_digest, new.knowledge_digest),
        *_changed("own knowledge", old.overlay, new.overlay),
        *_changed("own knowledge digest", old.overlay_digest, new.overlay_digest),
    )


def _changed(about: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change(about=about, before=None if before is None else str(before), after=None if after is None else str(after))


def _each(about: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        yield from _changed(f"{about} {key}", before.get(key), after.get(key))


def _limits(old: ScreeningEntry, new: ScreeningEntry) -> Iterator[Change]:
    yield from _changed("pressure at most", old.pressure_max, new.pressure_max)
    at = ({place: str(level) for place, level in screening.pressure_max_at.items()} for screening in (old, new))
    yield from _each("pressure at most at", *at)
    yield from _changed("minutes at most", old.minutes_max, new.minutes_max)
    for about, before, after in (
        ("not treated", old.avoid, new.avoid),
        ("positions", old.positions, new.positions),
        ("unanswered", old.unanswered, new.unanswered),
    ):
        yield from _changed(about, listed(before) or None, listed(after) or None)
    yield from _come_and_gone("precaution", old.precautions, new.precautions)


def _come_and_gone(about: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Sentences that stand there no longer, and new ones."""
    yield from (Change(about=about, before=text) for text in before if text not in after)
    yield from (Change(about=about, after=text) for text in after if text not in before)


def _intake(document: PlanDocument) -> dict[str, str]:
    """What was told, key by key; whose it is and the format stand elsewhere."""
    table: dict[str, Any] = msgspec.to_builtins(document.intake)
    return {key: in_words(value) for key, value in table.items() if key not in ("format", "client")}


def in_words(value: Any) -> str:
    """A value of a plan as words; tables and lists with commas between."""
    match value:
        case dict():
            return ", ".join(f"{spaced(str(key))} {in_words(inner)}" for key, inner in value.items())
        case list() | tuple():
            return ", ".join(in_words(inner) for inner in value)
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


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


def _outline(document: PlanDocument) -> dict[str, str]:
    return {part.part: f"{part.minutes} minutes" for part in document.outline}


def _visits(document: PlanDocument) -> dict[str, str]:
    return {str(visit.number): ", ".join(_of_visit(visit)) for visit in document.visits}


def _of_visit(visit: Visit) -> Iterator[str]:
    yield f"{visit.status} on {visit.date}"
    if visit.pain is not None:
        yield f"pain {visit.pain}"
    if visit.measure is not None and visit.score is not None:
        yield f"{visit.measure} {visit.score:g}"
    if visit.soreness_hours is not None:
        yield f"sore for {visit.soreness_hours} hours"
    if visit.health:
        yield in_words(msgspec.to_builtins(visit.health))
    if visit.note is not None:
        yield f"note: {visit.note}"


def _warnings(old: PlanDocument, new: PlanDocument) -> Iterator[Change]:
    before, after = ({(warning.id, warning.text): None for warning in document.warnings} for document in (old, new))
    yield from (Change(about=f"warning {name}", before=text) for name, text in before if (name, text) not in after)
    yield from (Change(about=f"warning {name}", after=text) for name, text in after if (name, text) not in before)
