"""Rows by the piece, and problems without what a client said."""

import json
import tomllib
from datetime import date
from itertools import count, islice
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.batch.chunk import chunks_of, kind_of, plan_chunk
from massage_cli.batch.output import Form
from massage_cli.batch.row_result import Triage
from massage_cli.files.lists.rows import Row, RowKind, broken_row
from tests.batch.lists import INVALID, WITHHELD, a_row, an_order, some_rows
from tests.builders import a_table
from tests.files.lists.as_cells import cells_of
from tests.terminal.hostile import HOSTILE, short, steering

CANARY = "Canary-Jane"
KINDS = {"planned": {}, "withheld": WITHHELD, "invalid": INVALID}


def problems_in(*rows: Row) -> list[dict[str, Any]]:
    """The problems of some rows as they are written."""
    numbered = tuple(enumerate(rows, start=1))
    return [json.loads(line) for line in plan_chunk(numbered, an_order()).problems.splitlines()]


@given(st.integers(0, 40), st.integers(1, 12))
def test_no_row_is_lost_between_chunks(rows: int, size: int) -> None:
    chunks = list(chunks_of(((number, a_row()) for number in range(rows)), size))
    assert [number for chunk in chunks for number, _ in chunk] == list(range(rows))
    assert all(len(chunk) == size for chunk in chunks[:-1])


def test_rows_are_taken_as_they_are_asked_for() -> None:
    endless = ((number, a_row()) for number in count())
    assert [len(chunk) for chunk in islice(chunks_of(endless, 3), 2)] == [3, 3]
    assert next(endless)[0] == 6


@settings(max_examples=50)
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=6), st.sampled_from(Form))
def test_every_row_is_counted_once_and_written_once(kinds: list[str], form: Form) -> None:
    result = plan_chunk(tuple(enumerate(some_rows(*(KINDS[kind] for kind in kinds)), start=1)), an_order(form))
    assert {triage: result.tally.of(triage) for triage in Triage} == {triage: kinds.count(triage) for triage in Triage}
    sound = [number for number, kind in enumerate(kinds, start=1) if kind != "invalid"]
    if form is Form.TOML:
        assert [name for name, _ in result.files] == [f"c-{number}.toml" for number in sound]
        assert all(tomllib.loads(content.decode()) for _, content in result.files)
    else:
        assert result.lines.count(b"\n") == len(kinds if form is Form.SUMMARY else sound)
    assert [json.loads(line)["row"] for line in result.problems.splitlines()] == [
        number for number, kind in enumerate(kinds, start=1) if kind == "invalid"
    ]
    assert result.last_row == len(kinds)


def test_a_problem_has_its_place_its_path_and_the_kind_of_what_was_found() -> None:
    assert problems_in(a_row(), a_row(line=5, client="c-2", pain=77)) == [
        {"source": "list.jsonl", "line": 5, "row": 2, "path": "pain", "found": "a number", "message": "the value is not between 0 and 10"}
    ]


def test_a_row_that_cannot_be_read_has_a_problem_too() -> None:
    assert problems_in(broken_row("list.csv", "holds a NUL character", line=9)) == [
        {"source": "list.csv", "line": 9, "row": 1, "path": "", "found": "nothing", "message": "holds a NUL character"}
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "nothing"),
        (True, "true or false"),
        ("x", "text"),
        (3, "a number"),
        (3.5, "a number"),
        ([], "a list"),
        ((), "a list"),
        ({}, "a table"),
        (date(2026, 1, 1), "a date"),
    ],
)
def test_values_are_told_by_kind(value: Any, kind: str) -> None:
    assert kind_of(value) == kind


TEXTS = (CANARY, f"{CANARY} Example", f"{CANARY}'s 'quoted' name", f"{CANARY} \n{CANARY}", f"{CANARY}-" * 30, f"c-{CANARY}", f"no {CANARY}")
NUMBERS = (987654321, -987654321, 9876543.21, 987654321 * 10**30)
FIELDS = [*a_table(), "onset", "notes", "prefers", "declines", "clearances", "booking"]
INNER = {
    "health": ("everything-else", "fever", "systolic", "diastolic", "varicose-veins", "pregnancy-weeks", "unknown"),
    "booking": ("start", "weekdays", "closed", "holidays", "max-sessions", "max-per-week", "minutes", "trained-in", "unknown"),
}
SHAPES = (
    lambda value: value,
    lambda value: [value],
    lambda value: {"answer": value},
    lambda value: {"answer": "yes", "regions": [value]},
    lambda value: [{"rule": value, "by": value, "on": value}],
    lambda value: [{"rule": "pregnancy", "by": "midwife", "on": value, "limits": value}],
)


def spoiled_tables(value: Any) -> list[dict[str, Any]]:
    """Intakes with a value where none of this kind may stand, one place at a time."""
    tables = []
    for shape in SHAPES:
        tables += [a_table() | {field: shape(value)} for field in FIELDS]
        tables += [a_table() | {table: {"everything-else": "no", key: shape(value)}} for table, keys in INNER.items() for key in keys]
    return tables


def assert_no_canary(problems: list[dict[str, Any]]) -> None:
    told = json.dumps(problems)
    assert CANARY.lower() not in told.lower()
    assert "98765" not in told


@pytest.mark.parametrize("value", [*TEXTS, *NUMBERS], ids=lambda value: ascii(value)[:20])
def test_no_value_of_a_client_is_in_the_list_of_problems(value: Any) -> None:
    for table in spoiled_tables(value):
        assert_no_canary(problems_in(Row(source="list.jsonl", kind=RowKind.JSON, line=1, content=json.dumps(table).encode())))
        if value == CANARY:
            assert_no_canary(problems_in(Row(source="one.toml", kind=RowKind.TOML, content=tomli_w.dumps(table).encode())))


@pytest.mark.parametrize(
    "value", [*TEXTS, "9876543", "98765,4321", "=98765", "#98765", "31.12.98765", "9876-54-32", "pregnancy:Canary-Jane:98765"]
)
def test_no_cell_of_a_list_is_in_the_list_of_problems(value: str) -> None:
    cells = cells_of(a_table(onset="2026-10-01", notes="x", clearances=[]))
    for column in (*cells, "booking.start", "booking.closed", "booking.minutes", "booking.holidays", "health.fever", "health.systolic"):
        for cell in (value, f"{value};{value}", f"yes@{value}"):
            spoiled = cells | {column: cell}
            assert_no_canary(
                problems_in(Row(source="list.csv", kind=RowKind.CSV, line=2, columns=tuple(spoiled), cells=tuple(spoiled.values())))
            )


BROKEN_FILES = (
    f'client = "{CANARY}',
    f"client = {CANARY}",
    f'client = "{CANARY}"\nclient = "{CANARY}"',
    f"notes = 'a\n{CANARY}'",
    f'notes = "\\{CANARY}"',
    f"onset = 2026-13-98765 # {CANARY}",
    f'{{"client": "{CANARY}"',
    f'{{"client": {CANARY}}}',
    f'{{"client": "{CANARY}", "client": "{CANARY}"}}',
    f'"{CANARY}"',
)


@pytest.mark.parametrize("content", BROKEN_FILES)
def test_nothing_of_a_file_that_cannot_be_read_is_in_the_list_of_problems(content: str) -> None:
    for kind in (RowKind.TOML, RowKind.JSON):
        problems = problems_in(Row(source=f"one.{kind}", kind=kind, content=content.encode()))
        assert problems
        assert_no_canary(problems)


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_hostile_text_is_inert_in_every_form_and_in_the_list_of_problems(text: str) -> None:
    sound = a_row(notes=text, clearances=[{"rule": "pregnancy", "by": f"x{text}", "on": "2026-11-01", "limits": text}])
    unsound = a_row(client=text, complaint=text, regions=[text], source=text, **{text: text})
    for form in Form:
        result = plan_chunk(((1, sound), (2, unsound)), an_order(form))
        for data in (result.lines, result.problems, *(content for _, content in result.files)):
            assert steering(data.replace(b"\r\n", b"\n")) == []
        assert result.tally.rows == 2


def test_a_source_whose_name_is_no_text_is_told_all_the_same() -> None:
    assert problems_in(a_row(source="\udcff.jsonl", pain=77))[0]["source"] == "?.jsonl"
