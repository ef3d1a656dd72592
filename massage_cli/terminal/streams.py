"""The two streams: data to standard output, everything else to standard error."""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import TextIO

from massage_cli.files.clean import clean_line

NARROWEST, USUAL, WIDEST = 40, 80, 160
USUAL_HEIGHT = 24


class OutputLost(Exception):
    """Standard output could not take what had to be written; why."""


def write_data(text: str) -> None:
    """Write machine-readable output as UTF-8, the same bytes everywhere. Raises OutputLost."""
    guard(lambda: _write_bytes(text.encode()))


def write_bytes(data: bytes) -> None:
    """Write machine-readable output that is bytes already. Raises OutputLost."""
    guard(lambda: _write_bytes(data))


def write_text(text: str) -> None:
    """Write text for people; letters that the terminal cannot show are replaced. Raises OutputLost."""
    guard(lambda: _write_bytes(text.encode(encoding_of(sys.stdout), errors="replace")))


def guard(write: Callable[[], None]) -> None:
    """Run something that writes to standard output. Raises OutputLost; a reader that went away is no fault."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError, AttributeError) as error:
        raise OutputLost(getattr(error, "strerror", None) or "it is closed") from None


def let_go(stream: TextIO | None) -> None:
    """Give what a stream still holds to nobody, so that the end of the program does not stumble over it."""
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)


def say(line: str) -> None:
    """Tell the person something on standard error; cleaned, and silent when nobody can hear it."""
    stream = sys.stderr
    if stream is None:
        return
    encoding = encoding_of(stream)
    shown = clean_line(line).encode(encoding, errors="replace").decode(encoding)
    try:
        stream.write(f"{shown}\n")
        stream.flush()
    except (OSError, ValueError):
        let_go(stream)


def encoding_of(stream: TextIO | None) -> str:
    """The encoding of a stream, UTF-8 where it has none."""
    return getattr(stream, "encoding", None) or "utf-8"


def at_a_terminal() -> bool:
    """True when there is somebody to ask: input and the prompts' output are terminals."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


def output_is_a_screen() -> bool:
    """True when what goes to standard output is read from a terminal, and not by another program."""
    return sys.stdout is not None and not sys.stdout.closed and sys.stdout.isatty()


def can_show_symbols(stream: TextIO) -> bool:
    """True when the stream can take the signs of the timeline, and the terminal is not a dumb one."""
    if os.environ.get("TERM") == "dumb":
        return False
    try:
        "●◆·■□".encode(encoding_of(stream))
    except UnicodeEncodeError:
        return False
    return True


def wants_color(stream: TextIO) -> bool:
    """True when color may be used: NO_COLOR and a dumb terminal forbid it, FORCE_COLOR asks for it, else only at a terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def height_of(stream: TextIO) -> int:
    """The lines of the terminal, 24 where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).lines
    except (OSError, ValueError):
        return USUAL_HEIGHT


def width_of(stream: TextIO) -> int:
    """The columns to fill: those of the terminal or of COLUMNS, else 80; between 40 and 160."""
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isascii() and columns.isdigit() and len(columns) < 10 else 0
    if width == 0:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return min(max(width or USUAL, NARROWEST), WIDEST)
