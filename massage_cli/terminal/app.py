"""The command line as a whole: which command stands in which file of `command_line/`."""

from importlib import import_module
from typing import Annotated

import typer

from massage_cli import __version__

GROUPS = {
    "clients": ("plan", "batch", "screen", "show"),
    "courses": ("visit", "review", "due", "week", "diff", "history", "discharge"),
    "asking_why": ("explain", "whatif"),
    "handing_out": ("export", "handout", "letter", "import"),
    "checking": ("verify", "upgrade", "lint"),
    "catalog": ("catalog",),
    "setting_up": ("settings", "questions", "template", "schema", "doctor"),
}
"""Every command by the file that it stands in, in the order of the help."""


def app_for(asked: str) -> typer.Typer:
    """The command line with every command; with the one that was asked for alone where there is such a one, which starts sooner."""
    app = typer.Typer(
        name="massage",
        help="Plan a course of medical massage: screening first, then techniques and dated visits that taper.",
        epilog="Start with: massage template > client.toml, fill it in, then: massage plan client.toml",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_main)
    known = any(asked in names for names in GROUPS.values())
    for file, names in GROUPS.items():
        if not known or asked in names:
            group: typer.Typer = import_module(f"massage_cli.terminal.command_line.{file}").group
            app.registered_commands += [command for command in group.registered_commands if not known or _name(command) == asked]
            app.registered_groups += group.registered_groups
    return app


def _name(command: typer.models.CommandInfo) -> str:
    return str(command.name or getattr(command.callback, "__name__", ""))


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it
    if wanted:
        typer.echo(f"massage {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Plan a course of medical massage: screening first, then techniques and dated visits that taper."""
