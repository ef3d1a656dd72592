"""A visit told at a real terminal: short, the same as by flags, and nothing recorded where it is left."""

from pathlib import Path

import pytest

from tests.saved import save_plan
from tests.terminal.interview.terminal_session import Session
from tests.terminal.massage import massage

ON = ("--on", "2026-11-23")
KEYS = ("\r", "\r", "4\r", "\r", *["n\r"] * 6, "\r", "\r")
"""Attended, today, pain 4, nothing measured, none of six lists, no note, and the review."""
LINES = ("1\r", "\r", "4\r", "1\r", *["0\r"] * 6, "\r", "1\r")
"""The same, in plain lines."""


def version_by_flags(folder: Path) -> bytes:
    save_plan(folder)
    ran = massage("visit", "ann.toml", "--status", "attended", "--pain", "4", "--nothing-new", *ON, folder=folder)
    assert ran.code == 0
    return (folder / "ann.v2.toml").read_bytes()


@pytest.mark.parametrize(("flags", "answers"), [((), KEYS), (("--plain",), LINES)], ids=["keys", "plain"])
def test_a_visit_with_nothing_new_takes_12_prompts_and_writes_what_flags_write(
    tmp_path: Path, flags: tuple[str, ...], answers: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    save_plan(home / "plans")
    with Session("visit", "ann", *flags, *ON, home=home) as session:
        for keys in answers:
            session.prompt().press(keys)
        session.wait_for("Visit 1 is recorded: attended on 2026-11-23.")
        assert session.end() == 0
        with capsys.disabled():
            print(f"\na visit: {session.prompts} prompts, {session.keys} key presses")  # noqa: T201  # the figures
        assert session.prompts <= 12
        assert session.keys <= 22
    assert session.out == b""
    assert (home / "plans" / "ann.v2.toml").read_bytes() == version_by_flags(tmp_path / "flags")


@pytest.mark.parametrize(("flags", "leave"), [((), "\x03"), (("--plain",), "\x03"), (("--plain",), "\x04")], ids=["keys", "plain", "end"])
def test_leaving_records_nothing_and_puts_the_terminal_right(tmp_path: Path, flags: tuple[str, ...], leave: str) -> None:
    home = tmp_path / "home"
    save_plan(home / "plans")
    with Session("visit", "ann", *flags, *ON, home=home) as session:
        session.prompt().press("1\r" if flags else "\r").prompt().press(leave)
        session.wait_for("Nothing was recorded.")
        assert session.echoes
        assert session.end() == 130
    assert [path.name for path in (home / "plans").iterdir()] == ["ann.toml"]


def test_a_danger_stops_a_visit_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    save_plan(home / "plans")
    with Session("visit", "ann", *ON, home=home) as session:
        for keys in KEYS[:4]:
            session.prompt().press(keys)
        session.prompt().press(" \r")
        session.prompt().press("1\r")
        session.prompt().wait_for("No session. What now?").wait_for("STOP")
        session.press("1\r").wait_for("The rest of the course is withheld.")
        assert session.end() == 3
    assert b"SESSION" not in session.out
    assert (home / "plans" / "ann.v2.toml").exists()
