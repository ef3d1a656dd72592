"""What could be otherwise: an agreement that is missing, or an answer that a limit rests on. A danger is never supposed away."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import STOPPING, Category, FactKind
from massage_cli.planning.explaining.basis import Basis, reply_words
from massage_cli.planning.intake import Clearance, Intake, Placed
from massage_cli.planning.screening import Finding, Screening

NOTICE = (
    "Nothing here is saved or recorded, and nothing here is advice to change an answer.",
    "An answer is what the client says; it is changed only where it was taken down wrong, or where it has become another.",
    "An agreement has to be real: somebody gave it, on a day.",
)
"""What stands above everything that is supposed."""

DANGER = "A finding stops everything. No note and no wish lifts it: do first what massage screen says."
SOMEBODY = "somebody who has agreed"
"""Who is written into a note that is only supposed."""


class Kind(StrEnum):
    """What is supposed."""

    CLEARANCE = "clearance"
    ALL_CLEARANCES = "all-clearances"
    ANSWER = "answer"
    SET = "set"


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """An intake that is not the client's, what is otherwise in it, and the findings that are looked at."""

    kind: Kind
    rules: tuple[str, ...]
    words: str
    intake: Intake


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that nothing is supposed of, and why."""

    rule: str
    words: str


def has_danger(screening: Screening) -> bool:
    """True where a rule that stops everything was found, certain or not."""
    return any(finding.rule.category in STOPPING for finding in screening.findings)


def supposed(
    intake: Intake, screening: Screening, protocol: Protocol | None, knowledge: Knowledge, *, on: date
) -> tuple[tuple[Supposition, ...], tuple[Standing, ...]]:
    """What can be supposed of each finding that withholds or limits, and the findings of which nothing is.

    `protocol` is one that waits for an agreement. While a danger is found, certain or not, nothing is supposed at all.
    """
    if has_danger(screening):
        return (), tuple(_danger(finding) for finding in screening.particular if finding.rule.category in STOPPING)
    waiting = tuple(found for found in screening.particular if found.rule.category is Category.CLEARANCE and not found.cleared)
    clearances = [
        Supposition(
            kind=Kind.CLEARANCE,
            rules=(found.rule.id,),
            words=f"Had a physician or midwife agreed: {found.rule.title}",
            intake=_agreed(intake, (found.rule.id,), on=on),
        )
        for found in waiting
    ]
    if protocol is not None:
        words = f"Had the physician or surgeon in charge agreed to the course: {protocol.name}"
        one = Supposition(kind=Kind.CLEARANCE, rules=(protocol.id,), words=words, intake=_agreed(intake, (protocol.id,), on=on))
        clearances.append(one)
    rules = tuple(rule for one in clearances for rule in one.rules)
    if len(clearances) > 1:
        words = f"Had somebody agreed to each of the {len(clearances)}"
        clearances.append(Supposition(kind=Kind.ALL_CLEARANCES, rules=rules, words=words, intake=_agreed(intake, rules, on=on)))
    basis = Basis(intake=intake, on=on, screening=screening, knowledge=knowledge, said_at={})
    answers, standing = _of_answers(basis)
    return (*clearances, *answers), standing


def _danger(finding: Finding) -> Standing:
    if finding.certain:
        words = "Never lifted. It stands for as long as it is so; where it was taken down wrong, correct the intake and screen again."
    else:
        words = "Not ruled out, so it counts as yes. It has to become sure, through whoever can rule it out; no note stands in for that."
    return Standing(rule=finding.rule.id, words=f"{finding.rule.title}: {words}")


def _agreed(intake: Intake, rules: tuple[str, ...], *, on: date) -> Intake:
    return replace(intake, clearances=(*intake.clearances, *(Clearance(rule=rule, by=SOMEBODY, on=on) for rule in rules)))


def _of_answers(basis: Basis) -> tuple[tuple[Supposition, ...], tuple[Standing, ...]]:
    """For each answer that findings rest on, each other one; and the findings that rest on none that could be another."""
    behind: dict[str, list[str]] = {}
    standing = []
    for finding in basis.screening.particular:
        changeable = [fact for fact in basis.facts_behind(finding.rule) if any(_others(fact, basis))]
        for fact in changeable:
            behind.setdefault(fact, []).append(finding.rule.id)
        if not changeable and not finding.awaits_clearance:
            told = "; ".join(f"{one.asked}: {one.said}" for one in basis.why_found(finding.rule)[1])
            standing.append(Standing(rule=finding.rule.id, words=f"{finding.rule.title}: it rests on a number or a fact ({told})."))
    suppositions = []
    for fact_id, rules in behind.items():
        asked = basis.told(fact_id)
        for other in _others(fact_id, basis):
            words = f"Were the answer {other}: {asked.asked} (health.{fact_id}, told: {asked.said})"
            health = {**basis.intake.health, fact_id: other}
            suppositions.append(Supposition(kind=Kind.ANSWER, rules=tuple(rules), words=words, intake=replace(basis.intake, health=health)))
    return tuple(suppositions), tuple(standing)


def _others(fact_id: str, basis: Basis) -> Iterator[str]:
    """The other answers that a question takes; none of a number, which has no choices, or where it was not answered itself."""
    fact: Fact | None = basis.knowledge.fact.get(fact_id)
    reply = basis.intake.health.get(fact_id)
    if fact is None or reply is None:
        return
    said = reply.answer if isinstance(reply, Placed) else reply_words(reply)
    choices = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
    yield from (choice for choice in choices if choice != said)
