"""The JSON Schemas: every sound file passes, damaged ones do not."""

from typing import Any

import msgspec
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.intakes.template import intake_template
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import to_json
from massage_cli.files.schema import schema_of
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan
from tests.builders import a_table, knowledge
from tests.drawn import drawn_intake
from tests.worked import NAMES, intake_file, plan_file

INTAKE = Draft202012Validator(schema_of("intake", knowledge()))
PLAN = Draft202012Validator(schema_of("plan", knowledge()))


def as_json(text: str) -> Any:
    """What a TOML text holds, as JSON would hold it."""
    return msgspec.to_builtins(tomli.loads(text))


def faults(validator: Draft202012Validator, value: Any) -> list[str]:
    """Where a value does not keep to a schema."""
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("kind", ["intake", "plan"])
def test_a_schema_is_a_schema_and_says_of_what(kind: str) -> None:
    schema = schema_of(kind, knowledge())
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"] == f"massage-{kind}/1"


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_intake_keeps_to_the_schema(name: str) -> None:
    assert faults(INTAKE, as_json(intake_file(name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_plan_keeps_to_the_schema(name: str) -> None:
    assert faults(PLAN, as_json(plan_file(name).read_text(encoding="utf-8"))) == []


def test_the_template_lacks_only_what_has_to_be_filled_in() -> None:
    missing = [f"$: '{key}' is a required property" for key in ("client", "age", "condition", "regions")]
    assert sorted(faults(INTAKE, as_json(intake_template(knowledge())))) == sorted(missing)


@settings(max_examples=25)
@given(st.integers(0, 200))
def test_a_random_sound_intake_and_its_plan_keep_to_the_schemas(seed: int) -> None:
    table, on = drawn_intake(seed)
    assert faults(INTAKE, msgspec.to_builtins(table)) == []
    try:
        outcome = make_plan(check_intake(table, knowledge(), on=on), knowledge(), on=on)
    except NoOpenDay:
        return
    assert faults(PLAN, msgspec.json.decode(to_json(document_of(outcome, knowledge(), program="test")))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "massage-intake/2"},
        {"client": "Ann Example"},
        {"client": ""},
        {"client": None},
        {"age": 140},
        {"age": "40"},
        {"age": True},
        {"condition": "recent"},
        {"complaint": "lowback"},
        {"regions": ["lower-bak"]},
        {"regions": []},
        {"regions": "neck"},
        {"pain": 11},
        {"pain": 5.5},
        {"goals": ["sleep"]},
        {"pressure": "hard"},
        {"prefers": ["cuping"]},
        {"first_visit": "yes"},
        {"notes": 5},
        {"pian": 5},
        {"health": {"everything-else": "yes"}},
        {"health": {"fevr": "no"}},
        {"health": {"fever": "maybe"}},
        {"health": {"fever": True}},
        {"health": {"varicose-veins": {"answer": "no", "regions": ["knee"]}}},
        {"health": {"varicose-veins": {"answer": "yes"}}},
        {"health": {"varicose-veins": {"answer": "yes", "regions": ["kne"]}}},
        {"health": {"systolic": 999}},
        {"health": {"systolic": 120.5}},
        {"clearances": [{"rule": "fever", "by": "a", "on": "2026-11-01"}]},
        {"clearances": [{"rule": "pregnancy", "by": "a"}]},
        {"booking": {"minutes": 5}},
        {"booking": {"minutes": 1000}},
        {"booking": {"weekdays": ["monday"]}},
        {"booking": {"max-per-week": 8}},
        {"booking": {"max-sessions": 0}},
        {"booking": {"trained-in": ["healing"]}},
        {"booking": {"holiday": "US"}},
    ],
    ids=str,
)
def test_a_damaged_intake_does_not_keep_to_the_schema(changes: dict[str, Any]) -> None:
    assert faults(INTAKE, msgspec.to_builtins(a_table())) == []
    assert faults(INTAKE, msgspec.to_builtins(a_table(**changes))) != []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "massage-intake/1"),
        ("outcome", "go"),
        ("urgency", "now"),
        ("planned-on", 5),
        ("reviewed-by-clinician", "no"),
        ("intake", {}),
        ("screening", {}),
        ("sessions", [{"number": 1}]),
        ("techniques", {}),
        ("visits", [{"number": 1}]),
        ("visits", [{"number": 1, "date": "2026-11-30", "status": "late"}]),
        ("visits", [{"number": 1, "date": "2026-11-30", "status": "attended", "pain": 11}]),
        ("decision", {"on": "2026-11-30"}),
        ("version", 1),
    ],
)
def test_a_damaged_plan_does_not_keep_to_the_schema(key: str, value: Any) -> None:
    plan = as_json(plan_file("blood-thinner").read_text(encoding="utf-8"))
    assert faults(PLAN, plan | {key: value}) != []


@pytest.mark.parametrize("key", ["format", "outcome", "edition", "planned-on", "knowledge-digest", "intake", "screening"])
def test_a_plan_that_lacks_a_key_does_not_keep_to_the_schema(key: str) -> None:
    plan = as_json(plan_file("chest-pain").read_text(encoding="utf-8"))
    del plan[key]
    assert faults(PLAN, plan) != []


def test_a_damaged_intake_inside_a_plan_does_not_keep_to_the_schema() -> None:
    plan = as_json(plan_file("chest-pain").read_text(encoding="utf-8"))
    plan["intake"]["pain"] = 11
    assert faults(PLAN, plan) != []


def test_every_question_stands_in_the_schema_with_its_wording() -> None:
    health = schema_of("intake", knowledge())["$defs"]["Intake"]["properties"]["health"]["properties"]
    assert {name: answer["description"] for name, answer in health.items() if name != "everything-else"} == {
        fact.id: fact.ask for fact in knowledge().facts
    }
