"""One client's raw intake as it was found in a source, and what it becomes: a plain table, then a checked intake."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, assert_never

from massage_cli.files.intakes.intake_file import PLAN_FORMAT, check_intake, check_intake_inside, in_file_order, place_inside, read_intake
from massage_cli.files.lists.cells import table_of_cells
from massage_cli.files.reading import parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.planning.intake import Intake


class RowKind(StrEnum):
    """What a row's content is."""

    TOML = "toml"
    JSON = "json"
    CSV = "csv"
    BROKEN = "broken"


class Row(Value, frozen=True, kw_only=True, gc=False):
    """One client's intake as it was found, not looked into yet, or why there is none at that place.

    It is cheap to make and to pickle, so that whoever reads a long list can leave the rest of the work to others.
    """

    source: str
    """The name that the source is called by."""
    kind: RowKind
    line: int | None = None
    """Where the row begins in its source, counted from 1; None where it is the whole file."""
    content: bytes = b""
    """The text of a TOML or JSON intake."""
    columns: tuple[str, ...] = ()
    """Of a list: the columns that are filled in."""
    cells: tuple[str, ...] = ()
    """Of a list: what stands in these columns. Two plain tuples pickle three times faster than pairs."""
    problems: tuple[Problem, ...] = ()
    """What keeps a broken row from being read."""


def broken_row(source: str, message: str, *, line: int | None = None, path: str = "", value: str | None = None) -> Row:
    """A row that could not be taken from its source, with the one reason."""
    problem = Problem(file=source, line=line, path=path, value=value, message=message)
    return Row(source=source, kind=RowKind.BROKEN, line=line, problems=(problem,))


def table_of(row: Row) -> dict[str, Any]:
    """The intake of a row as a plain table, that of a saved plan taken out of it.

    Raises Unreadable with every problem of form, each with file, line, key path and value.
    """
    raw, inside, problems = _raw(row)
    if not isinstance(raw, dict):
        problems = (Problem(path="", value=raw, message="is not a table"),)
    if problems:
        raise Unreadable(_placed(problems, row, inside))
    return dict(raw)


def intake_of(row: Row, knowledge: Knowledge, *, on: date) -> Intake:
    """The checked intake of a row. Raises Unreadable with every problem of form and meaning, in the order of the source."""
    if row.kind is RowKind.TOML:
        return read_intake(row.content, row.source, knowledge, on=on)
    raw, inside, problems = _raw(row)
    try:
        intake = check_intake_inside(_parsed(row), knowledge, on=on) if inside else check_intake(raw, knowledge, on=on)
    except Unreadable as broken:
        problems = (*problems, *(problem for problem in broken.problems if not _is_told(problem, problems)))
    else:
        if not problems:
            return intake
    raise Unreadable(_placed(in_file_order(problems, raw), row, inside))


def _raw(row: Row) -> tuple[Any, str, tuple[Problem, ...]]:
    """The intake not checked yet, the key path where it stands, and what is wrong with single cells. Raises Unreadable."""
    match row.kind:
        case RowKind.JSON | RowKind.TOML:
            table = _parsed(row)
            inside = "intake" if table.get("format") == PLAN_FORMAT else ""
            return table.get(inside, {}) if inside else table, inside, ()
        case RowKind.CSV:
            table, problems = table_of_cells(row.columns, row.cells)
            return table, "", problems
        case RowKind.BROKEN:
            raise Unreadable(row.problems)
        case _:
            assert_never(row.kind)


def _parsed(row: Row) -> dict[str, Any]:
    try:
        table, _ = parse(row.content, row.source, only_json=row.kind is RowKind.JSON)
    except Unreadable as broken:
        raise Unreadable(_placed(broken.problems, row, "")) from None
    return table


def _is_told(problem: Problem, told: Iterable[Problem]) -> bool:
    """Whether a cell is known to be broken already: the advice for the cell is better than what checking says of it."""
    return any(problem.path == other.path or problem.path.startswith((f"{other.path}.", f"{other.path}[")) for other in told)


def _placed(problems: Iterable[Problem], row: Row, inside: str) -> Iterator[Problem]:
    for problem in problems:
        path = place_inside(inside, problem.path)
        line = problem.line if row.line is None else row.line
        yield Problem(file=row.source, path=path, line=line, value=problem.value, message=problem.message)
