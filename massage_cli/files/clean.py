"""What may reach a screen or a page: nothing that steers a terminal, hides text or turns it around."""

import re
import unicodedata

_PLAIN = re.compile(r"[\x20-\x7e\n]*\Z")
_BREAKS = ("Zl", "Zp")
_MOST_MARKS = 4
"""Accents on one letter; more only pile up over the lines around it."""


def clean(text: str) -> str:
    """The text without control, formatting, bidi and private characters; tabs become spaces, line breaks stay."""
    if _PLAIN.match(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text.replace("\t", " ").replace("\r\n", "\n"):
        category = unicodedata.category(letter)
        if letter != "\n" and (category.startswith("C") or category in _BREAKS):
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def clean_line(text: str) -> str:
    """The same on one line: line breaks become spaces."""
    return clean(text).replace("\n", " ")
