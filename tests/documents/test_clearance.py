"""The request for clearance: what is asked and why, what an answer changes, and the form for it."""

from datetime import date

from massage_cli.documents.names import DocumentKind
from massage_cli.files.plans.plan_document import PlanDocument
from tests.builders import knowledge
from tests.documents.samples import made, samples
from tests.terminal.display.pages import a_document


def letter(document: PlanDocument) -> str:
    """The request on one line."""
    return " ".join(str(made(DocumentKind.CLEARANCE_TEXT, document)).split())


def test_each_rule_that_asks_stands_with_its_reason_and_what_it_asks() -> None:
    rule = knowledge().rule["pregnancy"]
    said = letter(samples()["pregnancy"])
    assert all(words in said for words in (rule.title, rule.reason, rule.action, f"{rule.clearance_valid_days} days"))


def test_what_limits_the_work_without_a_stop_is_not_asked_about() -> None:
    said = letter(samples()["pregnancy"])
    assert knowledge().rule["pregnancy-20-weeks-or-more"].title not in said
    assert said.count("[ ] May have massage ") == 2  # with and without limits


def test_a_course_that_needs_permission_is_asked_about_by_its_name() -> None:
    said = letter(samples()["scar"])
    assert knowledge().protocol["scar"].name in said
    assert "as clearances name it: scar." in said


def test_a_note_that_is_too_old_is_said_to_be() -> None:
    note = {"rule": "epilepsy-uncontrolled", "by": "Dr. A", "on": date(2026, 1, 2)}
    health = {"seizures": "yes", "seizure-recent": "yes"}
    assert "too old" in letter(a_document(health=health, clearances=[note]))
    assert "too old" not in letter(a_document(health=health))


def test_an_agreement_that_is_there_is_not_asked_for_again() -> None:
    note = {"rule": "epilepsy-uncontrolled", "by": "Dr. A", "on": date(2026, 11, 2)}
    health = {"seizures": "yes", "seizure-recent": "yes", "liver-disease": "yes"}
    said = letter(a_document(health=health, clearances=[note]))
    assert knowledge().rule["liver-disease"].title in said
    assert knowledge().rule["epilepsy-uncontrolled"].title not in said


def test_what_is_not_ruled_out_can_be_ruled_out_and_not_agreed_to() -> None:
    said = letter(samples()["danger-unsure"])
    assert "Not ruled out: the client is not sure." in said
    assert "[ ] Ruled out" in said
    assert "May have massage" not in said


def test_the_form_has_room_for_who_answers() -> None:
    said = letter(samples()["pregnancy"])
    assert all(f"{label}: ____" in said for label in ("Name", "Role", "Date", "Signature", "Limits"))
