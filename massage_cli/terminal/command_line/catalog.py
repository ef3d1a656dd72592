"""The commands on the knowledge: `massage catalog list`, `search`, `show` and `evidence`, and `check` for a clinic's own."""

from typing import Annotated

import typer

from massage_cli.knowledge.catalog.entries import Kind
from massage_cli.knowledge.vocabulary import Category, Certainty, Condition, Goal
from massage_cli.terminal.command_line.arguments import JsonOption, Own, command, end
from massage_cli.terminal.command_line.completion import entries

group = typer.Typer()
catalog = typer.Typer(rich_markup_mode=None)
group.add_typer(
    catalog,
    name="catalog",
    short_help="Look things up in what is known.",
    help="""\b
$ massage catalog search sciatica
$ massage catalog show cupping
$ massage catalog evidence low-back

Look things up in what is known: techniques, rules, protocols, complaints, measures, sources and the evidence.""",
)


@catalog.callback(invoke_without_command=True)
def explain(context: typer.Context) -> None:
    """Show the help where nothing more is said."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@command(
    catalog,
    "List what is known, kind by kind.",
    "massage catalog list techniques --region knee --untrained",
    "massage catalog list rules --category red-flag",
    name="list",
)
def list_(
    kind: Annotated[
        Kind | None,
        typer.Argument(
            metavar="[KIND]",
            help="Techniques, rules, protocols, complaints, measures or sources. Left out: how many there are of each kind.",
        ),
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Techniques with this tag; rules that exclude it.")] = None,
    region: Annotated[str | None, typer.Option("--region", help="Techniques and complaints of this region, like knee.")] = None,
    goal: Annotated[Goal | None, typer.Option("--goal", help="Techniques that serve this goal.")] = None,
    untrained: Annotated[bool, typer.Option("--untrained", help="Techniques that need no extra training.")] = False,
    category: Annotated[Category | None, typer.Option("--category", help="Rules of this category.")] = None,
    condition: Annotated[Condition | None, typer.Option("--condition", help="Protocols and complaints of this condition.")] = None,
    tier: Annotated[str | None, typer.Option("--tier", help="Rules and sources of this tier: A, B, C or L.")] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Rules and measures not checked in a text.")] = False,
    as_json: JsonOption = False,
    own: Own = None,
) -> None:
    """List what is known, kind by kind; several filters must all hold."""
    from massage_cli.terminal.commands.catalog import list_entries

    asked = {
        "tag": tag,
        "region": region,
        "goal": goal,
        "untrained": untrained or None,
        "category": category,
        "condition": condition,
        "tier": tier,
        "unchecked": unchecked or None,
    }
    end(
        lambda: list_entries(kind, {name: value for name, value in asked.items() if value is not None}, as_json=as_json, own=own),
        as_json=as_json,
    )


@command(
    catalog,
    "Search names, ids and plain words.",
    "massage catalog search blood clot",
    'massage catalog search "stiff neck" --in complaints',
)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words; all of them have to be there.")],
    kind: Annotated[Kind | None, typer.Option("--in", help="Only entries of this kind.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show everything found, not just the first ten of each kind.")] = False,
    as_json: JsonOption = False,
    own: Own = None,
) -> None:
    """Search names, ids and plain words of everything that is known; case and accents do not matter."""
    from massage_cli.terminal.commands.catalog import search_entries

    end(lambda: search_entries(words, kind=kind, all_=all_, as_json=as_json, own=own), as_json=as_json)


@command(
    catalog,
    "Show everything known about one entry.",
    "massage catalog show deep-tissue",
    "massage catalog show anticoagulant --json",
)
def show(
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="The id of a technique, rule, protocol, complaint, measure or source.", autocompletion=entries),
    ],
    as_json: JsonOption = False,
    own: Own = None,
) -> None:
    """Show everything known about one entry: its sources, how far they were checked, and what hangs together with it."""
    from massage_cli.terminal.commands.catalog import show_entry

    end(lambda: show_entry(id_, as_json=as_json, own=own), as_json=as_json)


@command(
    catalog,
    "Show how well techniques are supported.",
    "massage catalog evidence low-back",
    "massage catalog evidence --certainty moderate",
)
def evidence(
    about: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="A complaint, a protocol or a technique. Left out: everything.", autocompletion=entries),
    ] = None,
    certainty: Annotated[Certainty | None, typer.Option("--certainty", help="Only what is so sure or surer.")] = None,
    as_json: JsonOption = False,
    own: Own = None,
) -> None:
    """Show how well each technique is supported for each protocol, and by which sources."""
    from massage_cli.terminal.commands.catalog import show_evidence_of

    end(lambda: show_evidence_of(about, certainty=certainty, as_json=as_json, own=own), as_json=as_json)


@command(catalog, "Check your clinic's own knowledge.", "massage catalog check plans/riverside-clinic")
def check(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder with your own knowledge, and its cases.")],
    as_json: JsonOption = False,
) -> None:
    """Check your clinic's own knowledge: that it holds together, that it loosens nothing, and that its cases hold."""
    from massage_cli.terminal.commands.own_catalog import check_folder

    end(lambda: check_folder(folder, as_json=as_json), as_json=as_json)
