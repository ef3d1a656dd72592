"""Answers come back from FHIR as they were given, to the byte; what is foreign or damaged is told whole."""

import copy
import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from massage_cli import __version__
from massage_cli.documents.fhir.reading_back import intake_of_fhir
from massage_cli.documents.fhir.text import escaped, unescaped
from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.intakes.intake_toml import intake_as_toml
from massage_cli.files.plans.outcome_document import screening_document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake import Intake
from massage_cli.planning.screening import screen
from tests.builders import TODAY, an_intake, knowledge
from tests.documents.fhir.validity import everything, resources
from tests.documents.made import made
from tests.drawn import drawn_intake, seeds
from tests.terminal.hostile import HOSTILE, short
from tests.worked import NAMES, plan_of

LONG_AFTER = date(2030, 1, 1)


def document_for(intake: Intake, on: date) -> PlanDocument:
    return screening_document_of(intake, screen(intake, knowledge(), on=on), knowledge(), on=on, program=__version__)


def back(content: bytes, on: date | None = None) -> Intake:
    return intake_of_fhir(content, "answers.json", knowledge(), on=on, today=LONG_AFTER)


def assert_comes_back(intake: Intake, on: date) -> None:
    content = made("fhir", document_for(intake, on))
    (response,) = resources(json.loads(content), "QuestionnaireResponse")
    text = intake_as_toml(intake, knowledge())
    for given_back in (back(content), back(msgspec.json.encode(response))):
        assert given_back == intake
        assert intake_as_toml(given_back, knowledge()) == text
    assert read_intake(text.encode(), "client.toml", knowledge(), on=on) == intake


@settings(max_examples=15)  # each is a whole bundle, made and judged
@given(seeds)
def test_every_intake_comes_back_as_it_was(seed: int) -> None:
    table, on = drawn_intake(seed)
    assert_comes_back(check_intake(table, knowledge(), on=on), on)


@pytest.mark.parametrize("name", NAMES)
def test_the_intake_of_every_worked_client_comes_back(name: str) -> None:
    assert back(made("fhir", plan_of(name))) == plan_of(name).intake


@pytest.mark.parametrize(
    "text", [*HOSTILE, "", " ", "\\", "\\u", "\\U", "\\u0041", "\\\\u0041 \\x", "C:\\users\\unsure", "\u3000\xa0", "\U0001f600"], ids=short
)
def test_free_text_comes_back_to_the_letter(text: str) -> None:
    note = {"rule": "pregnancy", "by": f"x{text}", "on": TODAY, "limits": text}
    assert_comes_back(an_intake(notes=text, clearances=[note, note | {"by": "midwife"}]), TODAY)
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize(
    "health",
    [
        {"bruise": {"answer": "yes", "regions": ["left-knee", "neck"]}},
        {"bruise": {"answer": "unsure", "regions": ["whole-body"]}},
        {"bruise": {"answer": "no"}},
        {"temperature-c": 38},
        {"temperature-c": 38.0},
        {"temperature-c": "unsure"},
        {"systolic": 160, "diastolic": 100},
    ],
    ids=str,
)
def test_every_form_of_answer_comes_back(health: dict[str, Any]) -> None:
    assert_comes_back(an_intake(health=health), TODAY)


def test_answers_about_health_are_written_in_the_order_of_the_questions() -> None:
    turned = an_intake(health={"fever": "no", "cannot-consent": "no"})
    text = intake_as_toml(turned, knowledge())
    assert text.index("everything-else") < text.index("cannot-consent") < text.index("fever")


def test_answers_are_checked_for_the_day_they_were_given_on() -> None:
    content = made("fhir", document_for(an_intake(onset=TODAY), TODAY))
    assert back(content).onset == TODAY
    with pytest.raises(Unreadable, match="1 problems"):
        back(content, on=date(2026, 1, 1))


# Foreign and damaged files


def response_of(**changes: Any) -> dict[str, Any]:
    (found,) = resources(json.loads(made("fhir", document_for(an_intake(**changes), TODAY))), "QuestionnaireResponse")
    return found


def problems_in(raw: Any) -> dict[str, str]:
    with pytest.raises(Unreadable) as refused:
        back(json.dumps(raw).encode())
    assert {problem.file for problem in refused.value.problems} == {"answers.json"}
    return {problem.path: problem.message for problem in refused.value.problems}


def item_of(response: dict[str, Any], link_id: str) -> Any:
    return next(value for _, value in everything(response) if isinstance(value, dict) and value.get("linkId") == link_id)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"resourceType": "Patient"}, "resourceType"),
        ({}, "resourceType"),
        ({"resourceType": "Bundle"}, "entry"),
        ({"resourceType": "Bundle", "entry": [1, {}, {"resource": 5}]}, "entry"),
        ({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "QuestionnaireResponse"}}] * 2}, "entry"),
        ({"resourceType": "QuestionnaireResponse", "status": "completed", "item": []}, "questionnaire"),
        ({"resourceType": "QuestionnaireResponse", "questionnaire": "http://example.org/q|1"}, "questionnaire"),
    ],
)
def test_what_is_not_ours_is_refused(raw: dict[str, Any], path: str) -> None:
    assert list(problems_in(raw)) == [path]


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "entered in error": (lambda it: it.update(status="entered-in-error"), "status"),
    "no date": (lambda it: it.update(authored="yesterday"), "authored"),
    "impossible date": (lambda it: it.update(authored="2026-02-30"), "authored"),
    "another client": (lambda it: it["subject"]["identifier"].update(value="c-9"), "subject"),
    "items are no list": (lambda it: it.update(item=5), "item"),
    "item is no object": (lambda it: it["item"].append(5), "item"),
    "no link id": (lambda it: it["item"].append({}), "item"),
    "unknown question": (lambda it: it["item"].append({"linkId": "fevr"}), "fevr"),
    "asked twice": (lambda it: it["item"].append({"linkId": "intake.age", "answer": [{"valueInteger": 9}]}), "intake.age"),
    "two answers": (lambda it: item_of(it, "intake.age")["answer"].append({"valueInteger": 41}), "intake.age"),
    "no answer": (lambda it: item_of(it, "intake.age").pop("answer"), "intake.age"),
    "answer is text": (lambda it: item_of(it, "intake.age").update(answer=[{"valueString": "40"}]), "intake.age"),
    "answer is true": (lambda it: item_of(it, "intake.age").update(answer=[{"valueInteger": True}]), "intake.age"),
    "answer out of range": (lambda it: item_of(it, "intake.pain").update(answer=[{"valueInteger": 12}]), "intake.pain"),
    "unknown word": (lambda it: item_of(it, "fever")["answer"][0]["valueCoding"].update(code="maybe"), "fever"),
    "foreign code": (lambda it: item_of(it, "fever")["answer"][0]["valueCoding"].update(system="http://snomed.info/sct"), "fever"),
    "no code": (lambda it: item_of(it, "fever")["answer"][0].update(valueCoding="yes"), "fever"),
    "unknown region": (lambda it: item_of(it, "bruise.regions")["answer"][0]["valueCoding"].update(code="wing"), "bruise.regions"),
    "regions alone": (lambda it: it["item"].append({"linkId": "bruise.regions"}), "bruise.regions"),
    "others under an answer": (lambda it: item_of(it, "fever")["answer"][0].update(item=[{"linkId": "intake.age"}]), "fever"),
    "items beside an answer": (lambda it: item_of(it, "fever").update(item=[]), "fever"),
    "modifier": (lambda it: item_of(it, "fever").update(modifierExtension=[]), "fever"),
    "modifier of an answer": (lambda it: item_of(it, "fever")["answer"][0].update(modifierExtension=[]), "fever"),
    "modifier of all": (lambda it: it.update(modifierExtension=[]), "modifierExtension"),
    "escape of no letter": (lambda it: item_of(it, "intake.notes").update(answer=[{"valueString": "\\Uffffffff"}]), "intake.notes"),
    "escape of half a letter": (lambda it: item_of(it, "intake.notes").update(answer=[{"valueString": "\\ud800"}]), "intake.notes"),
    "note outside the notes": (lambda it: it["item"].append({"linkId": "clearances.by"}), "clearances.by"),
    "age among the notes": (
        lambda it: it["item"].append({"linkId": "clearances", "item": [{"linkId": "intake.age"}]}),
        "intake.age",
    ),
    "a note without a day": (
        lambda it: it["item"].append({"linkId": "clearances", "item": [{"linkId": "clearances.by"}]}),
        "clearances[0].on",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_at_its_place(name: str) -> None:
    break_it, path = DAMAGE[name]
    response = response_of(notes="x", health={"fever": "yes", "bruise": {"answer": "yes", "regions": ["neck"]}})
    break_it(response)
    assert path in problems_in(response)


def test_all_problems_are_told_at_once() -> None:
    response = response_of(health={"fever": "yes"})
    for name in ("entered in error", "unknown question", "answer out of range", "unknown word", "answer is text"):
        DAMAGE[name][0](response)
    assert set(problems_in(response)) == {"status", "fevr", "intake.pain", "fever", "intake.age"}


def test_a_number_and_not_knowing_it_exclude_each_other() -> None:
    response = response_of(health={"temperature-c": 38})
    unsure = {"linkId": "temperature-c.unsure", "answer": [{"valueCoding": {"system": "urn:massage-cli:answer", "code": "unsure"}}]}
    response["item"].append(unsure)
    assert "temperature-c.unsure" in problems_in(response)


def test_groups_in_groups_without_end_are_refused() -> None:
    response = response_of()
    for _ in range(150):
        response["item"] = [{"linkId": "intake", "item": response["item"]}]
    assert problems_in(response)


@given(seeds)
def test_random_damage_gives_an_intake_or_problems_and_never_a_bug(seed: int) -> None:
    rng = random.Random(seed)
    response = copy.deepcopy(_SOUND)
    for _ in range(rng.randrange(1, 4)):
        places = [value for _, value in everything(response) if isinstance(value, dict | list) and value]
        place = rng.choice(places)
        key = rng.choice(list(place)) if isinstance(place, dict) else rng.randrange(len(place))
        if rng.random() < 0.3:
            del place[key]
        else:
            place[key] = copy.deepcopy(rng.choice([None, 0, -1, 1.5, True, "", "yes", "\\u0000", [], {}, [[]], [{}], {"linkId": "fever"}]))
    try:
        back(json.dumps(response).encode())
    except Unreadable as refused:
        assert all(isinstance(problem, Problem) and problem.message for problem in refused.problems)


_SOUND = response_of(notes="x", health={"temperature-c": 38.5, "bruise": {"answer": "yes", "regions": ["neck"]}}, booking={"minutes": 60})
