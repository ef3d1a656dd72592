"""One session on the page."""

from typing import Any

import pytest

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.planning.texts import spaced
from tests.terminal.display.pages import a_document, joined, page, section
from tests.worked import NAMES, plan_of

PLANNED = [name for name in NAMES if plan_of(name).sessions]


def session(document: PlanDocument, **how: Any) -> str:
    """The part of the page that draws the session."""
    return section(page(document, **how), "SESSION")


@pytest.mark.parametrize("name", PLANNED)
@pytest.mark.parametrize("width", [40, 80])
def test_every_technique_has_its_minutes_pressure_places_and_reason(name: str, width: int) -> None:
    text = joined(session(plan_of(name), width=width))
    for technique in plan_of(name).techniques:
        where = ", ".join(spaced(region) for region in technique.regions)
        level = "■" * technique.pressure + "□" * (5 - technique.pressure)
        facts = f"{technique.name} {technique.minutes} min, pressure {technique.pressure} of 5 {level} on {where} {technique.because}"
        assert joined(facts) in text


@pytest.mark.parametrize("name", PLANNED)
def test_the_parts_of_the_session_are_told_in_order(name: str) -> None:
    outline = " · ".join(f"{spaced(part.part)} {part.minutes}" for part in plan_of(name).outline)
    assert outline in joined(session(plan_of(name)))


def test_the_pressure_is_drawn_in_plain_letters_too() -> None:
    assert "###.." in session(a_document(), symbols=False)


def test_the_heading_tells_the_minutes_and_those_of_the_first_visit() -> None:
    document = plan_of("low-back")
    minutes = sum(part.minutes for part in document.outline)
    extra = document.sessions[0].minutes - minutes
    assert extra > 0
    text = joined(page(document))
    assert f"SESSION {minutes} minutes, phase {document.phases[0].name}; the first visit {extra} more" in text


def test_nothing_is_said_of_a_first_visit_that_is_like_the_others() -> None:
    assert "first visit" not in page(a_document(first_visit=False)).split("SESSION")[1].split("\n")[0]
