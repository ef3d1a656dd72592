"""Why a plan follows its protocol, and what that brings: measures, upkeep and advice."""

from collections.abc import Iterator
from typing import Any

from massage_cli.files.explained.lines import by_rules, line, source_lines, told
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import ProtocolEntry
from massage_cli.knowledge.named import INTENSIVE_CHRONIC, OTHER_COMPLAINT
from massage_cli.knowledge.protocols import Protocol
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic, origins
from massage_cli.planning.protocol_choice import has_permission
from massage_cli.planning.texts import spaced


def explain_protocol(again: Replay) -> Iterator[Explanation]:
    """Every value under `protocol`, and the permission that it needs."""
    entry, protocol = again.document.protocol, again.protocol
    if entry is None or protocol is None:
        return
    why, lifted = _why(protocol, again), _lifted_by(protocol, again)
    rests: dict[str, Any] = {"id": entry.id, "answers": _answers(again)}
    sources: dict[str, Any] = {"sources": entry.sources}
    about: tuple[str, ...]
    evidence, about = Topic.PROTOCOL, (f"Certainty of the evidence: {spaced(entry.certainty)}.", entry.basis)
    if again.document.outcome.withholds:  # what it rests on says how often and how long to treat
        evidence, about, sources = Topic.COURSE, (), {}
    yield Explanation(
        path="protocol", topic=Topic.PROTOCOL, what=entry.name, because=(*why, *about), main=True, lifted_by=lifted, **rests, **sources
    )
    yield line(Topic.PROTOCOL, "protocol.id", entry.id, *why, lifted_by=lifted, **rests, **sources)
    yield line(Topic.PROTOCOL, "protocol.name", entry.name, "The name of the protocol.", **rests, **sources)
    judged = "How sure the evidence behind the protocol is, as its makers judged it from the sources."
    rests |= {"sources": entry.sources}
    yield line(evidence, "protocol.certainty", entry.certainty, judged, entry.basis, **rests)
    yield line(evidence, "protocol.basis", entry.basis, "What the numbers of the protocol rest on, source by source.", **rests)
    yield from source_lines(evidence, "protocol.sources", entry.sources, again.knowledge, f"the protocol {entry.id}")


def _answers(again: Replay) -> tuple[Told, ...]:
    return (again.planned.told("complaint"), again.planned.told("condition"))


def _why(protocol: Protocol, again: Replay) -> tuple[str, ...]:
    """Why this protocol and no other (planning.md 2)."""
    intake, knowledge = again.planned.intake, again.knowledge
    complaint = knowledge.complaint[intake.complaint_or_other]
    own = complaint.protocols.get(intake.condition)
    general = knowledge.complaint[OTHER_COMPLAINT].protocols[intake.condition]
    condition = spaced(intake.condition)
    if protocol.id == INTENSIVE_CHRONIC:
        choosing, frail = knowledge.numbers.choosing, knowledge.numbers.pressure.frail_age
        conditions = f"pain is {choosing.intensive_pain_from} or more, {choosing.intensive_minutes} minutes fit, age is under {frail}"
        return (f"{complaint.name}, {condition}: the general protocol, in its intensive form, as {conditions}.",)
    if own == protocol.id:
        return (f"It is the protocol of '{complaint.name}', condition {condition}.",)
    if own is None and general == protocol.id:
        return (f"'{complaint.name}' has no protocol of its own for the condition {condition}, so the general one is used.",)
    return ("The plan was made with it; by the knowledge at hand another one would be chosen.",)


def _lifted_by(protocol: Protocol, again: Replay) -> str | None:
    if not protocol.needs_clearance:
        return None
    days = again.knowledge.numbers.choosing.protocol_clearance_days
    needs = "The course needs the agreement of the physician or surgeon in charge"
    if has_permission(again.planned.intake, again.planned.screening, protocol, again.knowledge, on=again.planned.on):
        return f"{needs}; it is on record."
    return f'{needs}, a real one, recorded with who and when (rule = "{protocol.id}" under [[clearances]]); it holds for {days} days.'


def explain_after(again: Replay) -> Iterator[Explanation]:
    """Upkeep, measures and advice."""
    document, protocol = again.document, again.protocol
    if document.maintenance is not None and protocol is not None:
        upkeep, sources = document.maintenance, protocol.sources
        rests: dict[str, Any] = {"id": protocol.id, "sources": sources, "origin": origins((protocol.maintenance.origin,))}
        offered = f"{protocol.name} {'has' if upkeep.offered else 'has no'} upkeep after the course."
        every = f"The protocol's interval is {protocol.maintenance.interval_days} days." if upkeep.offered else "Nothing is offered."
        what = f"afterwards: a visit every {upkeep.every_days} days, if wished" if upkeep.offered else "afterwards: nothing is offered"
        yield Explanation(path="maintenance", topic=Topic.AFTER, what=what, because=(offered,), main=True, **rests)
        yield line(Topic.AFTER, "maintenance.offered", upkeep.offered, offered, **rests)
        yield line(Topic.AFTER, "maintenance.every-days", upkeep.every_days, every, **rests)
    yield from _measures(again, document.protocol)
    lines = {advice.text: advice for advice in again.knowledge.advice}
    for place, text in enumerate(document.advice):
        advice = lines.get(text)
        path = f"advice[{place}]"
        if advice is None:
            yield line(Topic.AFTER, path, text, "No longer in the knowledge; it was part of the edition that the plan was made with.")
            continue
        because = "It is told to everybody." if advice.always else f"It goes with {'this protocol' if protocol is None else protocol.name}."
        yield line(Topic.AFTER, path, text, because, id=advice.id, main=True, sources=advice.sources)


def _measures(again: Replay, protocol: ProtocolEntry | None) -> Iterator[Explanation]:
    for place, entry in enumerate(again.document.measures):
        path, measure = f"measures[{place}]", again.knowledge.measure.get(entry.id)
        why = f"{'The protocol' if protocol is None else protocol.name} is followed with it."
        about = () if measure is None else (f"Its important change was worked out for: {measure.population}.",)
        rests: dict[str, Any] = {
            "id": entry.id,
            "sources": () if measure is None else measure.sources,
            "checked": None if measure is None else measure.checked,
        }
        yield Explanation(path=path, topic=Topic.AFTER, what=f"measure: {entry.name}", because=(why, *about), main=True, **rests)
        yield line(Topic.AFTER, f"{path}.id", entry.id, why, **rests)
        yield line(Topic.AFTER, f"{path}.name", entry.name, why, **rests)
        if entry.important_change is not None:
            change = "The smallest change in points that counts; reviews judge by it."
            yield line(Topic.AFTER, f"{path}.important-change", entry.important_change, change, *about, **rests)
        if entry.important_change_percent is not None:
            change = "The smallest change in percent that counts; reviews judge by it."
            yield line(Topic.AFTER, f"{path}.important-change-percent", entry.important_change_percent, change, *about, **rests)


_WARNINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "chronic-recent": ("What is told of the condition and of its beginning do not go together.", ("condition", "onset")),
    "acute-old": ("What is told of the condition and of its beginning do not go together.", ("condition", "onset")),
    "maintenance-pain": ("What is told of the condition and of the pain do not go together.", ("condition", "pain")),
    "general-protocol": ("The complaint has no protocol for this condition.", ("complaint", "condition")),
    "pressure-fresh": ("What is fresh is worked on lightly.", ("condition", "onset")),
    "pressure-first-visit": ("How the client takes pressure is not known before the first visit.", ("first-visit", "pressure")),
    "region-avoided": ("The client asked for it, and a finding closes it.", ("regions",)),
    "region-uncovered": ("None of the techniques chosen is used there.", ("regions",)),
    "no-carrier": ("Of the broad techniques none was left, or one technique alone fits.", ()),
    "first-visit-short": ("The first visit has questions and tests on top, as far as the longest visit leaves room.", ("booking.minutes",)),
    "minutes-short": ("The minutes offered, the screening or age leave fewer than the protocol's least.", ("booking.minutes", "age")),
    "sessions-cut": ("Only so many visits are paid for; they are shared out over the phases.", ("booking.max-sessions",)),
    "sessions-few": ("Only so many visits are paid for.", ("booking.max-sessions",)),
    "start-past": ("The day asked for lies before the day of planning.", ("booking.start",)),
    "start-delayed": ("Injured tissue rests first.", ("onset", "condition")),
    "gaps-widened": ("Only so many visits a week are wanted.", ("booking.max-per-week",)),
    "course-thin": (
        "Closed days and the visits wanted a week draw the course out.",
        ("booking.closed", "booking.weekdays", "booking.max-per-week"),
    ),
    "eased": ("The client was sore for longer than a session should leave behind.", ()),
    "none-light-enough": ("Visits were made lighter after long soreness.", ()),
    "nothing-in-its-place": ("A review asked for other techniques, and none is left.", ()),
    "extra-cut": ("A review asked for more visits than are paid for.", ("booking.max-sessions",)),
    "visit-cap": ("Payers let only so many visits fall in 90 days.", ()),
    "technique-drainage": ("Two techniques that do not go together in one place.", ()),
    "technique-outranked": ("Asking for a technique weighs, but does not decide.", ("prefers",)),
    "technique-short": ("The main part is too short for so many techniques.", ()),
}


def explain_warnings(again: Replay) -> Iterator[Explanation]:
    """Every warning: what it comes of."""
    for place, warning in enumerate(again.document.warnings):
        path = f"warnings[{place}]"
        why, keys = _WARNINGS.get(warning.id, ("A technique of the protocol, or one that was asked for, was lost.", ()))
        rules = _rules_of(warning.id, warning.text, again)
        sources = tuple(told(key, again.planned) for key in keys)
        base = Explanation(path=path, topic=Topic.WARNINGS, what=warning.text, because=(why,), id=warning.id, main=True, answers=sources)
        yield by_rules(base, rules, again.planned)
        yield by_rules(line(Topic.WARNINGS, f"{path}.id", warning.id, why, id=warning.id, answers=sources), rules, again.planned)
        yield by_rules(line(Topic.WARNINGS, f"{path}.text", warning.text, why, id=warning.id, answers=sources), rules, again.planned)


def _rules_of(warning_id: str, text: str, again: Replay) -> tuple[str, ...]:
    """The rules behind a warning."""
    limits, screening = again.planned.screening.limits, again.planned.screening
    named = text.rpartition("(")[2].rstrip(").").split(", ")
    if warning_id == "region-avoided":
        return tuple(dict.fromkeys(rule for place in screening.requested for rule in limits.avoided.get(place, ())))
    if warning_id == "technique-excluded":
        return tuple(rule for rule in again.planned.found if rule in named)
    return ()
