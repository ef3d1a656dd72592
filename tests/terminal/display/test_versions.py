"""Versions of a plan on the screen: differences in words, the history, and the figures of a course."""

from datetime import date
from pathlib import Path

import pytest

from massage_cli.files.courses.summary import summary_of
from massage_cli.files.plans.changes import Change
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.terminal.display.versions import show_differences, show_summary, show_versions
from tests.builders import knowledge
from tests.saved import a_document, as_version, missed, visited
from tests.terminal.display.pages import joined
from tests.terminal.display.stories import STORIES, story


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_difference_is_new_or_gone_or_changed(capsys: pytest.CaptureFixture[str]) -> None:
    show_differences([Change(about="a", after="x"), Change(about="b", before="y"), Change(about="c", before="y", after="x")])
    assert shown(capsys) == "  - New: a: x\n  - Gone: b: y\n  - c: x; it was: y\n"


def test_no_difference_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    show_differences([])
    assert shown(capsys) == "The plans say the same.\n"


def test_a_plan_alone_has_a_history_of_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    show_versions([Version(path=Path("ann.toml"), digest="", document=a_document(client="ann"))], knowledge())
    assert shown(capsys) == "ann: 1 version, planned on Sat 2026-11-21\n"


@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("name", STORIES)
def test_the_history_and_the_figures_fit_and_make_no_claim(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    document, first = story(name), a_document(client=name)
    versions = [Version(path=Path(f"{name}.toml"), digest="", document=first)]
    versions.append(Version(path=Path(f"{name}.v2.toml"), digest="", document=as_version(document, 2)))
    show_versions(versions, knowledge())
    show_summary(summary_of(document, knowledge(), today=date(2026, 12, 31), called="x"), document, knowledge())
    text = shown(capsys)
    assert [line for line in text.splitlines() if len(line) > int(columns)] == []
    assert claims_in(joined(text), knowledge()) == ()


def test_figures_that_are_not_known_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    document = missed(a_document(), 1)
    show_summary(summary_of(document, knowledge(), today=date(2026, 12, 31), called="x"), document, knowledge())
    text = shown(capsys)
    assert "Pain" not in text
    assert "From" not in text
    assert "In all" in text


def test_function_is_named_by_its_measure(capsys: pytest.CaptureFixture[str]) -> None:
    document = visited(visited(a_document(), 6, measure="rmdq", score=12), 4, measure="rmdq", score=6)
    show_summary(summary_of(document, knowledge(), today=date(2026, 12, 31), called="x"), document, knowledge())
    assert "Roland-Morris Disability Questionnaire: 12 at first, 6 at last (improved)" in joined(shown(capsys))
