"""Criteria that cannot be worked out are refused with their file and key path."""

from typing import Any

import pytest

from massage_cli.knowledge.checks import check
from tests.builders import GONE, changed_knowledge, knowledge

RULES, FACTS = "contraindications.toml", "facts.toml"
WHEN = "rule.fever.when"
GATE = "fact.spreading-skin-infection.asked-when"


def messages(file: str, changed: str, value: Any) -> list[str]:
    problems = check(changed_knowledge((file, changed, value)))
    assert {(problem.file, problem.path) for problem in problems} == {(file, changed)}
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        ({"fact": "fevr", "is": "yes"}, "'fevr' is not a fact; did you mean 'fever'?"),
        ({"is": "yes"}, "names no fact"),
        ({"fact": "fever"}, "the criterion on 'fever' needs exactly one test"),
        ({"fact": "fever", "is": "yes", "known": True}, "the criterion on 'fever' needs exactly one test"),
        ({"fact": "fever", "is": "maybe"}, "'maybe' is not one of yes, no"),
        ({"fact": "fever", "is-not": "unsure"}, "'unsure' is not one of yes, no"),
        ({"fact": "fever", "in": ["yes", "perhaps"]}, "'perhaps' is not one of yes, no"),
        ({"fact": "fever", "at-least": 1}, "'fever' cannot be tested with at-least"),
        ({"fact": "fever", "includes-any": ["yes"]}, "'fever' cannot be tested with includes-any"),
        ({"fact": "surgery-size", "is": "huge"}, "'huge' is not one of minor, major"),
        ({"fact": "systolic", "is": "yes"}, "'systolic' cannot be tested with is"),
        ({"fact": "systolic", "at-least": 261}, "261 is outside what 'systolic' can be"),
        ({"fact": "systolic", "at-most": 59}, "59 is outside what 'systolic' can be"),
        ({"fact": "agee", "at-least": 4}, "'agee' is not a fact; did you mean 'age'?"),
        ({"fact": "age", "is": "old"}, "'age' cannot be tested with is"),
        ({"fact": "regions", "is": "neck"}, "'regions' cannot be tested with is"),
        ({"fact": "regions", "includes-any": ["nek"]}, "'nek' is not an answer to this; did you mean 'neck'?"),
        (
            {"fact": "goals", "includes-any": ["fun"]},
            "'fun' is not one of pain-relief, mobility, swelling, relaxation, posture, prevention",
        ),
        (
            {"fact": "condition", "is": "cronic"},
            "'cronic' is not one of chronic, acute, injury-recovery, maintenance; did you mean 'chronic'?",
        ),
        ({"fact": "complaint", "in": ["nek"]}, "'nek' is not an answer to this; did you mean 'neck'?"),
        ({"findings": ["fever-x"], "at-least": 1}, "'fever-x' is not a rule; did you mean 'fever'?"),
        ({"findings": ["pregnancy"], "at-least": 2}, "a count of findings can never hold, or always does"),
        ({"findings": ["pregnancy"], "at-least": 0}, "a count of findings can never hold, or always does"),
        ({"findings": ["pregnancy"], "at-least": 1.5}, "a count of findings takes a whole at-least and nothing else"),
        ({"findings": ["pregnancy"], "at-least": 1, "is": "yes"}, "a count of findings takes a whole at-least and nothing else"),
        ({"findings": ["pregnancy"], "is": "yes"}, "a count of findings takes a whole at-least and nothing else"),
        ({"findings": ["pregnancy"], "fact": "fever", "at-least": 1}, "a count of findings takes a whole at-least and nothing else"),
        (
            {"findings": ["fragility-stack"], "at-least": 1},
            "'fragility-stack' counts findings itself, and such rules never name one another",
        ),
    ],
)
def test_a_criterion_that_makes_no_sense_is_refused(criterion: dict[str, Any], message: str) -> None:
    assert messages(RULES, WHEN, [[criterion]]) == [message]


@pytest.mark.parametrize("fact", ["age", "pain", "onset-days", "goals", "regions", "condition", "complaint", "fever", "systolic"])
def test_of_every_fact_it_may_be_asked_whether_it_is_known(fact: str) -> None:
    assert check(changed_knowledge((RULES, WHEN, [[{"fact": fact, "known": True}]]))) == ()


@pytest.mark.parametrize("end", ["min", "max"])
def test_a_number_that_lacks_an_end_is_told_of_that_alone(end: str) -> None:
    (problem,) = check(changed_knowledge((FACTS, f"fact.systolic.{end}", GONE)))
    assert problem.message == "min and max belong to facts of kind number, and each of these needs both"


def test_a_gate_on_a_fact_that_is_not_further_up_shows_the_fact() -> None:
    (problem,) = check(changed_knowledge((FACTS, GATE, [[{"fact": "platelets", "known": True}]])))
    assert problem.value == "platelets"


def test_both_ends_of_what_a_number_can_be_may_be_tested() -> None:
    ends = [[{"fact": "systolic", "at-least": 260}], [{"fact": "systolic", "at-most": 60}]]
    assert check(changed_knowledge((RULES, WHEN, ends))) == ()


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        ([[{"fact": "spreading-skin-infection", "is": "yes"}]], "'spreading-skin-infection' is not a fact further up"),
        ([[{"fact": "platelets", "known": True}]], "'platelets' is not a fact further up"),
        ([[{"fact": "nothing", "is": "yes"}]], "'nothing' is not a fact further up"),
        ([[{"findings": ["fever"], "at-least": 1}]], "a question cannot wait for findings"),
        ([[]], "holds an empty group; leave the key out to ask always"),
        ([[{"fact": "fever", "at-least": 1}]], "'fever' cannot be tested with at-least"),
        ([[{"fact": "fever", "is": "perhaps"}]], "'perhaps' is not one of yes, no"),
    ],
)
def test_a_gate_that_cannot_be_worked_out_is_refused(gate: list[Any], message: str) -> None:
    assert messages(FACTS, GATE, gate) == [message]


def test_two_questions_that_wait_for_each_other_are_refused() -> None:
    cycle = changed_knowledge(
        (FACTS, "fact.fever.asked-when", [[{"fact": "sepsis-signs", "is": "yes"}]]),
        (FACTS, "fact.sepsis-signs.asked-when", [[{"fact": "fever", "is": "yes"}]]),
    )
    assert [problem.path for problem in check(cycle)] == ["fact.fever.asked-when"]


def test_a_gate_on_a_built_in_fact_or_one_further_up_is_sound() -> None:
    sound = changed_knowledge((FACTS, GATE, [[{"fact": "pain", "at-least": 8}, {"fact": "fever", "is": "yes"}]]))
    assert check(sound) == ()


def test_no_question_waits_for_an_answer_of_no() -> None:
    gates = [criterion for fact in knowledge().facts for group in fact.asked_when or () for criterion in group]
    assert all(criterion.is_ != "no" and criterion.is_not is None for criterion in gates)
