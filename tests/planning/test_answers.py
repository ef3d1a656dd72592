"""What is known of each fact (screening.md 3 to 5)."""

from datetime import timedelta
from typing import Any

import pytest

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import Known, State
from tests.builders import TODAY, a_table, an_intake, knowledge


def answers(**changes: Any) -> Answers:
    return Answers(an_intake(**changes), knowledge(), on=TODAY)


def answers_without_attest(**health: Any) -> Answers:
    return Answers(check_intake(a_table() | {"health": health}, knowledge(), on=TODAY), knowledge(), on=TODAY)


@pytest.mark.parametrize(
    ("fact", "health", "known"),
    [
        ("fever", {"fever": "yes"}, "yes"),
        ("fever", {"fever": "unsure"}, State.UNSURE),
        ("fever", {}, "no"),
        ("systolic", {"systolic": 120}, 120),
        ("systolic", {"systolic": "unsure"}, State.NOT_KNOWN),
        ("systolic", {}, State.NOT_KNOWN),
        ("diastolic", {}, State.NOT_ASKED),
        ("diastolic", {"systolic": 120}, State.UNANSWERED),
        ("diastolic", {"systolic": 120, "diastolic": "unsure"}, State.UNSURE),
        ("varicose-veins-severity", {}, State.NOT_ASKED),
        ("varicose-veins-severity", {"varicose-veins": "yes"}, State.UNANSWERED),
        ("varicose-veins-severity", {"varicose-veins": "unsure"}, State.UNANSWERED),
        ("varicose-veins-severity", {"varicose-veins": "yes", "varicose-veins-severity": "mild"}, "mild"),
        ("varicose-veins", {"varicose-veins": {"answer": "yes", "regions": ["thigh"]}}, "yes"),
        ("clot-current", {"clot-ever": "yes"}, "no"),
    ],
)
def test_what_is_known_of_a_fact(fact: str, health: dict[str, Any], known: Known) -> None:
    assert answers(health=health).of(fact) == known


def test_a_missing_answer_is_never_a_no() -> None:
    assert answers_without_attest().of("fever") is State.UNANSWERED


def test_everything_else_answers_no_choice_and_no_number() -> None:
    assert answers(health={"surgery": "yes"}).unanswered() == ("surgery-size", "weeks-since-surgery")


def test_a_question_that_does_not_apply_is_not_unanswered() -> None:
    assert "varicose-veins-severity" not in answers_without_attest().unanswered()


def test_unanswered_questions_come_in_file_order() -> None:
    order = [fact.id for fact in knowledge().facts]
    unanswered = answers_without_attest().unanswered()
    assert list(unanswered) == sorted(unanswered, key=order.index)


@pytest.mark.parametrize(
    ("age", "fact", "asked"),
    [(17, "guardian-consent", True), (18, "guardian-consent", False), (64, "falls", False), (65, "falls", True), (61, "pregnant", False)],
)
def test_a_question_is_asked_at_the_ages_it_is_for(age: int, fact: str, asked: bool) -> None:
    assert answers(age=age).is_asked(knowledge().fact[fact]) is asked


def test_a_question_behind_another_waits_for_its_answer() -> None:
    severity = knowledge().fact["varicose-veins-severity"]
    assert answers().is_asked(severity) is False
    alone = answers_without_attest(**{"varicose-veins": "yes"})
    assert alone.is_asked(severity) is True
    assert severity.id in alone.unanswered()


def test_an_unsure_answer_opens_the_questions_behind_it() -> None:
    assert answers(health={"diabetes": "unsure"}).is_asked(knowledge().fact["foot-wound"])


@pytest.mark.parametrize(
    ("fact", "changes", "known"),
    [
        ("age", {"age": 52}, 52),
        ("pain", {"pain": 0}, 0),
        ("pain", {"condition": "maintenance", "pain": None}, State.NOT_KNOWN),
        ("complaint", {"complaint": None}, State.NOT_KNOWN),
        ("onset-days", {}, State.NOT_KNOWN),
        ("onset-days", {"onset": TODAY}, 0),
        ("onset-days", {"onset": TODAY - timedelta(days=3)}, 3),
        ("goals", {"goals": None}, State.NOT_KNOWN),
        ("goals", {"goals": ["mobility", "swelling"]}, ("mobility", "swelling")),
        ("condition", {}, "chronic"),
        ("regions", {"regions": ["knee"]}, ("left-knee", "right-knee")),
    ],
)
def test_built_in_facts_are_read_off_the_intake(fact: str, changes: dict[str, Any], known: Known) -> None:
    assert answers(**changes).of(fact) == known


@pytest.mark.parametrize(
    ("reply", "places"),
    [
        ({"answer": "yes", "regions": ["knee"]}, ("left-knee", "right-knee")),
        ({"answer": "unsure", "regions": ["left-knee"]}, ("left-knee",)),
        ("yes", ("lower-back",)),
        ("unsure", ("lower-back",)),
        ("no", ()),
        ({"answer": "no"}, ()),
    ],
)
def test_the_place_of_an_answer_is_what_was_named_or_else_what_was_requested(reply: Any, places: tuple[str, ...]) -> None:
    assert answers(health={"bruise": reply}).places("bruise") == places


def test_the_place_of_the_request_is_the_request() -> None:
    assert answers().places("regions") == ("lower-back",)


@pytest.mark.parametrize(
    ("fact", "health", "speaks"),
    [
        ("fever", {"fever": "yes"}, True),
        ("fever", {"fever": "unsure"}, True),
        ("fever", {"fever": "no"}, False),
        ("fever", {}, False),
        ("systolic", {"systolic": 60, "diastolic": 60}, True),
        ("systolic", {"systolic": "unsure"}, False),
        ("diastolic", {}, False),
    ],
)
def test_a_fact_speaks_when_it_says_more_than_no(fact: str, health: dict[str, Any], speaks: bool) -> None:
    assert answers(health=health).speaks(fact) is speaks


def test_the_facts_that_speak_are_those_asked_about_that_are_answered_with_more_than_no() -> None:
    given = answers(health={"fever": "yes", "pregnant": "no", "cancer-active": "unsure", "low-platelets": "yes"})
    assert given.speaking(("fever", "pregnant", "cancer-active", "chest-pain")) == ["fever", "cancer-active"]
