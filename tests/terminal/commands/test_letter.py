"""`massage letter` and the letters of `massage export`, as a therapist calls them."""

from pathlib import Path

import pytest

from tests.terminal.massage import ON, massage_here, snapshot
from tests.terminal.test_start import imported
from tests.worked import plan_file


@pytest.mark.parametrize(("client", "title"), [("pregnancy", "Request for your agreement to massage"), ("chest-pain", "Referral note")])
def test_the_letter_that_fits_is_written_to_standard_output(client: str, title: str) -> None:
    page = massage_here("letter", str(plan_file(client)), *ON)
    assert (page.code, page.said) == (0, "")
    assert page.text.startswith("<!DOCTYPE html>")
    assert f"<h1>{title}</h1>" in page.text
    text = massage_here("letter", str(plan_file(client)), *ON, "--text")
    assert text.text.startswith(f"{title}\n====")


def test_the_letter_is_that_of_the_export_of_the_same_name() -> None:
    plan = str(plan_file("pregnancy"))
    assert massage_here("letter", plan, *ON).out == massage_here("export", plan, *ON, "--to", "clearance").out
    assert massage_here("letter", plan, *ON, "--text").out == massage_here("export", plan, *ON, "--to", "clearance-text").out


def test_a_letter_is_saved_privately_and_replaces_nothing_unasked(tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    arguments = ("letter", str(plan_file("pregnancy")), *ON, "--output", str(path))
    assert massage_here(*arguments).code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    before = snapshot(tmp_path)
    assert massage_here(*arguments).code == 4
    assert snapshot(tmp_path) == before
    assert massage_here(*arguments, "--force").code == 0


@pytest.mark.parametrize(
    ("client", "why"), [("low-back", "no visit took place yet"), ("open-question", "incomplete"), ("untrained", "no-technique")]
)
def test_where_no_letter_fits_it_says_why(client: str, why: str) -> None:
    ran = massage_here("letter", str(plan_file(client)), *ON)
    assert (ran.code, ran.out) == (2, b"")
    assert why in ran.said


@pytest.mark.parametrize("to", ["ics", "csv", "markdown", "json", "soap", "soap-text", "plan-of-care", "plan-of-care-text"])
def test_a_withheld_plan_exports_no_schedule(to: str) -> None:
    ran = massage_here("export", str(plan_file("chest-pain")), *ON, "--to", to)
    assert (ran.code, ran.out) == (2, b"")
    assert "Possible: referral, referral-text" in ran.said


def test_pages_are_drawn_by_a_library_that_nothing_else_imports() -> None:
    assert "jinja2" in imported("letter", str(plan_file("pregnancy")), *ON)
    assert "jinja2" not in imported("letter", str(plan_file("pregnancy")), *ON, "--text")
    assert not {"jinja2", "icalendar"} & imported("plan", str(plan_file("blood-thinner")), *ON)
