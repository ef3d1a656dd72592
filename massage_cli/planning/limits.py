"""What the findings forbid, added up: exclusions, avoided places, caps and positions (screening.md 9)."""

from collections.abc import Iterable

import msgspec

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Pressure, Rule, RuleAt
from massage_cli.knowledge.vocabulary import Position
from massage_cli.planning.answers import Answers

NO_CAP: Pressure = 5
"""The pressure cap where no rule sets one (screening.md 9.4)."""

RuleIds = tuple[str, ...]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Every limit with the rules behind it, rules in the order of findings, places in body order.

    excluded: technique -> the rules that exclude it everywhere
    excluded_at: technique -> place -> the rules that exclude it there
    avoided: place -> the rules that forbid any work there
    pressure_max_at: place -> the lowest cap that `at` blocks set there
    places_of: rule -> the places where one of its `at` blocks holds
    """

    excluded: dict[str, RuleIds]
    excluded_at: dict[str, dict[str, RuleIds]]
    avoided: dict[str, RuleIds]
    pressure_max: Pressure
    pressure_max_at: dict[str, Pressure]
    minutes_max: int | None
    positions: tuple[Position, ...]
    places_of: dict[str, tuple[str, ...]]

    def pressure_at(self, place: str) -> Pressure:
        """The cap that counts in a place."""
        return min(self.pressure_max, self.pressure_max_at.get(place, NO_CAP))


def limits_of(rules: Iterable[Rule], answers: Answers, knowledge: Knowledge) -> Limits:
    """The limits of the rules found, given in the order of findings."""
    found = tuple(rules)
    rank, place_order = knowledge.technique_rank, knowledge.body.order
    excluded: dict[str, list[str]] = {}
    excluded_at: dict[str, dict[str, list[str]]] = {}
    avoided: dict[str, list[str]] = {}
    caps_at: dict[str, Pressure] = {}
    places_of: dict[str, tuple[str, ...]] = {}
    for rule in found:
        for technique in _techniques(rule.excludes, knowledge):
            excluded.setdefault(technique, []).append(rule.id)
        held: set[str] = set()
        for block in rule.at:
            places = _places(block, answers, knowledge)
            held.update(places)
            for technique in _techniques(block.excludes, knowledge):
                by_place = excluded_at.setdefault(technique, {})
                for place in places:
                    _note(by_place.setdefault(place, []), rule.id)
            for place in places:
                if block.avoid:
                    _note(avoided.setdefault(place, []), rule.id)
                if block.pressure_max is not None:
                    caps_at[place] = min(block.pressure_max, caps_at.get(place, NO_CAP))
        if held:
            places_of[rule.id] = knowledge.body.sort(held)
    positions = {position for rule in found for position in rule.positions}
    return Limits(
        excluded={technique: tuple(excluded[technique]) for technique in sorted(excluded, key=rank.__getitem__)},
        excluded_at={
            technique: _in_body_order(excluded_at[technique], place_order) for technique in sorted(excluded_at, key=rank.__getitem__)
        },
        avoided=_in_body_order(avoided, place_order),
        pressure_max=min((rule.pressure_max for rule in found if rule.pressure_max is not None), default=NO_CAP),
        pressure_max_at={place: caps_at[place] for place in knowledge.body.sort(caps_at)},
        minutes_max=min((rule.minutes_max for rule in found if rule.minutes_max is not None), default=None),
        positions=tuple(position for position in Position if position in positions),
        places_of=places_of,
    )


def _techniques(names: Iterable[str], knowledge: Knowledge) -> dict[str, None]:
    return {technique: None for name in names for technique in knowledge.techniques_named[name]}


def _places(block: RuleAt, answers: Answers, knowledge: Knowledge) -> tuple[str, ...]:
    places = knowledge.body.expand(block.regions) if block.where is None else answers.places(block.where)
    if not block.downstream:
        return places
    below = knowledge.body.downstream_of
    return knowledge.body.sort({*places, *(further for place in places for further in below.get(place, ()))})


def _note(rules: list[str], rule_id: str) -> None:
    if not rules or rules[-1] != rule_id:
        rules.append(rule_id)


def _in_body_order(by_place: dict[str, list[str]], order: dict[str, int]) -> dict[str, RuleIds]:
    return {place: tuple(by_place[place]) for place in sorted(by_place, key=order.__getitem__)}
