"""What a question of the interview is: how it is answered, and the lines it offers."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from massage_cli.knowledge.value import Value
from massage_cli.planning.texts import spaced

MOST_LINES = 12
"""The most lines of a list on one screen; the line for none of these is one of them."""
PAGE = MOST_LINES - 1
"""The most lines of one page of a list, beside that line."""


LEFT_OUT = "left out"


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ONE = "one"
    MANY = "many"


class Section(StrEnum):
    """The parts of the interview, in order."""

    VISIT = "visit"
    CLIENT = "client"
    REASON = "reason"
    TODAY = "today"
    HEALTH = "health"
    CLEARANCE = "clearance"
    BOOKING = "booking"


class Option(Value, frozen=True, kw_only=True):
    """One line of a list: a short label, and the full wording where that says more."""

    value: str
    label: str
    wording: str = ""


class Question(Value, frozen=True, kw_only=True):
    """One question; `none` is the explicit line for nothing of a list, and `health` marks what Enter alone must not answer."""

    id: str
    section: Section
    kind: Kind
    title: str
    wording: str = ""
    options: tuple[Option, ...] = ()
    none: str = ""
    required: bool = True
    health: bool = False
    whole: bool = True
    lowest: int | float | None = None
    highest: int | float | None = None
    unit: str = ""
    suggested: str = ""
    left_out: str = LEFT_OUT
    """What no answer means, in words."""


def pages(
    prefix: str, section: Section, title: str, options: tuple[Option, ...], *, none: str = "None of these", health: bool = False
) -> Iterator[Question]:
    """A list as questions of at most so many lines; nothing where there is no line."""
    for number, start in enumerate(range(0, len(options), PAGE), start=1):
        yield Question(
            id=prefix if number == 1 else f"{prefix}.{number}",
            section=section,
            kind=Kind.MANY,
            title=title if len(options) <= PAGE else f"{title} ({number})",
            options=options[start : start + PAGE],
            none=none,
            health=health,
        )


def one(
    question_id: str,
    section: Section,
    title: str,
    options: Iterable[tuple[str, str]],
    *,
    wording: str = "",
    suggested: str = "",
    health: bool = False,
) -> Question:
    """A question with one line of a list as its answer; the lines as pairs of value and label."""
    lines = tuple(Option(value=value, label=label) for value, label in options)
    return Question(
        id=question_id, section=section, kind=Kind.ONE, title=title, wording=wording, options=lines, suggested=suggested, health=health
    )


def label_of(word: str) -> str:
    """An id as the label of a line."""
    return spaced(word).capitalize()
