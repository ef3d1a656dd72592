"""What a letter says of dangers: how fast help is due, whether they are certain, and what the client answered."""

from collections.abc import Iterator

from massage_cli.documents.letter import Block, facts
from massage_cli.files.plans.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import STOPPING, FactKind, Urgency
from massage_cli.planning.follow_up.visits import said_at
from massage_cli.planning.intake import Placed
from massage_cli.planning.texts import listed

NOT_RULED_OUT = "Not ruled out: the client is not sure."

HOW_SOON = {
    Urgency.EMERGENCY: "Emergency: help is due now.",
    Urgency.SAME_DAY: "The same day.",
    Urgency.SOON: "Within days.",
    Urgency.DEFER: "No hurry for our part; massage waits.",
}
"""How fast help is due, in words."""


def dangers_of(document: PlanDocument) -> tuple[FindingEntry, ...]:
    """The findings that stop everything, certain or not."""
    return tuple(finding for finding in document.screening.findings if finding.category in STOPPING)


def danger_facts(finding: FindingEntry, document: PlanDocument, knowledge: Knowledge) -> Block:
    """One danger: what was answered, how sure that is, how fast help is due and what was advised."""
    answered = [("The client said", line) for line in _answered(finding, document, knowledge)]
    sure = "" if finding.certain else NOT_RULED_OUT
    soon = "" if finding.urgency is None else HOW_SOON[finding.urgency]
    return facts(*answered, ("How sure", sure), ("How soon", soon), ("Advised, by our rule", finding.action))


def _answered(finding: FindingEntry, document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    """The answers that the rule looks at, save those that say no where it asks for no such thing."""
    rule = knowledge.rule.get(finding.rule)
    health = {**document.intake.health, **said_at(document.visits)}
    tests = {} if rule is None else {criterion.fact: criterion for group in rule.when for criterion in group}
    for fact_id, criterion in tests.items():
        fact, reply = knowledge.fact.get(fact_id or ""), health.get(fact_id or "")
        if fact is None or reply is None:
            continue
        answer = reply.answer if isinstance(reply, Placed) else reply
        if answer == "no" and criterion.is_ != "no":
            continue
        where = f" ({listed(reply.regions)})" if isinstance(reply, Placed) and reply.regions else ""
        unit = f" {fact.unit}" if fact.kind is FactKind.NUMBER and fact.unit and answer != "unsure" else ""
        yield f"{fact.label}{where}: {'not sure' if answer == 'unsure' else answer}{unit}"
