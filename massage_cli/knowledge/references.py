"""What plans point at: outcome measures, advice, forbidden claims and sources."""

from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Better


class Measure(Value, frozen=True, kw_only=True):
    """An outcome measure with its range and its smallest important change."""

    id: str
    name: str
    range: tuple[int, int]
    better: Better
    population: str
    sources: tuple[str, ...]
    checked: bool
    important_change: float | None = None
    important_change_percent: int | None = None
    detectable_change: float | None = None
    recovered: float | None = None
    important_change_migraine: float | None = None


class Advice(Value, frozen=True, kw_only=True):
    """A line of after-care, for everybody or for the protocols named."""

    id: str
    text: str
    always: bool
    sources: tuple[str, ...]
    protocols: tuple[str, ...] = ()


class Claim(Value, frozen=True, kw_only=True):
    """Phrases the program never prints, and what may be said instead."""

    id: str
    phrases: tuple[str, ...]
    why: str
    supported: str
    sources: tuple[str, ...]


class Source(Value, frozen=True, kw_only=True):
    """Where something was found, and how much of it was read."""

    key: str
    citation: str
    link: str
    read: str
    tier: str | None = None


class Edition(Value, frozen=True, kw_only=True):
    """The edition of the knowledge, and what changed since the one before."""

    edition: str
    changes: tuple[str, ...]


class OverlayName(Value, frozen=True, kw_only=True):
    """A clinic's own knowledge: its name, and a digest of its files like that of the built-in ones."""

    name: str
    digest: str
