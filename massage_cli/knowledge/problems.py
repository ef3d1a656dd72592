"""One thing that is wrong with a file, and how near words are suggested."""

from collections.abc import Iterable
from typing import Any

from massage_cli.knowledge.value import Value


class Problem(Value, frozen=True, kw_only=True):
    """What is wrong at a key path: the value found, and a message that says what is allowed.

    `path` is like `pain`, `booking.minutes` or `clearances[0].by`; empty where the whole file is meant.
    """

    path: str
    message: str
    value: Any = None
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, None if self.line is None else str(self.line)) if part)
        return ": ".join(part for part in (place, self.path, self.message) if part)


class Unreadable(Exception):
    """Broken input: every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[tuple[Problem, ...]]]:
        """Another process is told the same problems; exceptions pickle their message alone."""
        return type(self), (self.problems,)


MOST_SUGGESTIONS = 50
"""Beyond so many unknown words in one file no near ones are looked for: it is not a slip then, and looking takes long."""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that is close enough to be what was meant, or none."""
    import difflib  # slow to import, and needed only when something is wrong

    lowered = {choice.lower(): choice for choice in allowed}
    close = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return lowered[close[0]] if close else None


def near_ones(word: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Up to three allowed words that may have been meant, nearest first; else up to three that begin with it."""
    import difflib

    lowered = {choice.lower(): choice for choice in allowed}
    close = difflib.get_close_matches(word.lower()[:100], lowered, n=3, cutoff=0.6)
    return tuple(lowered[choice] for choice in close or [choice for choice in lowered if word and choice.startswith(word.lower())][:3])


def not_one_of(word: object, allowed: Iterable[str], *, what: str = "", before: int = 0) -> str:
    """A message that a word is not allowed: the near one if there is one, else all when they are few.

    before: how many wrong words were told before this one
    """
    choices = tuple(allowed)
    shown = quoted(word)
    suggestion = nearest(word, choices) if isinstance(word, str) and before < MOST_SUGGESTIONS else None
    few = len(choices) <= 12
    message = f"{shown} is not one of {', '.join(choices)}" if few else f"{shown} is not {what or 'known'}"
    return message if suggestion is None else f"{message}; did you mean '{suggestion}'?"


def together(messages: Iterable[str]) -> str:
    """What is wrong with one value, each thing once; of very many the first and how many more."""
    each = list(dict.fromkeys(messages))
    more = len(each) - MOST_SUGGESTIONS
    return "; ".join(each if more <= 0 else [*each[:MOST_SUGGESTIONS], f"and {more} more like these"])


def quoted(value: object) -> str:
    """A value as it is shown in a message, cut to a length that cannot drown the message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else f"{value[:57]}..."
        return f"'{shown}'"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) >= 10**30:
        return "a number of more than 30 digits"
    return str(value)
