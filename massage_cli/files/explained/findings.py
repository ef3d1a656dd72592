"""Why a finding stands in a plan: the answers it holds by, what its rule says, where it bears, and what would lift it."""

from collections.abc import Iterator

from msgspec.structs import replace

from massage_cli.files.explained.lines import line, source_lines
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import FindingEntry
from massage_cli.knowledge.rules import Rule, RuleAt
from massage_cli.knowledge.vocabulary import STOPPING, Category
from massage_cli.planning.explaining.explanation import Explanation, Topic
from massage_cli.planning.intake import Placed
from massage_cli.planning.texts import spaced

_CATEGORIES = {
    Category.RED_FLAG: "A danger sign: it stops everything.",
    Category.ABSOLUTE: "It stops everything for as long as it is so.",
    Category.CLEARANCE: "It stops the plan until a physician or midwife agrees.",
    Category.LOCAL: "It closes or limits some places; the rest may be treated.",
    Category.TECHNIQUE: "It takes techniques out.",
    Category.MODIFY: "It changes how the work is done.",
}
_GONE = "The knowledge at hand has no such rule; it was part of the edition that the plan was made with."


def explain_finding(path: str, entry: FindingEntry, again: Replay) -> Iterator[Explanation]:
    """A finding as a whole, and each of its values."""
    rule = again.knowledge.rule.get(entry.rule)
    whole = _gone(path, entry) if rule is None else _whole(path, entry, rule, again)
    yield whole
    part = replace(whole, main=False)
    unsaid = again.document.outcome.withholds and entry.category not in (*STOPPING, Category.CLEARANCE)
    for key, value, why in _values(entry, rule, whole, again):
        if value is not None:
            topic = Topic.LIMITS if unsaid and key == "action" else Topic.FINDINGS  # the action says how to work
            what = line(topic, f"{path}.{key}", value).what
            yield replace(part, path=f"{path}.{key}", topic=topic, what=what, because=(why,))
    for place, where in enumerate(entry.regions):
        what = f"region: {spaced(where)}"
        yield replace(part, path=f"{path}.regions[{place}]", what=what, because=(_why_there(where, rule, again),))
    yield from source_lines(Topic.FINDINGS, f"{path}.sources", entry.sources, again.knowledge, f"the rule {entry.rule}")


def _gone(path: str, entry: FindingEntry) -> Explanation:
    lifted = "No note lifts this." if entry.category in STOPPING else None
    return Explanation(
        path=path,
        topic=Topic.FINDINGS,
        what=entry.title,
        because=(_GONE,),
        id=entry.rule,
        main=True,
        rules=(entry.rule,),
        lifted_by=lifted,
    )


def _whole(path: str, entry: FindingEntry, rule: Rule, again: Replay) -> Explanation:
    basis = again.basis
    because, told = basis.why_found(rule) if rule.id in basis.found else basis.why_not_found(rule)
    return Explanation(
        path=path,
        topic=Topic.FINDINGS,
        what=f"{entry.title} ({spaced(entry.category)})",
        because=(*because, rule.reason),
        id=entry.rule,
        main=True,
        answers=told,
        rules=(entry.rule,),
        sources=rule.sources,
        checked=rule.checked,
        note=rule.note or None,
        lifted_by=basis.lifted_by(rule, certain=entry.certain, cleared=entry.cleared),
    )


def _values(entry: FindingEntry, rule: Rule | None, whole: Explanation, again: Replay) -> Iterator[tuple[str, object, str]]:
    """Each key of a finding with its value and why it is so."""
    yield "rule", entry.rule, whole.because[0]
    yield "title", entry.title, "The name of the rule."
    yield "category", entry.category, _CATEGORIES[entry.category]
    yield "urgency", entry.urgency, "How fast help is due, as the rule says."
    yield "certain", entry.certain, "The answers are sure." if entry.certain else "The client is unsure of an answer that it rests on."
    yield "cleared", entry.cleared, _cleared(entry, rule, again)
    yield "reason", entry.reason, "Why it matters, as the rule says."
    yield "action", entry.action, "What the rule says to do."


def _cleared(entry: FindingEntry, rule: Rule | None, again: Replay) -> str:
    if rule is None:
        return _GONE
    if entry.cleared:
        return again.basis.lifted_by(rule, certain=entry.certain, cleared=True)
    return "No valid note is on record for it." if entry.category is Category.CLEARANCE else "There is nothing here that a note could lift."


def _why_there(where: str, rule: Rule | None, again: Replay) -> str:
    """Why a finding bears on a place: fixed in its rule, named by the client, or below such a place on the limb."""
    below = again.knowledge.body.downstream_of
    for block in () if rule is None else rule.at:
        why, places = _named(block, again)
        if where in places:
            return f"{why[:1].upper()}{why[1:]}."
        above = next((place for place in places if block.downstream and where in below.get(place, ())), None)
        if above is not None:
            return f"It lies below {spaced(above)} on the limb; of {spaced(above)}: {why}."
    return "Set by the edition that the plan was made with."


def _named(block: RuleAt, again: Replay) -> tuple[str, tuple[str, ...]]:
    """Why a block of a rule holds in the places that it starts from, and these places."""
    if block.where is None:
        return "the rule has it", again.knowledge.body.expand(block.regions)
    if block.where == "regions":
        return "the client asked for it", again.basis.answers.requested
    reply = again.basis.intake.health.get(block.where)
    named = isinstance(reply, Placed) and bool(reply.regions)
    why = "the client named it" if named else "no place was named, which counts for every region asked for"
    return why, again.basis.answers.places(block.where)
