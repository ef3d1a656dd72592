"""Why a finding stands in a plan, value by value, and where it bears."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.explained.report import explain
from massage_cli.planning.explaining.explanation import Explanation, Topic
from tests.builders import knowledge
from tests.saved import a_document

VEINS = {"varicose-veins": {"answer": "yes", "regions": ["left-thigh"]}, "varicose-veins-severity": "severe"}


def lines(**changes: Any) -> dict[str, Explanation]:
    return {one.path: one for one in explain(a_document(**changes), knowledge(), called="plan").lines}


def test_a_place_that_the_client_named_is_told_from_one_below_it() -> None:
    found = lines(health=VEINS)
    assert found["screening.findings[0].regions[0]"].because == ("The client named it.",)
    below = "It lies below left thigh on the limb; of left thigh: the client named it."
    assert found["screening.findings[0].regions[1]"].because == (below,)


def test_a_place_that_nobody_named_counts_for_every_region_and_says_so() -> None:
    found = lines(health={"bruise": "yes"}, regions=["lower-back", "neck"])
    place = next(one for path, one in found.items() if path.startswith("screening.findings[0].regions"))
    assert place.because == ("No place was named, which counts for every region asked for.",)


def test_a_place_that_the_rule_has_says_so() -> None:
    found = lines(age=70)
    place = next(one for path, one in found.items() if path.startswith("screening.findings[0].regions"))
    assert place.because == ("The rule has it.",)


@pytest.mark.parametrize("category", ["red-flag", "modify"])
def test_a_finding_whose_rule_is_gone_says_so_and_a_danger_stays_unlifted(category: str) -> None:
    document = a_document(health={"anticoagulant": "yes"})
    gone = replace(document.screening.findings[0], rule="gone", category=category, certain=False)
    changed = replace(document, screening=replace(document.screening, findings=(gone,)))
    whole = next(one for one in explain(changed, knowledge(), called="plan").lines if one.path == "screening.findings[0]")
    assert "has no such rule" in whole.because[0]
    assert whole.lifted_by == ("No note lifts this." if category == "red-flag" else None)


def test_what_to_do_stands_with_how_to_treat_where_the_plan_is_withheld() -> None:
    weeks = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 118, "diastolic": 74}
    found = lines(complaint="pregnancy-back", health=weeks)
    topics = [found[f"screening.findings[{place}].action"].topic for place in range(3)]
    assert topics == [Topic.FINDINGS, Topic.LIMITS, Topic.LIMITS]
