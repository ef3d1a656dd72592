"""What the shell offers: commands, clients, ids and answers; and that it never fails or speaks."""

from pathlib import Path

import pytest

from massage_cli.terminal.app import GROUPS
from massage_cli.terminal.command_line import completion
from tests.builders import knowledge
from tests.terminal.massage import massage
from tests.worked import plan_file

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plans of two clients, one of them in two versions."""
    (tmp_path / "plans").mkdir()
    for name in ("low-back.toml", "low-back.v2.toml", "hamstring.toml", "hamstring.intake.toml"):
        (tmp_path / "plans" / name).write_bytes(plan_file("low-back").read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def offered(desk: Path, *typed: str, shell: str = "bash") -> list[str]:
    """What the program offers a shell for the words typed, the last of them not yet whole."""
    words = ["massage", *typed]
    asked = {
        "bash": {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(typed))},
        "zsh": {"_TYPER_COMPLETE_ARGS": " ".join(words)},
        "fish": {"_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed[-1]},
    }[shell]
    ran = massage(folder=desk, env={"_MASSAGE_COMPLETE": f"complete_{shell}", "HOME": str(desk), **asked})
    assert ran.said == ""
    return ran.text.split()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_completes_clients(desk: Path, shell: str) -> None:
    assert "low-back" in " ".join(offered(desk, "show", "low", shell=shell))


def test_commands_are_completed(desk: Path) -> None:
    commands = [name for names in GROUPS.values() for name in names]
    assert set(offered(desk, "d")) == {name for name in commands if name.startswith("d")}


@pytest.mark.usefixtures("desk")
def test_a_client_is_offered_once_and_an_intake_is_no_plan() -> None:
    assert completion.clients("") == ["hamstring", "low-back"]
    assert completion.clients("h") == ["hamstring"]
    assert completion.clients("plans/l") == []


def test_ids_are_those_of_the_knowledge() -> None:
    known = knowledge()
    assert completion.measures("rm") == [("rmdq", known.measure["rmdq"].name)]
    explained = {*known.technique, *known.rule, *known.protocol, *known.measure}
    assert [name for name, _ in completion.explained("")] == sorted(explained)
    assert [name for name, _ in completion.entries("")] == sorted({*explained, *known.complaint, *known.source})
    assert dict(completion.entries("trigger-p")) == {"trigger-point": known.technique["trigger-point"].name}
    assert dict(completion.entries("anticoagulant")) == {
        rule: known.rule[rule].title for rule in ("anticoagulant", "anticoagulant-unstable")
    }


def test_a_question_comes_first_and_then_its_answers() -> None:
    assert said("anticoag") == said("anticoagulant=") == ["anticoagulant=no", "anticoagulant=unsure", "anticoagulant=yes"]
    assert said("spinal-cord-injury") == ["spinal-cord-injury-high=", "spinal-cord-injury="]
    assert said("varicose-veins-severity=m") == ["varicose-veins-severity=mild"]
    assert said("nothing-like-it=") == []


def test_a_number_is_no_yes_or_no_and_is_never_finished_by_the_shell() -> None:
    assert said("systo") == said("systolic=") == ["systolic=", "systolic=unsure"]


def said(typed: str) -> list[str]:
    return [name for name, _ in completion.health_answers(typed)]


def test_what_an_id_means_stands_beside_it_in_shells_that_show_it(desk: Path) -> None:
    title = knowledge().rule["anticoagulant-unstable"].title
    for shell, shown in (("bash", False), ("zsh", True), ("fish", True), ("powershell", True)):
        words = " ".join(offered(desk, "explain", "low-back", "anticoagulant-u", shell=shell))
        assert ("anticoagulant-unstable" in words, title in words) == (True, shown), shell


def test_what_cannot_be_known_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".config" / "massage-cli"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("weekdays = 5\n")
    assert completion.clients("") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_every_shell_is_shown(tmp_path: Path, shell: str) -> None:
    ran = massage("--show-completion", shell, folder=tmp_path, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert ran.code == 0
    assert "_MASSAGE_COMPLETE" in ran.text
