"""The referral note: what was found, how fast help is due, and no word on the cause."""

import pytest
from msgspec.structs import replace

from massage_cli.documents.dangers import HOW_SOON
from massage_cli.documents.names import DocumentKind
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import Urgency
from tests.builders import knowledge
from tests.documents.samples import OPTIONS, made, samples
from tests.terminal.display.pages import a_document


def note(document: PlanDocument) -> str:
    """The note on one line."""
    return " ".join(str(made(DocumentKind.REFERRAL_TEXT, document)).split())


def test_every_urgency_has_its_words() -> None:
    assert HOW_SOON.keys() == set(Urgency)


def test_what_was_answered_and_advised_stands_with_date_and_therapist() -> None:
    rule = knowledge().rule["heart-attack-signs"]
    said = note(samples()["chest-pain"])
    assert f"{knowledge().fact['chest-pain'].label}: yes" in said
    assert all(words in said for words in (rule.title, rule.action, "Emergency: help is due now.", "2026-11-22", "A. Therapist"))
    assert rule.reason not in said
    assert "ot ruled out" not in said


def test_what_the_client_is_unsure_of_is_not_ruled_out() -> None:
    said = note(samples()["danger-unsure"])
    assert f"{knowledge().fact['chest-pain'].label}: not sure" in said
    assert "Not ruled out: the client is not sure." in said
    assert "This counts until it is ruled out" in said


def test_a_faster_danger_that_is_not_ruled_out_stands_before_a_certain_one() -> None:
    said = note(a_document(health={"fever": "yes", "chest-pain": "unsure"}))
    assert said.index("Emergency: help is due now. This counts until it is ruled out") < said.index("The same day.")


@pytest.mark.parametrize("name", ["chest-pain", "stopped", "danger-at-visit", "danger-unsure", "nowhere"])
def test_no_word_is_a_diagnosis(name: str) -> None:
    assert "diagnos" not in note(samples()[name]).lower()


def test_a_stopped_course_says_why_and_when_it_was_stopped() -> None:
    document = samples()["stopped"]
    assert document.decision is not None
    said = note(document)
    assert document.decision.because in said
    assert document.decision.on.isoformat() in said
    assert not [technique.name for technique in document.techniques if technique.name in said]


def test_where_nothing_may_be_worked_on_the_note_says_why() -> None:
    said = note(samples()["nowhere"])
    assert "Every region asked for has to be left alone." in said
    assert "Found: Open wound" in said


def test_without_a_name_in_the_settings_there_is_room_to_write_it() -> None:
    said = made(DocumentKind.REFERRAL_TEXT, samples()["chest-pain"], replace(OPTIONS, therapist=None))
    assert "Therapist: ____" in str(said)
