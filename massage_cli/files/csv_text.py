"""One line of a CSV file that a spreadsheet can open without being tricked."""

import csv
import io
from collections.abc import Sequence

_DEFUSED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def csv_line(cells: Sequence[str]) -> bytes:
    """The cells as one line in UTF-8; one that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([f"'{cell}" if cell.startswith(_DEFUSED) else cell for cell in cells])
    return text.getvalue().encode("utf-8", errors="replace")
