"""The command line: its commands, help, version, and wrong use of it."""

from pathlib import Path

import pytest

from massage_cli import __version__
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.terminal.app import GROUPS, app_for
from tests.builders import knowledge
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import massage, massage_here, snapshot

COMMANDS = tuple(name for names in GROUPS.values() for name in names)


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "plan")], ids=" ".join)
def test_the_version_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = massage(*arguments, folder=tmp_path)
    assert (ran.code, ran.text, ran.said) == (0, f"massage {__version__}\n", "")


def test_help_names_every_command_and_how_to_start() -> None:
    ran = massage_here("--help")
    assert (ran.code, ran.said) == (0, "")
    assert all(f"\n  {command}" in ran.text for command in COMMANDS)
    assert "massage template > client.toml" in ran.text


@pytest.mark.parametrize("asked", [*COMMANDS, "", "plna", "--help"])
def test_one_command_is_loaded_alone_and_otherwise_every_one(asked: str) -> None:
    app = app_for(asked)
    loaded = {command.name or command.callback.__name__ for command in app.registered_commands}
    loaded |= {group.name for group in app.registered_groups}
    assert loaded == ({asked} if asked in COMMANDS else set(COMMANDS))


def test_without_a_command_there_is_help() -> None:
    ran = massage_here()
    assert ran.text == massage_here("--help").text
    assert ran.said == ""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_explains_itself_with_an_example(command: str, flag: str) -> None:
    ran = massage_here(command, flag)
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.startswith(f"Usage: massage {command}")
    assert ran.text.partition("\n\n")[2].startswith(f"  $ massage {command}")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_makes_no_claim_and_holds_no_markup(command: str) -> None:
    text = massage_here(*filter(None, [command]), "--help").text
    assert claims_in(text, knowledge()) == ()
    assert steering(text.encode()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("plna",),
        ("plan",),
        ("plan", "ann.toml", "bob.toml"),
        ("plan", "ann.toml", "--forse"),
        ("plan", "ann.toml", "--format", "yaml"),
        ("plan", "ann.toml", "--on"),
        ("screen",),
        ("screen", "ann.toml", "--save"),
        ("show",),
        ("show", "saved.toml", "--on", "2026-11-21"),
        ("questions", "--format", "toml"),
        ("template", "--format", "json"),
        ("schema",),
        ("schema", "plans"),
        ("catalog", "shwo"),
        ("catalog", "show"),
        ("catalog", "show", "cuping"),
        ("catalog", "search"),
        ("catalog", "list", "techniqes"),
        ("catalog", "evidence", "swedisch"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_leaves_standard_output_empty(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(folder)
    before = snapshot(folder)
    ran = massage_here(*arguments)
    assert (ran.code, ran.text) == (2, "")
    assert "Traceback" not in ran.said
    assert snapshot(folder) == before


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_a_hostile_argument_is_refused_without_a_control_character(text: str) -> None:
    for arguments in (("plan", "ann.toml", text), ("plan", "ann.toml", "--format", text), (text,), ("schema", text), ("plan", f"--{text}")):
        ran = massage_here(*arguments)
        assert ran.code == 2
        assert steering(ran.out + ran.err) == []
