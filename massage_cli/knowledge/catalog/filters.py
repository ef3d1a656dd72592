"""Which entries a list shows: filters, and the kinds of entries that each one can be put to."""

from collections.abc import Callable, Mapping
from typing import Any

from massage_cli.knowledge.body import WHOLE_BODY
from massage_cli.knowledge.catalog.entries import Entry, Kind, entries_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Rule

Test = Callable[[Any, Any], bool]
"""Whether an entry's value passes for what a filter asks."""


def names_excluded(rule: Rule) -> frozenset[str]:
    """Every tag and technique that a rule excludes, everywhere or somewhere."""
    return frozenset((*rule.excludes, *(name for block in rule.at for name in block.excludes)))


def _covers(regions: tuple[str, ...], region: str) -> bool:
    return WHOLE_BODY in regions or region in regions


_TESTS: Mapping[str, Mapping[Kind, Test]] = {
    "tag": {Kind.TECHNIQUES: lambda known, tag: tag in known.tags, Kind.RULES: lambda known, tag: tag in names_excluded(known)},
    "region": {
        Kind.TECHNIQUES: lambda known, region: _covers(known.regions, region),
        Kind.COMPLAINTS: lambda known, region: _covers(known.regions, region),
    },
    "goal": {Kind.TECHNIQUES: lambda known, goal: known.goals[goal] > 0},
    "untrained": {Kind.TECHNIQUES: lambda known, _: not known.extra_training},
    "category": {Kind.RULES: lambda known, category: known.category == category},
    "condition": {
        Kind.PROTOCOLS: lambda known, condition: condition in known.conditions,
        Kind.COMPLAINTS: lambda known, condition: condition in known.protocols,
    },
    "tier": {Kind.RULES: lambda known, tier: known.tier == tier, Kind.SOURCES: lambda known, tier: known.tier == tier},
    "unchecked": {Kind.RULES: lambda known, _: not known.checked, Kind.MEASURES: lambda known, _: not known.checked},
}


def kinds_for(filter_: str) -> tuple[Kind, ...]:
    """The kinds of entries that a filter can be put to."""
    return tuple(_TESTS[filter_])


def listed(kind: Kind, filters: Mapping[str, Any], knowledge: Knowledge) -> tuple[Entry, ...]:
    """The entries of a kind that pass every filter, each of which is one for this kind."""
    tests = [(_TESTS[name][kind], wanted) for name, wanted in filters.items()]
    return tuple(entry for entry in entries_of(kind, knowledge) if all(test(entry.value, wanted) for test, wanted in tests))
