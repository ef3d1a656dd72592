"""What the findings forbid, added up (screening.md 9)."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.rules import Rule, RuleAt
from massage_cli.knowledge.vocabulary import Position
from massage_cli.planning.answers import Answers
from massage_cli.planning.limits import NO_CAP, Limits, joined, limits_of
from tests.builders import TODAY, a_screening, an_intake, knowledge


def a_rule(rule_id: str = "one", **changes: Any) -> Rule:
    bare: dict[str, Any] = {"id": rule_id, "excludes": (), "at": (), "pressure_max": None, "minutes_max": None, "positions": ()}
    return replace(knowledge().rule["fever"], **(bare | changes))


def limits(*rules: Rule, **changes: Any) -> Limits:
    return limits_of(rules, Answers(an_intake(**changes), knowledge(), on=TODAY), knowledge())


def test_without_rules_nothing_is_limited() -> None:
    free = limits()
    assert (free.excluded, free.excluded_at, free.avoided, free.pressure_max_at) == ({}, {}, {}, {})
    assert (free.pressure_max, free.minutes_max, free.positions) == (NO_CAP, None, ())


def test_an_id_excludes_its_technique() -> None:
    assert limits(a_rule(excludes=("thai",))).excluded == {"thai": ("one",)}


def test_a_tag_excludes_every_technique_that_carries_it() -> None:
    assert set(limits(a_rule(excludes=("heat", "suction"))).excluded) == {"hot-stone", "cupping"}
    assert tuple(limits(a_rule(excludes=("deep",))).excluded) == knowledge().techniques_named["deep"]


def test_the_rules_behind_an_exclusion_are_in_the_order_of_findings() -> None:
    found = limits(a_rule("one", excludes=("tuina", "swedish")), a_rule("two", excludes=("swedish",)))
    assert found.excluded == {"swedish": ("one", "two"), "tuina": ("one",)}


def test_a_technique_named_twice_by_a_rule_is_excluded_once() -> None:
    assert limits(a_rule(excludes=("thai", "mobilizing"))).excluded["thai"] == ("one",)


def test_a_block_holds_in_its_regions() -> None:
    found = limits(a_rule(at=(RuleAt(regions=("knee",), excludes=("thai",)),)))
    assert found.excluded_at == {"thai": {"left-knee": ("one",), "right-knee": ("one",)}}
    assert found.excluded == {}


def test_a_block_may_hold_in_a_site() -> None:
    assert limits(a_rule(at=(RuleAt(regions=("groin",), avoid=True),))).avoided == {"groin": ("one",)}


def test_an_avoided_region_does_not_avoid_its_site() -> None:
    assert list(limits(a_rule(at=(RuleAt(regions=("neck",), avoid=True),))).avoided) == ["neck"]


def test_a_block_holds_where_the_client_named() -> None:
    found = limits(
        a_rule(at=(RuleAt(where="bruise", avoid=True),)),
        regions=["neck"],
        health={"bruise": {"answer": "yes", "regions": ["left-foot"]}},
    )
    assert list(found.avoided) == ["left-foot"]


@pytest.mark.parametrize(("reply", "places"), [("yes", ["neck"]), ("unsure", ["neck"]), ("no", [])])
def test_a_block_without_a_named_place_holds_where_work_is_requested(reply: str, places: list[str]) -> None:
    found = limits(a_rule(at=(RuleAt(where="bruise", avoid=True),)), regions=["neck"], health={"bruise": reply})
    assert list(found.avoided) == places


def test_a_block_may_hold_in_the_regions_requested() -> None:
    assert list(limits(a_rule(at=(RuleAt(where="regions", avoid=True),)), regions=["neck", "hip"]).avoided) == [
        "neck",
        "left-hip",
        "right-hip",
    ]


def test_downstream_adds_the_rest_of_the_limb_on_that_side() -> None:
    found = limits(a_rule(at=(RuleAt(regions=("left-knee",), downstream=True, avoid=True),)))
    assert list(found.avoided) == ["left-knee", "left-lower-leg", "left-ankle", "left-foot"]


def test_a_blocked_side_leaves_the_other_free() -> None:
    found = limits(a_rule(at=(RuleAt(regions=("left-knee",), avoid=True, pressure_max=1),)))
    assert "right-knee" not in found.avoided
    assert found.pressure_at("right-knee") == NO_CAP


def test_the_lowest_cap_counts() -> None:
    found = limits(a_rule(pressure_max=3, minutes_max=45), a_rule("two", pressure_max=2, minutes_max=60))
    assert (found.pressure_max, found.minutes_max) == (2, 45)


def test_the_lower_of_the_two_caps_counts_in_a_place() -> None:
    found = limits(a_rule(pressure_max=3, at=(RuleAt(regions=("neck",), pressure_max=4), RuleAt(regions=("head",), pressure_max=1))))
    assert (found.pressure_at("neck"), found.pressure_at("head"), found.pressure_at("jaw")) == (3, 1, 3)


def test_caps_of_places_hold_what_blocks_set_alone() -> None:
    found = limits(a_rule(pressure_max=2, at=(RuleAt(regions=("neck",), pressure_max=4),)))
    assert found.pressure_max_at == {"neck": 4}


def test_the_lowest_of_two_blocks_counts_in_a_place() -> None:
    blocks = (RuleAt(regions=("neck",), pressure_max=1), RuleAt(regions=("neck", "head"), pressure_max=2))
    assert limits(a_rule(at=blocks)).pressure_max_at == {"head": 2, "neck": 1}


def test_two_blocks_of_one_rule_name_it_once() -> None:
    blocks = (RuleAt(regions=("neck",), avoid=True, excludes=("thai",)), RuleAt(regions=("neck",), avoid=True, excludes=("mobilizing",)))
    found = limits(a_rule(at=blocks))
    assert found.avoided == {"neck": ("one",)}
    assert found.excluded_at["thai"] == {"neck": ("one",)}


def test_a_rule_behind_another_is_named_once_as_well() -> None:
    blocks = (RuleAt(regions=("neck",), avoid=True), RuleAt(regions=("neck",), avoid=True))
    assert limits(a_rule(at=blocks[:1]), a_rule("two", at=blocks)).avoided == {"neck": ("one", "two")}


def test_nothing_lies_downstream_of_a_site() -> None:
    assert list(limits(a_rule(at=(RuleAt(regions=("groin",), downstream=True, avoid=True),))).avoided) == ["groin"]


def test_places_are_kept_also_for_a_technique_that_is_out_everywhere() -> None:
    found = limits(a_rule(excludes=("thai",), at=(RuleAt(regions=("neck",), excludes=("thai",)),)))
    assert "thai" in found.excluded
    assert found.excluded_at["thai"] == {"neck": ("one",)}


def test_positions_are_added_up_in_their_order() -> None:
    found = limits(a_rule(positions=(Position.HEAD_RAISED,)), a_rule("two", positions=(Position.NO_PRONE, Position.HEAD_RAISED)))
    assert found.positions == (Position.NO_PRONE, Position.HEAD_RAISED)


def test_places_of_a_rule_are_all_where_a_block_of_it_holds() -> None:
    found = limits(a_rule(at=(RuleAt(regions=("knee",), avoid=True), RuleAt(regions=("neck",), pressure_max=2))))
    assert found.places_of == {"one": ("neck", "left-knee", "right-knee")}


def test_a_rule_that_holds_in_no_place_names_none() -> None:
    assert limits(a_rule(excludes=("thai",))).places_of == {}


def test_limits_joined_are_those_of_all_rules_at_once() -> None:
    worse = a_rule(
        "heart-attack-signs",
        excludes=("thai", "tuina"),
        pressure_max=4,
        minutes_max=30,
        positions=(Position.NO_PRONE,),
        at=(
            RuleAt(regions=("neck", "left-foot"), avoid=True, excludes=("thai",), pressure_max=1),
            RuleAt(regions=("head",), pressure_max=3),
        ),
    )
    milder = a_rule(
        "anticoagulant",
        excludes=("swedish", "thai"),
        pressure_max=3,
        minutes_max=45,
        positions=(Position.HEAD_RAISED,),
        at=(
            RuleAt(regions=("neck", "jaw"), avoid=True, excludes=("thai", "tuina"), pressure_max=2),
            RuleAt(regions=("head",), pressure_max=1),
        ),
    )
    at_once, one, other = limits(worse, milder), limits(worse), limits(milder)
    assert at_once.excluded["thai"] == ("heart-attack-signs", "anticoagulant")
    for together in (joined(one, other, knowledge()), joined(other, one, knowledge())):
        assert together == at_once
        assert list(together.avoided) == ["jaw", "neck", "left-foot"]
        assert list(together.pressure_max_at) == list(at_once.pressure_max_at)


def test_limits_joined_with_none_stay_as_they_are() -> None:
    one = limits(a_rule(positions=(Position.SEATED,), minutes_max=45, at=(RuleAt(regions=("neck",), excludes=("thai",), pressure_max=1),)))
    assert joined(one, limits(), knowledge()) == one == joined(limits(), one, knowledge())


def test_the_caution_sites_hold_for_everybody() -> None:
    assert a_screening().limits.avoided["eye"] == ("always-caution-sites",)
