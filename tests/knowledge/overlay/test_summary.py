"""What a clinic's own knowledge adds and changes, in short."""

from typing import Any

from massage_cli.knowledge.overlay.summary import Summary, summary_of
from tests.builders import knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique, laid


def summary(**tables: Any) -> Summary:
    return summary_of(laid(**tables), knowledge())


def test_nothing_given_adds_and_changes_nothing() -> None:
    overlay = laid(sources={}).overlay
    assert overlay is not None
    assert summary(sources={}) == Summary(name="our-clinic", digest=overlay.digest, added={}, changed={})


def test_knowledge_without_an_overlay_has_no_name() -> None:
    assert summary_of(knowledge(), knowledge()) == Summary(name="", digest="", added={}, changed={})


def test_own_entries_are_told_by_kind_in_their_order() -> None:
    rules = {"rule": [a_rule(), a_rule(id="another-rule")]}
    found = summary(contraindications=rules, techniques={"technique": [a_technique()]})
    assert found.added == {"rule": ("our-rule", "another-rule"), "technique": ("our-work",), "source": ("ours",)}
    assert found.changed == {}


def test_changed_entries_are_told_with_their_keys_and_single_numbers() -> None:
    rule = {
        "id": "anticoagulant",
        "pressure-max": 1,
        "minutes-max": 30,
        "excludes": ["deep", "point-pressure", "friction", "stretch", "suction", "heat"],
    }
    technique = {"id": "swedish", "name": "Classic", "minutes": {"max": 30, "typical": 20}, "extra-training": True}
    found = summary(contraindications={"rule": [rule]}, techniques={"technique": [technique]}, sources={})
    assert found.added == {}
    assert found.changed == {
        "rule anticoagulant": ("excludes", "pressure-max 2 to 1", "minutes-max no limit to 30"),
        "technique swedish": ("name", "extra-training", "minutes.typical 30 to 20", "minutes.max 60 to 30"),
    }


def test_changed_numbers_of_planning_are_told_with_their_file() -> None:
    found = summary(planning={"pressure": {"firm": 3}, "weights": {"goal": 5}}, sources={})
    assert found.changed == {"planning.toml": ("weights.goal 2 to 5", "pressure.firm 4 to 3")}
