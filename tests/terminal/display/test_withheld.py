"""The page of a withheld client: what to do now, and nothing about how to treat."""

from typing import Any

import pytest

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.plan import make_plan
from tests.builders import TODAY, a_table, knowledge
from tests.terminal.display.pages import a_document, a_screening_document, headings, joined, page, section
from tests.worked import NAMES, plan_of

PREGNANT = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 120, "diastolic": 70}
WITHHELD = [name for name in NAMES if plan_of(name).outcome.withholds]
CLIENTS: dict[str, dict[str, Any]] = {
    "red flag": {"health": {"chest-pain": "yes"}},
    "red flag unsure": {"health": {"chest-pain": "unsure"}},
    "red flag beside other things": {"health": {"chest-pain": "yes", "anticoagulant": "yes", "fever": "yes"}},
    "clearance": {"health": PREGNANT},
    "clearance and an emergency unsure": {"health": {**PREGNANT, "chest-pain": "unsure"}},
    "open question": {"health": {"varicose-veins": "yes"}},
    "nowhere to work": {
        "regions": ["left-knee"],
        "complaint": "knee",
        "health": {"open-wound": {"answer": "yes", "regions": ["left-knee"]}},
    },
}


def what_now(document: PlanDocument) -> str:
    """What the page says to do now, without line breaks."""
    return joined(section(page(document), "WHAT TO DO NOW"))


@pytest.mark.parametrize("client", [*CLIENTS, *WITHHELD])
@pytest.mark.parametrize("width", [40, 80])
def test_no_technique_no_course_and_no_date_is_on_the_page(client: str, width: int) -> None:
    document = plan_of(client) if client in WITHHELD else a_document(**CLIENTS[client])
    assert document.outcome.withholds
    text = page(document, width=width)
    assert not {"SESSION", "COURSE", "LIMITS", "MEASURE", "TELL THE CLIENT", "RESTS ON"} & {line.split("  ")[0] for line in headings(text)}
    treating = joined(text.partition("SOURCES")[0].replace(section(text, "KEEP IN MIND") or "\0", ""))
    assert [technique.name for technique in knowledge().techniques if technique.name in treating] == []
    assert " of 5" not in treating


@pytest.mark.parametrize("client", [*CLIENTS, *WITHHELD])
def test_what_to_do_now_comes_first(client: str) -> None:
    document = plan_of(client) if client in WITHHELD else a_document(**CLIENTS[client])
    assert headings(page(document))[0] == "WHAT TO DO NOW"


@pytest.mark.parametrize("client", ["red flag", "red flag beside other things"])
def test_a_red_flag_is_told_with_action_and_reason(client: str) -> None:
    document = a_document(**CLIENTS[client])
    finding = document.screening.findings[0]
    assert what_now(document).startswith(f"{finding.title} (emergency) {finding.action} {finding.reason}")


def test_other_findings_are_told_below_without_their_action() -> None:
    document = a_document(**CLIENTS["red flag beside other things"])
    (thinner,) = [finding for finding in document.screening.findings if finding.rule == "anticoagulant"]
    also = joined(section(page(document), "ALSO FOUND"))
    assert thinner.reason in also
    assert thinner.action not in also


def test_an_emergency_that_is_unsure_comes_before_a_clearance() -> None:
    text = what_now(a_document(**CLIENTS["clearance and an emergency unsure"]))
    assert "The client is unsure. Treat it as yes until it is ruled out" in text
    assert text.index("(emergency)") < text.index('rule = "pregnancy"')


def test_a_clearance_says_how_to_record_it() -> None:
    document = a_document(**CLIENTS["clearance"])
    assert document.outcome is OutcomeKind.CLEARANCE
    assert 'record who and when with rule = "pregnancy" under [[clearances]]' in what_now(document).replace("Record", "record")


def test_a_clearance_too_old_is_said_to_be_too_old() -> None:
    note = {"rule": "pregnancy", "by": "midwife", "on": TODAY.replace(year=2024)}
    assert "The note on record is too old." in what_now(a_document(health=PREGNANT, clearances=[note]))


def test_an_open_question_is_asked_in_its_words() -> None:
    text = what_now(a_document(**CLIENTS["open question"]))
    assert text.startswith("Answer 1 question under [health]: varicose-veins-severity ")
    assert knowledge().fact["varicose-veins-severity"].ask in text


def test_of_very_many_open_questions_some_are_asked_and_the_others_counted() -> None:
    intake = check_intake({**a_table(), "health": {}}, knowledge(), on=TODAY)
    document = document_of(make_plan(intake, knowledge(), on=TODAY), knowledge(), program="test")
    assert len(document.screening.unanswered) > 50
    text = what_now(document)
    assert f"and {len(document.screening.unanswered) - 12} more; `massage questions` lists them all." in text


def test_a_client_with_nowhere_to_work_is_told_why() -> None:
    document = a_document(**CLIENTS["nowhere to work"])
    assert document.outcome is OutcomeKind.REFER
    assert "Every region asked for has to be left alone." in what_now(document)


def test_a_client_without_a_technique_left_is_told_what_can_be_done() -> None:
    assert what_now(plan_of("untrained")).startswith("Ask for a technique by name")


@pytest.mark.parametrize("client", [client for client in CLIENTS if client != "clearance and an emergency unsure"])
def test_a_screening_that_withholds_has_the_same_page(client: str) -> None:
    assert page(a_screening_document(**CLIENTS[client])) == page(a_document(**CLIENTS[client]))
