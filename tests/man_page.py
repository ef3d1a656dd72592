"""Writes the manual page anew from the commands; run with `python -m tests.man_page` after a change of them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from massage_cli import __version__
from massage_cli.files.built_in import built_in_knowledge
from massage_cli.terminal.app import app_for
from massage_cli.terminal.exit_codes import ExitCode

PAGE = Path(__file__).parents[1] / ".packaging" / "massage.1"
_ENDINGS = {
    ExitCode.DONE: "Planned; or shown, recorded, written.",
    ExitCode.BUG: "A bug, or an installation that is not whole.",
    ExitCode.WRONG_INPUT: "Wrong usage or wrong input; every problem was told.",
    ExitCode.WITHHELD: "Withheld: the client is to be referred, or something is to be cleared or answered first.",
    ExitCode.NOT_WRITTEN: "Something could not be written: it exists, or the disk or permissions are against it.",
    ExitCode.FOUND: "A check did its work and found something.",
    ExitCode.INTERRUPTED: "Interrupted.",
}


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The manual page in the language of man."""
    root: Any = typer.main.get_command(app_for(""))
    context = root.make_context("massage", [], resilient_parsing=True)
    lines = [
        f'.TH MASSAGE 1 "" "massage-cli {__version__}" "User commands"',
        ".ad l",
        ".nh",
        ".SH NAME",
        "massage \\- plan a course of medical massage: screening, techniques, dated visits that taper",
        ".SH SYNOPSIS",
        ".B massage",
        ".I command",
        "[options] [arguments]",
        ".SH DESCRIPTION",
        _plain(root.help),
        "Without a command its help is shown; with a command and \\fB\\-\\-help\\fR the help of that command.",
        _plain(
            f"No clinician has reviewed the knowledge (edition {built_in_knowledge().edition.edition}); a licensed professional decides."
        ),
        ".SH COMMANDS",
    ]
    lines += _commands(root, context)
    lines += [".SH EXIT STATUS"]
    for code, meaning in _ENDINGS.items():
        lines += [".TP", f".B {code.value}", _plain(meaning)]
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B NO_COLOR",
        "No colors, whatever the terminal can do.",
        ".TP",
        ".B ACCESSIBLE",
        "Interviews by numbered lines, for screen readers.",
        ".TP",
        ".B VISUAL, EDITOR",
        "What massage settings edit opens.",
        ".SH FILES",
        "massage settings path tells where the settings lie. Plans are saved to the folder plans, or to the one of the settings.",
    ]
    return "\n".join(lines) + "\n"


def _commands(group: Any, context: Any) -> Iterator[str]:
    for name, command in group.commands.items():
        inner = type(context)(command, info_name=name, parent=context)
        if hasattr(command, "commands"):
            yield from _commands(command, inner)
            continue
        yield f".SS {_plain(' '.join((inner.command_path, *command.collect_usage_pieces(inner))))}"
        examples, _, text = re.sub("\b\n?", "", command.help).partition("\n\n")
        yield _plain(text)
        for parameter in command.get_params(inner):
            record = parameter.get_help_record(inner)
            if record is not None and record[0] != "-h, --help":
                yield from (".TP", f".B {_plain(record[0])}", _plain(record[1]) or "\\&")
        yield from (".P", ".nf", *map(_plain, examples.splitlines()), ".fi")


def _plain(text: str) -> str:
    """Text on one line in which nothing is a command of man."""
    line = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace("|", "|\\:")
    return f"\\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    main()
