"""What hangs together in the catalog, held against screening itself."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge.catalog.entries import Kind, all_entries, entries_of
from massage_cli.knowledge.catalog.relations import (
    Exclusion,
    caps_below,
    citing,
    exclusions_of,
    protocols_measured_by,
    protocols_with,
    rules_asking,
    source_keys_of,
    uses_of,
)
from massage_cli.knowledge.protocols import FrequencyException
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Condition
from tests.builders import a_screening, knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique, laid


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


def exclusions(technique: str, **rule: Any) -> tuple[Exclusion, ...]:
    """The exclusions of a technique where there is one rule alone."""
    one = msgspec.convert(a_rule(**rule), Rule)
    return exclusions_of(knowledge().technique[technique], replace(knowledge(), rules=(one,)))


IN_PLACES = [
    {"regions": ["knee"], "excludes": ["deep"]},
    {"regions": ["neck", "head"], "excludes": ["suction"]},
    {"where": "varicose-veins", "excludes": ["cupping", "heat"]},
    {"regions": ["neck", "foot"], "excludes": ["cupping"]},
]


def test_an_exclusion_in_some_places_is_told_with_these_alone() -> None:
    (told,) = exclusions("cupping", excludes=["heat"], at=IN_PLACES)
    assert (told.rule, told.title, told.everywhere) == ("our-rule", "Very old", False)
    assert told.because == ("cupping", "suction")
    assert (told.regions, told.where) == (("neck", "head", "foot"), ("varicose-veins",))


def test_an_exclusion_everywhere_is_told_without_places_and_with_all_that_match() -> None:
    (told,) = exclusions("cupping", excludes=["suction"], at=IN_PLACES)
    assert told.everywhere
    assert told.because == ("cupping", "suction")
    assert (told.regions, told.where) == ((), ())
    (told,) = exclusions("cupping", excludes=["suction"])
    assert told.because == ("suction",)


def test_a_rule_that_excludes_something_else_is_not_told() -> None:
    assert exclusions("cupping", excludes=["heat"], at=IN_PLACES[:1]) == ()


def test_a_technique_of_ones_own_is_told_with_the_rules_that_exclude_what_it_is_like() -> None:
    merged = laid(techniques={"technique": [a_technique(like=["acupressure"], tags=["broad"])]})
    by = {one.rule: one for one in exclusions_of(merged.technique["our-work"], merged)}
    assert by["pregnancy"].everywhere
    assert by["pregnancy"].because == ("point-pressure", "acupressure")
    alike = {one.rule: one for one in exclusions_of(merged.technique["acupressure"], merged)}
    assert {rule for rule, one in alike.items() if one.everywhere} == {rule for rule, one in by.items() if one.everywhere}


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


def test_a_protocol_names_its_sources_and_those_of_its_exceptions_once() -> None:
    known = knowledge()
    more = tuple(FrequencyException(condition=Condition.CHRONIC, per_week=3, source=key, why="") for key in ("ad", "cherkin2011"))
    shoulder = replace(known.protocol["shoulder"], sources=("nijs2019", "ad"), exceptions=more)
    (entry,) = entries_of(Kind.PROTOCOLS, replace(known, protocols=(shoulder,)))
    assert source_keys_of(entry) == ("nijs2019", "ad", "cherkin2011")


def test_a_complaint_names_no_source() -> None:
    assert {source_keys_of(entry) for entry in entries_of(Kind.COMPLAINTS, knowledge())} == {()}


def test_a_source_is_cited_by_what_names_it_and_not_by_itself() -> None:
    (source,) = (entry for entry in entries_of(Kind.SOURCES, knowledge()) if entry.id == "cherkin2011")
    by = citing("cherkin2011", knowledge())
    assert by
    assert source not in by
    assert [entry for entry in all_entries(knowledge()) if "cherkin2011" in source_keys_of(entry)] == [*by, source]


def test_a_source_names_itself() -> None:
    sources = [entry for entry in all_entries(knowledge()) if entry.kind is Kind.SOURCES]
    assert [source_keys_of(entry) for entry in sources] == [(source.key,) for source in knowledge().sources]
