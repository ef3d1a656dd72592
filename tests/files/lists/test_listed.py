"""Rows under a header: as wide as it, blank ones left out, and only filled cells handed on."""

from massage_cli.files.lists.listed import listed_row
from massage_cli.files.lists.rows import Row, RowKind

COLUMNS = ("client", "age", "", "notes", "")


def row_of(*cells: str) -> Row | None:
    return listed_row(COLUMNS, cells, "clients.csv", 7)


def message(row: Row | None) -> str:
    assert row is not None
    assert (row.kind, row.source, row.line) == (RowKind.BROKEN, "clients.csv", 7)
    assert (row.problems[0].file, row.problems[0].line) == ("clients.csv", 7)
    return str(row.problems[0].message)


def test_a_row_hands_on_its_filled_cells_with_their_columns() -> None:
    row = row_of("c-1", "", "", "tea", "")
    assert row == Row(source="clients.csv", kind=RowKind.CSV, line=7, columns=("client", "notes"), cells=("c-1", "tea"))


def test_a_blank_row_of_any_width_is_none() -> None:
    for cells in ((), ("",), ("", "", "", "", ""), (" ", "\u00a0", "", "\t", "\u200b"), ("",) * 9):
        assert row_of(*cells) is None


def test_a_row_of_another_width_is_broken_even_when_the_rest_is_blank() -> None:
    assert message(row_of("c-1", "52")).startswith("has 2 cells under a header of 5; keep every column")
    assert message(row_of("c-1", "52", "", "", "", "")).startswith("has 6 cells under a header of 5; a list in a cell")


def test_a_cell_where_the_header_names_no_column_is_told_with_its_place() -> None:
    assert message(row_of("c-1", "52", "x", "", "")) == "column C has no name in the header, but this row has a cell there"
    assert message(row_of("c-1", "52", " ", "", "x")).startswith("column E has no name")


def test_a_blank_where_the_header_names_no_column_is_left_out() -> None:
    row = row_of("c-1", "52", " ", "", "\u00a0")
    assert row is not None
    assert (row.columns, row.cells) == (("client", "age"), ("c-1", "52"))
