"""What entries of a clinic's own have to keep to, beyond what holds for every entry."""

from collections.abc import Iterator

from massage_cli.knowledge.facts import BUILT_IN_FACTS
from massage_cli.knowledge.named import DRAINAGE, PRENATAL
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.techniques import Technique

_BY_ID = (PRENATAL, DRAINAGE)
"""Techniques that planning itself goes by: what it does for them it would not do for another that is like them."""

_RESERVED = (*BUILT_IN_FACTS, "everything-else")
"""Names that stand for something else in the health table of an intake, or in criteria."""


def own_problems(merged: Knowledge, built_in: Knowledge) -> Iterator[Problem]:
    """Everything that keeps entries from being screened and planned like the built-in ones. The ids they name must exist."""
    yield from _rules(merged, built_in)
    for technique in merged.techniques:
        if technique.id not in built_in.technique:
            for key, message in _technique(technique, built_in):
                yield Problem(file="techniques.toml", path=f"technique.{technique.id}.{key}", message=message)


def reserved_names(merged: Knowledge) -> Iterator[Problem]:
    """Questions of one's own under a name that criteria or intakes use for something else."""
    for fact in merged.facts:
        if fact.id in _RESERVED:
            yield Problem(
                file="facts.toml", path=f"fact.{fact.id}", message="is a name that intakes use for something else; choose another"
            )


def _rules(merged: Knowledge, built_in: Knowledge) -> Iterator[Problem]:
    shortest = merged.numbers.booking.shortest_minutes
    for rule in merged.rules:
        path = f"rule.{rule.id}"
        if rule.standing and rule.id not in built_in.rule:
            message = 'holds for everybody unseen; to show it to everybody write [[{ fact = "age", at-least = 0 }]]'
            yield Problem(file="contraindications.toml", path=f"{path}.when", message=message)
        if rule.minutes_max is not None and rule.minutes_max < shortest:
            message = f"{rule.minutes_max} is less than a session needs; give {shortest} or more, or a rule that stops"
            yield Problem(file="contraindications.toml", path=f"{path}.minutes-max", message=message)


def _technique(technique: Technique, built_in: Knowledge) -> Iterator[tuple[str, str]]:
    alike = [built_in.technique[name] for name in technique.like if name in built_in.technique]
    if not alike:
        yield "like", 'names no built-in technique; name the nearest, so that this one is out wherever that is, like ["cupping"]'
    if len(alike) < len(technique.like):
        yield "like", "may name built-in techniques alone"
    for name in technique.like:
        if name in _BY_ID:
            yield "like", f"may not name '{name}': planning has rules for that one alone; change the built-in one, or name another"
    hardest = max((each.pressure.max for each in alike), default=technique.pressure.max)
    if technique.pressure.max > hardest:
        yield "pressure.max", f"{technique.pressure.max} is harder than what it is like; give {hardest} or less"
    if any(each.extra_training for each in alike) and not technique.extra_training:
        yield "extra-training", "has to be true, as for what it is like"
