"""Criteria as messages and lists say them."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.facts import Criterion
from massage_cli.planning.criteria_words import asked_when_words
from tests.builders import knowledge


def words(*groups: tuple[Criterion, ...]) -> str:
    return asked_when_words(replace(knowledge().fact["fever"], asked_when=groups))


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"is_": "yes"}, "'x' is yes"),
        ({"is_not": "no"}, "'x' is not no"),
        ({"in_": ("mild", "severe")}, "'x' is mild or severe"),
        ({"includes_any": ("neck", "head")}, "'x' include neck or head"),
        ({"at_least": 65}, "'x' is 65 or more"),
        ({"at_most": 60}, "'x' is 60 or less"),
        ({"known": True}, "'x' is known"),
        ({"known": False}, "'x' is not known"),
    ],
)
def test_a_criterion_is_said_in_words(test: dict[str, Any], said: str) -> None:
    assert words((Criterion(fact="x", **test),)) == said


def test_what_must_hold_together_and_what_may_hold_instead() -> None:
    young, old = Criterion(fact="age", at_most=17), Criterion(fact="age", at_least=65)
    assert (
        words((young, Criterion(fact="falls", is_="yes")), (old,)) == "'age' is 17 or less and 'falls' is yes, or when 'age' is 65 or more"
    )


def test_of_a_question_that_is_always_asked_nothing_is_said() -> None:
    assert asked_when_words(knowledge().fact["fever"]) == ""
