"""`massage settings`: shows where each value comes from, tells the path, and opens the person's own editor."""

import stat
from pathlib import Path

import pytest

from tests.terminal.interview.terminal_session import Session, own_folders
from tests.terminal.massage import Ran, massage


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "config" / "massage-cli").mkdir(parents=True)
    return home


def file_of(home: Path) -> Path:
    return home / "config" / "massage-cli" / "settings.toml"


def settings(home: Path, *arguments: str, **env: str) -> Ran:
    return massage("settings", *arguments, folder=home, env={**own_folders(home), **env})


def editor(tmp_path: Path, commands: str) -> str:
    """An editor that runs shell commands on the file."""
    script = tmp_path / "my editor"
    script.write_text(f"#!/bin/sh\n{commands}\n", encoding="utf-8")
    script.chmod(0o755)
    return f"'{script}'"


def edit(home: Path, using: str) -> tuple[int, str]:
    with Session("settings", "edit", home=home, env={"EDITOR": using}) as session:
        return session.end(), session.seen()


def test_path_prints_the_path_alone(home: Path) -> None:
    ran = settings(home, "path")
    assert (ran.code, ran.text) == (0, f"{file_of(home)}\n")


def test_show_says_where_each_value_comes_from(home: Path) -> None:
    file_of(home).write_text("name = 'A. Therapist'\n[booking]\nminutes = 60\n")
    shown = " ".join(settings(home, "show").text.split())
    assert "name A. Therapist (settings)" in shown
    assert "booking.minutes 60 (settings)" in shown
    assert "plans-folder plans (default)" in shown


def test_show_is_what_it_does_when_nothing_is_said(home: Path) -> None:
    assert settings(home).text == settings(home, "show").text


def test_a_broken_file_is_refused_with_all_its_problems(home: Path) -> None:
    file_of(home).write_text("nme = 'x'\n[booking]\nminutes = 5\n")
    ran = settings(home, "show")
    assert ran.code == 2
    assert ran.out == b""
    assert "nme" in ran.said
    assert "booking.minutes" in ran.said


def test_a_plan_is_not_made_with_broken_settings(home: Path, folder: Path) -> None:
    file_of(home).write_text("nme = 'x'\n")
    ran = massage("plan", "ann.toml", folder=folder, env=own_folders(home))
    assert ran.code == 2
    assert ran.out == b""
    assert str(file_of(home)) in ran.said


def test_settings_are_used_where_the_intake_says_nothing(home: Path, folder: Path) -> None:
    file_of(home).write_text("[booking]\nweekdays = ['wed']\n")
    ran = massage("plan", "ann.toml", "--format", "toml", folder=folder, env=own_folders(home))
    assert 'weekdays = [\n    "wed",\n]' in ran.text


def test_plans_are_saved_in_the_folder_of_the_settings(home: Path, folder: Path) -> None:
    file_of(home).write_text("plans-folder = '~/clients'\n")
    massage("plan", "ann.toml", "--save", folder=folder, env=own_folders(home))
    assert (home / "clients" / "ann.toml").is_file()


def test_edit_begins_with_a_template_of_its_owners_alone(home: Path, tmp_path: Path) -> None:
    code, _ = edit(home, editor(tmp_path, 'grep -q weekdays "$1"'))
    assert code == 0
    assert stat.S_IMODE(file_of(home).stat().st_mode) == 0o600


def test_edit_leaves_what_the_editor_wrote(home: Path, tmp_path: Path) -> None:
    code, _ = edit(home, editor(tmp_path, 'echo "name = \'B.\'" > "$1"'))
    assert code == 0
    assert "B.  (settings)" in settings(home).text


def test_edit_tells_what_is_wrong_with_what_was_written(home: Path, tmp_path: Path) -> None:
    code, said = edit(home, editor(tmp_path, 'echo "nme = 3" > "$1"'))
    assert code == 2
    assert "nme" in said


def test_edit_without_an_editor_says_what_to_do(home: Path) -> None:
    with Session("settings", "edit", home=home) as session:
        assert session.end() == 2
        assert "EDITOR" in session.seen()


def test_an_editor_that_cannot_be_started_is_told(home: Path) -> None:
    code, said = edit(home, "/missing/editor")
    assert code == 2
    assert "cannot be started" in said


@pytest.mark.parametrize("using", ["'", "''", " "])
def test_an_editor_that_makes_no_sense_is_told(home: Path, using: str) -> None:
    code, said = edit(home, using)
    assert code == 2
    assert "bug" not in said


def test_edit_without_a_terminal_opens_nothing(home: Path) -> None:
    assert settings(home, "edit", EDITOR="touch opened").code == 2
    assert not (home / "opened").exists()
