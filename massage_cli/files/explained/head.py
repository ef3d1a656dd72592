"""Why a plan ends as it does, what its file says of itself, and what visits and reviews have brought."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from massage_cli.files.explained.lines import by_rules, line, source_lines, told
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import FindingEntry
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.texts import counted, spaced


def explain_outcome(again: Replay) -> Iterator[Explanation]:
    """The outcome, and how fast help is due."""
    document = again.document
    because, rules, answers, lifted = _outcome(again)
    base = line(Topic.OUTCOME, "outcome", document.outcome, *because, main=True, answers=answers, lifted_by=lifted)
    yield by_rules(base, rules, again.basis)
    if document.urgency is not None:
        stopping = [finding.rule for finding in _stopping(document.screening.findings) if finding.urgency is document.urgency]
        why = "The fastest help that a certain finding asks for." if stopping else "Nothing is urgent; the visit waits."
        yield by_rules(line(Topic.OUTCOME, "urgency", document.urgency, why, main=True), stopping, again.basis)


def _stopping(findings: tuple[FindingEntry, ...]) -> list[FindingEntry]:
    return [finding for finding in findings if finding.certain and finding.category in STOPPING]


def _outcome(again: Replay) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Told, ...], str | None]:
    """Why the outcome is what it is: sentences, rules, answers beside those of the rules, and what would lift it."""
    document = again.document
    findings = document.screening.findings
    names = tuple(finding.rule for finding in findings)
    match document.outcome:
        case OutcomeKind.REFER:
            return _refer(again)
        case OutcomeKind.CLEARANCE:
            return _clearance(again)
        case OutcomeKind.INCOMPLETE:
            asked = document.screening.unanswered
            answers = tuple(again.basis.told(fact) for fact in asked)
            why = f"{counted(len(asked), 'question is', 'questions are')} open; a missing answer is never taken for a no."
            return (why,), (), answers, "The answers that the client gives, whatever they are."
        case OutcomeKind.NO_TECHNIQUE:
            why = "Of the techniques of the protocol, and of those asked for, none is left; the warnings say why each was lost."
            lifted = "Another technique asked for, another region, or a colleague. What screening excludes is not brought back by asking."
            return (why,), (), (told("prefers", again.basis), told("booking.trained-in", again.basis)), lifted
        case OutcomeKind.RESTRICTED:
            return (f"{counted(len(findings), 'finding limits', 'findings limit')} the work; none withholds the plan.",), names, (), None
        case OutcomeKind.CLEAR:
            return ("No finding that is particular to this client.",), (), (told("health.everything-else", again.basis),), None


def _refer(again: Replay) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Told, ...], str | None]:
    screening = again.document.screening
    stopping = _stopping(screening.findings)
    if stopping:
        why = tuple(f"{finding.title}: {finding.reason}" for finding in stopping)
        return why, tuple(finding.rule for finding in stopping), (), "No note lifts this. It stands for as long as it is so."
    if screening.avoid:
        rules = tuple(dict.fromkeys(rule for place in screening.avoid for rule in again.basis.screening.own_limits.avoided.get(place, ())))
        lifted = "Another region, or when this has passed; a place that was not named counts for every region asked for."
        return ("Every region that was asked for has to be left alone.",), rules, (again.basis.told("regions"),), lifted
    rules = tuple(finding.rule for finding in screening.findings if again.knowledge.rule[finding.rule].positions)
    return ("The client would have to lie on the side and sit at once.",), rules, (), "Nothing here; ask the physician."


def _clearance(again: Replay) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Told, ...], str | None]:
    findings = again.document.screening.findings
    waiting = [
        finding for finding in findings if finding.category in STOPPING or (finding.category is Category.CLEARANCE and not finding.cleared)
    ]
    if waiting:
        why = tuple(
            f"{finding.title}: {'not ruled out' if finding.category in STOPPING else 'somebody has to agree'}." for finding in waiting
        )
        return why, tuple(finding.rule for finding in waiting), (), "See each finding."
    why = ("The protocol needs the agreement of the physician or surgeon in charge, and no valid one is on record.",)
    return why, (), (told("clearances", again.basis),), "That agreement, a real one, recorded with who and when."


_FILE = {
    "format": "What kind of file this is.",
    "edition": "The edition of the knowledge that the plan was made with.",
    "program": "The version of the program that made it.",
    "planned-on": "The day of planning; age of an injury, clearances and the first visit count from it.",
    "knowledge-digest": "The fingerprint of the knowledge that the plan was made with, to the byte.",
    "overlay": "The clinic's own knowledge that was laid over the built-in one; it adds and tightens, and never loosens.",
    "overlay-digest": "The fingerprint of that knowledge.",
    "reviewed-by-clinician": "No clinician has reviewed the knowledge, and the program says so on every page.",
    "version": "Visits and reviews make a new version; the one before is never changed.",
    "parent": "The version that this one was made from.",
    "parent-digest": "The fingerprint of that version, so that a change to it is seen.",
}


def explain_file(again: Replay) -> Iterator[Explanation]:
    """What the file says of itself."""
    document, knowledge = again.document, again.knowledge
    for key, because in _FILE.items():
        value = getattr(document, key.replace("-", "_"))
        if value is None:
            continue
        more: tuple[str, ...] = ()
        if key == "edition" and value != knowledge.edition.edition:
            more = (f"The knowledge at hand is edition {knowledge.edition.edition}.",)
        other_own = key == "overlay-digest" and knowledge.overlay is not None and value != knowledge.overlay.digest
        if other_own or (key == "knowledge-digest" and value != knowledge.digest):
            more = ("The knowledge at hand is another.",)
        yield line(Topic.FILE, key, value, because, *more)


_RECORDED = {
    "number": "Which visit of the plan it was.",
    "date": "The day it took place, or should have.",
    "status": "What became of it.",
    "pain": "Pain before the visit; reviews compare it with the first.",
    "measure": "The measure that was scored.",
    "score": "Its score; reviews compare it with the first.",
    "soreness-hours": "How long the client was sore after the visit before; long soreness makes visits lighter.",
    "note": "A note of the therapist, which the program never reads.",
}


def explain_record(again: Replay) -> Iterator[Explanation]:
    """What was recorded of visits, and what the last review decided."""
    for place, visit in enumerate(again.document.visits):
        yield from _visit(f"visits[{place}]", visit, again)
    decision, knowledge = again.document.decision, again.knowledge
    if decision is None:
        return
    told_of = tuple(_scores(again))
    what = f"{spaced(decision.action)} on {decision.on}"
    base = Explanation(
        path="decision", topic=Topic.SO_FAR, what=what, because=(decision.because,), main=True, answers=told_of, sources=decision.sources
    )
    yield base
    values = {
        "on": (decision.on, "The day of the review."),
        "visit": (decision.visit, "The last attended visit that the review looked at; it is not judged as due once more."),
        "class": (decision.class_, f"How much has changed since the first score. {decision.because}"),
        "action": (decision.action, f"The first row of the table of reviews that holds. {decision.because}"),
        "because": (decision.because, "The scores as recorded, and the row of the table of reviews that holds."),
    }
    for key, (value, why) in values.items():
        if value is not None:
            path = f"decision.{key}"
            yield replace(base, path=path, what=line(Topic.SO_FAR, path, value).what, because=(why,), main=False)
    yield from source_lines(Topic.SO_FAR, "decision.sources", decision.sources, knowledge, "the step that counts as a change")


def _scores(again: Replay) -> Iterator[Told]:
    for place, visit in enumerate(again.document.visits):
        if visit.pain is not None:
            yield Told(path=f"visits[{place}].pain", asked=f"pain at visit {visit.number}", said=str(visit.pain))
        if visit.score is not None:
            yield Told(path=f"visits[{place}].score", asked=f"{visit.measure} at visit {visit.number}", said=f"{visit.score:g}")
        if visit.soreness_hours is not None:
            asked = f"hours sore, told at visit {visit.number}"
            yield Told(path=f"visits[{place}].soreness-hours", asked=asked, said=str(visit.soreness_hours))


def _visit(path: str, visit: Visit, again: Replay) -> Iterator[Explanation]:
    about = f"Recorded of visit {visit.number}."
    rests: dict[str, Any] = {"id": str(visit.number)}
    yield Explanation(
        path=path, topic=Topic.SO_FAR, what=f"visit {visit.number}, {visit.date}: {visit.status}", because=(about,), main=True, **rests
    )
    for key, why in _RECORDED.items():
        value = getattr(visit, key.replace("-", "_"))
        if value is not None:
            yield line(Topic.SO_FAR, f"{path}.{key}", value, about, why, **rests)
    for name, reply in visit.health.items():
        fact = again.knowledge.fact.get(name)
        asked = name if fact is None else fact.ask
        from_client = f"Answered at visit {visit.number}; the client was screened again with it. Asked: {asked}"
        parts = {"": reply} if not hasattr(reply, "answer") else {".answer": reply.answer}
        parts |= {f".regions[{place}]": where for place, where in enumerate(getattr(reply, "regions", None) or ())}
        for part, value in parts.items():
            yield line(Topic.SO_FAR, f"{path}.health.{name}{part}", value, from_client, **rests)
