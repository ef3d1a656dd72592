"""The commands that answer questions about a plan: why it says what it says, and what it would be otherwise."""

from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import IntakeFile, ListFormat, ListFormatOption, On, Own, command, end
from massage_cli.terminal.command_line.completion import clients, explained

group = typer.Typer()


@command(group, "Say why a plan says what it says.", "massage explain plans/low-back.toml", "massage explain c-0042 deep-tissue")
def explain(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN", help="A saved plan, or the client whose newest one is meant; - reads standard input.", autocompletion=clients
        ),
    ],
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="One thing: a rule, technique, protocol, measure, warning, visit number, day or key. Default: the whole plan.",
            autocompletion=explained,
        ),
    ] = None,
    format_: ListFormatOption = ListFormat.TEXT,
    own: Own = None,
) -> None:
    """Say why a plan says what it says: every line back to the answer, the rule and the source."""
    from massage_cli.terminal.commands.explain import explain_plan

    end(lambda: explain_plan(plan, asked, format_=format_, own=own), as_json=format_ == "json")


@command(
    group,
    "Show how a plan would differ.",
    "massage whatif client.toml",
    "massage whatif client.toml --set pain=8 --set booking.minutes=30",
)
def whatif(
    intake: IntakeFile,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="A key of the intake with another value, like pain=8; repeatable. Empty: none."),
    ] = None,
    on: On = None,
    format_: ListFormatOption = ListFormat.TEXT,
    own: Own = None,
) -> None:
    """Show how the plan would differ if a clearance were on record or an answer were another. Nothing is saved, nothing advised."""
    from massage_cli.terminal.commands.whatif import show_otherwise

    end(lambda: show_otherwise(intake, tuple(values or ()), on=on, format_=format_, own=own), as_json=format_ == "json")
