"""The verdict: first and last on the page, and not to be misread."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from tests.builders import TODAY
from tests.terminal.display.pages import a_document, a_screening_document, joined, page
from tests.worked import NAMES, plan_of

PREGNANT = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 120, "diastolic": 70}
CLIENTS: dict[str, dict[str, Any]] = {
    "GO": {},
    "GO WITH LIMITS": {"health": {"anticoagulant": "yes"}},
    "STOP: EMERGENCY": {"health": {"chest-pain": "yes"}},
    "WAIT": {"health": {"varicose-veins": "yes"}},
    "DANGER NOT RULED OUT": {"health": {"chest-pain": "unsure"}},
}


def verdict(document: PlanDocument, width: int = 160) -> str:
    """The label of the verdict, which stands between blanks at the beginning."""
    return page(document, width=width).split("\n")[0].strip().partition("  ")[0]


@pytest.mark.parametrize("label", CLIENTS)
def test_the_verdict_is_the_first_line(label: str) -> None:
    assert verdict(a_document(**CLIENTS[label])) == label


def test_clearance_waits() -> None:
    text = page(a_document(health=PREGNANT))
    assert text.startswith(" WAIT  Clearance is needed first. No session today.\n")


def test_a_technique_that_is_not_left_means_no_plan() -> None:
    assert verdict(plan_of("untrained")) == "NO PLAN"


@pytest.mark.parametrize(("urgency", "label"), tuple(zip(Urgency, ("EMERGENCY", "SAME DAY", "SOON", "NOT NOW"), strict=True)))
def test_a_referral_says_how_fast(urgency: Urgency, label: str) -> None:
    assert verdict(replace(plan_of("chest-pain"), urgency=urgency)) == f"STOP: {label}"


def test_a_screening_is_not_taken_for_a_plan() -> None:
    assert verdict(a_screening_document()) == "SCREENED"
    assert verdict(a_screening_document(health={"anticoagulant": "yes"})) == "SCREENED: LIMITS"
    assert verdict(a_screening_document(health={"chest-pain": "yes"})) == "STOP: EMERGENCY"


@pytest.mark.parametrize("name", NAMES)
def test_only_a_plan_says_go(name: str) -> None:
    text = page(plan_of(name))
    assert text.startswith(" GO") is bool(plan_of(name).sessions)
    assert (" GO " in text) is bool(plan_of(name).sessions)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_verdict_ends_the_page_too(name: str, width: int) -> None:
    text = page(plan_of(name), width=width)
    first = text.split("\n" + plan_of(name).intake.client)[0].strip()
    assert joined(text).endswith(joined(first))


def test_a_danger_not_ruled_out_stands_beside_a_stop_that_is_less_urgent() -> None:
    document = a_document(health={"chest-pain": "unsure", "fever": "yes"})
    assert document.outcome is OutcomeKind.REFER
    first, second = page(document).split("\n")[:2]
    assert first.startswith(" STOP: ")
    assert second.startswith(" DANGER NOT RULED OUT ")


def test_the_client_the_day_and_the_reason_follow() -> None:
    lines = page(a_document()).split("\n")
    assert lines[1] == f"test-client · age 40 · planned on Sat {TODAY}"
    assert lines[2] == "Low back pain, chronic · lower back · pain 5 of 10"


def test_the_course_is_told_in_a_line() -> None:
    document = a_document()
    lines = page(document, width=160).split("\n")
    assert lines[3].startswith(f"{len(document.sessions)} visits (")
    assert lines[3].endswith(f"Mon {document.sessions[0].date} to Mon {document.sessions[-1].date}")


def test_a_course_of_one_visit_is_told_as_one() -> None:
    document = a_document(booking={"max-sessions": 1})
    assert (
        page(document, width=160).split("\n")[3] == f"1 visit of {document.sessions[0].minutes} minutes on Mon {document.sessions[0].date}"
    )


@pytest.mark.parametrize("changes", [{}, {"health": {"anticoagulant": "yes"}}], ids=["clear", "restricted"])
def test_a_plan_says_that_screening_holds_for_that_day_only(changes: dict[str, Any]) -> None:
    assert "The screening holds for that day only" in joined(page(a_document(**changes)))
