"""An intake as the cells of a list: the way back, which the program does not need, so that tests can go there and back."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any


def cells_of(table: dict[str, Any]) -> dict[str, str]:
    """The columns that an intake fills, with their cells. Limits of a clearance are lost: a list has no place for them."""
    cells: dict[str, str] = {}
    for key, value in table.items():
        if key in ("health", "booking"):
            cells |= {f"{key}.{inner}": _cell(given) for inner, given in value.items()}
        elif key == "clearances":
            cells[key] = ";".join(f"{note['rule']}:{note['by']}:{note['on']}" for note in value)
        else:
            cells[key] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        regions = value.get("regions")
        return value["answer"] if regions is None else f"{value['answer']}@{';'.join(regions)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def a_list(columns: Sequence[str], rows: Iterable[dict[str, str]], **style: Any) -> bytes:
    """A CSV list with a header and rows of cells."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", **style)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
