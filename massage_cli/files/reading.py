"""Bytes from a file or standard input into plain tables: size, encoding and syntax are settled here."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import tomli

from massage_cli.knowledge.problems import Problem, Unreadable

MOST_BYTES = 1024 * 1024
"""The size of the largest intake or plan that is read; a real one takes a few kilobytes."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_JSON_PLACE = re.compile(r"\(byte (\d+)\)")


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises Unreadable when it is missing, no file, or larger than 1 MiB."""
    with open_file(path) as file:
        try:
            return read_stream(file, str(path))
        except OSError as error:
            raise _broken(str(path), f"cannot be read: {error.strerror}") from None


def open_file(path: Path) -> BinaryIO:
    """The file, open for reading. Raises Unreadable when it is missing, no file, a pipe without a writer, or not ours to read."""
    try:
        return _open_pipe(path) if is_pipe(path) else path.open("rb")
    except FileNotFoundError:
        raise _broken(str(path), "there is no such file") from None
    except IsADirectoryError:
        raise _broken(str(path), "is a folder; name a file in it") from None
    except ValueError:
        raise _broken(str(path), "is not the name of a file") from None
    except OSError as error:
        raise _broken(str(path), f"cannot be read: {error.strerror}") from None


def is_pipe(path: Path) -> bool:
    """True for a named pipe, and for what a shell makes of `<(...)`: it can be read only once."""
    try:
        return stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError):
        return False


class _Pipe(RawIOBase):
    """A pipe, from the bytes on that were read to see whether anybody writes to it."""

    def __init__(self, descriptor: int, first: bytes) -> None:
        super().__init__()
        self._descriptor, self._first = descriptor, first

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._first[: len(buffer)] or os.read(self._descriptor, len(buffer))
        self._first = self._first[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def _open_pipe(path: Path) -> BinaryIO:
    """The pipe, open for reading. Raises Unreadable where nobody writes to it, which to wait for might take for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        first = os.read(descriptor, MOST_BYTES)
    except BlockingIOError:  # somebody writes to it, and has not begun
        first = b""
    else:
        if not first:
            os.close(descriptor)
            raise _broken(str(path), "is a pipe that nobody writes to, or that was read already; give a file")
    os.set_blocking(descriptor, True)
    return BufferedReader(_Pipe(descriptor, first))


def read_stream(stream: BinaryIO, name: str) -> bytes:
    """Everything a stream holds. Raises Unreadable beyond 1 MiB, without reading on."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _broken(name, "is larger than 1 MiB; an intake takes a few kilobytes")
    return content


def parse(content: bytes, name: str, *, only_json: bool = False) -> tuple[dict[str, Any], str]:
    """The table that a TOML or JSON text holds, and the text. Raises Unreadable, with the line where it can be had.

    JSON is known by its brace or the name, or by the caller, who then gets an explanation where it is anything else.
    """
    if name.lower().endswith(".csv") and not only_json:
        raise _broken(name, "is a CSV list; here one intake is read, as TOML or JSON")
    text = _decode(content, name)
    if not text.strip():
        raise _broken(name, "is empty; an intake to fill in is printed by: massage template")
    if only_json or name.endswith(".json") or text.lstrip().startswith("{"):
        return _parse_json(text, name), text
    return _parse_toml(text, name), text


def _decode(content: bytes, name: str) -> str:
    if content.startswith(UTF16_MARKS):
        raise _broken(name, "is UTF-16 text; save it again as UTF-8")
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _broken(name, "is not UTF-8 text; save it again as UTF-8", line=line) from None
    if "\0" in text:
        raise _broken(name, "holds a NUL character; save it again as UTF-8 text", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = str(error).partition(" (at ")[0]
        advice = "; line ends must be LF or CR LF" if "\r" in text.replace("\r\n", "\n") else ""
        raise _broken(name, f"is not TOML: {message[:1].lower()}{message[1:]}{advice}", line=getattr(error, "lineno", None)) from None
    except (RecursionError, ValueError):
        raise _broken(name, "is not TOML that can be read: nested too deeply, or a number too long") from None


def _parse_json(text: str, name: str) -> dict[str, Any]:
    try:
        table = msgspec.json.decode(text)
        if isinstance(table, dict) and text.count(":") != _keys_in(table):
            _refuse_duplicates(text, name)
    except msgspec.DecodeError as error:
        place = _JSON_PLACE.search(str(error))
        line = None if place is None else text.encode().count(b"\n", 0, int(place[1])) + 1
        reason = str(error).partition(" (byte")[0].removeprefix("JSON is malformed: ")
        if _SURROGATE.search(text):
            reason = f"{reason}; half of a surrogate pair is no letter"
        raise _broken(name, f"is not JSON: {reason}", line=line) from None
    except (RecursionError, ValueError):
        raise _broken(name, "is not JSON that can be read: nested too deeply, or a number too long") from None
    if not isinstance(table, dict):
        raise _broken(name, "is JSON, but not one object; one intake is an object in braces")
    return table


def _keys_in(value: Any) -> int:
    """How many keys a decoded value holds; with as many colons in its text no key can have stood twice."""
    inside: Iterable[Any] = value.values() if isinstance(value, dict) else value
    keys = len(value) if isinstance(value, dict) else 0
    for inner in inside:
        if type(inner) is dict or type(inner) is list:  # as decoding makes them; a third of the time that isinstance takes
            keys += _keys_in(inner)
    return keys


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of a JSON object as they stand there, equal keys and all."""


def _refuse_duplicates(text: str, name: str) -> None:
    """Msgspec lets the last of two equal keys win; in a health file that could undo an answer."""
    import json

    twice = dict.fromkeys(_duplicates(json.loads(text, object_pairs_hook=_Pairs), ""))
    if twice:
        raise Unreadable(Problem(file=name, path=path, message="stands twice; keep one") for path in twice)


def _duplicates(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, inner in value:
            here = f"{path}.{key}" if path else key
            if key in seen:
                yield here
            seen.add(key)
            yield from _duplicates(inner, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _duplicates(inner, f"{path}[{index}]")


def _broken(name: str, message: str, *, line: int | None = None) -> Unreadable:
    return Unreadable([Problem(file=name, path="", line=line, message=message)])
