"""What may reach a screen or a page: nothing that steers a terminal, hides text or turns it around."""

import re
import unicodedata

_PLAIN = re.compile(r"[\x20-\x7e\n]*\Z")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_MOST_MARKS = 4
"""Accents on one letter; more only pile up over the lines around it."""


def is_hidden(letter: str) -> bool:
    """True for what is not seen where it stands: control, formatting, bidi, private and unassigned characters, breaks of any kind."""
    return unicodedata.category(letter) in _HIDDEN


def clean(text: str) -> str:
    """The text without control, formatting, bidi and private characters; tabs become spaces, line breaks stay."""
    if _PLAIN.match(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text.replace("\t", " ").replace("\r\n", "\n"):
        if letter != "\n" and is_hidden(letter):
            continue
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def clean_line(text: str) -> str:
    """The same on one line: line breaks become spaces."""
    return clean(text).replace("\n", " ")


def one_line(text: str) -> str:
    """The same with one space between words, whatever stood there."""
    return " ".join(clean(" ".join(text.split())).split())
