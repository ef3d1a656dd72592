"""Lists of clients for batches, and batches run in this process."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from massage_cli.batch.output import Form, form_of
from massage_cli.batch.row_result import Order
from massage_cli.batch.run import Watch, Work, run_batch
from massage_cli.batch.tally import Tally
from massage_cli.files.lists.rows import Row, RowKind
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.own.settings import Settings
from massage_cli.files.saving import NotSaved
from tests.builders import TODAY, a_table, knowledge
from tests.clinic import clients
from tests.files.lists.as_cells import a_list, cells_of

INVALID = {"pain": 77}
WITHHELD = {"health": {"chest-pain": "yes"}}


def an_order(form: Form = Form.JSON_LINES, **changes: Any) -> Order:
    """What is wanted of every row, on the usual day and without settings."""
    return Order(**{"on": TODAY, "form": form, "settings": Settings(), "knowledge_digest": knowledge().digest} | changes)


def a_row(line: int = 1, source: str = "list.jsonl", **changes: Any) -> Row:
    """A row of a list of JSON Lines: the valid intake with changes."""
    return Row(source=source, kind=RowKind.JSON, line=line, content=json.dumps(a_table(**changes)).encode())


def some_rows(*changes: dict[str, Any]) -> list[Row]:
    """One row for each of these, with pseudonyms of their own."""
    return [a_row(line=number, **{"client": f"c-{number}", **change}) for number, change in enumerate(changes, start=1)]


def write_list(path: Path, tables: Iterable[dict[str, Any]]) -> Path:
    """The tables as JSON Lines."""
    path.write_text("".join(f"{json.dumps(table)}\n" for table in tables), encoding="utf-8")
    return path


def write_csv(path: Path, tables: Iterable[dict[str, Any]]) -> Path:
    """The tables as a CSV list."""
    rows = [cells_of(table) for table in tables]
    path.write_bytes(a_list(list(dict.fromkeys(column for row in rows for column in row)), rows))
    return path


@cache
def clinic(count: int) -> tuple[dict[str, Any], ...]:
    """Clients of the invented clinic, every tenth of them invalid."""
    return tuple(table | (INVALID if number % 10 == 9 else {}) for number, table in enumerate(clients(count)))


class Told:
    """What a batch told while it ran."""

    def __init__(self) -> None:
        self.progress: list[tuple[int, int]] = []
        self.not_written: list[NotSaved] = []

    def watch(self) -> Watch:
        """Hand this to a batch."""
        return Watch(progress=lambda done, of: self.progress.append((done, of)), not_written=self.not_written.append)


def batch_of(rows: Iterable[Row], out: Path | str | None, *, told: Told | None = None, form: Form | None = None, **changes: Any) -> Tally:
    """Run a batch over some rows in this process."""
    kept = list(rows)
    order = an_order(form or form_of(str(out or "plans")))
    work = Work(**{"out": None if out is None else str(out), "order": order} | changes)
    return run_batch(lambda: iter(kept), work, (told or Told()).watch())


def rows_in(*files: Path) -> list[Row]:
    """The rows of some files."""
    return list(rows_of(map(str, files), None, knowledge()))


def lines_of(file: Path) -> Iterator[dict[str, Any]]:
    """What stands in a file of JSON Lines."""
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
