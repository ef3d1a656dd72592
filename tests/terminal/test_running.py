"""One run of the program: nothing escapes, and no answer of a client with it."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
import tomli_w

from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.running import run
from tests.builders import a_table
from tests.terminal.massage import ON, PROGRAM, environment, massage, massage_here, snapshot

CANARY = "canary-Jane-Example-1968-03-04"
TEXT_PATH = "massage_cli.terminal.display.page."

PLACES = {
    "reading the file": ("massage_cli.terminal.commands.input.read_bytes", ("text", "toml", "json")),
    "reading the intake": ("massage_cli.terminal.commands.plan.read_intake", ("text", "toml", "json")),
    "decoding": ("massage_cli.files.intakes.intake_file.salvage", ("text", "toml", "json")),
    "checking": ("massage_cli.files.intakes.intake_file.problems_of", ("text", "toml", "json")),
    "holidays": ("massage_cli.files.plans.planned.public_holidays", ("text", "toml", "json")),
    "planning": ("massage_cli.files.plans.planned.make_plan", ("text", "toml", "json")),
    "screening": ("massage_cli.planning.plan.screen", ("text", "toml", "json")),
    "the document": ("massage_cli.files.plans.planned.document_of", ("text", "toml", "json")),
    "toml": ("massage_cli.terminal.commands.output.to_toml", ("toml",)),
    "json": ("massage_cli.terminal.commands.output.to_json", ("json",)),
    "the page": (f"{TEXT_PATH}show", ("text",)),
    "the verdict": (f"{TEXT_PATH}draw_verdict", ("text",)),
    "the course": (f"{TEXT_PATH}draw_course", ("text",)),
    "the paper": ("massage_cli.terminal.display.paper.Paper.text", ("text",)),
}
"""Where something may break, and with which formats the run comes there."""

ERRORS: tuple[type[Exception], ...] = (ValueError, KeyError, TypeError, RuntimeError, AssertionError, RecursionError, UnicodeError)


class OddlyNamed(Exception):
    """An error of our own that keeps its text in another place."""

    def __str__(self) -> str:
        return f"{self.args} {CANARY}"


def broken(error: Callable[[str], Exception]) -> Callable[..., NoReturn]:
    """A function that breaks with the canary in its message, its arguments and its variables."""

    def breaks(*args: Any, **kwargs: Any) -> NoReturn:
        answer = CANARY  # a traceback with variables would show it
        raise error(f"{answer} {args} {kwargs}")

    return breaks


@pytest.fixture
def intake(tmp_path: Path) -> str:
    """An intake file full of canaries."""
    file = tmp_path / "intake.toml"
    file.write_text(tomli_w.dumps(a_table(client="canary-client", notes=CANARY)), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(("place", "format_"), [(place, format_) for place, (_, formats) in PLACES.items() for format_ in formats])
def test_a_bug_is_one_line_without_an_answer_of_the_client(monkeypatch: pytest.MonkeyPatch, intake: str, place: str, format_: str) -> None:
    for error in (*ERRORS, OddlyNamed):
        with monkeypatch.context() as patch:
            patch.setattr(PLACES[place][0], broken(error))
            ran = massage_here("plan", intake, *ON, "--format", format_)
        assert ran.code == ExitCode.BUG
        assert ran.out == b""
        assert "canary" not in ran.said.lower().replace("massage_cli", "")
        assert ran.said.startswith(f"massage: a bug: {error.__name__} in ")
        assert "Traceback" not in ran.said


@pytest.mark.parametrize("command", ["plan", "screen"])
def test_an_error_inside_another_hides_both_texts(monkeypatch: pytest.MonkeyPatch, intake: str, command: str) -> None:
    def breaks(*_: Any, **__: Any) -> NoReturn:
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(CANARY) from error

    monkeypatch.setattr("massage_cli.files.intakes.intake_file.salvage", breaks)
    ran = massage_here(command, intake, *ON)
    assert (ran.code, ran.out) == (ExitCode.BUG, b"")
    assert CANARY not in ran.said


def test_a_bug_is_told_with_its_place_in_the_program(monkeypatch: pytest.MonkeyPatch, intake: str) -> None:
    monkeypatch.setattr("massage_cli.planning.plan.choose_protocol", None)
    said = massage_here("plan", intake, *ON).said
    assert said.startswith("massage: a bug: TypeError in make_plan, line ")
    assert "plan.py" in said.split("\n")[0]


def test_a_bug_below_the_program_names_no_folder_of_the_machine(monkeypatch: pytest.MonkeyPatch, intake: str) -> None:
    monkeypatch.setattr("massage_cli.files.plans.planned.make_plan", lambda *_, **__: Path("a").with_name(""))
    said = massage_here("plan", intake, *ON).said
    assert "ValueError" in said
    assert sys.prefix not in said
    assert str(Path(Path.with_name.__code__.co_filename).parent) not in said


def test_wrong_input_shows_the_value_at_its_key_and_nothing_else_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "intake.toml"
    file.write_text(tomli_w.dumps(a_table(notes=CANARY, pain=77)), encoding="utf-8")
    ran = massage_here("plan", str(file), *ON)
    assert ran.code == ExitCode.WRONG_INPUT
    assert "77" in ran.said
    assert CANARY not in ran.said


@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "/home/canary"), OSError(5, "Input/output error")])
def test_a_failing_system_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch, intake: str, error: OSError) -> None:
    def fails(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr("massage_cli.terminal.display.page.publish", fails)
    ran = massage_here("plan", intake, *ON)
    assert ran.code == ExitCode.NOT_WRITTEN
    assert ran.said == f"massage: the output could not be written: {error.strerror}\n"


def test_an_interrupt_is_130_without_a_traceback(monkeypatch: pytest.MonkeyPatch, intake: str) -> None:
    def interrupted(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("massage_cli.files.plans.planned.make_plan", interrupted)
    ran = massage_here("plan", intake, *ON)
    assert (ran.code, ran.out) == (ExitCode.INTERRUPTED, b"")
    assert "Traceback" not in ran.said


def test_an_interrupt_while_reading_standard_input_leaves_nothing(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], "plan", "-", "--save"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with program:
        assert program.stderr is not None
        for line in program.stderr:  # the last import before the input is read
            if b"massage_cli.terminal.commands.plan" in line:
                break
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert (program.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert snapshot(tmp_path) == {}


def test_a_run_without_trouble_is_0(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["massage", "--help"])
    assert run() == ExitCode.DONE
    assert "Usage: massage" in capsys.readouterr().out


@pytest.mark.parametrize("flags", [("-X", "dev"), ("-O",), ("-OO",), ("-W", "error"), ("-I",)], ids=" ".join)
def test_switches_of_python_change_nothing(folder: Path, flags: tuple[str, ...]) -> None:
    script = "import sys; sys.path.insert(0, sys.argv.pop(1)); from massage_cli.__main__ import main; main()"
    source = environment()["PYTHONPATH"]
    arguments = [sys.executable, *flags, "-c", script, source, "plan", "worked.intake.toml", *ON, "--format", "toml"]
    ran = subprocess.run(arguments, cwd=folder, env=environment(), capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == (folder / "saved.toml").read_bytes()


def test_a_deleted_working_folder_is_no_bug(tmp_path: Path, folder: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os; os.rmdir({str(gone)!r}); from massage_cli.__main__ import main; main()"
    arguments = [sys.executable, "-c", script, "plan", str(folder / "ann.toml"), *ON, "--save"]
    ran = subprocess.run(arguments, cwd=gone, env=environment(), capture_output=True, check=False)
    assert ran.returncode == ExitCode.NOT_WRITTEN
    assert b"not saved" in ran.stderr


def test_home_need_not_be_known(folder: Path) -> None:
    assert massage("plan", "ann.toml", *ON, folder=folder, env={"HOME": "/nowhere"}).code == ExitCode.DONE
