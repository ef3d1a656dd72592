"""What spreadsheets do to lists: each of 40 files is read, or refused, as its label says."""

from pathlib import Path
from typing import Any

import pytest
import tomli

from massage_cli.files.lists.rows import Row, intake_of, table_of
from massage_cli.files.lists.sources import rows_of
from massage_cli.knowledge.problems import Unreadable
from tests.builders import TODAY, knowledge

FOLDER = Path(__file__).parent / "excel_damage"
LABELS = tomli.loads((FOLDER / "labels.toml").read_text(encoding="utf-8"))


def cells_of(row: Row) -> dict[str, Any]:
    """What the cells of a row mean, by column."""
    table = table_of(row)
    health = {f"health.{key}": value for key, value in table.get("health", {}).items()}
    return {**table, **health, **{f"booking.{key}": value for key, value in table.get("booking", {}).items()}}


@pytest.mark.parametrize("name", LABELS)
def test_a_damaged_list_is_read_or_refused_as_labelled(name: str) -> None:
    label = LABELS[name]
    accepted, refused = {}, []
    for row in rows_of([str(FOLDER / f"{name}.csv")], None, knowledge()):
        try:
            intake_of(row, knowledge(), on=TODAY)
        except Unreadable as broken:
            refused += broken.problems
        else:
            accepted[row.line] = cells_of(row)
    wanted = {row["line"]: row for row in label.get("accepted", ())}
    assert set(accepted) == set(wanted)
    for line, cells in wanted.items():
        assert {"line": line} | {column: accepted[line][column] for column in cells if column != "line"} == cells
    said = [(problem.line, problem.path, problem.message) for problem in refused]
    assert [place[:2] for place in said] == [(entry["line"], entry["column"]) for entry in label.get("refused", ())]
    for (_, _, message), entry in zip(said, label.get("refused", ()), strict=True):
        assert entry["says"] in message


def test_forty_files_are_damaged_and_every_one_is_labelled() -> None:
    assert len(LABELS) == 40
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(LABELS)
