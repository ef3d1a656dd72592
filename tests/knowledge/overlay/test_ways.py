"""Every key of every kind of entry: which way it may be changed, and that it may be changed in no other."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge.decoding import decode
from massage_cli.knowledge.overlay.entries import KINDS, over
from massage_cli.knowledge.overlay.tightening import BY_KIND, NUMBERS, loosenings
from massage_cli.knowledge.vocabulary import Urgency
from tests.builders import knowledge

Change = Callable[[Any], Any]
"""Makes another value of a built-in one."""


def more(old: Any) -> Any:
    return old + 1


def less(old: Any) -> Any:
    return old - 1


def longer(old: Any) -> Any:
    return [*old, old[0]]


def shorter(old: Any) -> Any:
    return list(old[1:])


def to(value: Any) -> Change:
    return lambda _: value


RISES = (less, more)
"""A number that may be the same or more: what loosens it, and what tightens it."""
FALLS = (more, less)
GROWS = (shorter, longer)
KEEPS_WORDS = (to("Go on."), lambda old: f"Now: {old} So it is.")
ANY_WORDS = (to(" "), to("Other words."))
Way = tuple[Change | None, Change]

RULE: dict[str, Way] = {
    **dict.fromkeys(("title", "reason", "action"), KEEPS_WORDS),
    **dict.fromkeys(("excludes", "positions", "precautions", "at", "sources"), GROWS),
    **dict.fromkeys(("pressure-max", "minutes-max", "clearance-valid-days"), FALLS),
    "category": (to("modify"), to("absolute")),
    "urgency": (to("defer"), to("emergency")),
    "clearance": (None, to("none")),
}
ANY_TECHNIQUE: dict[str, Way] = {
    **dict.fromkeys(("name", "description", "training"), ANY_WORDS),
    **dict.fromkeys(("tags", "cautions"), GROWS),
    **dict.fromkeys(("minutes.min", "pressure.min"), RISES),
    **dict.fromkeys(("minutes.max", "pressure.max"), FALLS),
    **dict.fromkeys(("other-names", "equipment"), (None, to(["something"]))),
    "goals": (None, to({"relaxation": 0})),
    "minutes.typical": (None, more),
    "regions": (to(["head", "knee"]), to(["head"])),
    "extra-training": (to(False), to(True)),
    "indication": (shorter, longer),
}
PROTOCOL: dict[str, Way] = {
    **dict.fromkeys(("name", "basis", "step-down-early", "step-down-late"), ANY_WORDS),
    **dict.fromkeys(("measures", "sources"), GROWS),
    **dict.fromkeys(("weeks", "last-day", "stop-after", "sessions-total"), (None, more)),
    **dict.fromkeys(("techniques", "review-visits", "phase"), (None, shorter)),
    **dict.fromkeys(("needs-clearance", "beyond-visit-cap"), (None, to(True))),
    **dict.fromkeys(("pressure-max", "not-before-injury-day"), (None, to(1))),
    "maintenance": (None, to({"interval-days": 99})),
    "cleared-by": (None, to(["pregnancy"])),
    "evidence-from": (None, to("scar")),
    "certainty": (to("high"), to("none")),
}
COMPLAINT: dict[str, Way] = {
    "name": ANY_WORDS,
    **dict.fromkeys(("regions", "synonyms"), (None, shorter)),
    "protocols": (None, to({"acute": "doms"})),
    "needs": (None, to(["pregnant"])),
}
PLANNING: dict[str, Way] = {
    **dict.fromkeys(("first-visit-extra-minutes", "calendar.injury-not-before-day"), RISES),
    **dict.fromkeys(("pressure.severe-pain-minus", "pressure.acute-days", "pressure.acute-minus"), RISES),
    **dict.fromkeys(("adaptation.maintenance-stretch-days", "adaptation.relapse-block-gap-days", "adaptation.ease-pressure-minus"), RISES),
    **dict.fromkeys(("choosing.intensive-pain-from", "choosing.intensive-minutes"), RISES),
    **dict.fromkeys(("pressure.light", "pressure.moderate", "pressure.firm", "pressure.highest-ever"), FALLS),
    **dict.fromkeys(("pressure.first-visit-cap", "pressure.severe-pain-from", "pressure.acute-cap"), FALLS),
    **dict.fromkeys(("pressure.frail-age", "pressure.frail-cap", "pressure.drainage-neighbor-max"), FALLS),
    **dict.fromkeys(("pressure.frail-minutes-percent", "adaptation.ease-minutes-percent"), FALLS),
    **dict.fromkeys(("adaptation.review-at-latest-visits", "adaptation.review-at-latest-days"), FALLS),
    **dict.fromkeys(("adaptation.cap-visits-90-days", "adaptation.cap-visits-next-180-days"), FALLS),
    **dict.fromkeys(("adaptation.worse-points", "adaptation.worse-percent", "adaptation.worse-hours"), FALLS),
    **dict.fromkeys(("adaptation.ease-hours", "adaptation.extra-visits-when-slight", "adaptation.relapse-block-sessions"), FALLS),
    "choosing.protocol-clearance-days": FALLS,
    "choosing.intensive-never-with": GROWS,
    **dict.fromkeys(("weights.evidence", "weights.goal", "weights.region", "weights.preference"), (None, more)),
    "evidence-scores": (None, to({"low": 3})),
    "direction-factors": (None, to({"mixed": 0.25})),
    **dict.fromkeys(("short-by-nature", "calendar.default-weekdays"), (None, shorter)),
}
WAYS: dict[str, dict[str, Way]] = {
    "group": {"title": KEEPS_WORDS},
    "fact": {**dict.fromkeys(("label", "ask"), KEEPS_WORDS), "checked-each-visit": (to(False), to(True))},
    "rule": RULE,
    "tag": {},
    "technique": ANY_TECHNIQUE,
    "complaint": COMPLAINT,
    "protocol": PROTOCOL,
    "measure": {"name": ANY_WORDS},
    "advice": {"text": KEEPS_WORDS},
    "claim": {"phrases": GROWS},
    "source": {},
    "planning": PLANNING,
}
EVERY = [(kind, key) for kind, ways in WAYS.items() for key in ways]
FLOORS = {
    **dict.fromkeys(("adaptation.review-at-latest-visits", "adaptation.review-at-latest-days"), 1),
    **dict.fromkeys(("adaptation.cap-visits-90-days", "adaptation.cap-visits-next-180-days"), 1),
    **dict.fromkeys(("adaptation.worse-points", "adaptation.worse-percent"), 1),
    "pressure.frail-minutes-percent": 70,
    "adaptation.ease-minutes-percent": 50,
}


def built_in(kind: str) -> Any:
    """An entry of a kind that has a value for every key, looser and tighter ones on both sides; for planning the numbers."""
    known = knowledge()
    if kind == "planning":
        return known.numbers
    if kind == "rule":
        return replace(known.rule["heart-failure-stable"], urgency=Urgency.SAME_DAY, at=known.rule["pregnancy"].at)
    if kind == "technique":
        return replace(known.technique["thai"], regions=("head", "neck"), cautions=("Slowly.", "Warm."))
    named = {"fact": "chest-pain", "protocol": "shoulder", "complaint": "shoulder", "advice": "soreness"}
    (field,) = (each.field for each in KINDS if each.key == kind)
    entries = getattr(known, field)
    return next((entry for entry in entries if kind in named and entry.id == named[kind]), entries[0])


def refused(kind: str, path: str, change: Change) -> list[str]:
    """The keys that are refused where the value at a key path is changed."""
    entry = built_in(kind)
    plain = old = msgspec.to_builtins(entry)
    *outer, key = path.split(".")
    for part in outer:
        old = old[part]
    table: Any = {key: change(old.get(key))}
    for part in reversed(outer):
        table = {part: table}
    return [where for where, _ in loosenings(decode(over(plain, table), type(entry)), entry, ways_of(kind))]


def ways_of(kind: str) -> Mapping[str, Any]:
    return NUMBERS if kind == "planning" else BY_KIND[kind]


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, key in EVERY if WAYS[kind][key][0] is not None])
def test_a_key_is_loosened_in_no_entry(kind: str, key: str) -> None:
    looser = WAYS[kind][key][0]
    assert looser is not None
    assert refused(kind, key, looser) == [key]


@pytest.mark.parametrize(("kind", "key"), EVERY)
def test_a_key_may_be_tightened_or_said_otherwise(kind: str, key: str) -> None:
    assert refused(kind, key, WAYS[kind][key][1]) == []


@pytest.mark.parametrize(("key", "floor"), FLOORS.items())
def test_a_number_falls_no_lower_than_planning_can_bear(key: str, floor: int) -> None:
    assert refused("planning", key, to(floor)) == []
    assert refused("planning", key, to(floor - 1)) == [key]


def keys(value: Any, ways: Mapping[str, Way], path: str = "") -> Iterator[str]:
    """Every key path of a struct; a table inside that has a way as a whole counts as one."""
    for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        inner = getattr(value, name)
        if isinstance(inner, msgspec.Struct) and path + key not in ways:
            yield from keys(inner, ways, f"{path}{key}.")
        else:
            yield path + key


def with_another(value: Any, path: str) -> Any:
    """A struct with something else at a key path."""
    key, _, rest = path.partition(".")
    name = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))[key]
    return replace(value, **{name: with_another(getattr(value, name), rest) if rest else object()})


@pytest.mark.parametrize("kind", WAYS)
def test_every_other_key_stays_as_it_is_built_in(kind: str) -> None:
    entry = built_in(kind)
    every = set(keys(entry, WAYS[kind]))
    assert WAYS[kind].keys() <= every
    for key in every - WAYS[kind].keys():
        (refusal,) = loosenings(with_another(entry, key), entry, ways_of(kind))
        assert refusal[0] == key
        assert refusal[1].startswith("cannot be changed")
