"""The files that a check is asked for."""

from pathlib import Path

from massage_cli.files.checking.checked_files import files_named
from massage_cli.knowledge.problems import Unreadable
from tests.saved import save_plan


def names(*asked: str) -> list[str]:
    return [f"! {name.problems[0].message}" if isinstance(name, Unreadable) else Path(name).name for name in files_named(asked)]


def test_a_folder_stands_for_what_may_hold_visits(tmp_path: Path) -> None:
    save_plan(tmp_path, "b")
    save_plan(tmp_path, "a", suffix=".json")
    for name, text in {
        "c.ics": "BEGIN:VCALENDAR",
        "d.json": '{"resourceType": "CarePlan"}',
        "x.intake.toml": 'format = "massage-intake/1"',
        "x.json": '{"name": "a package"}',
        "e.toml": "not toml at all",
        ".hidden.toml": "",
        "note.txt": "",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "f.toml").mkdir()
    assert names(str(tmp_path)) == ["a.json", "b.toml", "c.ics", "d.json", "e.toml"]


def test_patterns_files_and_standard_input_are_taken_in_order(tmp_path: Path) -> None:
    save_plan(tmp_path, "b")
    save_plan(tmp_path, "a")
    assert names("-", str(tmp_path / "*.toml"), "none.toml") == ["-", "a.toml", "b.toml", "none.toml"]


def test_what_stands_for_nothing_is_said(tmp_path: Path) -> None:
    assert names(str(tmp_path), str(tmp_path / "*.x"), "a\0b")[:2] == [
        "! holds no plan, FHIR or calendar file; they end in .toml, .json, .ics",
        "! matches no file",
    ]
