"""Everything that can be wrong with an intake, each at its key path and all at once (screening.md 3, 4, 8; planning.md 1.1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import TODAY, a_table, knowledge, problems_of

TOMORROW = TODAY + timedelta(days=1)
SHORTEST, LONGEST = knowledge().numbers.booking.shortest_minutes, knowledge().numbers.longest_minutes


def paths(**changes: Any) -> list[str]:
    return [problem.path for problem in problems_of(a_table(**changes))]


def message(**changes: Any) -> str:
    (problem,) = problems_of(a_table(**changes))
    return problem.message


def a_note(**changes: Any) -> dict[str, Any]:
    table = {"rule": "kidney-disease", "by": "doctor", "on": TODAY, **changes}
    return {key: value for key, value in table.items() if value is not None}


def test_the_valid_intake_has_no_problem() -> None:
    assert problems_of(a_table()) == ()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"format": None}, "format"),
        ({"format": "massage-intake/2"}, "format"),
        ({"client": None}, "client"),
        ({"client": ""}, "client"),
        ({"client": "Ann Lee"}, "client"),
        ({"client": "ann\n"}, "client"),
        ({"client": "änn"}, "client"),
        ({"client": "c" * 65}, "client"),
        ({"client": 42}, "client"),
        ({"age": None}, "age"),
        ({"age": -1}, "age"),
        ({"age": 121}, "age"),
        ({"age": 40.5}, "age"),
        ({"age": True}, "age"),
        ({"age": "40"}, "age"),
        ({"condition": None}, "condition"),
        ({"condition": "recent"}, "condition"),
        ({"complaint": "lower-back"}, "complaint"),
        ({"regions": None}, "regions"),
        ({"regions": []}, "regions"),
        ({"regions": "neck"}, "regions"),
        ({"regions": ["neck", "elbows"]}, "regions"),
        ({"regions": ["throat"]}, "regions"),
        ({"pain": None}, "pain"),
        ({"pain": 11}, "pain"),
        ({"pain": -1}, "pain"),
        ({"pain": 5.0}, "pain"),
        ({"pain": 5.5}, "pain"),
        ({"condition": "acute"}, "onset"),
        ({"condition": "injury-recovery"}, "onset"),
        ({"onset": TOMORROW}, "onset"),
        ({"onset": "soon"}, "onset"),
        ({"onset": date(1899, 12, 31)}, "onset"),
        ({"goals": ["fun"]}, "goals"),
        ({"pressure": "strong"}, "pressure"),
        ({"prefers": ["feather"]}, "prefers"),
        ({"declines": ["feather"]}, "declines"),
        ({"first-visit": "yes"}, "first-visit"),
        ({"notes": 5}, "notes"),
        ({"pian": 5}, "pian"),
        ({"booking": {"start": "soon"}}, "booking.start"),
        ({"booking": {"start": date(2200, 1, 1)}}, "booking.start"),
        ({"booking": {"closed": [date(2200, 1, 1)]}}, "booking.closed"),
        ({"booking": {"weekdays": []}}, "booking.weekdays"),
        ({"booking": {"weekdays": ["monday"]}}, "booking.weekdays"),
        ({"booking": {"max-sessions": 0}}, "booking.max-sessions"),
        ({"booking": {"max-per-week": 0}}, "booking.max-per-week"),
        ({"booking": {"max-per-week": 8}}, "booking.max-per-week"),
        ({"booking": {"minutes": SHORTEST - 1}}, "booking.minutes"),
        ({"booking": {"minutes": LONGEST + 1}}, "booking.minutes"),
        ({"booking": {"trained-in": ["magic"]}}, "booking.trained-in"),
        ({"booking": {"holidays": "XX"}}, "booking.holidays"),
        ({"booking": {"minuts": 60}}, "booking.minuts"),
        ({"clearances": [a_note(rule="fever")]}, "clearances[0].rule"),
        ({"clearances": [a_note(rule="nothing")]}, "clearances[0].rule"),
        ({"clearances": [a_note(rule=None)]}, "clearances[0].rule"),
        ({"clearances": [a_note(rule="generic-chronic")]}, "clearances[0].rule"),
        ({"clearances": [a_note(by=None)]}, "clearances[0].by"),
        ({"clearances": [a_note(by=" ")]}, "clearances[0].by"),
        ({"clearances": [a_note(on=None)]}, "clearances[0].on"),
        ({"clearances": [a_note(), a_note(on=TOMORROW)]}, "clearances[1].on"),
        ({"clearances": [a_note(signed="me")]}, "clearances[0].signed"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(changes: dict[str, Any], path: str) -> None:
    assert paths(**changes) == [path]


@pytest.mark.parametrize(
    "changes",
    [
        {"client": "c" * 64},
        {"client": "A.b_c-1"},
        {"age": 0},
        {"age": 120},
        {"pain": 0},
        {"pain": 10},
        {"condition": "maintenance", "pain": None},
        {"condition": "acute", "onset": TODAY},
        {"regions": ["whole-body"]},
        {"complaint": None, "goals": [], "prefers": [], "declines": []},
        {"booking": {"minutes": SHORTEST, "max-per-week": 1, "max-sessions": 1}},
        {"booking": {"minutes": LONGEST, "max-per-week": 7, "max-sessions": 10**6}},
        {"booking": {"start": date(2020, 1, 1)}},
        {"booking": {"holidays": "US-CA"}},
        {"clearances": [a_note(on=TODAY)]},
        {"clearances": [a_note(rule="scar")]},
    ],
)
def test_what_is_allowed_up_to_its_limits_has_no_problem(changes: dict[str, Any]) -> None:
    assert paths(**changes) == []


@pytest.mark.parametrize(
    ("health", "path"),
    [
        ({"everything-else": "yes"}, "health.everything-else"),
        ({"fevr": "yes"}, "health.fevr"),
        ({"fever": "maybe"}, "health.fever"),
        ({"fever": True}, "health.fever"),
        ({"fever": 1}, "health.fever"),
        ({"fever": {"answer": "yes", "regions": ["neck"]}}, "health.fever"),
        ({"bruise": {"answer": "yes"}}, "health.bruise.regions"),
        ({"bruise": {"answer": "yes", "regions": []}}, "health.bruise.regions"),
        ({"bruise": {"answer": "no", "regions": ["neck"]}}, "health.bruise.regions"),
        ({"bruise": {"answer": "yes", "regions": ["nek"]}}, "health.bruise.regions"),
        ({"bruise": {"answer": "yes", "regions": ["groin"]}}, "health.bruise.regions"),
        ({"bruise": {"answer": "perhaps", "regions": ["neck"]}}, "health.bruise.answer"),
        ({"bruise": {"regions": ["neck"]}}, "health.bruise.answer"),
        ({"surgery": "yes", "surgery-size": "huge", "weeks-since-surgery": 5}, "health.surgery-size"),
        ({"surgery": "yes", "surgery-size": "minor", "weeks-since-surgery": 5.5}, "health.weeks-since-surgery"),
        ({"systolic": 59, "diastolic": 70}, "health.systolic"),
        ({"systolic": 261}, "health.systolic"),
        ({"systolic": "high"}, "health.systolic"),
        ({"temperature-c": 43.1}, "health.temperature-c"),
        ({"temperature-c": float("nan")}, "health.temperature-c"),
        ({"diastolic": 80}, "health.diastolic"),
        ({"clot-current": "no"}, "health.clot-current"),
        ({"guardian-consent": "yes"}, "health.guardian-consent"),
    ],
)
def test_a_wrong_answer_about_health_is_named_by_its_path(health: dict[str, Any], path: str) -> None:
    assert paths(health=health) == [path]


@pytest.mark.parametrize(
    "health",
    [
        {"fever": "unsure"},
        {"bruise": "yes"},
        {"bruise": {"answer": "no"}},
        {"bruise": {"answer": "unsure", "regions": ["whole-body"]}},
        {"systolic": 60, "diastolic": 160},
        {"systolic": "unsure"},
        {"temperature-c": 37},
        {"temperature-c": 37.5},
        {"surgery": "yes", "surgery-size": "unsure", "weeks-since-surgery": "unsure"},
    ],
)
def test_an_answer_that_is_allowed_has_no_problem(health: dict[str, Any]) -> None:
    assert paths(health=health) == []


def test_an_answer_is_not_called_out_of_place_when_its_gate_is_itself_wrong() -> None:
    assert paths(health={"systolic": "high", "diastolic": 80}) == ["health.systolic"]
    assert paths(age="old", health={"falls": "yes"}) == ["age"]
    assert paths(onset=TOMORROW, health={}) == ["onset"]


def test_all_problems_are_reported_at_once_in_file_order() -> None:
    wrong = {"age": 130, "pain": 12, "pressure": "hard", "booking": {"minutes": 5, "weekdays": []}, "pian": 3}
    assert paths(**wrong) == ["age", "pain", "pressure", "booking.minutes", "booking.weekdays", "pian"]


def test_a_key_that_is_missing_stands_where_it_would_have_come() -> None:
    assert paths(age=None, pain=12, client="Ann Lee") == ["client", "age", "pain"]


def test_one_path_is_reported_once() -> None:
    assert paths(prefers=["feather", "magic", "feather"]) == ["prefers"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"condition": "recent"}, "'recent' is not one of chronic, acute, injury-recovery, maintenance"),
        ({"pain": 12}, "12 is not between 0 and 10"),
        ({"pian": 5}, "is not a known key; did you mean 'pain'?"),
        ({"onset": TOMORROW}, f"{TOMORROW} is after the day of planning, {TODAY}"),
        ({"complaint": "lowback"}, "'lowback' is not a complaint; did you mean 'low-back'?"),
        ({"booking": {"minutes": 5}}, f"5 is not between {SHORTEST} and {LONGEST}"),
        ({"health": {"anticoagulent": "yes"}}, "is not a known question; did you mean 'anticoagulant'?"),
        ({"health": {"systolic": 300}}, "300 is not between 60 and 260 mmHg, or unsure"),
        ({"health": {"falls": "yes"}}, "does not apply: it is asked only when 'age' is 65 or more"),
        ({"clearances": [a_note(rule="fever")]}, "'fever' cannot be lifted by a clearance"),
        ({"clearances": [a_note(rule="pregnanci")]}, "'pregnanci' is not a rule that a clearance can lift; did you mean 'pregnancy'?"),
        (
            {"prefers": ["cuping", "tai"]},
            "'cuping' is not a technique; did you mean 'cupping'?; 'tai' is not a technique; did you mean 'thai'?",
        ),
    ],
)
def test_a_problem_says_what_is_allowed(changes: dict[str, Any], said: str) -> None:
    assert message(**changes) == said


@pytest.mark.parametrize("table", [None, [], "text", 5])
def test_what_is_no_table_is_refused(table: Any) -> None:
    assert [problem.path for problem in problems_of(table)] == [""]
