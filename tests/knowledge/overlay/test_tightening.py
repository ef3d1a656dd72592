"""What may be changed in a built-in entry, and that nothing may be loosened."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.overlay.directions import free
from massage_cli.knowledge.overlay.entries import KINDS, laid_over
from massage_cli.knowledge.overlay.tightening import BY_KIND, NUMBERS, Ways, loosenings
from massage_cli.knowledge.techniques import Technique
from tests.builders import knowledge
from tests.knowledge.overlay.folder import laid, refusals

KINDS_BY_KEY = {kind.key: kind for kind in KINDS}


def refused(kind: str, entry: str, **changes: Any) -> dict[str, str]:
    """What is refused of a change to a built-in entry, by its key path inside the entry."""
    table = {"key" if kind == "source" else "id": entry, **{key.replace("_", "-"): value for key, value in changes.items()}}
    laid = laid_over(KINDS_BY_KEY[kind], [table], knowledge())
    said = {problem.path: problem.message for problem in (*laid.form, *laid.loosened)}
    if kind == "complaint":
        said |= {path.partition(": ")[2]: message for path, message in refusals(complaints={"complaint": [table]}).items()}
    return {path.removeprefix(f"{kind}.{entry}."): message for path, message in said.items()}


LOOSER: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("rule", "anticoagulant", {"pressure_max": 3}, "pressure-max"),
    ("rule", "anticoagulant", {"excludes": ["deep"]}, "excludes"),
    ("rule", "anticoagulant", {"excludes": []}, "excludes"),
    ("rule", "anticoagulant", {"category": "modify"}, "category"),
    ("rule", "anticoagulant", {"precautions": []}, "precautions"),
    ("rule", "anticoagulant", {"when": [[{"fact": "age", "at-least": 90}]]}, "when"),
    ("rule", "anticoagulant", {"sources": ["ours"]}, "sources"),
    ("rule", "anticoagulant", {"tier": "C"}, "tier"),
    ("rule", "anticoagulant", {"checked": False}, "checked"),
    ("rule", "stroke-or-tia-signs", {"category": "modify"}, "category"),
    ("rule", "stroke-or-tia-signs", {"category": "clearance", "clearance": "lifts-stop", "clearance_valid_days": 9}, "category"),
    ("rule", "stroke-or-tia-signs", {"urgency": "defer"}, "urgency"),
    ("rule", "stroke-or-tia-signs", {"title": ""}, "title"),
    ("rule", "stroke-or-tia-signs", {"reason": " "}, "reason"),
    ("rule", "stroke-or-tia-signs", {"action": "Go on."}, "action"),
    ("rule", "pregnancy", {"clearance_valid_days": 9999}, "clearance-valid-days"),
    ("rule", "heart-failure-stable", {"positions": ["no-prone"]}, "positions"),
    ("rule", "always-caution-sites", {"at": [{"regions": ["eye"], "avoid": True}]}, "at"),
    ("fact", "chest-pain", {"ask": "All well?"}, "ask"),
    ("fact", "chest-pain", {"label": "Fine"}, "label"),
    ("fact", "chest-pain", {"checked_each_visit": False}, "checked-each-visit"),
    ("fact", "chest-pain", {"asked_when": [[{"fact": "age", "at-least": 90}]]}, "asked-when"),
    ("fact", "systolic", {"max": 400}, "max"),
    ("fact", "systolic", {"optional": False}, "optional"),
    ("technique", "thai", {"tags": ["stretch"]}, "tags"),
    ("technique", "thai", {"extra_training": False}, "extra-training"),
    ("technique", "thai", {"pressure": {"min": 1}}, "pressure.min"),
    ("technique", "swedish", {"pressure": {"max": 4}}, "pressure.max"),
    ("technique", "swedish", {"minutes": {"max": 90}}, "minutes.max"),
    ("technique", "thai", {"minutes": {"min": 5}}, "minutes.min"),
    ("technique", "craniosacral", {"regions": ["knee"]}, "regions"),
    ("technique", "thai", {"cautions": []}, "cautions"),
    ("technique", "thai", {"stands_alone": False}, "stands-alone"),
    ("technique", "thai", {"name": " "}, "name"),
    ("technique", "swedish", {"indication": []}, "indication"),
    ("protocol", "whiplash", {"pressure_max": 3}, "pressure-max"),
    ("protocol", "whiplash", {"not_before_injury_day": 2}, "not-before-injury-day"),
    ("protocol", "scar", {"needs_clearance": False}, "needs-clearance"),
    ("protocol", "scar", {"cleared_by": ["surgery-under-6-weeks", "pregnancy"]}, "cleared-by"),
    ("protocol", "whiplash", {"stop_after": 5}, "stop-after"),
    ("protocol", "whiplash", {"review_visits": [5, 7]}, "review-visits"),
    ("protocol", "whiplash", {"beyond_visit_cap": True}, "beyond-visit-cap"),
    ("protocol", "whiplash", {"maintenance": {"offer": True, "interval-days": 30}}, "maintenance.offer"),
    ("protocol", "shoulder", {"maintenance": {"interval-days": 7}}, "maintenance.interval-days"),
    ("protocol", "shoulder", {"maintenance": {"interval-days-range": [1, 3]}}, "maintenance.interval-days-range"),
    ("protocol", "shoulder", {"certainty": "high"}, "certainty"),
    ("protocol", "shoulder", {"measures": ["nprs"]}, "measures"),
    ("protocol", "shoulder", {"conditions": ["chronic"]}, "conditions"),
    ("complaint", "scar", {"protocols": {"chronic": "generic-chronic"}}, "protocols.chronic"),
    ("complaint", "fibromyalgia", {"needs": []}, "needs"),
    ("complaint", "fibromyalgia", {"needs": ["widespread-pain", "surgery"]}, "needs"),
    ("measure", "nprs", {"important_change": 1.0}, "important-change"),
    ("advice", "soreness", {"text": "Hurray."}, "text"),
    ("advice", "soreness", {"always": False, "protocols": ["scar"]}, "always"),
    ("claim", "toxins", {"phrases": ["toxin"]}, "phrases"),
    ("source", "ad", {"citation": "Somebody"}, "citation"),
)


@pytest.mark.parametrize(("kind", "entry", "changes", "path"), LOOSER, ids=lambda value: value if isinstance(value, str) else None)
def test_a_loosening_is_refused_with_its_key_path(kind: str, entry: str, changes: dict[str, Any], path: str) -> None:
    assert path in refused(kind, entry, **changes)


TIGHTER: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("rule", "anticoagulant", {"pressure_max": 1, "minutes_max": 30, "positions": ["head-raised"]}),
    ("rule", "anticoagulant", {"category": "clearance", "clearance": "lifts-stop", "clearance_valid_days": 30}),
    ("rule", "anticoagulant", {"category": "absolute", "urgency": "soon"}),
    ("rule", "anticoagulant", {"at": [{"regions": ["neck"], "avoid": True}]}),
    ("rule", "fever", {"urgency": "emergency"}),
    ("rule", "pregnancy", {"clearance_valid_days": 7}),
    ("fact", "varicose-veins", {"checked_each_visit": True}),
    ("technique", "swedish", {"name": "Classic massage", "tags": ["broad", "friction"], "extra_training": True, "regions": ["neck"]}),
    ("technique", "swedish", {"goals": {"relaxation": 0}, "pressure": {"min": 2, "max": 2}, "minutes": {"max": 30}}),
    ("protocol", "shoulder", {"pressure_max": 2, "needs_clearance": True, "stop_after": 4, "techniques": ["swedish"]}),
    ("protocol", "shoulder", {"maintenance": {"interval-days": 40, "interval-days-range": [30, 60]}}),
    ("protocol", "shoulder", {"certainty": "very-low", "review_visits": [2, 4, 6], "not_before_injury_day": 5}),
    ("complaint", "low-back", {"name": "Back", "needs": ["osteoporosis"], "protocols": {"chronic": "hip-pain"}}),
    ("advice", "soreness", {"text": "You may feel tender for a day or two. It should ease, not build up. Call us if not."}),
)


@pytest.mark.parametrize(("kind", "entry", "changes"), TIGHTER, ids=lambda value: value if isinstance(value, str) else None)
def test_a_tightening_is_taken(kind: str, entry: str, changes: dict[str, Any]) -> None:
    assert refused(kind, entry, **changes) == {}


def weaker(change: dict[str, Any]) -> str | None:
    """What is said of the first indication of Swedish massage with a change, and the others as they are."""
    first, *rest = msgspec.to_builtins(knowledge().technique["swedish"].indication)
    return refused("technique", "swedish", indication=[{**first, **change}, *rest]).get("indication")


def test_evidence_is_made_no_more_of_than_it_was() -> None:
    name = knowledge().technique["swedish"].indication[0].for_
    said = f"makes more of the evidence for '{name}' than its sources do; keep or lower it, and keep its sources"
    assert weaker({"certainty": "high"}) == weaker({"sources": ["ours"]}) == said
    assert weaker({"certainty": "very-low"}) is None
    assert weaker({"direction": "unclear"}) is None
    assert weaker({"effect": "As we see it."}) is None


def test_evidence_that_was_against_is_not_turned_for() -> None:
    names = [(technique.id, one) for technique in knowledge().techniques for one in technique.indication if one.direction != "benefit"]
    technique, one = names[0]
    given = [
        {**msgspec.to_builtins(each), **({"direction": "benefit"} if each == one else {})}
        for each in knowledge().technique[technique].indication
    ]
    said = f"makes more of the evidence for '{one.for_}' than its sources do; keep or lower it, and keep its sources"
    assert refused("technique", technique, indication=given) == {"indication": said}


def test_evidence_may_be_added_and_none_left_out() -> None:
    known = msgspec.to_builtins(knowledge().technique["swedish"].indication)
    assert refused("technique", "swedish", indication=[*known, {**known[0], "for": "our-work"}]) == {}
    left_out = f"leaves out the built-in one for '{known[-1]['for']}'; name it too, or leave the key out"
    assert refused("technique", "swedish", indication=known[:-1]) == {"indication": left_out}


def test_regions_of_a_technique_become_fewer_alone() -> None:
    said = "adds knee, foot, where the built-in technique is not used; take it out, or write a technique of your own"
    assert refused("technique", "craniosacral", regions=["head", "knee", "foot"]) == {"regions": said}
    assert refused("technique", "swedish", regions=["knee"]) == {}
    assert "ankle" not in knowledge().technique["swedish"].regions
    assert refused("technique", "swedish", regions=["ankle"]) == {}


def test_where_no_note_lifted_a_rule_one_may_for_any_time() -> None:
    stop = {"category": "clearance", "clearance": "lifts-stop", "clearance_valid_days": 9999}
    assert refused("rule", "anticoagulant", **stop) == {}
    assert refused("rule", "pregnancy", clearance_valid_days=281) == {
        "clearance-valid-days": "281 is more than the built-in 280; give 280 or less, or leave the key out"
    }


def test_a_change_leaves_the_other_keys_of_its_entry_as_they_are() -> None:
    rule = laid(contraindications={"rule": [{"id": "anticoagulant", "pressure-max": 1}]}).rule["anticoagulant"]
    assert rule == msgspec.structs.replace(knowledge().rule["anticoagulant"], pressure_max=1)


LOOSER_NUMBERS: dict[str, Any] = {
    "pressure": {
        "highest-ever": 5,
        "firm": 5,
        "acute-days": 1,
        "acute-cap": 3,
        "frail-age": 90,
        "frail-cap": 4,
        "frail-minutes-percent": 100,
        "frail-minutes-step": 1,
        "severe-pain-from": 9,
        "severe-pain-minus": 0,
        "drainage-neighbor-max": 4,
    },
    "calendar": {"injury-not-before-day": 0, "search-days": 1},
    "choosing": {"protocol-clearance-days": 999, "intensive-pain-from": 0, "intensive-minutes": 1, "intensive-never-with": []},
    "adaptation": {
        "cap-visits-90-days": 30,
        "worse-hours": 200,
        "worse-points": 5,
        "relapse-block-gap-days": 1,
        "extra-visits-when-slight": 9,
        "upkeep-phases": ["initial"],
        "resolved-pain-max": 5,
        "ease-minutes-percent": 20,
    },
    "booking": {"shortest-minutes": 1},
}


def test_a_number_of_planning_moves_to_the_safe_side_alone() -> None:
    said = refusals(planning=LOOSER_NUMBERS)
    assert {f"planning.toml: {part}.{key}" for part, table in LOOSER_NUMBERS.items() for key in table} <= said.keys()
    assert "planning.toml: techniques-by-minutes" in refusals(planning={"techniques-by-minutes": [{"up-to": 60, "techniques": 4}]})


def test_scores_and_stricter_numbers_are_taken() -> None:
    table = {
        "weights": {"goal": 5},
        "evidence-scores": {"low": 1},
        "pressure": {"firm": 3, "acute-days": 21},
        "adaptation": {"worse-hours": 60},
    }
    merged = laid(planning=table).numbers
    assert (merged.weights.goal, merged.pressure.firm, merged.pressure.acute_days) == (5, 3, 21)
    assert merged.calendar == knowledge().numbers.calendar


def misplaced(ways: Ways, kind: type[Any]) -> set[str]:
    """The keys with a direction that the kind has not, also those of the tables inside."""
    inside = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    within = {f"{key}.{each}" for key, way in ways.items() if isinstance(way, Mapping) for each in misplaced(way, inside[key])}
    return ways.keys() - inside.keys() | within


def test_every_key_with_a_direction_is_a_key_of_its_entry() -> None:
    assert {kind.key: misplaced(BY_KIND[kind.key], kind.type) for kind in KINDS} == {kind.key: set() for kind in KINDS}
    assert misplaced(NUMBERS, Numbers) == set()
    assert misplaced({"nothing": free, "pressure": {"nothing": free}}, Technique) == {"nothing", "pressure.nothing"}


def test_what_is_built_in_is_no_looser_than_itself() -> None:
    for kind in KINDS:
        for entry in getattr(knowledge(), kind.field):
            assert list(loosenings(entry, entry, BY_KIND[kind.key])) == [], (kind.key, entry)
    assert list(loosenings(knowledge().numbers, knowledge().numbers, NUMBERS)) == []


def test_a_refusal_says_what_is_allowed_and_what_to_do() -> None:
    said = refused("rule", "anticoagulant", pressure_max=4, excludes=["deep"], when=[[]])
    assert said["pressure-max"] == "4 is more than the built-in 2; give 2 or less, or leave the key out"
    assert said["excludes"].startswith("leaves out 'point-pressure', 'friction'")
    assert "take this key out" in said["when"]
