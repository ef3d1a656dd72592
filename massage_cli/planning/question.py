"""What a question of the interview is: how it is answered, and the lines it offers."""

from enum import StrEnum

from massage_cli.knowledge.value import Value


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ONE = "one"
    MANY = "many"


class Section(StrEnum):
    """The parts of the interview, in order."""

    CLIENT = "client"
    REASON = "reason"
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
