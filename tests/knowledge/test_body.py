"""Regions, sides, sites and their order."""

import pytest

from massage_cli.knowledge.body import WHOLE_BODY
from tests.builders import knowledge

BODY = knowledge().body
LEG = ("thigh", "knee", "lower-leg", "ankle", "foot")


def test_a_paired_region_without_a_side_stands_for_both() -> None:
    assert BODY.expand(["knee"]) == ("left-knee", "right-knee")


def test_an_unpaired_region_stands_for_itself() -> None:
    assert BODY.expand(["neck"]) == ("neck",)


def test_whole_body_stands_for_every_region_and_for_no_site() -> None:
    expected = {side + region.id for region in BODY.regions for side in (("left-", "right-") if region.paired else ("",))}
    assert set(BODY.expand([WHOLE_BODY])) == expected


def test_regions_come_out_in_body_order_and_once() -> None:
    assert BODY.expand(["foot", "left-knee", "neck", "left-foot"]) == ("neck", "left-knee", "left-foot", "right-foot")


def test_sites_come_after_all_regions() -> None:
    assert BODY.sort(["groin", "right-foot", "eye"]) == ("right-foot", "eye", "groin")


@pytest.mark.parametrize("side", ["left", "right"])
def test_downstream_is_the_rest_of_the_limb_on_the_same_side(side: str) -> None:
    assert BODY.downstream_of[f"{side}-thigh"] == tuple(f"{side}-{region}" for region in LEG[1:])


@pytest.mark.parametrize("place", ["left-foot", "right-hand", "neck", "abdomen"])
def test_nothing_is_downstream_of_the_end_of_a_limb_or_of_the_trunk(place: str) -> None:
    assert BODY.downstream_of[place] == ()


def test_nothing_is_downstream_of_a_site() -> None:
    assert "groin" not in BODY.downstream_of


def test_both_sides_are_said_as_one_name() -> None:
    assert BODY.merge(["right-knee", "left-knee", "left-foot"]) == ("knee", "left-foot")


def test_all_regions_are_said_as_whole_body() -> None:
    assert BODY.merge(BODY.treatable) == (WHOLE_BODY,)


def test_one_region_short_is_not_the_whole_body() -> None:
    assert WHOLE_BODY not in BODY.merge(BODY.treatable[1:])


def test_a_site_is_said_beside_its_region() -> None:
    assert BODY.merge(["knee-crease", "left-knee"]) == ("left-knee", "knee-crease")


def test_an_intake_may_not_name_a_site() -> None:
    sites = {site.id for site in BODY.sites}
    assert sites.isdisjoint(BODY.region_names)


def test_an_intake_may_name_a_region_with_and_without_its_side() -> None:
    assert {"knee", "left-knee", "right-knee", WHOLE_BODY} <= set(BODY.region_names)


def test_a_sided_region_belongs_to_its_region() -> None:
    assert BODY.region_of["left-lower-leg"] == "lower-leg"
