"""The columns of a list: which there are, and the header of a list checked against them."""

from collections.abc import Iterator, Sequence

from msgspec.structs import fields

from massage_cli.files.lists.cells import BLANKS
from massage_cli.knowledge.decoding import unknown_key
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Problem, Unreadable
from massage_cli.planning.intake import EVERYTHING_ELSE, Booking, Intake, file_keys

_REQUIRED = tuple(field.encode_name for field in fields(Intake) if field.required and field.name != "format")
"""Columns that no list can do without; that it is a list tells its format."""


def csv_columns(knowledge: Knowledge) -> tuple[str, ...]:
    """Every column that a list may have: the keys of an intake, with dots for tables."""
    plain = [key for key in file_keys(Intake) if key not in ("health", "clearances", "booking")]
    health = [f"health.{EVERYTHING_ELSE}", *(f"health.{fact.id}" for fact in knowledge.facts)]
    booking = [f"booking.{key}" for key in file_keys(Booking)]
    return (*plain, *health, "clearances", *booking)


def read_header(cells: Sequence[str], source: str, line: int, knowledge: Knowledge) -> tuple[str, ...]:
    """The column of each cell of a header; empty where a cell names none. Raises Unreadable with every problem.

    Capital letters and blanks round a name mean nothing.
    """
    columns = tuple(cell.strip(BLANKS).lower() for cell in cells)
    problems = (*_unknown(columns, csv_columns(knowledge)), *_twice(columns), *_missing(columns))
    if problems:
        raise Unreadable(
            Problem(file=source, line=line, path=problem.path, value=problem.value, message=problem.message) for problem in problems
        )
    return columns


def _unknown(columns: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    unknown = [column for column in dict.fromkeys(columns) if column and column not in known]
    for number, column in enumerate(unknown):
        message = unknown_key(column, known if number < MOST_SUGGESTIONS else ())
        yield Problem(path=column, value=column, message=message.replace("key", "column", 1))


def _twice(columns: Sequence[str]) -> Iterator[Problem]:
    places: dict[str, list[str]] = {}
    for index, column in enumerate(columns):
        places.setdefault(column, []).append(column_letters(index))
    for column, letters in places.items():
        if column and len(letters) > 1:
            yield Problem(path=column, value=column, message=f"stands twice, in columns {' and '.join(letters)}; keep one")


def _missing(columns: Sequence[str]) -> Iterator[Problem]:
    for column in _REQUIRED:
        if column not in columns:
            yield Problem(path=column, message="is missing: the header has no such column; all there are: massage template --format csv")


def column_letters(index: int) -> str:
    """A column's name in a spreadsheet: A for the first, AA for the one after Z."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
