"""How lines of an explanation are made: what stands there in words, and what a rule or a source adds."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.files.plans.changes import in_words
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.explaining.basis import Basis
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic
from massage_cli.planning.texts import spaced

_INDEX = re.compile(r"\[\d+\]\Z")


def line(topic: Topic, path: str, value: object, *because: str, **more: Any) -> Explanation:
    """The explanation of one value, which `what` names together with its key."""
    return Explanation(path=path, topic=topic, what=f"{_key(path)}: {value_words(value)}", because=because, **more)


def value_words(value: object) -> str:
    """A value of a plan as it is told."""
    return f"{value:g}" if isinstance(value, float) else in_words(msgspec.to_builtins(value, builtin_types=(date,)))


def _key(path: str) -> str:
    """The last key of a path, and for the entry of a list the name of the list."""
    return spaced(_INDEX.sub("", path).rpartition(".")[2])


def by_rules(found: Explanation, rules: Iterable[str], basis: Basis) -> Explanation:
    """The explanation with the rules that it rests on, the answers that they hold by, and their sources."""
    known = [basis.knowledge.rule[rule] for rule in dict.fromkeys(rules) if rule in basis.knowledge.rule]
    told = [answer for rule in known if rule.id in basis.found for answer in basis.why_found(rule)[1]]
    return replace(
        found,
        rules=tuple(dict.fromkeys((*found.rules, *rules))),
        answers=once((*found.answers, *told)),
        sources=tuple(dict.fromkeys((*found.sources, *(source for rule in known for source in rule.sources)))),
        checked=all(rule.checked for rule in known) if known else found.checked,
    )


def once(answers: Iterable[Told]) -> tuple[Told, ...]:
    """Each answer once, in order."""
    return tuple(dict.fromkeys(answers))


def told(key: str, basis: Basis) -> Told:
    """A value of the intake outside health: by its key path in the plan."""
    value: Any = msgspec.to_builtins(basis.intake, builtin_types=(date,))
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    said = "not given" if value is None else in_words(value)
    return Told(path=f"intake.{key}", asked=spaced(key.rpartition(".")[2]), said=said)


def source_lines(topic: Topic, path: str, keys: Iterable[str], knowledge: Knowledge, whose: str) -> Iterable[Explanation]:
    """Each source of an entry: what it is, and how much of it was read."""
    for place, key in enumerate(keys):
        source = knowledge.source.get(key)
        because: tuple[str, ...] = (f"A source of {whose}; it is no longer in the knowledge.",)
        if source is not None:
            because = (f"A source of {whose}: {source.citation.rstrip('.')}.", f"Read of it: {source.read.rstrip('.')}.")
        yield line(topic, f"{path}[{place}]", key, *because, sources=(key,))
