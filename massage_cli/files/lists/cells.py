"""The cells of a list into the plain table of an intake, and what spreadsheets do to cells.

A cell is turned into a value only where it can mean nothing else. What is no value of its kind stays text, and checking the
intake says what is allowed there; where a spreadsheet has spoiled a cell, the advice given here is better.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from massage_cli.knowledge.problems import Problem, quoted
from massage_cli.planning.intake import INTAKE_FORMAT

BLANKS = " \t\r\n\v\f\xa0\u2007\u202f\u200b\u2060\u3000\ufeff"
"""What stands round cells unseen and means nothing."""

_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a"
_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?\Z|#+\Z|Err:[0-9]{3}\Z", re.ASCII)
_TEXT_FORMULA = re.compile(r'="([^"=]*)"\Z')
_WHOLE = re.compile(r"([0-9]{1,15})(?:[.,]0{1,2})?\Z", re.ASCII)
_DECIMAL = re.compile(r"([0-9]{1,6})[.,]([0-9]{1,6})\Z", re.ASCII)
_THOUSANDS = 3
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0{1,6})?)?)?\Z", re.ASCII)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?\Z", re.ASCII)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mrz|mai|okt|dez)"
_YEAR = "(?:(?:19|20)?[0-9]{2})"
_MADE_A_DATE = re.compile(
    rf"[0-9]{{1,2}}[-. /]?{_MONTH}(?:[-. /]?{_YEAR})?\Z|{_MONTH}[-. /]{_YEAR}\Z"
    rf"|[0-9]{{1,2}}([-./])[0-9]{{1,2}}\1{_YEAR}\Z|{_YEAR}([-./])[0-9]{{1,2}}\2[0-9]{{1,2}}(?:[T ][0-9:.]+)?\Z|[0-9]{{1,2}}/[0-9]{{1,2}}\Z",
    re.ASCII | re.IGNORECASE,
)
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-][0-9]+\Z", re.ASCII)
_ANSWERS = frozenset({"yes", "no", "unsure"})
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False}


class _Spoiled(Exception):
    """A cell that a spreadsheet has changed, or that cannot be taken apart; the text says what to do."""


def table_of_cells(columns: Iterable[str], cells: Iterable[str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The intake of the cells of some columns as a plain table, and the problems of single cells.

    A blank cell is an absent key. A cell with a problem stands in the table as it was found. The format may be left out.
    """
    table: dict[str, Any] = {"format": INTAKE_FORMAT}
    problems: list[Problem] = []
    for path, raw in zip(columns, cells, strict=True):
        cell = raw.strip() if raw.isascii() else raw.strip(BLANKS)
        if not cell:
            continue
        convert, parent, key = _column(path)
        try:
            value = convert(cell if cell.isalnum() and cell.isascii() else _undamaged(path, cell))
        except _Spoiled as spoiled:
            problems.append(Problem(path=path, value=cell, message=str(spoiled)))
            value = cell
        place = table.setdefault(parent, {}) if parent else table
        place[key] = value
    return table, tuple(problems)


@cache
def _column(path: str) -> tuple[Callable[[str], Any], str, str]:
    """How the cells of a column are read, and the table and key where their values go."""
    parent, _, key = path.rpartition(".")
    return _CONVERTERS.get(path, _reply), parent, key


def _undamaged(path: str, cell: str) -> str:
    """The cell without curly quotes round it. Raises _Spoiled for a formula, or the error one came to."""
    if cell[0] in "#E" and _ERROR.match(cell):
        raise _Spoiled(f"{quoted(cell)} is what a spreadsheet shows where a formula failed; type the value itself")
    if path == "notes":
        return cell
    if cell[0] == "=":
        text = _TEXT_FORMULA.match(cell)
        if text is None:
            raise _Spoiled(f"{quoted(cell)} is a formula; copy the cells and paste them as values")
        return text[1].strip(BLANKS)
    return cell if cell.isascii() else cell.strip(_QUOTES + BLANKS)


def _text(cell: str) -> str:
    return cell


def _client(cell: str) -> str:
    advice = "type it again in a column formatted as text, and use none that looks like this"
    if _MADE_A_DATE.match(cell):
        raise _Spoiled(f"{quoted(cell)} may be a date that a spreadsheet made of a pseudonym like 3-5 or MAR05; {advice}")
    if _ROUNDED.match(cell):
        raise _Spoiled(f"{quoted(cell)} is a pseudonym that a spreadsheet took for a number and rounded; {advice}")
    return cell


def _word(cell: str) -> str:
    """Known words are in small letters, so that a large one can mean nothing else."""
    return cell.lower()


def _words(cell: str) -> list[str]:
    if "," in cell:
        raise _Spoiled(f"{quoted(cell)} has a comma; the words of a list are parted by ';'")
    return [word.strip(BLANKS) for word in cell.lower().split(";") if word.strip(BLANKS)]


def _whole(cell: str) -> int | str:
    number = _WHOLE.match(cell)
    return cell if number is None else int(number[1])


def _number(cell: str) -> int | float | str:
    """A number of the answers about health: whole where it can be; a decimal comma where it cannot part thousands."""
    number = _DECIMAL.match(cell)
    if number is None:
        return _whole(cell)
    if len(number[2]) == _THOUSANDS and ("," in cell or not number[2].strip("0")):
        raise _Spoiled(f"{quoted(cell)} can be read in two ways; write thousands together, and decimals after a point")
    return float(f"{number[1]}.{number[2]}") if number[2].strip("0") else int(number[1])


def _day(cell: str) -> date | str:
    found = _DAY.match(cell)
    if found is None:
        if _SERIAL.match(cell):
            raise _Spoiled(f"{quoted(cell)} is the number by which a spreadsheet counts days; format the column as yyyy-mm-dd")
        raise _Spoiled(f"{quoted(cell)} is not a date like 2026-05-01; format the column as yyyy-mm-dd, which cannot be misread")
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return cell


def _days(cell: str) -> list[date | str]:
    return [_day(part.strip(BLANKS)) for part in cell.split(";") if part.strip(BLANKS)]


def _truth(cell: str) -> bool | str:
    return _TRUTHS.get(cell.lower(), cell)


def _reply(cell: str) -> Any:
    """An answer about health: a word, a number, or an answer with regions after an @."""
    if cell in _ANSWERS:
        return cell
    if cell[0] in "0123456789" and "@" not in cell:
        reply = _number(cell)
        return reply.lower() if isinstance(reply, str) else reply
    word = cell.lower()
    if word in ("true", "false"):
        raise _Spoiled(f"{quoted(cell)} of a tick box does not say that the question was asked; write yes, no or unsure")
    if "@" not in word:
        return word
    answer, _, regions = word.partition("@")
    return {"answer": answer.rstrip(BLANKS), "regions": _words(regions)}


def _clearances(cell: str) -> list[dict[str, Any]]:
    return [_clearance(part.strip(BLANKS)) for part in cell.split(";") if part.strip(BLANKS)]


def _clearance(text: str) -> dict[str, Any]:
    rule, first, rest = text.partition(":")
    by, second, on = rest.rpartition(":")
    if not first or not second:
        raise _Spoiled(f"{quoted(text)} is not a rule, who agreed and the day, like pregnancy:midwife:2026-11-10")
    return {"rule": rule.strip(BLANKS).lower(), "by": by.strip(BLANKS), "on": _day(on.strip(BLANKS))}


_CONVERTERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("format", "notes", "booking.holidays"), _text),
    **dict.fromkeys(("condition", "complaint", "pressure"), _word),
    **dict.fromkeys(("regions", "goals", "prefers", "declines", "booking.weekdays", "booking.trained-in"), _words),
    **dict.fromkeys(("age", "pain", "booking.max-sessions", "booking.max-per-week", "booking.minutes"), _whole),
    **dict.fromkeys(("onset", "booking.start"), _day),
    "client": _client,
    "first-visit": _truth,
    "clearances": _clearances,
    "booking.closed": _days,
}
"""How the cells of each column are read; those about health are all read alike."""
