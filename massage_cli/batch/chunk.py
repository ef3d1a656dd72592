"""Some rows at a time: what is handed to whoever plans them, and what comes back."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from massage_cli.batch.output import Form, sound
from massage_cli.batch.row_result import Order, RowResult, Triage, plan_row
from massage_cli.batch.tally import Tally, tally_of
from massage_cli.files.inert import json_line
from massage_cli.files.lists.rows import Row
from massage_cli.knowledge.problems import Problem, quoted
from massage_cli.knowledge.value import Value

_THE_VALUE = "the value"
_END_OF_QUOTE = re.compile(r"'(?=[ ,;:]|\Z)")
_NUMBER_OR_DAY = re.compile(r"\A[-+]?(?:[0-9][-0-9.eE+:T]*|inf|nan)(?= |\Z)")

NumberedRow = tuple[int, Row]
"""A row with its number in the whole list, counted from 1."""


class ChunkResult(Value, frozen=True, kw_only=True):
    """What came of some rows: the files to be written, or the lines; the problems as lines of JSON; the counts."""

    files: tuple[tuple[str, bytes], ...] = ()
    lines: bytes = b""
    problems: bytes = b""
    tally: Tally
    last_row: int


def chunks_of(rows: Iterable[NumberedRow], size: int) -> Iterator[tuple[NumberedRow, ...]]:
    """The rows in pieces of at most so many, taken from their source as they are asked for."""
    rest = iter(rows)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def plan_chunk(rows: tuple[NumberedRow, ...], order: Order) -> ChunkResult:
    """Plan some rows. Raises OtherKnowledge."""
    results = [(number, plan_row(row, order)) for number, row in rows]
    planned = [result for _, result in results if result.content]
    as_files = order.form is Form.TOML
    return ChunkResult(
        files=tuple((result.file_name, result.content) for result in planned) if as_files else (),
        lines=b"" if as_files else b"".join(result.content for result in planned),
        problems=b"".join(_problem_lines(results)),
        tally=tally_of(results),
        last_row=rows[-1][0],
    )


def _problem_lines(results: Iterable[tuple[int, RowResult]]) -> Iterator[bytes]:
    for number, result in results:
        if result.triage is Triage.INVALID:
            for problem in result.problems:
                line = {
                    "source": result.source,
                    "line": problem.line or result.line,
                    "row": number,
                    "path": problem.path,
                    "found": kind_of(problem.value),
                    "message": without_value(problem),
                }
                told = {key: sound(value) if isinstance(value, str) else value for key, value in line.items() if value is not None}
                yield json_line(told)


def kind_of(value: object) -> str:
    """What sort of value was found, so that a list of problems need not repeat what a client said."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list() | tuple():
            return "a list"
        case date():
            return "a date"
        case _:
            return "a table"


def without_value(problem: Problem) -> str:
    """The message of a problem, with the words `the value` where it shows what was found, or the part of it that is wrong."""
    message = problem.message
    for value in problem.value if isinstance(problem.value, list | tuple) else (problem.value,):
        if isinstance(value, str):
            message = message.replace(quoted(value), _THE_VALUE)
    if problem.value is None:
        return message
    shown = quoted(problem.value)
    if message.startswith(shown):
        return f"{_THE_VALUE}{message[len(shown) :]}"
    if message.startswith("'"):
        return f"{_THE_VALUE}{message[_end_of_quote(message, str(problem.value).casefold()) :]}"
    return _NUMBER_OR_DAY.sub(_THE_VALUE, message, count=1)


def _end_of_quote(message: str, value: str) -> int:
    """Where the quote ends that a message begins with; it may have quotes inside, if these are of the value."""
    ends = [match.end() for match in _END_OF_QUOTE.finditer(message, 1)]
    inside = [end for end in ends if message[1 : end - 1].removesuffix("...").casefold() in value]
    return max(inside) if inside else min(ends, default=len(message))
