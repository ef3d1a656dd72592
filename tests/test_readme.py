"""README is true: its commands run, its picture is what the program shows, its tables name what there is."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from massage_cli.terminal.exit_codes import ExitCode
from tests.picture import INTERVIEW, PICTURE, draw_interview, draw_picture, page_lines

_PROJECT = Path(__file__).parents[1]
_README = (_PROJECT / "README.md").read_text(encoding="utf-8")
_COMMANDS = tuple(line.removeprefix("$ massage ") for line in _README.splitlines() if line.startswith("$ massage "))
_ASKING = ("plan", "visit c-0042")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(_PROJECT / "plans", tmp_path / "plans")
    plan = (_PROJECT / "plans" / "low-back.toml").read_text(encoding="utf-8")
    (tmp_path / "plans" / "c-0042.toml").write_text(plan.replace('client = "low-back"', 'client = "c-0042"'), encoding="utf-8")
    return tmp_path


def _run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "massage_cli", *shlex.split(command)]
    return subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [command for command in _COMMANDS if command not in _ASKING])
def test_every_command_of_readme_runs_and_shows_something(command: str, checkout: Path) -> None:
    done = _run(command, checkout)
    assert done.returncode in (ExitCode.DONE, ExitCode.WITHHELD), done.stderr
    assert done.stdout or done.stderr


def test_the_python_of_readme_runs(checkout: Path) -> None:
    program = re.search(r"```python\n(.*?)```", _README, flags=re.DOTALL)
    assert program is not None
    done = subprocess.run([sys.executable, "-c", program[1]], cwd=checkout, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("clear 10")


def test_readme_shows_both_ways_to_a_plan() -> None:
    assert "plan" in _COMMANDS
    assert any(command.startswith("plan plans/") for command in _COMMANDS)


def test_every_command_of_the_program_stands_in_readme(checkout: Path) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", _run("--help", checkout).stdout.partition("Commands:")[2], flags=re.MULTILINE)
    assert listed
    assert [command for command in listed if f"massage {command}" not in _README] == []


def test_every_exit_code_stands_in_readme() -> None:
    assert [code for code in ExitCode if not re.search(rf"^\| {code.value} \|", _README, flags=re.MULTILINE)] == []


def test_the_picture_is_the_page_that_the_program_shows() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw_picture()
    assert page_lines()[0].startswith(" GO WITH LIMITS ")


def test_the_picture_of_the_interview_is_the_screen_at_a_terminal() -> None:
    assert INTERVIEW.read_text(encoding="utf-8") == draw_interview()


def test_the_picture_asks_for_nothing_from_outside() -> None:
    assert (
        re.findall(
            r"(?:href|src|url\()\s*=?\s*[\"']?(?!#)(?:http|//)", PICTURE.read_text(encoding="utf-8") + INTERVIEW.read_text(encoding="utf-8")
        )
        == []
    )


def test_files_that_readme_links_exist() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", _README)
    assert links
    assert [link for link in links if not (_PROJECT / link).exists()] == []
