"""What an explanation is: one value of a plan, why it is there, and what that rests on."""

from collections.abc import Iterable
from enum import StrEnum

from massage_cli.knowledge.value import Value


class Topic(StrEnum):
    """What a line of a plan is about, in the order in which it is explained."""

    OUTCOME = "outcome"
    SO_FAR = "so-far"
    FINDINGS = "findings"
    LIMITS = "limits"
    PROTOCOL = "protocol"
    TECHNIQUES = "techniques"
    LEFT_OUT = "left-out"
    SESSION = "session"
    COURSE = "course"
    VISITS = "visits"
    AFTER = "after"
    WARNINGS = "warnings"
    INTAKE = "intake"
    FILE = "file"


HOW_TO_TREAT = (Topic.LIMITS, Topic.TECHNIQUES, Topic.LEFT_OUT, Topic.SESSION, Topic.COURSE, Topic.VISITS, Topic.AFTER)
"""What nothing is shown of where a plan is withheld or a course was stopped."""

ORIGINS = {"T": "trial or guideline", "P": "payer or practice rule", "S": "lay articles", "I": "reasoned by the makers"}
"""Where a number of a protocol comes from, by its letter (planning.md)."""


class Told(Value, frozen=True, kw_only=True):
    """An answer: its key path in the plan, what was asked, and what was said."""

    path: str
    asked: str
    said: str


class Explanation(Value, frozen=True, kw_only=True):
    """One value of a plan, or one thing that is not in it, and why.

    path: the key path in the plan; of something that is not there, the list that it is not in
    id: the rule, technique, protocol, measure, warning or visit that it is about
    main: True for what sums up a whole entry
    answers: what the client said that it rests on
    sources: keys of sources
    checked: whether the core of it stood in a text that was read; None where nothing clinical is claimed
    origin: where a number comes from, in words
    lifted_by: what would lift a stop
    bears_on: of an answer, the key paths of what rests on it
    """

    path: str
    topic: Topic
    what: str
    because: tuple[str, ...]
    id: str | None = None
    main: bool = False
    answers: tuple[Told, ...] = ()
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    checked: bool | None = None
    note: str | None = None
    origin: tuple[str, ...] = ()
    lifted_by: str | None = None
    bears_on: tuple[str, ...] = ()


def origins(letters: Iterable[str]) -> tuple[str, ...]:
    """Letters of origin in words; `S,T` names two, and `none` none."""
    named = (letter.strip() for entry in letters for letter in entry.split(","))
    return tuple(dict.fromkeys(ORIGINS[letter] for letter in named if letter in ORIGINS))
