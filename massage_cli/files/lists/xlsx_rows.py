"""Excel workbooks: the first sheet as a list, read by python-calamine, which is installed with the extra `xlsx`."""

import datetime
from collections.abc import Iterator
from typing import BinaryIO

from massage_cli.files.extras import how_to_add
from massage_cli.files.lists.csv_header import read_header
from massage_cli.files.lists.listed import listed_row
from massage_cli.files.lists.rows import Row
from massage_cli.files.lists.workbook import first_sheet_alone
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable

_MISSING = f"needs a part that is not installed; save the sheet as CSV UTF-8, or add the part {how_to_add('xlsx')}"
_MOST_EXACT = 10.0**15
"""Beyond, a spreadsheet keeps whole numbers no longer exactly."""


def xlsx_rows(stream: BinaryIO, source: str, knowledge: Knowledge) -> Iterator[Row]:
    """A row for each row of the first sheet that is not blank; lines are the sheet's row numbers.

    Raises Unreadable when the workbook or its header is wrong, or the extra is not installed.
    """
    columns: tuple[str, ...] | None = None
    for line, cells in _sheet(stream, source):
        if columns is None:
            if any(cells):
                columns = read_header(cells, source, line, knowledge)
        else:
            row = listed_row(columns, cells, source, line)
            if row is not None:
                yield row
    if columns is None:
        raise _broken(source, "has nothing on its first sheet; a list begins with: massage template --format csv")


def _sheet(stream: BinaryIO, source: str) -> Iterator[tuple[int, list[str]]]:
    try:
        import python_calamine as calamine
    except ImportError:
        raise _broken(source, _MISSING) from None
    safe = first_sheet_alone(stream, source)
    try:
        with calamine.CalamineWorkbook.from_filelike(safe) as workbook:
            rows = workbook.get_sheet_by_index(0).iter_rows()
            for line, row in enumerate(rows, start=1):
                yield line, [cell if isinstance(cell, str) else _text(cell) for cell in row]
    except calamine.CalamineError:
        raise _broken(source, "is not an Excel workbook that can be read; save it again, or as CSV UTF-8") from None


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV list that nothing has spoiled."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST_EXACT:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def _broken(source: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=source, path="", message=message)])
