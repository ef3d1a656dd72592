"""Text as FHIR takes it: nothing hidden in it, nothing empty, and exactly what was typed when it is read back."""

import html
import re
from collections.abc import Iterable
from typing import Any

from massage_cli.files.clean import is_hidden

_FREE = " \r\n\t"
_LIKE_ESCAPE = re.compile(r"\\(?=[uU])")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")
_BACKSLASH = r"\\u005c"


def escaped(text: str) -> str:
    """Text in which letters that are hidden, or that FHIR refuses, stand as escapes like those of JSON; see `unescaped`."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(map(_shown, _LIKE_ESCAPE.sub(_BACKSLASH, text)))


def _shown(letter: str) -> str:
    if letter in _FREE or (not letter.isspace() and not is_hidden(letter)):
        return letter
    code = ord(letter)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def unescaped(text: str) -> str:
    """What `escaped` was given. Raises ValueError at an escape of no letter."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def label(text: str) -> str:
    """Text of one line to be shown, never empty."""
    return escaped(" ".join(text.split())) or "-"


def present(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource without what is not known; FHIR has no empty values."""
    return {key: value for key, value in resource.items() if value is not None and value not in ("", [], {})}


def paragraph(text: str) -> str:
    """One paragraph of a narrative."""
    return f"<p>{html.escape(label(text))}</p>"


def bullets(lines: Iterable[str]) -> str:
    """A list in a narrative; nothing where there are no lines."""
    items = "".join(f"<li>{html.escape(label(line))}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def narrative(*parts: str) -> dict[str, str]:
    """The text that a person reads where a program cannot show the resource."""
    return {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'}
