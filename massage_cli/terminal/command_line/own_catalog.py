"""The commands for a clinic's own knowledge."""

from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import JsonOption, end

group = typer.Typer()
catalog = typer.Typer(help="Your clinic's own knowledge: check it.", epilog="Example: massage catalog check plans/riverside-clinic")
group.add_typer(catalog, name="catalog")


@catalog.command(epilog="Example: massage catalog check plans/riverside-clinic")
def check(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder with your own knowledge, and its cases.")],
    as_json: JsonOption = False,
) -> None:
    """Check your clinic's own knowledge: that it holds together, that it loosens nothing, and that its cases hold."""
    from massage_cli.terminal.commands.own_catalog import check_folder

    end(lambda: check_folder(folder, as_json=as_json), as_json=as_json)
