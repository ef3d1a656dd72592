"""The review on paper: the decision first, then what it rests on, then the visits to come."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.display.review import draw_review, draw_so_far
from tests.builders import knowledge
from tests.saved import a_document, applied, reviewed, visited
from tests.terminal.display.pages import headings, joined, page, section
from tests.terminal.display.stories import STORIES, review_of_story, story

GOLDEN = Path(__file__).parents[1] / "golden_reviews"


def drawn(name: str, *, width: int = 80, symbols: bool = True) -> str:
    paper = Paper(width=width, color=False, symbols=symbols)
    draw_review(review_of_story(name), story(name), knowledge(), paper)
    return paper.text()


def so_far(document: PlanDocument) -> str:
    paper = Paper(width=80, color=False, symbols=True)
    draw_so_far(document, knowledge(), paper)
    return paper.text()


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("name", STORIES)
def test_the_review_is_the_same_as_last_time(name: str, width: int) -> None:
    golden = GOLDEN / f"{name}-{width}.txt"
    text = drawn(name, width=width)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_golden_review_belongs_to_a_story() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}-{width}.txt" for name in STORIES for width in (80, 40)}


@pytest.mark.parametrize("name", STORIES)
def test_each_story_comes_to_its_class(name: str) -> None:
    assert review_of_story(name).decision.class_ == name


def test_the_decision_stands_first() -> None:
    assert drawn("worse").startswith(" STOP REFER  ")
    assert drawn("improved").startswith(" CONTINUE  ")


def test_a_stop_shows_no_session_and_no_visit_to_come() -> None:
    text = drawn("worse")
    assert section(text, "VISITS TO COME").strip() == "None."
    assert "FROM NOW ON" not in headings(text)
    assert "pressure" not in text


def test_the_page_of_a_stopped_course_shows_no_session_and_no_dates_to_come() -> None:
    text = page(applied(story("worse")))
    assert not {"SESSION", "COURSE", "TECHNIQUES"} & set(headings(text))
    assert text.startswith(" STOP ")
    assert text.rstrip().split("\n")[-1].startswith(" STOP ")
    assert "Swedish" not in text


def test_replaced_techniques_are_told_with_what_comes_instead() -> None:
    text = drawn("none")
    assert "Swedish massage: 37 minutes at pressure 3, lower back" in joined(section(text, "FROM NOW ON"))


def test_one_visit_is_one_visit() -> None:
    done = reviewed(visited(a_document(), 5))
    paper = Paper(width=80, color=False, symbols=True)
    draw_review(done, visited(a_document(), 5), knowledge(), paper)
    assert "1 visit attended" in paper.text()


@pytest.mark.parametrize("name", STORIES)
def test_no_review_makes_a_claim(name: str) -> None:
    document = story(name)
    for text in (drawn(name), page(document), page(applied(document))):
        assert claims_in(joined(text), knowledge()) == ()


@settings(max_examples=30)
@given(st.sampled_from(sorted(STORIES)), st.integers(40, 160), st.booleans())
def test_no_line_is_wider_than_the_paper(name: str, width: int, symbols: bool) -> None:
    lines = drawn(name, width=width, symbols=symbols).split("\n")
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip() or "…" in line] == []


@settings(max_examples=20)
@given(st.sampled_from(sorted(STORIES)), st.integers(40, 160))
def test_every_word_is_there_at_every_width(name: str, width: int) -> None:
    letters = re.sub(r"\s", "", drawn(name, width=width))
    assert letters == re.sub(r"\s", "", drawn(name, width=120 if width >= 60 else 50))


# What has happened so far


def test_nothing_is_said_of_a_course_that_nothing_has_happened_to() -> None:
    assert so_far(a_document()) == "\n"


def test_what_happened_so_far_stands_on_the_page_with_the_decision() -> None:
    text = so_far(applied(story("improved")))
    assert "CONTINUE on" in text
    assert "missed" in text
    assert "rmdq 6" in text


def test_pain_is_drawn_as_a_bar_of_ten() -> None:
    text = so_far(visited(a_document(), 0, 10, 3))
    assert re.findall("[■□]+ [0-9]+", text) == ["□" * 10 + " 0", "■" * 10 + " 10", "■" * 3 + "□" * 7 + " 3"]


def test_a_measure_that_is_not_known_any_more_is_shown_by_its_id() -> None:
    visit = Visit(number=1, date=a_document().sessions[0].date, status=VisitStatus.ATTENDED, measure="gone", score=3)
    assert "gone 3" in so_far(replace(a_document(), visits=(visit,)))


def test_one_page_does_not_name_two_percentages_of_one_change() -> None:
    assert set(re.findall(r"([0-9]+) percent", joined(drawn("slight")))) == {"16"}


def test_one_point_is_one_point() -> None:
    assert "(-1 point, 16 percent less)" in joined(drawn("slight"))


def test_visits_to_come_stand_under_each_other_where_it_is_narrow() -> None:
    lines = [line for line in drawn("slight", width=40).split("\n") if re.match(r" ?[0-9]+ +[MTWFS]", line)]
    assert len({line.index("20") for line in lines[-6:]}) == 1
