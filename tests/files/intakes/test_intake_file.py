"""From an intake file to a checked intake, or to every problem in file order, each in its place."""

import copy
import datetime
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.intake import Booking, Clearance, Intake, Placed, file_keys
from massage_cli.planning.plan import make_plan
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_table, an_intake, knowledge, problems_of
from tests.drawn import damaged_intake, drawn_intake, seeds
from tests.saved import a_document, visited
from tests.terminal.massage import PROGRAM, environment
from tests.worked import NAMES, intake_file, plan_file, plan_of


def found_in(content: str | bytes, name: str = "ann.toml") -> tuple[Problem, ...]:
    """Every problem of a file; none when it is sound."""
    try:
        read_intake(content if isinstance(content, bytes) else content.encode(), name, knowledge(), on=TODAY)
    except Unreadable as broken:
        return broken.problems
    return ()


def a_file(**changes: Any) -> str:
    """A valid intake as TOML, changed like `a_table`."""
    return tomli_w.dumps(a_table(**changes))


FULL = a_table(
    onset=datetime.date(2026, 5, 1),
    pressure="light",
    prefers=["swedish"],
    declines=["cupping"],
    notes="a note",
    health={"anticoagulant": "yes", "varicose-veins": {"answer": "yes", "regions": ["left-knee"]}, "systolic": 120},
    clearances=[{"rule": "pregnancy", "by": "midwife", "on": datetime.date(2026, 11, 10), "limits": "none lying flat"}],
    booking={
        "start": datetime.date(2026, 11, 30),
        "weekdays": ["mon"],
        "closed": [datetime.date(2026, 12, 25)],
        "holidays": "US",
        "max-sessions": 5,
        "max-per-week": 1,
        "minutes": 45,
        "trained-in": ["lymphatic-drainage"],
    },
)
FULL = {key: FULL[key] for key in file_keys(Intake)}
"""A valid intake with every key there is."""


def toml_of(table: dict[str, Any]) -> str:
    """The table as a person would write it: notes of clearance as tables of their own, at the end."""
    plain = {key: value for key, value in table.items() if key != "clearances"}
    return tomli_w.dumps(plain) + "".join(f"\n[[clearances]]\n{tomli_w.dumps(note)}" for note in table["clearances"])


def changed(path: str, value: Any) -> dict[str, Any]:
    """The full intake with the value at a path changed."""
    table = copy.deepcopy(FULL)
    place, last = _place_of(table, path)
    place[last] = value
    return table


def renamed(path: str, name: str) -> dict[str, Any]:
    """The full intake with the last key of a path renamed, in its place."""
    table = copy.deepcopy(FULL)
    place, last = _place_of(table, path)
    entries = [(name if key == last else key, value) for key, value in place.items()]
    place.clear()
    place.update(entries)
    return table


def _place_of(table: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    *parents, last = path.replace("[0]", ".0").split(".")
    place: Any = table
    for part in parents:
        place = place[int(part)] if part.isdigit() else place[part]
    return place, last


def every_key() -> list[str]:
    """The path of every key that an intake may hold, but for the questions about health."""
    plain = list(file_keys(Intake))
    note = [f"clearances[0].{key}" for key in file_keys(Clearance)]
    placed = [f"health.varicose-veins.{key}" for key in file_keys(Placed)]
    return [*plain, *note, *placed, *(f"booking.{key}" for key in file_keys(Booking))]


# Sound files


def test_the_full_intake_is_sound_and_has_every_key() -> None:
    assert problems_of(FULL) == ()
    for path in every_key():
        place, last = _place_of(FULL, path)
        assert last in place, path


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_plan_is_an_intake(name: str) -> None:
    from_intake = read_intake(intake_file(name).read_bytes(), "a.toml", knowledge(), on=TODAY)
    assert read_intake(plan_file(name).read_bytes(), "b.toml", knowledge(), on=TODAY) == from_intake
    assert read_intake(to_json(plan_of(name)).encode(), "b.json", knowledge(), on=TODAY) == from_intake


@given(st.integers(0, 200))
@settings(max_examples=60)
def test_the_plan_of_a_client_gives_back_their_intake(seed: int) -> None:
    table, on = drawn_intake(seed)
    table = {key: value for key, value in table.items() if key != "booking"}  # so that there is always an open day
    intake = read_intake(tomli_w.dumps(table).encode(), "a.toml", knowledge(), on=on)
    document = document_of(make_plan(intake, knowledge(), on=on), knowledge(), program="test")
    assert read_intake(to_toml(document).encode(), "b.toml", knowledge(), on=on) == intake


@given(st.integers(0, 200))
@settings(max_examples=60)
def test_toml_and_json_give_the_same_intake(seed: int) -> None:
    table, on = drawn_intake(seed)
    as_json = msgspec.json.encode(table)
    from_toml = read_intake(tomli_w.dumps(table).encode(), "a.toml", knowledge(), on=on)
    assert read_intake(as_json, "a.json", knowledge(), on=on) == from_toml


# Unknown keys


@pytest.mark.parametrize("path", every_key())
def test_a_key_with_a_letter_too_many_is_refused_with_the_right_one(path: str) -> None:
    parent, _, key = path.rpartition(".")
    wrong = f"{parent}.{key}s" if parent else f"{key}s"
    (problem,) = [problem for problem in problems_of(renamed(path, f"{key}s")) if problem.path == wrong]
    assert problem.message == f"is not a known key; did you mean '{key}'?"


def typos(word: str, rng: random.Random) -> str:
    """The word with one letter lost, doubled, changed or swapped with the next."""
    at = rng.randrange(len(word) - 1)
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    lost, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    return rng.choice((lost, doubled, word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]))


def test_a_misspelt_key_is_always_refused_and_nearly_always_set_right() -> None:
    rng = random.Random(7)
    paths = [path for path in every_key() if len(path.rpartition(".")[2]) > 2]
    asked = right = 0
    for _ in range(400):
        path = rng.choice(paths)
        parent, _, key = path.rpartition(".")
        typo = typos(key, rng)
        if typo == key or typo in _place_of(FULL, path)[0]:
            continue
        wrong = f"{parent}.{typo}" if parent else typo
        (problem,) = [problem for problem in problems_of(renamed(path, typo)) if problem.path == wrong]
        asked += 1
        right += problem.message.endswith(f"did you mean '{key}'?")
    assert asked > 350
    assert right >= 0.95 * asked


def test_a_misspelt_question_is_always_refused_and_nearly_always_set_right() -> None:
    rng = random.Random(7)
    asked = right = 0
    for fact in rng.sample(knowledge().facts, 120):
        typo = typos(fact.id, rng)
        if typo in knowledge().fact:
            continue
        (problem,) = problems_of(a_table(health={typo: "yes"}))
        assert problem.path == f"health.{typo}"
        asked += 1
        right += problem.message == f"is not a known question; did you mean '{fact.id}'?"
    assert asked > 100
    assert right >= 0.95 * asked


def test_a_key_like_no_other_is_refused_without_a_guess() -> None:
    (problem,) = problems_of(a_table(zzzz=1))
    assert problem.message == "is not a known key"


# Hostile values: refused where they stand, or kept as they are


HOSTILE: dict[str, Any] = {
    "true": True,
    "false": False,
    "minus one": -1,
    "one": 1,
    "huge": 10**40,
    "a half": 0.5,
    "one point nothing": 1.0,
    "nan": float("nan"),
    "infinity": float("inf"),
    "empty": "",
    "the text 1": "1",
    "the text true": "true",
    "the text null": "null",
    "a phrase": "None of these",
    "a path": "../../etc/passwd",
    "escape": "\x1b[31m",
    "moment": datetime.datetime(2026, 5, 1, 10, 0, tzinfo=datetime.UTC),
    "time": datetime.time(10, 0),
    "far day": datetime.date(2999, 1, 1),
    "empty list": [],
    "list of lists": [[]],
    "list of numbers": [1],
    "list of words": ["None of these"],
    "empty table": {},
    "table": {"a": 1},
}
FIELDS = (
    *("format", "client", "age", "condition", "complaint", "regions", "pain", "onset", "goals", "pressure", "prefers", "declines"),
    *("first-visit", "notes", "health", "clearances", "booking", "booking.start", "booking.weekdays", "booking.closed"),
    *("booking.holidays", "booking.max-sessions", "booking.max-per-week", "booking.minutes", "booking.trained-in"),
    *("health.anticoagulant", "health.systolic", "health.varicose-veins", "clearances[0].on", "clearances[0].by", "clearances[0].rule"),
)
ALLOWED = {
    **dict.fromkeys(("age", "pain", "booking.max-per-week"), ("one",)),
    "booking.max-sessions": ("one", "huge"),
    **dict.fromkeys(("goals", "prefers", "declines", "clearances", "booking.closed", "booking.trained-in"), ("empty list",)),
    **dict.fromkeys(("health", "booking"), ("empty table",)),
    "client": ("the text 1", "the text true", "the text null"),
    "first-visit": ("true", "false"),
    "notes": ("empty", "the text 1", "the text true", "the text null", "a phrase", "a path", "escape"),
    "clearances[0].by": ("the text 1", "the text true", "the text null", "a phrase", "a path", "escape"),
}
"""Values of the list above that really may stand in a field."""


@pytest.mark.parametrize("field", FIELDS)
def test_a_hostile_value_is_refused_in_its_place_and_never_turned_into_another(field: str) -> None:
    for name, value in HOSTILE.items():
        paths = [problem.path for problem in problems_of(changed(field, value))]
        if name in ALLOWED.get(field, ()):
            assert paths == [], name
        else:
            assert [path for path in paths if path == field or path.startswith((f"{field}.", f"{field}["))], name


@pytest.mark.parametrize("field", ALLOWED)
def test_a_value_that_is_allowed_is_kept_as_it_is(field: str) -> None:
    for name in ALLOWED[field]:
        intake = check_intake(changed(field, HOSTILE[name]), knowledge(), on=TODAY)
        place, last = _place_of(msgspec.to_builtins(intake, builtin_types=(datetime.date,)), field)
        kept = place.get(last, type(HOSTILE[name])())
        assert (type(kept), kept) == (type(HOSTILE[name]), HOSTILE[name]), name


# Exactly the faults that are there, in file order


FAULTS: dict[str, Any] = {
    "format": "massage-intake/2",
    "client": "Ann Example",
    "age": 140,
    "condition": "recent",
    "complaint": "lowback",
    "regions": ["lower-bak"],
    "pain": 11,
    "goals": ["pain-releif"],
    "pressure": "hard",
    "prefers": ["cuping"],
    "declines": [1],
    "first-visit": "yes",
    "notes": 5,
    "health.anticoagulant": "maybe",
    "health.varicose-veins.regions": [],
    "health.systolic": 900,
    "clearances[0].rule": "fever",
    "clearances[0].by": " ",
    "clearances[0].on": datetime.date(2026, 12, 24),
    "booking.weekdays": ["monday"],
    "booking.holidays": "UX",
    "booking.max-sessions": 0,
    "booking.max-per-week": 8,
    "booking.minutes": 5,
    "booking.trained-in": ["healing"],
}


def planted(paths: list[str]) -> dict[str, Any]:
    """The full intake with the fault of each path in it."""
    table = copy.deepcopy(FULL)
    for path in paths:
        place, last = _place_of(table, path)
        place[last] = FAULTS[path]
    return table


@settings(max_examples=100)
@given(st.lists(st.sampled_from(list(FAULTS)), min_size=1, max_size=6, unique=True))
def test_faults_are_told_all_of_them_alone_and_in_file_order(paths: list[str]) -> None:
    text = toml_of(planted(paths))
    problems = found_in(text)
    assert sorted(problem.path for problem in problems) == sorted(paths)
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@settings(max_examples=75)
@given(st.lists(st.sampled_from(list(FAULTS)), min_size=1, max_size=6, unique=True))
def test_json_tells_of_the_same_faults_in_the_same_order(paths: list[str]) -> None:
    table = planted(paths)
    in_order = [path for path in FAULTS if path in paths]
    problems = found_in(msgspec.json.encode(table), "ann.json")
    assert sorted(problem.path for problem in problems) == sorted(paths)
    positions = [in_order.index(problem.path) for problem in problems]
    assert positions == sorted(positions)


@pytest.mark.parametrize("path", FAULTS)
def test_a_fault_is_told_with_the_line_where_it_stands(path: str) -> None:
    text = toml_of(planted([path]))
    (problem,) = found_in(text)
    assert problem.file == "ann.toml"
    key = path.rpartition(".")[2]
    assert text.split("\n")[problem.line - 1].startswith(key)


@pytest.mark.parametrize("path", FAULTS)
def test_a_fault_inside_a_plan_is_told_with_the_path_in_the_plan(path: str) -> None:
    plan = document_of(make_plan(an_intake(), knowledge(), on=TODAY), knowledge(), program="test")
    table = msgspec.to_builtins(plan, builtin_types=(datetime.date,)) | {"intake": planted([path])}
    text = tomli_w.dumps(table)
    (problem,) = found_in(text)
    assert problem.path == f"intake.{path}"
    if not path.startswith("clearances"):  # a saved plan has them in a list, where a simple reading sees no lines
        assert text.split("\n")[problem.line - 1].startswith(path.rpartition(".")[2])


def test_a_plan_without_its_intake_is_refused() -> None:
    assert {problem.path for problem in found_in('format = "massage-plan/1"\n')} >= {"intake.client", "intake.age"}


def test_a_plan_whose_intake_is_no_table_is_refused() -> None:
    assert [problem.path for problem in found_in('format = "massage-plan/1"\nintake = 5\n')] == ["intake"]


@pytest.mark.parametrize("key", ["format", "client", "age", "condition", "regions"])
def test_a_key_that_is_missing_is_told_at_its_place(key: str) -> None:
    problems = found_in(a_file(**{key: None}, first_visit="no"))
    assert [problem.path for problem in problems] == [key, "first-visit"]
    assert problems[0].message == "is missing"


def test_a_table_that_is_no_table_is_told_once() -> None:
    assert [problem.path for problem in problems_of(a_table(booking=5))] == ["booking"]


def test_a_holiday_code_is_checked_with_everything_else() -> None:
    problems = problems_of(a_table(pain=12, booking={"holidays": "us", "minutes": 5}))
    assert [problem.path for problem in problems] == ["pain", "booking.holidays", "booking.minutes"]


# Whatever the file holds


@settings(max_examples=60)
@given(seeds)
def test_a_spoiled_intake_is_read_or_explained(seed: int) -> None:
    table, on = damaged_intake(seed)
    for content, name in ((tomli_w.dumps(table).encode(), "a.toml"), (json.dumps(table, default=str).encode(), "a.json")):
        try:
            read_intake(content, name, knowledge(), on=on)
        except Unreadable as broken:
            assert all(problem.message for problem in broken.problems)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["yes", "no", "unsure", "2026-05-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(every_key()), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=100)
@given(st.sampled_from(FIELDS), anything)
def test_anything_at_all_in_a_field_is_read_or_explained(field: str, value: Any) -> None:
    content = msgspec.json.encode(changed(field, value))
    try:
        read_intake(content, "a.json", knowledge(), on=TODAY)
    except Unreadable as broken:
        assert all(problem.message for problem in broken.problems)


@pytest.mark.parametrize("table", ["", "[health]\n"], ids=["intake", "health"])
def test_a_file_of_nothing_but_unknown_keys_is_refused_in_good_time(tmp_path: Path, table: str) -> None:
    text = table + "\n".join(f"key-that-is-not-known-{number} = 1" for number in range(25_000))
    (tmp_path / "many.toml").write_text(text, encoding="utf-8")
    program = [*PROGRAM, "screen", str(tmp_path / "many.toml")]
    ran = subprocess.run(program, env=environment(), capture_output=True, check=False, timeout=10)
    assert ran.returncode == 2
    assert b"is not a known" in ran.stderr


# A plan with visits


def plan_with_visits(*told: dict[str, Any], **changes: Any) -> bytes:
    plan = visited(a_document(**changes), *[5] * len(told))
    visits = tuple(replace(visit, health=health) for visit, health in zip(plan.visits, told, strict=True))
    return to_toml(replace(plan, visits=visits)).encode()


def test_what_was_said_at_visits_counts_where_a_plan_is_taken_for_an_intake() -> None:
    content = plan_with_visits({"fever": "yes", "daily-aspirin": "yes"}, {"fever": "no"})
    intake = read_intake(content, "ann.v3.toml", knowledge(), on=TODAY)
    assert intake.health == {"everything-else": "no", "fever": "no", "daily-aspirin": "yes"}


def test_a_red_flag_of_a_visit_is_not_forgotten_by_planning_anew() -> None:
    content = to_toml(visited(a_document(), 5, health={"chest-pain": "yes"})).encode()
    intake = read_intake(content, "ann.v2.toml", knowledge(), on=TODAY)
    assert screen(intake, knowledge(), on=TODAY).outcome is OutcomeKind.REFER


def test_an_answer_that_no_longer_applies_is_left_out_of_the_intake() -> None:
    before = {"anticoagulant": "yes", "thinner-unstable": "no"}
    intake = read_intake(plan_with_visits({"anticoagulant": "no"}, health=before), "ann.v2.toml", knowledge(), on=TODAY)
    assert intake.health == {"everything-else": "no", "anticoagulant": "no"}


@pytest.mark.parametrize("name", ["ann.toml", "ann.json"])
@pytest.mark.parametrize(
    ("visits", "path"),
    [
        ("x", "visits"),
        ([{"number": 0}], "visits"),
        ([{"number": 1, "date": "2026-11-23", "status": "attended", "health": {"x": "yes"}}], "visits.health.x"),
    ],
)
def test_visits_that_cannot_be_read_are_never_passed_over(name: str, visits: Any, path: str) -> None:
    table = msgspec.json.decode(to_json(a_document())) | {"visits": visits}
    content = msgspec.json.encode(table) if name.endswith("json") else tomli_w.dumps(table).encode()
    with pytest.raises(Unreadable) as broken:
        read_intake(content, name, knowledge(), on=TODAY)
    assert [problem.path for problem in broken.value.problems] == [path]
