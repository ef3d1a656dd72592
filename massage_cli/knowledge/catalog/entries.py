"""The entries of the catalog: what has an id and a page of its own."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

import msgspec

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique

Known = Technique | Rule | Protocol | Complaint | Measure | Source


class Kind(StrEnum):
    """What an entry is, in the order in which lists show them."""

    TECHNIQUES = "techniques"
    RULES = "rules"
    PROTOCOLS = "protocols"
    COMPLAINTS = "complaints"
    MEASURES = "measures"
    SOURCES = "sources"

    @property
    def one(self) -> str:
        """The word for one entry: technique, rule."""
        return self.value.removesuffix("s")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: its kind, its id, how people call it, and all that is known of it."""

    kind: Kind
    id: str
    name: str
    value: Known


_VALUES: dict[Kind, Callable[[Knowledge], tuple[Known, ...]]] = {
    Kind.TECHNIQUES: lambda knowledge: knowledge.techniques,
    Kind.RULES: lambda knowledge: knowledge.rules,
    Kind.PROTOCOLS: lambda knowledge: knowledge.protocols,
    Kind.COMPLAINTS: lambda knowledge: knowledge.complaints,
    Kind.MEASURES: lambda knowledge: knowledge.measures,
    Kind.SOURCES: lambda knowledge: knowledge.sources,
}


@lru_cache(maxsize=2 * len(Kind))
def entries_of(kind: Kind, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every entry of a kind, in the order of its file."""
    return tuple(_entry(kind, value) for value in _VALUES[kind](knowledge))


def all_entries(knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every entry of the catalog, kind by kind."""
    return tuple(entry for kind in Kind for entry in entries_of(kind, knowledge))


def entries_called(id_: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    """The entries with an id, in any case of letters: a complaint and its protocol may share one; empty where there is none."""
    return tuple(entry for entry in all_entries(knowledge) if entry.id.lower() == id_.lower())


def _entry(kind: Kind, value: Known) -> Entry:
    match value:
        case Rule():
            return Entry(kind=kind, id=value.id, name=value.title, value=value)
        case Source():
            return Entry(kind=kind, id=value.key, name=value.citation, value=value)
        case _:
            return Entry(kind=kind, id=value.id, name=value.name, value=value)
