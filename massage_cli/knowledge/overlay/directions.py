"""The ways in which a built-in value may be changed: each says what is allowed where a change would loosen it."""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import Any

from massage_cli.knowledge.problems import quoted

Direction = Callable[[Any, Any], str | None]
"""Takes the new value and the built-in one; gives None where the change is safe, else what is wrong and what to do."""

_LEAVE_OUT = "or leave the key out"


def fixed(new: Any, old: Any) -> str | None:
    """Nothing but the built-in value."""
    return None if new == old else f"cannot be changed; it is built in, so take this key out, {OWN_ENTRY}"


OWN_ENTRY = "and write an entry of your own under another id where you need more"


def free(_new: Any, _old: Any) -> str | None:
    """Any sound value: nothing that a client may or may not have done hangs on it."""
    return None


def worded(new: Any, _old: Any) -> str | None:
    """Any words, but some."""
    return None if str(new).strip() else f"is empty; write some words, {_LEAVE_OUT}"


def keeps_words(new: Any, old: Any) -> str | None:
    """The words of the built-in one, with more before or after them."""
    if str(old) in str(new):
        return None
    return f"has to keep the built-in words; add yours before or after them, {_LEAVE_OUT}: '{old}'"


def at_most(new: Any, old: Any) -> str | None:
    """The same or less; where nothing was capped, any cap."""
    if old is None or (new is not None and new <= old):
        return None
    return f"{_shown(new)} is more than the built-in {_shown(old)}; give {_shown(old)} or less, {_LEAVE_OUT}"


def at_least(new: Any, old: Any) -> str | None:
    """The same or more."""
    return None if new >= old else f"{_shown(new)} is less than the built-in {_shown(old)}; give {_shown(old)} or more, {_LEAVE_OUT}"


def between(least: int, most: Direction) -> Direction:
    """As the direction says, but not below a floor under which no session can be planned."""

    def judged(new: Any, old: Any) -> str | None:
        return most(new, old) or (None if new >= least else f"{_shown(new)} leaves nothing to plan; give {least} to {_shown(old)}")

    return judged


def only_on(new: Any, old: Any) -> str | None:
    """True stays true."""
    return None if new or not old else f"cannot be turned off; it is built in, so give true, {_LEAVE_OUT}"


def grows(new: Collection[Any], old: Collection[Any]) -> str | None:
    """Everything that the built-in list has, and perhaps more."""
    gone = [each for each in old if each not in new]
    if not gone:
        return None
    return f"leaves out {_listed(gone)}, which the built-in list has; name it too, {_LEAVE_OUT}"


def earlier_word(words: Sequence[StrEnum]) -> Direction:
    """The same word or one further up in a list that begins with the strictest; where none was given, any."""

    def judged(new: Any, old: Any) -> str | None:
        if old is None or (new is not None and words.index(new) <= words.index(old)):
            return None
        allowed = ", ".join(words[: words.index(old) + 1])
        return f"{_shown(new)} is less strict than the built-in {_shown(old)}; give one of {allowed}, {_LEAVE_OUT}"

    return judged


def later_word(words: Sequence[StrEnum]) -> Direction:
    """The same word or one further down in a list that ends with the most careful."""
    return earlier_word(tuple(reversed(words)))


def _shown(value: Any) -> str:
    return "no limit" if value is None else quoted(value)


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(f"'{value}'" if isinstance(value, str) else "an entry" for value in values)
