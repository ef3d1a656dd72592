"""What commands give out, and what becomes of it when it cannot be written: never a traceback, never nothing with exit code 0."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.terminal.massage import ON, PROGRAM, Ran, environment, massage, massage_here

LATER = ("--on", "2026-12-22")
PRINTING = {
    "plan": ("plan", "worked.intake.toml", *ON),
    "plan withheld": ("plan", "stop.toml", *ON),
    "plan in toml": ("plan", "worked.intake.toml", *ON, "--format", "toml"),
    "screen": ("screen", "worked.intake.toml", *ON),
    "show in json": ("show", "saved.toml", "--format", "json"),
    "visit withheld": ("visit", "course.toml", "--status", "attended", "--health", "chest-pain=yes", *LATER),
    "review": ("review", "course.toml", *LATER),
    "due": ("due", ".", *LATER),
    "week in json": ("week", ".", "--json", *LATER),
    "history": ("history", "course.toml"),
    "discharge": ("discharge", "course.toml", *LATER),
    "problems in json": ("plan", "wrong.toml", *ON, "--format", "json"),
    "questions": ("questions",),
    "catalog": ("catalog", "show", "pregnancy"),
    "template": ("template",),
    "schema": ("schema", "intake"),
    "help": ("--help",),
    "version": ("--version",),
}
COMMANDS = pytest.mark.parametrize("command", PRINTING)
DRAWN = pytest.mark.parametrize("command", ["plan", "plan withheld", "screen", "questions", "review", "history"])
COLOR = re.compile(r"\x1b\[[0-9;]*m")


_RUNS: dict[tuple[str, ...], Ran] = {}


def usual(command: str, folder: Path, **env: str) -> Ran:
    """The command with nothing in its way; run once for each environment, in whichever folder with the same files."""
    key = (command, *(f"{name}={value}" for name, value in sorted(env.items())))
    if key not in _RUNS:
        for written in folder.glob("*.v*.toml"):
            written.unlink()
        _RUNS[key] = massage(*PRINTING[command], folder=folder, env=env)
    return _RUNS[key]


def here(command: str, folder: Path, **env: str) -> Ran:
    """The command run in this process, with nothing in its way."""
    named = {path.name: str(path) for path in folder.iterdir()}
    return massage_here(*(named.get(argument, argument) for argument in PRINTING[command]), **env)


def only_lost(ran: Ran) -> bool:
    """True for exit code 4 with one line that says so."""
    return ran.code == 4 and ran.out == b"" and ran.said.endswith("\n") and "could not be written: " in ran.said.splitlines()[-1]


# Streams that take nothing


@COMMANDS
def test_a_closed_output_is_4_with_one_line(folder: Path, command: str) -> None:
    ran = massage(*PRINTING[command], folder=folder, stdout=None, preexec_fn=lambda: os.close(1))  # closes a stream
    assert "Traceback" not in ran.said
    assert only_lost(ran), ran


@COMMANDS
def test_a_full_output_is_4_with_one_line(folder: Path, command: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        ran = massage(*PRINTING[command], folder=folder, stdout=full)
    assert "Traceback" not in ran.said
    assert only_lost(ran), ran
    assert "No space left on device" in ran.said


@COMMANDS
def test_a_reader_that_went_away_is_silent(folder: Path, command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = massage(*PRINTING[command], folder=folder, stdout=writing)
    os.close(writing)
    assert ran.code == 1
    said_before = usual(command, folder).err if command == "problems in json" else b""
    assert ran.err == said_before


def test_a_reader_that_wants_one_line_gets_it(folder: Path) -> None:
    program = " ".join(f"'{part}'" for part in (*PROGRAM, *PRINTING["plan"]))
    ran = subprocess.run(f"{program} | head -1", shell=True, cwd=folder, env=environment(), capture_output=True, check=False)  # noqa: S602  # a pipe of the shell is the claim
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == usual("plan", folder).out.splitlines(keepends=True)[0]


def test_a_closed_standard_error_loses_no_plan(folder: Path) -> None:
    ran = massage(*PRINTING["plan"], "--save", folder=folder, stderr=None, preexec_fn=lambda: os.close(2))
    assert (ran.code, ran.out) == (0, usual("plan", folder).out)


def test_a_full_standard_error_loses_no_plan(folder: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        ran = massage(*PRINTING["plan"], "--save", folder=folder, stderr=full)
    assert (ran.code, ran.out) == (0, usual("plan", folder).out)


def test_everything_closed_is_no_success_for_a_plan_that_nobody_saw(folder: Path) -> None:
    def close_all() -> None:
        for stream in (0, 1, 2):
            os.close(stream)

    ran = subprocess.run([*PROGRAM, *PRINTING["plan"]], cwd=folder, env=environment(), preexec_fn=close_all, check=False)
    assert ran.returncode == 4


def test_a_plan_is_saved_also_when_nobody_can_see_it(folder: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        ran = massage("plan", "ann.toml", *ON, "--save", folder=folder, stdout=full)
    assert ran.code == 4
    assert (folder / "plans" / "ann.toml").is_file()


# Streams that cannot take every letter


@COMMANDS
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_encoding_of_the_terminal_will_do(folder: Path, command: str, encoding: str) -> None:
    ran = usual(command, folder, PYTHONIOENCODING=encoding)
    assert ran.code == usual(command, folder).code
    assert "Traceback" not in ran.err.decode(encoding)
    assert len(ran.out.splitlines()) == len(usual(command, folder).out.splitlines())


@DRAWN
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_page_in_a_small_encoding_lacks_no_letter(folder: Path, command: str, encoding: str) -> None:
    signs = dict(zip("●◆·–■□", "oR--#.", strict=True))
    text = usual(command, folder, PYTHONIOENCODING=encoding).out.decode(encoding)
    expected = usual(command, folder).text
    assert text.count("?") == expected.count("?")
    assert len(text) == len(expected)
    assert not set(signs) - {"·", "–"} & set(text)


@pytest.mark.parametrize("command", ["plan in toml", "show in json", "schema", "template"])
def test_data_is_utf_8_whatever_the_encoding(folder: Path, command: str) -> None:
    assert usual(command, folder, PYTHONIOENCODING="ascii").out == usual(command, folder).out


# Width


@DRAWN
@pytest.mark.parametrize(("columns", "as_if"), [("0", "80"), ("1", "40"), ("100000000", "160"), ("", "80"), ("abc", "80")])
def test_any_number_of_columns_gives_a_whole_page(folder: Path, command: str, columns: str, as_if: str) -> None:
    ran = here(command, folder, COLUMNS=columns)
    assert ran == here(command, folder, COLUMNS=as_if)
    assert len(ran.text.splitlines()) >= 8


# Color


@DRAWN
@pytest.mark.parametrize(
    "env",
    [{}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "xterm-256color"}, {"TERM": "dumb", "FORCE_COLOR": "1"}],
    ids=str,
)
def test_no_escape_is_written_where_color_is_off(folder: Path, command: str, env: dict[str, str]) -> None:
    ran = here(command, folder, **env)
    assert b"\x1b" not in ran.out + ran.err


@DRAWN
def test_color_changes_nothing_but_color(folder: Path, command: str) -> None:
    colored = here(command, folder, FORCE_COLOR="1").text
    assert "\x1b[" in colored
    without = "\n".join(line.rstrip() for line in COLOR.sub("", colored).split("\n"))
    assert without == here(command, folder).text


@pytest.mark.parametrize("command", ["plan in toml", "show in json", "problems in json", "schema", "template"])
def test_data_has_no_color_even_when_it_is_asked_for(folder: Path, command: str) -> None:
    assert here(command, folder, FORCE_COLOR="1") == here(command, folder)


@DRAWN
def test_a_dumb_terminal_gets_a_page_of_plain_letters(folder: Path, command: str) -> None:
    out = here(command, folder, TERM="dumb").text
    assert not set("●◆■□") & set(out)


def test_help_has_no_color(folder: Path) -> None:
    assert b"\x1b" not in here("help", folder, FORCE_COLOR="1").out
