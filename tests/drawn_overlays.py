"""Random folders of a clinic's own knowledge: changes in any direction, of which those that are refused are taken out again."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import tomli_w

from massage_cli.knowledge.overlay.merging import overlaid
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Category, FactKind, LiftedBy, Position, Urgency
from tests.builders import knowledge

Edit = tuple[str, str, dict[str, Any]]
"""The file, the key of the entry there, and the entry; for planning.toml the key is empty."""

SOURCE = "our-policy"


def a_source() -> Edit:
    return "sources.toml", "source", {"key": SOURCE, "citation": "House rules", "link": "here", "read": "whole"}


def as_files(edits: list[Edit]) -> dict[str, bytes]:
    """The edits as the files of a folder."""
    tables: dict[str, dict[str, Any]] = {"overlay.toml": {"name": "our-clinic"}}
    for file, key, entry in edits:
        table = tables.setdefault(file, {})
        if key:
            table.setdefault(key, []).append(entry)
        else:
            for part, value in entry.items():
                table[part] = {**table.get(part, {}), **value} if isinstance(value, dict) else value
    return {name: tomli_w.dumps(table).encode() for name, table in tables.items()}


def drawn_overlay(seed: int, rules: Sequence[Rule], *, edits: int = 8) -> tuple[Knowledge, list[Edit]]:
    """Knowledge with a random overlay that loads, and what is in it; edits that are refused are left out until it does.

    Built-in rules, and the questions they look at, are changed among those given: the ones that clients are found for.
    """
    rng = random.Random(seed)
    kept = [rng.choice(_EDITS)(rng, rules) for _ in range(edits)]
    while True:
        try:
            return overlaid(knowledge(), as_files([a_source(), *kept])), kept
        except Unreadable as broken:
            sound = [edit for edit in kept if not any(_is_meant(edit, problem.file or "", problem.path) for problem in broken.problems)]
            kept = sound if len(sound) < len(kept) else kept[:-1]


def _is_meant(edit: Edit, file: str, path: str) -> bool:
    name, key, entry = edit
    if name != file:
        return False
    parts = path.split(".")
    return parts[:2] == [key, entry["id"]] if key else parts[0] in entry or parts[0].partition("[")[0] in entry


def _some(rng: random.Random, choices: Any, most: int) -> list[Any]:
    pool = list(choices)
    return rng.sample(pool, rng.randint(0, min(most, len(pool))))


def _plain(entry: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(entry)
    return plain


def _perhaps_more(rng: random.Random, old: Any, choices: Any) -> list[Any]:
    """The old list with some more, or now and then with one less or none."""
    kept = list(old) if rng.random() < 0.9 else []
    if kept and rng.random() < 0.3:
        kept.pop(rng.randrange(len(kept)))
    return kept + [each for each in _some(rng, choices, 2) if each not in kept]


def _names() -> list[str]:
    return [*(tag.id for tag in knowledge().tags), *knowledge().technique]


def _block(rng: random.Random) -> dict[str, Any]:
    where = [fact.id for fact in knowledge().facts if fact.where]
    place = (
        {"where": rng.choice([*where, "regions"])} if rng.random() < 0.5 else {"regions": [rng.choice(list(knowledge().body.places_of))]}
    )
    does: list[dict[str, Any]] = [{"avoid": True}, {"pressure-max": rng.randint(1, 5)}, {"excludes": [rng.choice(_names())]}]
    return {**place, **rng.choice(does), "downstream": rng.random() < 0.3}


def _change_rule(rng: random.Random, rules: Sequence[Rule]) -> Edit:
    rule = rng.choice(rules)
    plain = _plain(rule)
    stop = {"category": "clearance", "clearance": "lifts-stop", "clearance-valid-days": rng.randint(1, 400)}
    changes: list[dict[str, Any]] = [
        {"pressure-max": rng.randint(1, 5)},
        {"minutes-max": rng.choice([5, 10, 20, 45, 60, 200])},
        {"excludes": _perhaps_more(rng, rule.excludes, _names())},
        {"positions": _perhaps_more(rng, map(str, rule.positions), map(str, Position))},
        {"at": [*plain.get("at", ())[: rng.randint(0, 9)], _block(rng)]},
        {"category": "absolute", "urgency": str(rng.choice(list(Urgency))), "clearance": str(LiftedBy.NONE), "clearance-valid-days": 0},
        stop,
        {"category": str(rng.choice(list(Category)))},
        {"urgency": str(rng.choice(list(Urgency)))},
        {"clearance-valid-days": rng.randint(0, 400)},
        {"when": plain["when"][: rng.randint(0, 1)]},
        {"precautions": _perhaps_more(rng, rule.precautions, ["Slow and light."])},
        {"action": rng.choice(["Go on.", f"{rule.action} Call the desk."])},
    ]
    return "contraindications.toml", "rule", {"id": rule.id, **rng.choice(changes)}


def _own_rule(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    fact = rng.choice(knowledge().facts)
    answer = rng.choice(fact.choices) if fact.kind is FactKind.CHOICE else rng.choice(["yes", "no"])
    criterion = {"fact": fact.id, "is": answer} if fact.kind is not FactKind.NUMBER else {"fact": fact.id, "at-least": fact.min}
    sort = rng.choice(
        [
            {"category": "modify"},
            {"category": "local"},
            {"category": "red-flag", "urgency": str(rng.choice(list(Urgency)))},
            {"category": "clearance", "clearance": "lifts-stop", "clearance-valid-days": 30},
        ]
    )
    limits = {"pressure-max": rng.randint(1, 5), "minutes-max": rng.randint(5, 90), "excludes": _some(rng, _names(), 3)}
    return (
        "contraindications.toml",
        "rule",
        {
            "id": f"our-{rng.randrange(10**6)}",
            "title": "Our rule",
            "reason": "House rule.",
            "action": "Ask.",
            "tier": "C",
            "checked": False,
            "when": rng.choice([[[criterion]], [[{"fact": "age", "at-least": rng.randint(0, 90)}]]]),
            "sources": [SOURCE],
            **sort,
            **{key: limits[key] for key in _some(rng, limits, 3)},
            "positions": [str(each) for each in _some(rng, Position, 1)],
            "at": [_block(rng) for _ in range(rng.randrange(3))],
        },
    )


def _change_technique(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    technique = rng.choice(knowledge().techniques)
    tags = [tag.id for tag in knowledge().tags]
    changes: list[dict[str, Any]] = [
        {"tags": _perhaps_more(rng, technique.tags, tags)},
        {"pressure": {rng.choice(["min", "max"]): rng.randint(1, 5)}},
        {"minutes": {rng.choice(["min", "typical", "max"]): rng.randint(1, 90)}},
        {"extra-training": rng.random() < 0.5},
        {"stands-alone": rng.random() < 0.5},
        {"regions": _perhaps_more(rng, technique.regions, [region.id for region in knowledge().regions])},
        {"goals": {"pain-relief": rng.randint(0, 2), "relaxation": rng.randint(0, 2)}},
        {"like": _some(rng, knowledge().technique, 2)},
    ]
    return "techniques.toml", "technique", {"id": technique.id, **rng.choice(changes)}


def _own_technique(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    low = rng.randint(1, 3)
    return (
        "techniques.toml",
        "technique",
        {
            "id": f"our-{rng.randrange(10**6)}",
            "name": "Our work",
            "description": "Work of ours.",
            "training": "ours",
            "tags": [rng.choice(knowledge().tags).id],
            "like": rng.sample(sorted(knowledge().technique), rng.randint(0, 2)),
            "regions": ["whole-body"],
            "extra-training": rng.random() < 0.7,
            "carrier": rng.random() < 0.5,
            "stands-alone": False,
            "goals": dict.fromkeys(("pain-relief", "mobility", "swelling", "relaxation", "posture", "prevention"), 2),
            "pressure": {"min": low, "max": rng.randint(low, 4)},
            "minutes": {"min": 5, "typical": 20, "max": 40},
            "indication": [],
        },
    )


def _change_fact(rng: random.Random, rules: Sequence[Rule]) -> Edit:
    named = sorted({str(criterion.fact) for rule in rules for group in rule.when for criterion in group} & knowledge().fact.keys())
    fact = knowledge().fact[rng.choice(named or sorted(knowledge().fact))]
    changes: list[dict[str, Any]] = [
        {"checked-each-visit": rng.random() < 0.7},
        {"optional": rng.random() < 0.5},
        {"where": rng.random() < 0.5},
        {"asked-when": [[{"fact": "age", "at-least": 50}]]},
        {"ask": rng.choice([f"{fact.ask} Please think.", "All well?"])},
    ]
    return "facts.toml", "fact", {"id": fact.id, **rng.choice(changes)}


def _change_numbers(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    part = rng.choice(["pressure", "choosing", "adaptation", "calendar", "weights", "booking"])
    table = _plain(knowledge().numbers)[part]
    key = rng.choice([name for name, value in table.items() if isinstance(value, int)] or [""])
    if not key:
        return "planning.toml", "", {"first-visit-extra-minutes": rng.randint(0, 30)}
    return "planning.toml", "", {part: {key: max(0, table[key] + rng.choice([-20, -2, -1, 1, 2, 20]))}}


def _change_protocol(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    protocol = rng.choice(knowledge().protocols)
    plain = _plain(protocol)
    factor = rng.choice([1, 2])
    phases = [{**phase, "gap-days": [max(1, gap * factor - (rng.random() < 0.2)) for gap in phase["gap-days"]]} for phase in plain["phase"]]
    changes: list[dict[str, Any]] = [
        {"pressure-max": rng.randint(1, 5)},
        {"not-before-injury-day": rng.randint(0, 9)},
        {"needs-clearance": rng.random() < 0.5},
        {"cleared-by": _perhaps_more(rng, protocol.cleared_by, knowledge().liftable[:40])},
        {"techniques": rng.sample(sorted(knowledge().technique), 5)},
        {"stop-after": rng.randint(1, protocol.sessions_total)},
        {"review-visits": sorted(_some(rng, range(1, protocol.sessions_total + 1), 4))},
        {"beyond-visit-cap": True},
        {"maintenance": {"interval-days": rng.randint(1, 60), "offer": True}},
        {"phase": phases},
    ]
    return "protocols.toml", "protocol", {"id": protocol.id, **rng.choice(changes)}


def _change_complaint(rng: random.Random, _rules: Sequence[Rule]) -> Edit:
    complaint = rng.choice(knowledge().complaints)
    condition = rng.choice([str(each) for each in complaint.protocols])
    fitting = [protocol.id for protocol in knowledge().protocols if condition in protocol.conditions]
    changes: list[dict[str, Any]] = [
        {"protocols": {condition: rng.choice(fitting)}},
        {"needs": _some(rng, ["pregnant", "surgery", "cancer-active"], 2)},
    ]
    return "complaints.toml", "complaint", {"id": complaint.id, **rng.choice(changes)}


_EDITS: tuple[Callable[[random.Random, Sequence[Rule]], Edit], ...] = (
    *(_change_rule, _change_rule, _change_rule, _change_rule, _own_rule, _own_rule, _change_technique, _own_technique),
    *(_change_fact, _change_numbers, _change_numbers, _change_protocol, _change_complaint),
)
