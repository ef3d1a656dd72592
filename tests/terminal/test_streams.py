"""The two streams: what is written to them, how wide they are, and what they can show."""

import encodings.aliases
import errno
import io
import os
from types import SimpleNamespace
from typing import NoReturn, TextIO

import pytest

from massage_cli.terminal.display.paper import Signs
from massage_cli.terminal.streams import OutputLost, can_show_symbols, encoding_of, say, wants_color, width_of, write_data, write_text


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def a_stream(encoding: str = "utf-8", *, terminal: bool = False) -> TextIO:
    """A stream in memory."""
    return (Terminal if terminal else io.TextIOWrapper)(io.BytesIO(), encoding=encoding, write_through=True)


def written(stream: TextIO) -> bytes:
    """What has been written to a stream in memory."""
    return stream.buffer.getvalue()


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of terminals."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_data_is_utf_8_whatever_the_stream_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = a_stream("ascii")
    monkeypatch.setattr("sys.stdout", stream)
    write_data("café\n")
    assert written(stream) == "café\n".encode()


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", "é●".encode()), ("cp1252", b"\xe9?"), ("ascii", b"??")])
def test_letters_that_a_terminal_cannot_show_are_replaced(monkeypatch: pytest.MonkeyPatch, encoding: str, expected: bytes) -> None:
    stream = a_stream(encoding)
    monkeypatch.setattr("sys.stdout", stream)
    write_text("é●")
    assert written(stream) == expected


@pytest.mark.parametrize("stream", [None, "closed"])
def test_a_closed_output_is_lost(monkeypatch: pytest.MonkeyPatch, stream: str | None) -> None:
    closed = a_stream()
    closed.close()
    monkeypatch.setattr("sys.stdout", closed if stream else None)
    with pytest.raises(OutputLost, match="closed"):
        write_data("data")
    with pytest.raises(OutputLost, match="closed"):
        write_text("text")


def test_a_full_output_is_lost_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: bytes) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=SimpleNamespace(write=full), encoding="utf-8", flush=lambda: None))
    for write in (write_data, write_text):
        with pytest.raises(OutputLost, match="No space left"):
            write("data")


def test_what_is_said_is_one_clean_line_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = a_stream()
    monkeypatch.setattr("sys.stderr", stream)
    say("one\x1b[31m\ntwo\u202e")
    assert written(stream) == b"one[31m two\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_is_said_fits_any_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    stream = a_stream(encoding)
    monkeypatch.setattr("sys.stderr", stream)
    say("漢字 café")
    assert written(stream).endswith(b"\n")


def test_nobody_hears_what_is_said_to_a_closed_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = a_stream()
    closed.close()
    for stream in (None, closed):
        monkeypatch.setattr("sys.stderr", stream)
        say("hello")


def test_a_stream_without_an_encoding_is_utf_8() -> None:
    assert encoding_of(None) == "utf-8"
    assert encoding_of(io.StringIO()) == "utf-8"


# Symbols


def every_sign() -> str:
    """Every sign that a page may draw with symbols."""
    return "".join(vars(Signs(symbols=True)).values())


@pytest.mark.usefixtures("plain")
def test_symbols_are_used_only_where_all_of_them_can_be_shown() -> None:
    wrong = []
    for encoding in sorted({name for name in encodings.aliases.aliases.values() if not name.endswith("codec") and name != "mbcs"}):
        try:
            stream = a_stream(encoding)
        except LookupError:
            continue
        if can_show_symbols(stream) and "?" in every_sign().encode(encoding, errors="replace").decode(encoding):
            wrong.append(encoding)
    assert wrong == []


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("encoding", "can"), [("utf-8", True), ("ascii", False), ("cp1252", False), ("latin-1", False)])
def test_symbols_depend_on_the_encoding(encoding: str, can: bool) -> None:
    assert can_show_symbols(a_stream(encoding)) is can


def test_a_dumb_terminal_shows_no_symbols(plain: pytest.MonkeyPatch) -> None:
    plain.setenv("TERM", "dumb")
    assert not can_show_symbols(a_stream())


# Color


@pytest.mark.parametrize(
    ("environment", "terminal", "wants"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "xterm-256color"}, False, False),
    ],
)
def test_color_is_for_terminals_and_for_who_asks(
    plain: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, wants: bool
) -> None:
    for name, value in environment.items():
        plain.setenv(name, value)
    assert wants_color(a_stream(terminal=terminal)) is wants


# Width


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        *(("", 80), ("0", 80), ("00", 80), ("-5", 80), ("abc", 80), ("80.5", 80), ("\u0664\u0665", 80), ("\u00b2", 80), (" 50", 80)),
        *(("1", 40), ("39", 40), ("40", 40), ("41", 41), ("80", 80), ("160", 160), ("161", 160), ("100000000", 160), ("9" * 40, 80)),
    ],
)
def test_the_width_follows_columns_between_40_and_160(plain: pytest.MonkeyPatch, columns: str, width: int) -> None:
    plain.setenv("COLUMNS", columns)
    assert width_of(a_stream()) == width


@pytest.mark.usefixtures("plain")
def test_the_width_is_80_where_nothing_says_more() -> None:
    assert width_of(a_stream()) == 80


@pytest.mark.parametrize(("columns", "width"), [(20, 40), (100, 100), (500, 160), (0, 80)])
def test_the_width_follows_the_terminal(plain: pytest.MonkeyPatch, columns: int, width: int) -> None:
    class WithNumber(io.StringIO):
        def fileno(self) -> int:
            return 1

    plain.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    assert width_of(WithNumber()) == width
