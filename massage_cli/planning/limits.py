"""What the findings forbid, added up: exclusions, avoided places, caps and positions (screening.md 9)."""

from collections.abc import Iterable, Mapping

import msgspec

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Pressure, Rule, RuleAt
from massage_cli.knowledge.vocabulary import Position
from massage_cli.planning.answers import Answers

NO_CAP: Pressure = 5
"""The pressure cap where no rule sets one (screening.md 9.4)."""

RuleIds = tuple[str, ...]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Every limit with the rules behind it, rules in the order of findings.

    excluded: technique -> the rules that exclude it everywhere
    excluded_at: technique -> place -> the rules that exclude it there
    avoided: place -> the rules that forbid any work there, in body order
    pressure_max_at: place -> the lowest cap that `at` blocks set there, in body order
    places_of: rule -> the places where one of its `at` blocks holds, in body order
    """

    excluded: dict[str, RuleIds]
    excluded_at: dict[str, dict[str, RuleIds]]
    avoided: dict[str, RuleIds]
    pressure_max: Pressure
    pressure_max_at: dict[str, Pressure]
    minutes_max: int | None
    positions: tuple[Position, ...]
    places_of: dict[str, tuple[str, ...]]

    def __hash__(self) -> int:
        """Of what tells most limits apart; the dictionaries have none of their own."""
        return hash((self.pressure_max, self.minutes_max, tuple(self.excluded), tuple(self.excluded_at), tuple(self.avoided)))

    def pressure_at(self, place: str) -> Pressure:
        """The cap that counts in a place."""
        return min(self.pressure_max, self.pressure_max_at.get(place, NO_CAP))


def limits_of(rules: Iterable[Rule], answers: Answers | None, knowledge: Knowledge) -> Limits:
    """The limits of the rules found, given in the order of findings; answers are needed for places that the client named."""
    found = tuple(rules)
    body = knowledge.body
    excluded: dict[str, RuleIds] = {}
    excluded_at: dict[str, dict[str, RuleIds]] = {}
    avoided: dict[str, RuleIds] = {}
    caps_at: dict[str, Pressure] = {}
    places_of: dict[str, tuple[str, ...]] = {}
    for rule in found:
        _add(_techniques(rule.excludes, knowledge), rule.id, excluded)
        held: set[str] = set()
        for block in rule.at:
            places = _places(block, answers, knowledge)
            held.update(places)
            for technique in _techniques(block.excludes, knowledge):
                _add(places, rule.id, excluded_at.setdefault(technique, {}))
            if block.avoid:
                _add(places, rule.id, avoided)
            if block.pressure_max is not None:
                caps_at.update({place: min(block.pressure_max, caps_at.get(place, NO_CAP)) for place in places})
        if held:
            places_of[rule.id] = body.sort(held)
    positions = {position for rule in found for position in rule.positions}
    return Limits(
        excluded=excluded,
        excluded_at=excluded_at,
        avoided={place: avoided[place] for place in body.sort(avoided)},
        pressure_max=min((rule.pressure_max for rule in found if rule.pressure_max is not None), default=NO_CAP),
        pressure_max_at={place: caps_at[place] for place in body.sort(caps_at)},
        minutes_max=min((rule.minutes_max for rule in found if rule.minutes_max is not None), default=None),
        positions=tuple(position for position in Position if position in positions) if positions else (),
        places_of=places_of,
    )


def joined(one: Limits, other: Limits, knowledge: Knowledge) -> Limits:
    """The limits of both together, as if they had been added up at once; they must come of different rules."""
    rank, body = knowledge.rule_index.rank, knowledge.body

    def rules_of(left: Mapping[str, RuleIds], right: Mapping[str, RuleIds]) -> dict[str, RuleIds]:
        both = {name: tuple(sorted(left[name] + right[name], key=rank.__getitem__)) for name in left.keys() & right.keys()}
        return {**left, **right, **both}

    avoided = rules_of(one.avoided, other.avoided)
    caps = {**one.pressure_max_at, **other.pressure_max_at}
    caps.update({place: min(caps[place], cap) for place, cap in one.pressure_max_at.items()})
    in_both = one.excluded_at.keys() & other.excluded_at.keys()
    minutes = [limits.minutes_max for limits in (one, other) if limits.minutes_max is not None]
    return Limits(
        excluded=rules_of(one.excluded, other.excluded),
        excluded_at={
            **one.excluded_at,
            **other.excluded_at,
            **{technique: rules_of(one.excluded_at[technique], other.excluded_at[technique]) for technique in in_both},
        },
        avoided={place: avoided[place] for place in body.sort(avoided)},
        pressure_max=min(one.pressure_max, other.pressure_max),
        pressure_max_at={place: caps[place] for place in body.sort(caps)},
        minutes_max=min(minutes, default=None),
        positions=tuple(position for position in Position if position in one.positions or position in other.positions),
        places_of={**one.places_of, **other.places_of},
    )


def _add(names: Iterable[str], rule_id: str, rules: dict[str, RuleIds]) -> None:
    """Write the rule behind the others of each name, once."""
    alone = (rule_id,)
    for name in names:
        known = rules.get(name)
        if known is None:
            rules[name] = alone
        elif known[-1] != rule_id:
            rules[name] = known + alone


def _techniques(names: Iterable[str], knowledge: Knowledge) -> dict[str, None]:
    return {technique: None for name in names for technique in knowledge.techniques_named[name]}


def _places(block: RuleAt, answers: Answers | None, knowledge: Knowledge) -> tuple[str, ...]:
    places = knowledge.body.expand(block.regions) if block.where is None or answers is None else answers.places(block.where)
    if not block.downstream:
        return places
    below = knowledge.body.downstream_of
    return knowledge.body.sort({*places, *(further for place in places for further in below.get(place, ()))})
