"""The commands for what is one's own, and for the shapes of files."""

from enum import StrEnum
from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import JsonOption, ListFormat, ListFormatOption, Own, command, end

group = typer.Typer()


class TemplateFormat(StrEnum):
    """What kind of file the template is for."""

    TOML = "toml"
    CSV = "csv"


class SettingsAction(StrEnum):
    """What is done with the settings."""

    SHOW = "show"
    EDIT = "edit"
    PATH = "path"


class SchemaOf(StrEnum):
    """What a JSON Schema is wanted of."""

    INTAKE = "intake"
    PLAN = "plan"


@command(group, "Show or edit your own defaults.", "massage settings", "massage settings edit")
def settings(action: Annotated[SettingsAction, typer.Argument(help="What to do with them.")] = SettingsAction.SHOW) -> None:
    """Show, edit or locate your own defaults: name, working days, session length, training."""
    from massage_cli.terminal.commands.settings import serve_settings

    end(lambda: serve_settings(action=action))


@command(group, "List what is asked about health.", "massage questions --format json")
def questions(format_: ListFormatOption = ListFormat.TEXT, own: Own = None) -> None:
    """List what is asked about health, group by group."""
    from massage_cli.terminal.commands.questions import list_questions

    end(lambda: list_questions(format_=format_, own=own))


@command(group, "Print an intake to fill in.", "massage template > client.toml")
def template(
    format_: Annotated[TemplateFormat, typer.Option("--format", "-f", help="For one client, or for a list.")] = TemplateFormat.TOML,
    own: Own = None,
) -> None:
    """Print an intake to fill in, with comments; or the header of a CSV list."""
    from massage_cli.terminal.commands.template import print_template

    end(lambda: print_template(format_=format_, own=own))


@command(group, "Print the JSON Schema of a file.", "massage schema intake > intake.schema.json")
def schema(of: Annotated[SchemaOf, typer.Argument(help="Of intake files or of plan files.")], own: Own = None) -> None:
    """Print the JSON Schema of a file format."""
    from massage_cli.terminal.commands.schema import print_schema

    end(lambda: print_schema(of=of, own=own))


@command(group, "Look whether everything works here.", "massage doctor")
def doctor(as_json: JsonOption = False) -> None:
    """Look whether the installed program is whole and can work here: knowledge, published clients, settings, folders, terminal."""
    from massage_cli.terminal.commands.doctor import examine

    end(lambda: examine(as_json=as_json))
