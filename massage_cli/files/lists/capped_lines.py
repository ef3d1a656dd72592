"""The lines of a stream with their numbers, one at a time, however long the stream is."""

from collections.abc import Iterator
from typing import BinaryIO

from massage_cli.files.reading import BYTE_ORDER_MARK, MOST_BYTES, UTF16_MARKS
from massage_cli.knowledge.problems import Problem, Unreadable

Lines = Iterator[tuple[int, bytes | None]]
"""Lines with their end, counted from 1; None in place of one that is longer than 1 MiB."""

MOST_SKIPPED = 64 * MOST_BYTES
"""How far the end of a line that is too long is looked for; a device that never ends a line must not keep us."""


def capped_lines(stream: BinaryIO, source: str) -> Lines:
    """The lines of a stream, without the byte order mark. Raises Unreadable where going on is of no use."""
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if number == 1:
            if line.startswith(UTF16_MARKS):
                raise _stopped(source, 1, "is UTF-16 text; save it again as UTF-8")
            line = line.removeprefix(BYTE_ORDER_MARK)
        if len(line) <= MOST_BYTES:
            yield number, line
            continue
        if not line.endswith(b"\n"):
            _skip(stream, source, number)
        yield number, None


def _skip(stream: BinaryIO, source: str, number: int) -> None:
    for _ in range(MOST_SKIPPED // MOST_BYTES):
        part = stream.readline(MOST_BYTES)
        if not part or part.endswith(b"\n"):
            return
    raise _stopped(source, number, "is a line without an end; neither it nor what follows is read")


def _stopped(source: str, line: int, message: str) -> Unreadable:
    return Unreadable([Problem(file=source, line=line, path="", message=message)])
