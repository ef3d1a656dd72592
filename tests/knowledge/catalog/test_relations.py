"""What hangs together in the catalog, held against screening itself."""

import pytest

from massage_cli.knowledge.catalog.entries import Kind, all_entries
from massage_cli.knowledge.catalog.relations import (
    caps_below,
    citing,
    exclusions_of,
    protocols_measured_by,
    protocols_with,
    rules_asking,
    source_keys_of,
    uses_of,
)
from massage_cli.knowledge.vocabulary import Condition
from tests.builders import a_screening, knowledge


@pytest.mark.parametrize(("rule", "health"), [("anticoagulant", {"anticoagulant": "yes"}), ("isotretinoin", {"isotretinoin": "yes"})])
def test_the_rules_that_exclude_a_technique_are_those_that_screening_excludes_it_by(rule: str, health: dict[str, str]) -> None:
    excluded = {technique for technique, by in a_screening(health=health).limits.excluded.items() if rule in by}
    told = {
        technique.id
        for technique in knowledge().techniques
        if any(one.rule == rule and one.everywhere for one in exclusions_of(technique, knowledge()))
    }
    assert excluded
    assert told == excluded


def test_an_exclusion_in_some_places_names_them_and_the_tags() -> None:
    by = {one.rule: one for one in exclusions_of(knowledge().technique["cupping"], knowledge())}
    assert by["unstable-neck"].regions == ("neck",)
    assert by["varicose-veins-mild"].where == ("varicose-veins",)
    assert by["varicose-veins-mild"].because == ("suction",)
    assert by["anticoagulant"].everywhere
    assert by["anticoagulant"].regions == ()


def test_a_cap_lighter_than_a_technique_can_work_is_told() -> None:
    assert "anticoagulant" in [rule.id for rule in caps_below(knowledge().technique["deep-tissue"], knowledge())]
    assert caps_below(knowledge().technique["swedish"], knowledge()) == ()


def test_protocols_are_found_by_technique_measure_and_complaint() -> None:
    assert [protocol.id for protocol in protocols_with("cupping", knowledge())] == ["knee-oa"]
    assert [protocol.id for protocol in protocols_measured_by("rmdq", knowledge())] == ["low-back-chronic", "low-back-acute"]
    assert [(use.complaint, use.condition) for use in uses_of("low-back-acute", knowledge())] == [("low-back", Condition.ACUTE)]


def test_a_question_leads_to_the_rules_that_ask_it() -> None:
    assert [rule.id for rule in rules_asking("chest-pain", knowledge())] == ["heart-attack-signs", "pulmonary-embolism-signs"]


def test_what_cites_a_source_and_what_it_cites_are_the_same() -> None:
    for entry in all_entries(knowledge())[:60]:
        if entry.kind is not Kind.SOURCES:
            assert all(entry in citing(key, knowledge()) for key in source_keys_of(entry)), entry.id


def test_a_source_names_itself() -> None:
    sources = [entry for entry in all_entries(knowledge()) if entry.kind is Kind.SOURCES]
    assert [source_keys_of(entry) for entry in sources] == [(source.key,) for source in knowledge().sources]
