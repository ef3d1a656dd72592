"""`massage show`: a saved plan again."""

from pathlib import Path

import pytest

from massage_cli.files.plans.plan_file import to_json
from tests.terminal.massage import ON, massage, massage_here, snapshot
from tests.worked import NAMES, intake_file, plan_file, plan_of


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_plan_is_shown_like_the_plan_it_was(name: str) -> None:
    shown = massage_here("show", str(plan_file(name)))
    planned = massage_here("plan", str(intake_file(name)), *ON)
    assert (shown.code, shown.said) == (0, "")
    assert shown.out == planned.out


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_plan_is_written_again_to_the_same_bytes(name: str) -> None:
    assert massage_here("show", str(plan_file(name)), "--format", "toml").out == plan_file(name).read_bytes()


def test_a_plan_saved_as_json_is_shown(folder: Path) -> None:
    (folder / "saved.json").write_text(to_json(plan_of("blood-thinner")), encoding="utf-8")
    ran = massage("show", "saved.json", "--format", "toml", folder=folder)
    assert (ran.code, ran.said) == (0, "")
    assert ran.out == (folder / "saved.toml").read_bytes()


@pytest.mark.parametrize("format_", ["text", "json"])
def test_an_intake_is_2_and_the_message_says_what_to_do(folder: Path, format_: str) -> None:
    ran = massage("show", "ann.toml", "--format", format_, folder=folder)
    assert ran.code == 2
    assert ran.said == "ann.toml: format: this is an intake; to plan it: massage plan FILE\n"


def test_showing_leaves_nothing_behind(folder: Path) -> None:
    before = snapshot(folder)
    massage("show", "saved.toml", folder=folder)
    assert snapshot(folder) == before


def test_a_plan_of_other_knowledge_is_shown_as_it_was(folder: Path) -> None:
    text = (folder / "saved.toml").read_text(encoding="utf-8").replace('technique = "deep-tissue"', 'technique = "gone-technique"')
    text = text.replace('"cherkin2011"', '"gone2011"').replace('complaint = "low-back"', 'complaint = "gone-complaint"')
    (folder / "old.toml").write_text(text, encoding="utf-8")
    ran = massage_here("show", str(folder / "old.toml"))
    assert (ran.code, ran.said) == (0, "")
    assert "gone technique" in ran.text
    assert "no longer in the knowledge" in ran.text
