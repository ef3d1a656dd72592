"""From a finding back to the answers, and on to what would lift it."""

from typing import Any

import pytest

from massage_cli.planning.explaining.basis import Basis
from massage_cli.planning.explaining.explanation import Told, origins
from tests.builders import TODAY, a_screening, an_intake, knowledge


def a_basis(**changes: Any) -> Basis:
    return Basis(intake=an_intake(**changes), on=TODAY, screening=a_screening(**changes), knowledge=knowledge(), said_at={})


def told(rule: str, **changes: Any) -> tuple[Told, ...]:
    return a_basis(**changes).why_found(knowledge().rule[rule])[1]


def test_a_finding_goes_back_to_the_answers_it_holds_by() -> None:
    places = {"varicose-veins": {"answer": "yes", "regions": ["left-thigh"]}, "varicose-veins-severity": "severe"}
    found = told("varicose-veins-severe", health=places)
    assert [(one.path, one.said) for one in found] == [
        ("intake.health.varicose-veins", "yes (left thigh)"),
        ("intake.health.varicose-veins-severity", "severe"),
    ]


def test_a_finding_by_age_goes_back_to_the_age() -> None:
    assert [(one.path, one.said) for one in told("older-adult", age=70)] == [("intake.age", "70")]


def test_a_finding_that_counts_others_goes_back_to_all_their_answers() -> None:
    stack = {"osteoporosis": "yes", "long-term-steroids": "yes", "anticoagulant": "yes"}
    assert {f"intake.health.{fact}" for fact in stack} <= {one.path for one in told("fragility-stack", health=stack)}


def test_unsure_counts_as_yes_and_says_so() -> None:
    sentences, answers = a_basis(health={"anticoagulant": "unsure"}).why_found(knowledge().rule["anticoagulant"])
    assert "unsure counts as yes" in " ".join(sentences)
    assert answers[0].said == "unsure"


def test_a_rule_that_is_not_found_says_what_it_would_take() -> None:
    sentences, answers = a_basis().why_not_found(knowledge().rule["anticoagulant"])
    assert sentences == ("Not found: it would take that 'anticoagulant' is yes.",)
    assert (answers[0].path, answers[0].said) == ("intake.health.everything-else", "no, with everything else")


def test_a_question_that_nobody_answered_is_told_as_that() -> None:
    one = a_basis(health=None).told("anticoagulant")
    assert (one.path, one.said) == ("intake.health.anticoagulant", "not answered")


def test_a_rule_that_always_stands_rests_on_no_answer() -> None:
    assert a_basis().why_found(knowledge().rule["always-caution-sites"]) == (("It holds for everybody.",), ())


@pytest.mark.parametrize("certain", [True, False])
def test_no_note_is_ever_offered_for_a_danger(certain: bool) -> None:
    for rule in knowledge().rules:
        words = a_basis().lifted_by(rule, certain=certain, cleared=False)
        if rule.category in ("red-flag", "absolute"):
            assert words.startswith("No note ")
            assert "[[clearances]]" not in words
        elif rule.clearance == "lifts-stop":
            assert words.startswith("Only a real agreement")


def test_a_lifted_stop_names_the_note_and_how_long_it_holds() -> None:
    changes = {
        "complaint": "pregnancy-back",
        "health": {"pregnant": "yes", "pregnancy-weeks": 25},
        "clearances": [{"rule": "pregnancy", "by": "midwife", "on": TODAY}],
    }
    words = a_basis(**changes).lifted_by(knowledge().rule["pregnancy"], certain=True, cleared=True)
    assert words == "The stop is lifted by the note of midwife, 2026-11-21, until 2027-08-28. The limits stay."


def test_a_lifted_stop_whose_note_was_taken_out_names_none() -> None:
    words = a_basis().lifted_by(knowledge().rule["pregnancy"], certain=True, cleared=True)
    assert words == "The stop is lifted by a note. The limits stay."


def test_letters_of_origin_are_told_in_words() -> None:
    assert origins(("S,T", "I", "none")) == ("lay articles", "trial or guideline", "reasoned by the makers")
