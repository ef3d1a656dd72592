"""The ways in which a built-in value may be changed: what each lets through, and what it says where it does not."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from massage_cli.knowledge.overlay import directions
from massage_cli.knowledge.overlay.directions import at_most, between, earlier_word, later_word


class Strictness(StrEnum):
    STOP = "stop"
    LIMIT = "limit"
    NOTE = "note"


EARLIER, LATER = (lambda: earlier_word(tuple(Strictness))), (lambda: later_word(tuple(Strictness)))
OUT = "or leave the key out"


@pytest.mark.parametrize(
    ("direction", "new", "old"),
    [
        (directions.fixed, 3, 3),
        (directions.free, 9, 3),
        (directions.worded, "x", "y"),
        (directions.keeps_words, "Now and then: rest.", "rest"),
        (at_most, 3, 3),
        (at_most, 2, 3),
        (at_most, 9, None),
        (at_most, None, None),
        (directions.at_least, 3, 3),
        (directions.at_least, 4, 3),
        (directions.only_on, True, True),
        (directions.only_on, True, False),
        (directions.only_on, False, False),
        (directions.grows, ["a", "b", "c"], ["b", "a"]),
        (directions.grows, ["a"], []),
    ],
)
def test_what_is_as_strict_or_stricter_is_let_through(direction: Callable[[Any, Any], str | None], new: Any, old: Any) -> None:
    assert direction(new, old) is None


@pytest.mark.parametrize(
    ("direction", "new", "old", "said"),
    [
        (
            directions.fixed,
            4,
            3,
            "cannot be changed; it is built in, so take this key out, and write an entry of your own under another id where you need more",
        ),
        (directions.worded, " ", "y", f"is empty; write some words, {OUT}"),
        (directions.keeps_words, "Go on.", "Rest.", f"has to keep the built-in words; add yours before or after them, {OUT}: 'Rest.'"),
        (at_most, 4, 3, f"4 is more than the built-in 3; give 3 or less, {OUT}"),
        (at_most, None, 3, f"no limit is more than the built-in 3; give 3 or less, {OUT}"),
        (directions.at_least, 2, 3, f"2 is less than the built-in 3; give 3 or more, {OUT}"),
        (directions.only_on, False, True, f"cannot be turned off; it is built in, so give true, {OUT}"),
        (directions.grows, ["a"], ["a", "b", {"c": 1}], f"leaves out 'b', an entry, which the built-in list has; name it too, {OUT}"),
    ],
)
def test_what_is_less_strict_is_told_with_what_is_allowed(
    direction: Callable[[Any, Any], str | None], new: Any, old: Any, said: str
) -> None:
    assert direction(new, old) == said


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (8, None),
        (5, None),
        (4, "4 leaves nothing to plan; give 5 to 8"),
        (9, f"9 is more than the built-in 8; give 8 or less, {OUT}"),
    ],
)
def test_a_number_between_a_floor_and_the_built_in_one(new: int, said: str | None) -> None:
    assert between(5, at_most)(new, 8) == said


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        (Strictness.STOP, Strictness.LIMIT, None),
        (Strictness.LIMIT, Strictness.LIMIT, None),
        (Strictness.NOTE, None, None),
        (None, None, None),
        (Strictness.NOTE, Strictness.LIMIT, f"'note' is less strict than the built-in 'limit'; give one of stop, limit, {OUT}"),
        (None, Strictness.STOP, f"no limit is less strict than the built-in 'stop'; give one of stop, {OUT}"),
    ],
)
def test_a_word_may_become_one_further_up(new: Strictness | None, old: Strictness | None, said: str | None) -> None:
    assert EARLIER()(new, old) == said


def test_a_word_may_become_one_further_down_where_the_last_is_the_most_careful() -> None:
    assert LATER()(Strictness.NOTE, Strictness.LIMIT) is None
    said = f"'stop' is less strict than the built-in 'limit'; give one of note, limit, {OUT}"
    assert LATER()(Strictness.STOP, Strictness.LIMIT) == said
