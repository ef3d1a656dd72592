"""What several commands take, and the way that all of them end."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from massage_cli.terminal.command_line.completion import clients
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say


class Format(StrEnum):
    """How a plan or screening is written."""

    TEXT = "text"
    TOML = "toml"
    JSON = "json"


class ListFormat(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"


Work = TypeVar("Work", bound=Callable[..., None])

IntakeFile = Annotated[str, typer.Argument(metavar="INTAKE", help="An intake file (TOML or JSON) or a saved plan; - reads standard input.")]
PlanFile = Annotated[str, typer.Argument(metavar="PLAN", help="A saved plan; - reads standard input.", autocompletion=clients)]
CoursePlan = Annotated[
    str,
    typer.Argument(
        metavar="PLAN", help="A saved plan, or the client whose plan it is; its newest version is taken.", autocompletion=clients
    ),
]
PlansFolder = Annotated[str | None, typer.Argument(metavar="[FOLDER]", help="A folder of plans. Default: that of the settings.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of planning, like 2026-11-30. Default: today.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How it is written to standard output.")]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How it is written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file. Default: standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")]
Plain = Annotated[bool, typer.Option("--plain", help="Interview with numbered lines, for screen readers.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the interview that was left.")]
Phone = Annotated[str | None, typer.Option("--phone", help="Whom to call. Default: that of the settings.")]
Own = Annotated[
    str | None, typer.Option("--knowledge", metavar="DIR", help="Your clinic's own knowledge. Default: that of the settings, if any.")
]
LetterPaper = Annotated[bool, typer.Option("--letter", help="US Letter paper instead of A4.")]


def command(group: typer.Typer, short: str, *examples: str, name: str | None = None) -> Callable[[Work], Work]:
    """Make a function a command of the group: examples come first in its help, then what it does; `short` stands in the list of all."""

    def add(work: Work) -> Work:
        shown = "\n".join(("\b", *(f"$ {example}" for example in examples)))
        group.command(name=name, short_help=short, help=f"{shown}\n\n{work.__doc__}")(work)
        return work

    return add


def end(work: Callable[[], int], *, as_json: bool = False) -> NoReturn:
    """Do the work of a command and leave with its code; a clinic's own knowledge that is not sound is wrong input."""
    from massage_cli.files.own.own_knowledge import OwnKnowledgeRefused

    try:
        code = work()
    except OwnKnowledgeRefused as broken:
        from massage_cli.terminal.commands.input import refuse

        code = refuse(broken, as_json=as_json)
    except KeyboardInterrupt:
        say("Interrupted; nothing was saved.")
        code = ExitCode.INTERRUPTED
    raise typer.Exit(code)
