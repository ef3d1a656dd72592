"""Pages of what would be otherwise: they fit, and say first that nothing of it is so."""

import pytest

from massage_cli.files.plans.supposed import what_if
from massage_cli.planning.supposing import NOTICE
from massage_cli.terminal.display.otherwise import draw_what_if
from massage_cli.terminal.display.paper import Paper
from tests.builders import knowledge
from tests.documents.samples import samples


def page(name: str, *values: str, width: int = 80) -> str:
    document = samples()[name]
    paper = Paper(width=width, color=False, symbols=True)
    draw_what_if(what_if(document, values, knowledge(), on=document.planned_on, called=name), paper)
    return paper.text()


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", sorted(samples()))
def test_a_page_fits_and_says_first_that_nothing_is_advised(name: str, width: int) -> None:
    text = page(name, width=width)
    assert all(len(line) <= width for line in text.splitlines())
    joined = " ".join(text.split())
    before = joined.partition("Were the answer")[0].partition("Had ")[0]
    assert all(sentence in before for sentence in NOTICE)
    assert joined.endswith("No clinician has reviewed this knowledge. A licensed professional decides.")


def test_questions_that_are_open_are_to_be_asked() -> None:
    assert "1 question is open; ask the client." in page("open-question")


def test_a_plan_without_limits_has_nothing_to_suppose() -> None:
    assert "No finding limits or withholds this plan." in page("low-back")


def test_of_a_client_who_is_referred_nothing_is_told_of_how_to_treat() -> None:
    text = page("nowhere")
    assert "outcome: clear; it was: refer" in text
    assert "Nothing of how to treat is shown while the client's own plan says stop." in " ".join(text.split())
    assert not any(word in text for word in ("technique", "visits:", "session:", "phase", "pressure"))
