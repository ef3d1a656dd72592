"""One line of a CSV file that a spreadsheet can open without being tricked."""

import csv
import io
from collections.abc import Sequence

from massage_cli.files.clean import is_hidden

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula, in plain or in wide letters."""


def csv_line(cells: Sequence[str]) -> bytes:
    """The cells as one line in UTF-8; no cell is a formula, and hidden letters are written as escapes, as in JSON."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(map(_inert, cells))
    return text.getvalue().encode("utf-8", errors="replace")


def _inert(cell: str) -> str:
    if cell.startswith(_FORMULA):
        cell = f"'{cell}"
    if cell.isascii() and cell.isprintable():
        return cell
    return "".join(f"\\u{ord(letter):04x}" if is_hidden(letter) else letter for letter in cell)
