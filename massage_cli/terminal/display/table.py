"""How the columns of a table share the width of a page; no cell is ever cut."""

from collections.abc import Sequence

from rich.cells import cell_len

_LEAST_WRAPPED = 14
"""A column that has to wrap keeps so many letters; in a narrower one a sentence falls to pieces."""


def laid_out(rows: Sequence[Sequence[str]], *, width: int, gap: str) -> list[str] | None:
    """The lines of rows whose long cells are wrapped, columns under each other; None where they cannot be fitted in the width."""
    widths = _fitted(rows, room=width - len(gap) * (len(rows[0]) - 1))
    if widths is None:
        return None
    lines = []
    for row in rows:
        cells = [_wrapped(cell, column) for cell, column in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [lines_of[number] if number < len(lines_of) else "" for lines_of in cells]
            filled = (part + " " * (column - cell_len(part)) for part, column in zip(parts, widths, strict=True))
            lines.append(gap.join(filled).rstrip())
    return lines


def _fitted(rows: Sequence[Sequence[str]], *, room: int) -> list[int] | None:
    """The width of each column: its widest cell's where there is room, else the widest columns give way, down to their longest word."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cell_len, column)) for column in columns]
    least = [
        min(natural, max(_LEAST_WRAPPED, *(_longest_word(cell) for cell in column)))
        for column, natural in zip(columns, widths, strict=True)
    ]
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda column: widths[column] - least[column])
        if widths[widest] == least[widest]:
            return None
        widths[widest] -= 1
    return widths


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)


def _wrapped(cell: str, width: int) -> list[str]:
    """The cell in lines of at most a width, which is no less than its longest word."""
    lines: list[str] = []
    for word in cell.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
