"""TOML and JSON text in which nothing is invisible or steers a terminal: such letters are written as escapes."""

from collections.abc import Callable
from typing import Any

import msgspec

from massage_cli.files.clean import is_hidden

_DELETE = "\x7f"
_BASIC_PLANE = 0xFFFF


def inert_toml(text: str) -> str:
    """The same TOML, with hidden letters, which stand only inside quotes, as escapes."""
    return _escaped(text, lambda code: f"\\U{code:08x}")


def json_text(value: Any) -> str:
    """A value as indented JSON with a line end, hidden letters as escapes; letters that are none become question marks."""
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_readable(msgspec.to_builtins(value)))
    return inert_json(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def json_line(value: Any) -> bytes:
    """A value as one line of JSON with its line end, hidden letters as escapes. Its letters must all be letters."""
    line = msgspec.json.encode(value)
    if not line.isascii() or _DELETE.encode() in line:
        line = inert_json(line.decode()).encode()
    return line + b"\n"


def _readable(value: Any) -> Any:
    """A plain value whose every text can be written."""
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {_readable(key): _readable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_readable(inner) for inner in value]
        case _:
            return value


def inert_json(text: str) -> str:
    """The same JSON, with hidden letters, which stand only inside quotes, as escapes."""

    def pair(code: int) -> str:
        high, low = divmod(code - _BASIC_PLANE - 1, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"

    return _escaped(text, pair)


def _escaped(text: str, wide: Callable[[int], str]) -> str:
    if text.isascii() and _DELETE not in text:
        return text

    def shown(letter: str) -> str:
        if letter == "\n" or not is_hidden(letter):
            return letter
        return f"\\u{ord(letter):04x}" if ord(letter) <= _BASIC_PLANE else wide(ord(letter))

    return "".join(map(shown, text))
