"""Pages of reasons: nothing said twice, nothing cut, verdict first, and sources with how much of them was read."""

import pytest

from massage_cli.files.explained.lookup import about
from massage_cli.files.explained.report import explain
from massage_cli.terminal.display.explained import draw_explained
from massage_cli.terminal.display.paper import Paper
from tests.builders import knowledge
from tests.documents.samples import samples


def page(name: str, asked: str | None = None, *, width: int = 80) -> str:
    found = explain(samples()[name], knowledge(), called=name)
    paper = Paper(width=width, color=False, symbols=True)
    draw_explained(found, found.lines if asked is None else about(found, asked), asked, paper)
    return paper.text()


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", sorted(samples()))
def test_a_page_fits_begins_with_the_verdict_and_ends_with_who_decides(name: str, width: int) -> None:
    text = page(name, width=width)
    assert all(len(line) <= width for line in text.splitlines())
    assert text.splitlines()[0].split()[0] in ("GO", "WAIT", "STOP", "STOP:", "NO", "DANGER")
    assert " ".join(text.split()).endswith("No clinician has reviewed this knowledge. A licensed professional decides.")


@pytest.mark.parametrize("name", [name for name, plan in samples().items() if plan.outcome.withholds or plan.stopped])
def test_a_withheld_or_stopped_plan_shows_nothing_of_how_to_treat(name: str) -> None:
    text = " ".join(page(name).partition("SOURCES")[0].split())
    left_out, keep = text.partition("LEFT OUT")[2], text.partition("KEEP IN MIND")[2]
    treating = text.replace(left_out, "").replace(keep, "")
    assert [technique.name for technique in knowledge().techniques if technique.name in treating] == []
    assert not any(title in text for title in ("TECHNIQUES", "SESSION", "PHASES", "DAYS OF VISITS"))


def test_visits_that_fall_as_meant_share_one_reason() -> None:
    text = page("blood-thinner")
    assert "  Visit 2: Mon 2026-11-30\n  Visit 3: Mon 2026-12-07\n" in text
    assert text.count("7 days after the visit before: an open day.") == 1


def test_what_one_thing_rests_on_is_told_once_with_its_sources() -> None:
    text = page("blood-thinner", "anticoagulant")
    finding = text.partition("OUTCOME")[0]
    assert finding.count("Sources: nccih") == 1
    assert "How far checked: the core of it stood in a text that was read" in finding
    assert "read: " in text.partition("SOURCES")[2]


def test_an_answer_that_was_not_given_is_not_told_as_one() -> None:
    assert "not given" not in page("blood-thinner", "techniques[0].pressure")
