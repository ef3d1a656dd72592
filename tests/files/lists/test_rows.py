"""Rows: found in one place, looked into in another, with problems that name the place."""

import datetime
import pickle

import msgspec
import pytest
import tomli_w
from hypothesis import given, settings

from massage_cli.files.lists.rows import Row, RowKind, broken_row, intake_of, table_of
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import TODAY, a_table, an_intake, knowledge
from tests.drawn import drawn_intake, seeds
from tests.files.lists.as_cells import cells_of
from tests.saved import a_document, visited
from tests.worked import plan_of


def toml_row(table: dict[str, object]) -> Row:
    return Row(source="ann.toml", kind=RowKind.TOML, content=tomli_w.dumps(table).encode())


def json_row(table: dict[str, object], *, line: int | None = 4) -> Row:
    return Row(source="clients.jsonl", kind=RowKind.JSON, line=line, content=msgspec.json.encode(table))


def csv_row(table: dict[str, object]) -> Row:
    cells = cells_of(table)
    return Row(source="clients.csv", kind=RowKind.CSV, line=4, columns=tuple(cells), cells=tuple(cells.values()))


def problems(row: Row) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as broken:
        intake_of(row, knowledge(), on=TODAY)
    return broken.value.problems


@settings(max_examples=150)
@given(seeds)
def test_an_intake_is_the_same_from_every_kind_of_row(seed: int) -> None:
    table, on = drawn_intake(seed)
    table = {key: value for key, value in table.items() if key != "clearances"}  # their limits have no place in a list
    found = [intake_of(row, knowledge(), on=on) for row in (toml_row(table), json_row(table), csv_row(table))]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("row", [toml_row(a_table()), json_row(a_table()), csv_row(a_table())], ids=lambda row: row.kind)
def test_the_table_of_a_row_is_the_plain_intake(row: Row) -> None:
    assert table_of(row) == a_table()
    assert intake_of(row, knowledge(), on=TODAY) == an_intake()


def test_a_row_comes_out_of_a_pickle_as_it_was() -> None:
    rows = [toml_row(a_table()), json_row(a_table()), csv_row(a_table()), broken_row("a.csv", "is empty", line=3)]
    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301  # made just here


def test_a_saved_plan_is_its_intake() -> None:
    plan = plan_of("low-back")
    toml = Row(source="a.toml", kind=RowKind.TOML, content=to_toml(plan).encode())
    json = Row(source="a.json", kind=RowKind.JSON, content=to_json(plan).encode())
    assert table_of(toml)["client"] == table_of(json)["client"] == plan.intake.client
    assert intake_of(toml, knowledge(), on=TODAY) == intake_of(json, knowledge(), on=TODAY)


def test_the_problems_of_a_whole_file_have_the_lines_of_their_keys() -> None:
    (problem,) = problems(toml_row(a_table(pain=12)))
    line = tomli_w.dumps(a_table(pain=12)).split("\n").index("pain = 12") + 1
    assert (problem.file, problem.line, problem.path, problem.value) == ("ann.toml", line, "pain", 12)


@pytest.mark.parametrize("row", [json_row(a_table(pain=12, age=140)), csv_row(a_table(pain=12, age=140))], ids=lambda row: row.kind)
def test_the_problems_of_a_row_have_its_line(row: Row) -> None:
    assert [(problem.file, problem.line, problem.path, problem.value) for problem in problems(row)] == [
        (row.source, 4, "age", 140),
        (row.source, 4, "pain", 12),
    ]


def test_a_whole_json_file_has_no_line() -> None:
    assert [(problem.line, problem.path) for problem in problems(json_row(a_table(pain=12), line=None))] == [(None, "pain")]


@pytest.mark.parametrize("intake", [5, None, [], "x"])
def test_a_plan_whose_intake_is_no_table_is_refused(intake: object) -> None:
    row = json_row({"format": "massage-plan/1", "intake": intake})
    for look in (table_of, lambda row: intake_of(row, knowledge(), on=TODAY)):
        with pytest.raises(Unreadable) as broken:
            look(row)
        assert [(problem.line, problem.path) for problem in broken.value.problems] == [(4, "intake")]


def test_the_table_of_a_row_with_spoiled_cells_is_refused_with_every_one() -> None:
    row = Row(source="a.csv", kind=RowKind.CSV, line=9, columns=("client", "age", "onset"), cells=("5-Mar", "x", "1/5/26"))
    with pytest.raises(Unreadable) as broken:
        table_of(row)
    assert [(problem.file, problem.line, problem.path, problem.value) for problem in broken.value.problems] == [
        ("a.csv", 9, "client", "5-Mar"),
        ("a.csv", 9, "onset", "1/5/26"),
    ]


def test_a_spoiled_note_of_clearance_is_told_once() -> None:
    table = a_table(clearances=[{"rule": "pregnancy", "by": "midwife", "on": datetime.date(2026, 11, 10)}])
    cells = cells_of(table) | {"clearances": "pregnancy:midwife"}
    row = Row(source="a.csv", kind=RowKind.CSV, line=2, columns=tuple(cells), cells=tuple(cells.values()))
    assert [problem.path for problem in problems(row)] == ["clearances"]


def test_a_broken_row_says_why_to_whoever_looks() -> None:
    row = broken_row("a.csv", "is empty", line=3)
    for look in (table_of, lambda row: intake_of(row, knowledge(), on=TODAY)):
        with pytest.raises(Unreadable) as broken:
            look(row)
        assert [str(problem) for problem in broken.value.problems] == ["a.csv:3: is empty"]


def test_a_plan_with_visits_is_taken_with_what_was_said_there() -> None:
    plan = visited(a_document(), 5, health={"fever": "yes"})
    told = {"everything-else": "no", "fever": "yes"}
    for row in (
        Row(source="ann.v2.toml", kind=RowKind.TOML, content=to_toml(plan).encode()),
        Row(source="x.jsonl", kind=RowKind.JSON, line=4, content=msgspec.json.encode(plan)),
    ):
        assert intake_of(row, knowledge(), on=TODAY).health == told


def test_visits_that_cannot_be_read_are_told_with_their_place() -> None:
    table = msgspec.json.decode(to_json(a_document())) | {"visits": [{"number": 0}]}
    with pytest.raises(Unreadable) as broken:
        intake_of(json_row(table), knowledge(), on=TODAY)
    assert [(problem.file, problem.line, problem.path) for problem in broken.value.problems] == [("clients.jsonl", 4, "visits")]
