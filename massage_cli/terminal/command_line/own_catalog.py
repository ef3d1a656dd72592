"""The commands for a clinic's own knowledge."""

from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import JsonOption, command, end

group = typer.Typer()
catalog = typer.Typer(
    help="\b\n$ massage catalog check plans/riverside-clinic\n\nYour clinic's own knowledge: check it.",
    short_help="Check your own knowledge.",
)
group.add_typer(catalog, name="catalog")


@command(catalog, "Check your clinic's own knowledge.", "massage catalog check plans/riverside-clinic")
def check(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder with your own knowledge, and its cases.")],
    as_json: JsonOption = False,
) -> None:
    """Check your clinic's own knowledge: that it holds together, that it loosens nothing, and that its cases hold."""
    from massage_cli.terminal.commands.own_catalog import check_folder

    end(lambda: check_folder(folder, as_json=as_json), as_json=as_json)
