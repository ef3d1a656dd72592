"""JSON Lines: cut here, looked into elsewhere."""

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.lists.capped_lines import capped_lines
from massage_cli.files.lists.json_lines import json_rows
from massage_cli.files.lists.rows import Row, RowKind, intake_of, table_of
from massage_cli.files.plans.plan_file import to_json
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import TODAY, a_table, an_intake, knowledge
from tests.worked import NAMES, intake_file, plan_of

ONE = msgspec.json.encode(a_table())


def rows_of(content: bytes) -> list[Row]:
    return list(json_rows(capped_lines(io.BytesIO(content), "clients.jsonl"), "clients.jsonl"))


def problems_of(content: bytes) -> list[Problem]:
    """Every problem of every row, in order."""
    told: list[Problem] = []
    for row in rows_of(content):
        try:
            intake_of(row, knowledge(), on=TODAY)
        except Unreadable as broken:
            told += broken.problems
    return told


def test_each_line_is_a_row_with_its_number() -> None:
    rows = rows_of(ONE + b"\n" + ONE)
    assert [(row.source, row.kind, row.line) for row in rows] == [("clients.jsonl", RowKind.JSON, number) for number in (1, 2)]
    assert [intake_of(row, knowledge(), on=TODAY) for row in rows] == [an_intake()] * 2


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + ONE, ONE + b"\r\n", b"\r\n\n  \n" + ONE + b"\n\n", b"  " + ONE + b" "])
def test_marks_line_ends_and_blank_lines_mean_nothing(content: bytes) -> None:
    (row,) = rows_of(content)
    assert table_of(row) == a_table()


def test_blank_lines_are_counted() -> None:
    assert [row.line for row in rows_of(b"\n\n" + ONE + b"\n \n" + ONE)] == [3, 5]


@pytest.mark.parametrize("content", [b"", b"\n\r\n"])
def test_a_list_of_nothing_is_told(content: bytes) -> None:
    assert [problem.message for problem in problems_of(content)] == ["is empty; it has one intake on each line"]


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_plan_in_a_line_is_its_intake(name: str) -> None:
    text = to_json(plan_of(name))
    line = msgspec.json.encode(msgspec.json.decode(text))
    (row,) = rows_of(line)
    assert table_of(row) == msgspec.json.decode(text)["intake"]
    assert intake_of(row, knowledge(), on=TODAY) == read_intake(intake_file(name).read_bytes(), name, knowledge(), on=TODAY)


def test_a_problem_inside_a_plan_is_told_with_the_path_in_the_plan() -> None:
    plan = {"format": "massage-plan/1", "intake": a_table(pain=12)}
    (problem,) = problems_of(b"\n" + msgspec.json.encode(plan))
    assert (problem.file, problem.line, problem.path, problem.value) == ("clients.jsonl", 2, "intake.pain", 12)


BROKEN = [b"{", b"[1]", b"5", b"null", b'"x"', b'{"a": NaN}', b"{}{}", b"key = 1", b"\xff", b'{"a": "\\ud800"}', b"{\0}", b"[" * 100_000]


@pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on(line: bytes) -> None:
    content = ONE + b"\n" + line + b"\n" + ONE
    assert [row.line for row in rows_of(content)] == [1, 2, 3]
    (problem,) = problems_of(content)
    assert (problem.file, problem.line) == ("clients.jsonl", 2)
    with pytest.raises(Unreadable):
        table_of(rows_of(content)[1])


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (b'{"pain": 2, "pain": 8}', "pain"),
        (b'{"health": {"fever": "no", "fever" : "yes"}}', "health.fever"),
        (b'{"notes": "\\":", "clearances": [{"by": "a", "b\\u0079": "b"}]}', "clearances[0].by"),
    ],
)
def test_a_key_that_stands_twice_is_refused(line: bytes, path: str) -> None:
    (problem,) = problems_of(line)
    assert (problem.line, problem.path, problem.message) == (1, path, "stands twice; keep one")


def test_what_looks_like_a_key_inside_quotes_is_none() -> None:
    (row,) = rows_of(msgspec.json.encode(a_table(notes='"pain": 3, "pain": 4')))
    assert intake_of(row, knowledge(), on=TODAY).notes == '"pain": 3, "pain": 4'


def test_a_line_that_is_too_long_is_told_and_the_rest_goes_on() -> None:
    long = b'{"notes": "' + b"x" * MOST_BYTES + b'"}'
    told = problems_of(ONE + b"\n" + long + b"\n" + ONE)
    assert [(problem.line, problem.message) for problem in told] == [(2, "is longer than 1 MiB; an intake takes a few kilobytes")]


@given(st.lists(st.binary(max_size=40) | st.sampled_from([ONE, b"{", b"\n", b'{"a":1}']), max_size=5).map(b"\n".join))
def test_arbitrary_bytes_give_rows_or_an_explanation(content: bytes) -> None:
    try:
        rows = rows_of(content)
    except Unreadable as broken:
        assert all(problem.message for problem in broken.problems)
        return
    assert [row.line for row in rows if row.line] == sorted({row.line for row in rows if row.line})
    for row in rows:
        try:
            table_of(row)
        except Unreadable as broken:
            assert all(problem.message and problem.file == "clients.jsonl" for problem in broken.problems)
