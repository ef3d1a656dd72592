"""Filters of lists: each against the plainest way to say the same."""

from typing import Any

import pytest

from massage_cli.knowledge.catalog.entries import Kind
from massage_cli.knowledge.catalog.filters import kinds_for, listed
from massage_cli.knowledge.vocabulary import Category, Condition, Goal
from tests.builders import knowledge


def ids(kind: Kind, **filters: Any) -> list[str]:
    return [entry.id for entry in listed(kind, filters, knowledge())]


def test_without_a_filter_everything_is_listed() -> None:
    assert ids(Kind.RULES) == [rule.id for rule in knowledge().rules]


def test_a_tag_lists_what_carries_it_and_the_rules_that_exclude_it_anywhere() -> None:
    assert ids(Kind.TECHNIQUES, tag="suction") == ["cupping"]
    excluding = ids(Kind.RULES, tag="suction")
    assert "anticoagulant" in excluding  # everywhere
    assert "varicose-veins-mild" in excluding  # in some places
    assert "heart-attack-signs" not in excluding


def test_work_on_the_whole_body_covers_every_region() -> None:
    assert "ankle" not in knowledge().technique["swedish"].regions
    assert "swedish" in ids(Kind.TECHNIQUES, region="ankle")
    assert "chair-massage" not in ids(Kind.TECHNIQUES, region="ankle")
    assert "whole-body" not in knowledge().technique["chair-massage"].regions
    assert "chair-massage" in ids(Kind.TECHNIQUES, region="neck")


def test_every_filter_must_hold() -> None:
    both = ids(Kind.TECHNIQUES, tag="deep", untrained=True)
    assert both == [one.id for one in knowledge().techniques if "deep" in one.tags and not one.extra_training]
    assert 0 < len(both) < len(ids(Kind.TECHNIQUES, tag="deep"))


@pytest.mark.parametrize(
    ("kind", "filters", "holds"),
    [
        (Kind.RULES, {"category": Category.RED_FLAG}, lambda rule: rule.category is Category.RED_FLAG),
        (Kind.RULES, {"unchecked": True}, lambda rule: not rule.checked),
        (Kind.MEASURES, {"unchecked": True}, lambda measure: not measure.checked),
        (Kind.RULES, {"tier": "C"}, lambda rule: rule.tier == "C"),
        (Kind.SOURCES, {"tier": "L"}, lambda source: source.tier == "L"),
        (Kind.PROTOCOLS, {"condition": Condition.ACUTE}, lambda protocol: Condition.ACUTE in protocol.conditions),
        (Kind.COMPLAINTS, {"condition": Condition.ACUTE}, lambda complaint: Condition.ACUTE in complaint.protocols),
        (Kind.TECHNIQUES, {"goal": Goal.SWELLING}, lambda technique: technique.goals[Goal.SWELLING] > 0),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_a_filter_keeps_exactly_what_it_says(kind: Kind, filters: dict[str, Any], holds: Any) -> None:
    values = getattr(knowledge(), kind.value)
    kept = [entry.value for entry in listed(kind, filters, knowledge())]
    assert kept == [value for value in values if holds(value)]
    assert len(kept) < len(values)


def test_a_filter_says_what_it_is_for() -> None:
    assert kinds_for("region") == (Kind.TECHNIQUES, Kind.COMPLAINTS)
