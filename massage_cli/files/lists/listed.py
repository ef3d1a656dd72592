"""The rows under a header, whether of a CSV list or of a sheet: their width, and the cells that are filled in."""

from collections.abc import Sequence
from itertools import compress

from massage_cli.files.lists.cells import BLANKS
from massage_cli.files.lists.csv_header import column_letters
from massage_cli.files.lists.rows import Row, RowKind, broken_row


def listed_row(columns: Sequence[str], cells: Sequence[str], source: str, line: int) -> Row | None:
    """The row that some cells make under the columns of a header; broken where its width is wrong, none where it is blank."""
    if not any(cells) or not any(cell.strip(BLANKS) for cell in cells if cell):
        return None
    if len(cells) != len(columns):
        return _of_another_width(columns, cells, source, line)
    filled = tuple(compress(columns, cells))
    if "" in filled:
        return _beside_the_columns(columns, cells, source, line)
    return Row(source=source, kind=RowKind.CSV, line=line, columns=filled, cells=tuple(filter(None, cells)))


def _of_another_width(columns: Sequence[str], cells: Sequence[str], source: str, line: int) -> Row:
    """A cell too many or too few moves those after it under other columns, so that no cell of the row can be trusted."""
    advice = "a list in a cell must be in quotes" if len(cells) > len(columns) else "keep every column up to the last, filled in or not"
    return broken_row(source, f"has {len(cells)} cells under a header of {len(columns)}; {advice}", line=line)


def _beside_the_columns(columns: Sequence[str], cells: Sequence[str], source: str, line: int) -> Row | None:
    """The row without blanks where the header names no column; broken where anything else stands there."""
    for index, column in enumerate(columns):
        if not column and cells[index].strip(BLANKS):
            message = f"column {column_letters(index)} has no name in the header, but this row has a cell there"
            return broken_row(source, message, line=line, value=cells[index])
    named = [index for index, column in enumerate(columns) if column]
    return listed_row([columns[index] for index in named], [cells[index] for index in named], source, line)
