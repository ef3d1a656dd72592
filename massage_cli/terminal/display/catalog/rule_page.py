"""The page of a rule: when it holds, what it then does to a plan, and what it rests on."""

from collections.abc import Iterator

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Rule, RuleAt
from massage_cli.knowledge.vocabulary import STOPPING, Category, LiftedBy
from massage_cli.planning.criteria_words import group_words
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import POSITION_WORDS, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.catalog.sources import checked_words, tier_words
from massage_cli.terminal.display.paper import Paper


def draw_rule(rule: Rule, knowledge: Knowledge, paper: Paper) -> None:
    """Draw all but the sources."""
    paper.rows(
        [
            ("Category", spaced(rule.category) + ("" if rule.urgency is None else f"; {spaced(rule.urgency)}")),
            ("Why", rule.reason),
            ("What to do", rule.action),
        ]
    )
    _draw_when(rule, knowledge, paper)
    paper.heading("What it does")
    for line in _effects(rule, knowledge):
        paper.item(line)
    paper.heading("How far it was checked")
    paper.rows(
        [
            ("Best source", tier_words(rule.tier)),
            ("Checked", checked_words(checked=rule.checked)),
            *([("Note", rule.note)] if rule.note else []),
        ]
    )


def _draw_when(rule: Rule, knowledge: Knowledge, paper: Paper) -> None:
    paper.heading("Holds when", "any of these does" if len(rule.when) > 1 else "this does")
    for group in rule.when:
        paper.item(group_words(group) or "always: it is for everybody")
    asked = dict.fromkeys(criterion.fact for group in rule.when for criterion in group if criterion.fact in knowledge.fact)
    if asked:
        paper.heading("Asked")
        paper.table(("question", "words"), [(str(fact), knowledge.fact[str(fact)].ask) for fact in asked])
    if not rule.standing:
        paper.line(_unsure(rule), indent=2)


def _unsure(rule: Rule) -> str:
    if rule.category in STOPPING:
        return "A client who is unsure gets no plan until the answer is sure."
    return "A client who is unsure counts as yes."


def _effects(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    if rule.category in STOPPING:
        yield "No session; no note lifts this."
    if rule.category is Category.CLEARANCE:
        lifted = rule.clearance is LiftedBy.LIFTS_STOP
        yield f"No plan before a physician or midwife agrees; a note holds {rule.clearance_valid_days} days." if lifted else "No plan."
    if rule.excludes:
        yield f"Everywhere: no {_excluded(rule.excludes, knowledge)}"
    if rule.pressure_max is not None:
        yield f"Pressure {rule.pressure_max} at most, of {NO_CAP}"
    if rule.minutes_max is not None:
        yield f"{rule.minutes_max} minutes at most"
    if rule.positions:
        yield f"Position: {'; '.join(POSITION_WORDS[position] for position in rule.positions)}"
    for block in rule.at:
        yield _at(block, knowledge)
    yield from rule.precautions


def _at(block: RuleAt, knowledge: Knowledge) -> str:
    places = [words.places(block.regions)] if block.regions else []
    if block.where is not None:
        places.append("the regions to be treated" if block.where == "regions" else f"where the client has it ({block.where})")
    effects = ["no work at all"] if block.avoid else []
    effects += [f"no {_excluded(block.excludes, knowledge)}"] if block.excludes else []
    effects += [f"pressure {block.pressure_max} at most"] if block.pressure_max is not None else []
    further = ", and everything below on the limb" if block.downstream else ""
    return f"On {'; '.join(places)}{further}: {'; '.join(effects)}"


def _excluded(names: tuple[str, ...], knowledge: Knowledge) -> str:
    """Tags and techniques, each tag with the techniques that carry it."""
    shown = []
    for name in names:
        stands_for = knowledge.techniques_named[name]
        shown.append(name if stands_for == (name,) else f"{name} work ({', '.join(stands_for)})")
    return "; ".join(shown)
