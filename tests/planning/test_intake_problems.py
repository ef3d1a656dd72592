"""Everything that can be wrong with an intake, each at its key path and all at once (screening.md 3, 4, 8; planning.md 1.1)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge import problems
from massage_cli.knowledge.facts import Criterion
from massage_cli.knowledge.problems import MOST_SUGGESTIONS
from massage_cli.planning import intake_problems
from massage_cli.planning.intake import Placed
from tests.builders import TODAY, a_table, an_intake, knowledge, problems_of

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
        {"onset": date(1900, 1, 1), "booking": {"start": date(2199, 12, 31), "closed": [date(1900, 1, 1)]}},
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
    assert paths(health={"surgery": [], "surgery-size": "minor"}) == ["health.surgery"]
    assert paths(health={"varicose-veins": {"answer": "yes", "regions": 5}, "varicose-veins-severity": "mild"}) == [
        "health.varicose-veins.regions"
    ]


def test_a_question_that_waits_for_the_day_it_began_is_not_called_out_of_place_where_that_is_wrong() -> None:
    lately = ((Criterion(fact="onset-days", at_most=3),),)
    facts = tuple(replace(fact, asked_when=lately) if fact.id == "falls" else fact for fact in knowledge().facts)
    changed, intake = replace(knowledge(), facts=facts), an_intake(age=70, health={"falls": "yes"})
    assert [problem.path for problem in intake_problems.problems_of(intake, changed, on=TODAY)] == ["health.falls"]
    assert intake_problems.problems_of(intake, changed, on=TODAY, broken=frozenset({"onset"})) == ()


def health_paths(**health: Any) -> list[str]:
    return sorted(paths(health={name.replace("_", "-"): reply for name, reply in health.items()}))


SCI = {"spinal-cord-injury-high": "yes", "dysreflexia-signs": "no"}


@pytest.mark.parametrize(
    ("health", "wrong"),
    [
        ({"varicose-veins": "no", "varicose-veins-severity": "mild"}, ["varicose-veins-severity"]),
        ({"varicose-veins": "x", "varicose-veins-severity": "mild"}, ["varicose-veins"]),
        ({"chest-pain": "no", "fever": "no", "falls": "yes"}, ["falls"]),
        ({"systolic": "x", "diastolic": 80, "varicose-veins-severity": "mild"}, ["systolic", "varicose-veins-severity"]),
        ({"varicose-veins": "x", "varicose-veins-severity": "mild", "falls": "yes"}, ["falls", "varicose-veins"]),
        ({"spinal-cord-injury": "x", **SCI}, ["spinal-cord-injury"]),
        ({"spinal-cord-injury": "no", **SCI}, ["spinal-cord-injury-high"]),
        ({"spinal-cord-injury": "yes", **SCI}, []),
    ],
)
def test_an_answer_is_out_of_place_where_its_own_question_does_not_apply(health: dict[str, Any], wrong: list[str]) -> None:
    assert health_paths(**health) == [f"health.{fact}" for fact in wrong]


def test_a_region_that_is_not_known_keeps_nothing_else_from_being_told() -> None:
    assert sorted(paths(regions=["nek", "neck"], health={"falls": "yes"})) == ["health.falls", "regions"]


def test_health_that_is_no_table_is_the_only_thing_said_of_it() -> None:
    assert [problem.path for problem in problems_of(a_table() | {"health": 5})] == ["health"]


def test_nobody_has_to_attest_that_everything_else_is_no() -> None:
    assert problems_of(a_table() | {"health": {"fever": "no"}}) == ()


def test_notes_behind_one_that_cannot_be_read_are_looked_at() -> None:
    assert paths(clearances=["note", a_note(rule="fever")]) == ["clearances[0]", "clearances[1].rule"]


def test_wrong_answers_come_in_the_order_of_the_questions() -> None:
    asked = [fact.id for fact in knowledge().facts if fact.asked_when is None and fact.kind == "yes-no"]
    first, then = next((one, other) for one, other in pairwise(asked) if one > other)
    intake = replace(an_intake(), health={then: "x", first: "x"})
    found = intake_problems.problems_of(intake, knowledge(), on=TODAY)
    assert [problem.path for problem in found] == [f"health.{first}", f"health.{then}"]


def test_near_words_are_looked_for_up_to_a_number_of_unknown_questions() -> None:
    messages = [
        problem.message for problem in problems_of(a_table(health={f"fever{number}": "no" for number in range(MOST_SUGGESTIONS + 1)}))
    ]
    assert [message.endswith("did you mean 'fever'?") for message in messages] == [True] * MOST_SUGGESTIONS + [False]


@pytest.mark.parametrize("path", ["prefers", "declines", "regions", "goals"])
def test_of_very_many_wrong_words_the_first_are_told_and_how_many_more(path: str) -> None:
    told = message(**{path: [f"zzz{number}" for number in range(MOST_SUGGESTIONS + 3)]})
    first = told.split("; ")
    assert len(first) == MOST_SUGGESTIONS + 1
    assert first[-2].startswith(f"'zzz{MOST_SUGGESTIONS - 1}' is not ")
    assert first[-1] == "and 3 more like these"


@pytest.mark.parametrize("path", ["prefers", "declines", "regions", "goals"])
def test_near_words_are_looked_for_up_to_a_number_of_wrong_words(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    looked_for: list[str] = []
    monkeypatch.setattr(problems, "nearest", lambda word, _: looked_for.append(word))
    message(**{path: [f"zzz{number}" for number in range(MOST_SUGGESTIONS * 2)]})
    assert len(looked_for) == MOST_SUGGESTIONS


def test_near_rules_are_looked_for_up_to_a_number_of_wrong_clearances() -> None:
    notes = [a_note(rule=f"kidney-diseas{number}") for number in range(MOST_SUGGESTIONS + 1)]
    told = [problem.message for problem in problems_of(a_table(clearances=notes))]
    assert [message.endswith("did you mean 'kidney-disease'?") for message in told] == [True] * MOST_SUGGESTIONS + [False]


def test_a_number_without_a_unit_is_said_without_one() -> None:
    facts = tuple(replace(fact, unit=None) if fact.id == "systolic" else fact for fact in knowledge().facts)
    (problem,) = intake_problems.reply_problems({"systolic": 300}, replace(knowledge(), facts=facts))
    assert problem.message == "300 is not between 60 and 260, or unsure"


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


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client": "Ann Lee"}, "'Ann Lee' is not a pseudonym of letters, digits, '-', '_' and '.', at most 64; never a name"),
        ({"regions": ["nek"]}, "'nek' is not a region; did you mean 'neck'?"),
        ({"regions": []}, "is empty; name at least one region"),
        ({"pain": None}, "is missing; it may be left out for maintenance only"),
        ({"condition": "acute"}, "is missing; acute and injury-recovery need the day it began"),
        ({"prefers": ["cuping"]}, "'cuping' is not a technique; did you mean 'cupping'?"),
        ({"declines": ["cuping"]}, "'cuping' is not a technique; did you mean 'cupping'?"),
        ({"onset": date(1899, 12, 31)}, "1899-12-31 is not between 1900-01-01 and 2199-12-31"),
        ({"health": {"everything-else": "yes"}}, "'yes' is not no; it attests that every other question was asked and answered no"),
        ({"health": {"qqqqq": "yes"}}, "is not a known question"),
        ({"health": {"everything-els": "no"}}, "is not a known question; did you mean 'everything-else'?"),
        ({"health": {"fever": {"answer": "yes", "regions": ["neck"]}}}, "takes a plain answer, without regions"),
        ({"health": {"bruise": {"answer": "no", "regions": ["neck"]}}}, "may not stand with the answer no"),
        ({"health": {"bruise": {"answer": "yes"}}}, "is missing; name at least one region, or give the answer alone"),
        ({"health": {"bruise": {"answer": "yes", "regions": []}}}, "is empty; name at least one region, or give the answer alone"),
        ({"health": {"bruise": {"answer": "yes", "regions": ["nek"]}}}, "'nek' is not a region; did you mean 'neck'?"),
        ({"health": {"bruise": {"answer": "x", "regions": ["neck"]}}}, "'x' is not one of yes, no, unsure"),
        ({"health": {"fever": "x"}}, "'x' is not one of yes, no, unsure"),
        (
            {"health": {"surgery": "yes", "surgery-size": "x", "weeks-since-surgery": 5}},
            f"'x' is not one of {', '.join(knowledge().fact['surgery-size'].choices)}, unsure",
        ),
        (
            {"health": {"surgery": "yes", "surgery-size": "minor", "weeks-since-surgery": 5.5}},
            "5.5 is not a whole number from 0 to 12 weeks, or unsure",
        ),
        ({"health": {"temperature-c": "hot"}}, "'hot' is not a number from 34.0 to 43.0 degrees Celsius, or unsure"),
        ({"clearances": [a_note(by=" ")]}, "is empty; say who agreed, like midwife"),
        ({"clearances": [a_note(on=TOMORROW)]}, f"{TOMORROW} is after the day of planning, {TODAY}"),
        ({"booking": {"weekdays": []}}, "is empty; name at least one day, like mon"),
        ({"booking": {"trained-in": ["cuping"]}}, "'cuping' is not a technique; did you mean 'cupping'?"),
    ],
)
def test_every_problem_is_worded(changes: dict[str, Any], said: str) -> None:
    assert message(**changes) == said


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"client": "Ann Lee"}, "Ann Lee"),
        ({"complaint": "lowback"}, "lowback"),
        ({"regions": []}, []),
        ({"regions": ["nek"]}, "nek"),
        ({"regions": ["nek", "neck", "fot"]}, ["nek", "fot"]),
        ({"onset": TOMORROW}, TOMORROW),
        ({"onset": date(1899, 12, 31)}, date(1899, 12, 31)),
        ({"health": {"everything-else": "yes"}}, "yes"),
        ({"health": {"fevr": "yes"}}, "yes"),
        ({"health": {"fever": "x"}}, "x"),
        ({"health": {"fever": {"answer": "yes", "regions": ["neck"]}}}, "a table"),
        ({"health": {"bruise": {"answer": "x", "regions": ["neck"]}}}, "x"),
        ({"health": {"bruise": {"answer": "no", "regions": ["neck"]}}}, ["neck"]),
        ({"health": {"bruise": {"answer": "yes", "regions": []}}}, ()),
        ({"health": {"diastolic": 80}}, 80),
        ({"clearances": [a_note(rule="fever")]}, "fever"),
        ({"clearances": [a_note(by=" ")]}, " "),
        ({"clearances": [a_note(on=TOMORROW)]}, TOMORROW),
        ({"booking": {"weekdays": []}}, []),
        ({"booking": {"minutes": 5}}, 5),
    ],
)
def test_a_problem_carries_what_was_found(changes: dict[str, Any], value: Any) -> None:
    (problem,) = problems_of(a_table(**changes))
    assert problem.value == value


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"clearances": 5}, "clearances"),
        ({"clearances": ["note"]}, "clearances[0]"),
        ({"clearances": [a_note(on=date(1899, 12, 31))]}, "clearances[0].on"),
        ({"booking": 5}, "booking"),
        ({"booking": {"closed": 5}}, "booking.closed"),
        ({"booking": {"trained-in": 5}}, "booking.trained-in"),
        ({"prefers": 5}, "prefers"),
    ],
)
def test_where_something_else_stands_than_should_the_rest_is_read(changes: dict[str, Any], path: str) -> None:
    assert sorted(paths(**changes, pain=12)) == sorted(["pain", path])


def test_answers_alone_are_judged_without_asking_whether_their_question_applies() -> None:
    health = {"fevr": "yes", "fever": "maybe", "bruise": Placed(answer="yes", regions=("nek",)), "diastolic": 80}
    found = intake_problems.reply_problems(health, knowledge())
    assert [problem.path for problem in found] == ["health.fevr", "health.fever", "health.bruise.regions"]


@pytest.mark.parametrize("table", [None, [], "text", 5])
def test_what_is_no_table_is_refused(table: Any) -> None:
    assert [problem.path for problem in problems_of(table)] == [""]
