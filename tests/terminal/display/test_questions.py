"""The questions about health as a list to read."""

import pytest

from massage_cli.knowledge.vocabulary import FactKind
from tests.builders import knowledge
from tests.terminal.display.pages import joined
from tests.terminal.massage import massage_here


@pytest.mark.parametrize("width", [40, 80, 160])
def test_every_question_says_how_it_is_answered(width: int) -> None:
    text = joined(massage_here("questions", COLUMNS=str(width)).text)
    for fact in knowledge().facts:
        match fact.kind:
            case FactKind.YES_NO:
                answers = "yes, no, unsure" + ("; and where" if fact.where else "")
            case FactKind.CHOICE:
                answers = ", ".join((*fact.choices, "unsure"))
            case FactKind.NUMBER:
                answers = f"{fact.min} to {fact.max}"
        assert f" {fact.id} {answers}" in f" {text}", fact.id


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_is_wider_than_the_paper(width: int) -> None:
    assert max(map(len, massage_here("questions", COLUMNS=str(width)).text.split("\n"))) <= width


def test_a_question_that_hangs_on_another_says_on_which() -> None:
    text = joined(massage_here("questions").text)
    assert text.count("Asked only when") == sum(fact.asked_when is not None for fact in knowledge().facts)


def test_the_list_ends_with_what_attests_the_others() -> None:
    assert joined(massage_here("questions").text).endswith(
        'everything-else = "no" attests that every other question was asked and answered no.'
    )
