"""Workbooks as lists: the same intakes as from CSV, and row numbers as the spreadsheet shows them."""

import datetime
import io
import random
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from massage_cli.files.lists.rows import Row, RowKind, intake_of, table_of
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.lists.xlsx_rows import xlsx_rows
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import TODAY, a_table, an_intake, knowledge
from tests.drawn import drawn_intake, seeds
from tests.files.lists.as_cells import cells_of
from tests.files.lists.test_workbook import SHEET, changed

HEADER = ("client", "age", "condition", "regions", "pain", "onset")
MIDNIGHT = datetime.datetime(2026, 5, 1)  # noqa: DTZ001  # a spreadsheet knows no time zones
ANN = ("c-1", 40, "chronic", "neck", 5, None)


def a_workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def rows_in(content: bytes) -> list[Row]:
    return list(xlsx_rows(io.BytesIO(content), "clients.xlsx", knowledge()))


def tables(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [table_of(row) for row in rows_in(a_workbook(HEADER, *rows))]


def refusal(content: bytes) -> Problem:
    with pytest.raises(Unreadable) as broken:
        rows_in(content)
    (problem,) = broken.value.problems
    return problem


@settings(max_examples=40)
@given(seeds)
def test_an_intake_comes_out_of_a_sheet_as_it_was(seed: int) -> None:
    table, on = drawn_intake(seed)
    table = {key: value for key, value in table.items() if key != "clearances"}  # their limits have no place in a list
    cells: dict[str, Any] = cells_of(table)
    numbers = {key: table[key] for key in ("age", "pain", "onset", "first-visit") if key in table}
    (row,) = rows_in(a_workbook(tuple(cells), tuple({**cells, **numbers}.values())))
    assert intake_of(row, knowledge(), on=on) == intake_of(
        Row(source="a.csv", kind=RowKind.CSV, line=2, columns=tuple(cells), cells=tuple(cells.values())), knowledge(), on=on
    )


def test_the_intake_of_the_builders_comes_from_a_file(tmp_path: Path) -> None:
    cells = cells_of(a_table())
    (tmp_path / "clients.xlsx").write_bytes(a_workbook(tuple(cells), tuple(cells.values())))
    (row,) = rows_of([str(tmp_path)], None, knowledge())
    assert (row.source, row.line) == (str(tmp_path / "clients.xlsx"), 2)
    assert intake_of(row, knowledge(), on=TODAY) == an_intake()


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("client", "0042", "0042"),
        ("client", 42, "42"),
        ("client", 42.0, "42"),
        ("age", "52", 52),
        ("age", 52.0, 52),
        ("onset", datetime.date(2026, 5, 1), datetime.date(2026, 5, 1)),
        ("onset", MIDNIGHT, datetime.date(2026, 5, 1)),
        ("onset", "2026-05-01", datetime.date(2026, 5, 1)),
        ("pain", None, None),
        ("regions", "neck; left-hip", ["neck", "left-hip"]),
    ],
)
def test_a_cell_of_any_kind_means_what_its_text_would(column: str, cell: object, value: object) -> None:
    row = tuple(cell if name == column else given for name, given in zip(HEADER, ANN, strict=True))
    (table,) = tables(row)
    assert table.get(column) == value
    assert type(table.get(column)) is type(value)


def test_a_tick_box_is_true_or_false() -> None:
    rows = rows_in(a_workbook((*HEADER, "first-visit"), (*ANN, True), (*ANN, False)))
    assert [table_of(row)["first-visit"] for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("column", "cell", "advice"),
    [
        ("client", datetime.date(2026, 3, 5), "may be a date"),
        ("client", 1.5e20, "rounded"),
        ("onset", 45987, "the number by which a spreadsheet counts days"),
        ("onset", MIDNIGHT + datetime.timedelta(hours=10), "is not a date like"),
        ("onset", datetime.time(10, 30), "is not a date like"),
        ("onset", "1/5/2026", "is not a date like"),
        ("age", 52.5, "'52.5' is not a whole number"),
        ("age", True, "'true' is not a whole number"),
    ],
)
def test_a_spoiled_cell_is_told_with_its_row_and_column(column: str, cell: object, advice: str) -> None:
    row = tuple(cell if name == column else given for name, given in zip(HEADER, ANN, strict=True))
    with pytest.raises(Unreadable) as broken:
        intake_of(rows_in(a_workbook(HEADER, row))[0], knowledge(), on=TODAY)
    (problem,) = broken.value.problems
    assert (problem.file, problem.line, problem.path) == ("clients.xlsx", 2, column)
    assert advice in problem.message


def test_an_error_cell_is_told_and_not_taken_for_a_blank() -> None:
    workbook = changed(a_workbook(HEADER, ANN), SHEET, b'<c r="E2" t="n"><v>5</v>', b'<c r="E2" t="e"><v>#N/A</v>')
    with pytest.raises(Unreadable) as broken:
        intake_of(rows_in(workbook)[0], knowledge(), on=TODAY)
    assert [(problem.path, problem.line) for problem in broken.value.problems] == [("pain", 2)]


def test_rows_are_counted_as_the_spreadsheet_shows_them_wherever_the_list_begins() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, (name, value) in enumerate(zip(HEADER, ANN, strict=True), start=3):
        sheet.cell(4, column, name)
        sheet.cell(7, column, value)
    packed = io.BytesIO()
    book.save(packed)
    (row,) = rows_in(packed.getvalue())
    assert row.line == 7
    assert table_of(row)["client"] == "c-1"


def test_blank_rows_and_columns_mean_nothing() -> None:
    wide = (*HEADER, None, " ")
    assert len(rows_in(a_workbook(wide, ANN, (None,), ("  ",), (*ANN, None, ""), (None,)))) == 2


def test_the_second_sheet_is_not_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append(ANN)
    book.create_sheet("Notes")["A1"] = "=1/0"
    packed = io.BytesIO()
    book.save(packed)
    assert len(rows_in(packed.getvalue())) == 1


def test_a_sheet_without_a_header_is_refused() -> None:
    assert refusal(a_workbook()).message.startswith("has nothing on its first sheet")
    assert refusal(a_workbook(("client", "age", "condition", "regions", "pian"))).message.endswith("did you mean 'pain'?")


def test_without_its_part_a_workbook_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (tmp_path / "a.xlsx").write_bytes(a_workbook(HEADER, ANN))
    (row,) = rows_of([str(tmp_path / "a.xlsx")], None, knowledge())
    assert "pipx install --force '.[xlsx]'" in row.problems[0].message


def test_a_damaged_workbook_gives_rows_or_an_explanation() -> None:
    rng = random.Random(7)
    sound = a_workbook(HEADER, ANN, ANN)
    for _ in range(300):
        content = bytearray(sound)
        for _ in range(rng.randrange(1, 6)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            rows = rows_in(bytes(content[: rng.choice((len(content), rng.randrange(len(content))))]))
        except Unreadable as broken:
            assert all(problem.message and problem.file == "clients.xlsx" for problem in broken.problems)
        else:
            assert all(row.line for row in rows)


def test_a_sheet_of_damaged_text_gives_rows_or_an_explanation() -> None:
    rng = random.Random(7)
    sound = a_workbook(HEADER, ANN, ANN)
    for _ in range(300):
        letter = bytes([rng.randrange(32, 127)])
        part = rng.choice((SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"))
        with_letter = changed(sound, part, rng.choice((b"<", b'"', b">", b"t=", b"1", b"/")), letter)
        try:
            rows = rows_in(with_letter)
        except Unreadable as broken:
            assert all(problem.message for problem in broken.problems)
        else:
            assert all(row.line for row in rows)
