"""The limits on the page: what must not be done, and where."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from tests.builders import TODAY
from tests.terminal.display.pages import a_document, joined, page, section
from tests.worked import plan_of

VEINS = {"varicose-veins": {"answer": "yes", "regions": ["left-lower-leg"]}, "varicose-veins-severity": "severe"}
PREGNANT = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 120, "diastolic": 70}


def limits(*, width: int = 160, **changes: Any) -> str:
    """The limits of a client, without line breaks."""
    return joined(section(page(a_document(**changes), width=width), "LIMITS"))


def test_regions_to_leave_alone_are_named_with_their_side() -> None:
    assert "No work on left lower leg, left ankle, left foot" in limits(regions=["lower-back", "left-lower-leg"], health=VEINS)


def test_techniques_that_are_out_are_named() -> None:
    text = limits(health={"anticoagulant": "yes"})
    assert "Do not use Deep tissue massage, " in text
    assert "Cupping" in text


def test_the_highest_pressure_is_told() -> None:
    assert "Pressure 2 at most, of 5" in limits(health={"anticoagulant": "yes"})


def test_the_label_of_several_lines_stands_once() -> None:
    lines = section(page(plan_of("blood-thinner")), "LIMITS").split("\n")
    assert [line.strip().startswith("Take care") for line in lines].count(True) == 1
    assert len(plan_of("blood-thinner").screening.precautions) > 1
    assert all(precaution in joined("\n".join(lines)) for precaution in plan_of("blood-thinner").screening.precautions)


def test_every_limit_of_a_plan_is_on_the_page() -> None:
    document = plan_of("pregnancy-cleared")
    text = joined(section(page(document), "LIMITS"))
    assert all(precaution in text for precaution in document.screening.precautions)
    assert "Position " in text


def test_an_agreement_is_told_with_who_until_when_and_its_limits() -> None:
    note = {"rule": "pregnancy", "by": "midwife", "on": TODAY, "limits": "no work lying flat"}
    text = limits(complaint="pregnancy-back", health=PREGNANT, clearances=[note], booking={"trained-in": ["prenatal"]})
    assert f": midwife, {TODAY}, holds until {TODAY + timedelta(days=1)}"[:20] in text
    assert "no work lying flat" in text


def test_an_agreement_to_nothing_that_was_found_is_no_limit() -> None:
    note = {"rule": "pregnancy", "by": "midwife", "on": TODAY, "limits": "no work lying flat"}
    assert "midwife" not in limits(clearances=[note])


def test_caution_sites_stand_last() -> None:
    text = limits(regions=["neck"], complaint="neck", health={"anticoagulant": "yes"})
    assert text.index("Do not use") < text.index("As always") < text.index("light contact at: ")


def test_a_client_without_limits_of_their_own_has_the_caution_sites_alone() -> None:
    assert limits().startswith("As always ")


def test_limits_are_red_only_where_they_are_the_clients_own() -> None:
    assert "\x1b[1;31mLIMITS" in page(a_document(health={"anticoagulant": "yes"}), color=True)
    assert "\x1b[1;31mLIMITS" not in page(a_document(), color=True)


def test_there_are_no_limits_where_nothing_limits() -> None:
    document = a_document()
    document = replace(document, screening=replace(document.screening, caution_sites=()), warnings=())
    assert "LIMITS" not in page(document)
