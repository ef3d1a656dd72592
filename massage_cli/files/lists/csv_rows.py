"""CSV lists: one client a row, under a header that names the columns."""

import csv
import re
from collections.abc import Iterator
from itertools import chain

from massage_cli.files.lists.capped_lines import Lines
from massage_cli.files.lists.csv_header import read_header
from massage_cli.files.lists.listed import listed_row
from massage_cli.files.lists.rows import Row, broken_row
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable

_DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE)
_NOT_UTF8 = "is not UTF-8 text; save the list again as UTF-8, which a spreadsheet calls 'CSV UTF-8'"
_TOO_LONG = "is longer than 1 MiB; an intake takes a few kilobytes"


def csv_rows(lines: Lines, source: str, knowledge: Knowledge) -> Iterator[Row]:
    """A row for each line of a list that is not blank; broken where it cannot be taken apart, and the rest goes on.

    The delimiter is that of the header: a comma, a semicolon or a tab. Raises Unreadable where the header is wrong.
    """
    records = _opened(lines, source)
    line, header, broken = next(records)
    if broken is not None:
        raise Unreadable([Problem(file=source, line=line, path="", message=broken)])
    columns = read_header(header, source, line, knowledge)
    for line, cells, broken in records:
        row = listed_row(columns, cells, source, line) if broken is None else broken_row(source, broken, line=line)
        if row is not None:
            yield row


def _opened(lines: Lines, source: str) -> Iterator[tuple[int, list[str], str | None]]:
    """The records from the header on. Raises Unreadable when there is none."""
    delimiter = None
    for number, line in lines:
        text = "" if line is None else line.decode("utf-8", errors="replace")
        told = _SEP.match(text) if delimiter is None else None
        if told is not None:
            delimiter = told[1]
            if delimiter not in _DELIMITERS:
                message = f"'{delimiter}' does not part cells here; use a comma, a semicolon or a tab"
                raise Unreadable([Problem(file=source, line=number, path="", value=delimiter, message=message)])
        elif text.lstrip().startswith("{"):
            message = "begins with a brace: this is JSON, not a list with a header; give the file a name that ends in .jsonl"
            raise Unreadable([Problem(file=source, line=number, path="", message=message)])
        elif line is None or text.strip():
            delimiter = delimiter or max(_DELIMITERS, key=text.count)
            return _records(chain(((number, line),), lines), delimiter)
    raise Unreadable([Problem(file=source, path="", message="is empty; a list begins with: massage template --format csv")])


def _records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Each record: the line it begins on, its cells, and why it is broken where it is."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong:
            yield feed.first, [], f"{_TOO_LONG}{feed.lost()}"
        except csv.Error as error:
            yield feed.first, [], f"{feed.broken or _reason(error)}{feed.lost()}"
        else:
            yield feed.first, cells, feed.broken


class _TooLong(Exception):
    """A record went on for more than 1 MiB."""


class _Feed:
    """Lines as the csv module takes them, with an eye on the record that they make up.

    A line that is no text is handed on all the same, so that the record ends where it ends; it is broken as a whole.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.begin()

    def begin(self) -> None:
        """Forget the record before."""
        self.first = self.last = self._size = 0
        self.broken: str | None = None

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        self.last, line = next(self._lines)
        self.first = self.first or self.last
        if line is None:
            raise _TooLong
        self._size += len(line)
        if self._size > MOST_BYTES:
            raise _TooLong
        if b"\0" in line:
            self.broken = "holds a NUL character; save the list again as UTF-8 text"
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.broken = self.broken or _NOT_UTF8
            return line.decode(errors="replace")

    def lost(self) -> str:
        """Words for the lines that a broken record has taken with it."""
        return "" if self.last <= self.first else f"; lines {self.first} to {self.last} are left out"


def _reason(error: csv.Error) -> str:
    """What the csv module found, in words of a list."""
    text = str(error)
    if "unexpected end" in text:
        return 'opens a quote (") that is not closed anywhere'
    if "field larger" in text:
        return f'has a cell of more than {csv.field_size_limit()} letters, or opens a quote (") that is not closed'
    if "expected after" in text:
        return 'has a quote (") inside a cell in quotes; write it twice, or close the quote before it'
    return "has a line end inside it that is neither LF nor CR LF; save the list again with those"
