"""The commands that plan: one client, many, or the screening alone."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import (
    Force,
    Format,
    FormatOption,
    IntakeFile,
    On,
    Own,
    Plain,
    PlanFile,
    Resume,
    command,
    end,
)
from massage_cli.terminal.command_line.completion import clients

group = typer.Typer()


class FailOn(StrEnum):
    """The outcomes that a script may call a failure."""

    REFER = "refer"
    CLEARANCE = "clearance"
    INCOMPLETE = "incomplete"
    NO_TECHNIQUE = "no-technique"


@command(group, "Plan the course of one client.", "massage plan", "massage plan client.toml --save")
def plan(
    intake: Annotated[
        str | None,
        typer.Argument(
            metavar="[INTAKE]", help="An intake file (TOML or JSON) or a saved plan; - reads standard input. Left out: an interview."
        ),
    ] = None,
    on: On = None,
    save: Annotated[bool, typer.Option("--save", help="Save as <client>.toml in the folder plans.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file: .json as JSON, else TOML.")
    ] = None,
    format_: FormatOption = Format.TEXT,
    force: Force = False,
    plain: Plain = False,
    resume: Resume = False,
    from_plan: Annotated[
        str | None, typer.Option("--from", metavar="PLAN", help="Interview a client who comes again.", autocompletion=clients)
    ] = None,
    own: Own = None,
) -> None:
    """Plan the course of one client from a file or an interview, or say why it is withheld (exit code 3)."""
    from massage_cli.terminal.commands.plan import Saving, plan_client

    saving = Saving(save=save, output=output, force=force)
    if intake is not None:
        end(lambda: plan_client(intake, on=on, saving=saving, format_=format_, own=own), as_json=format_ == "json")
    from massage_cli.terminal.commands.interview import Way, plan_by_interview

    way = Way(plain=plain, resume=resume, from_plan=from_plan)
    end(lambda: plan_by_interview(on=on, way=way, saving=saving, format_=format_, own=own))


@command(
    group, "Plan many clients.", "massage batch clients.csv --out plans", "massage batch clients/ --out plans.jsonl --report report.json"
)
def batch(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Folders, files or patterns: .toml, .json, .jsonl, .csv, .xlsx; - reads standard input."),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", metavar="PATH", help="A folder (one TOML each), a .jsonl file, a .csv file (summary), or - for JSON Lines."
        ),
    ] = None,
    on: On = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CLIENT", help="Only this client; may be given several times.")
    ] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="List the clients who are referred, the most urgent first.")] = False,
    report: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help="Write the counts as JSON, last of all; - for standard output.")
    ] = None,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit code 3 when a client ends so; may be given several times.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan and count, and write no plans.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the batch that was interrupted.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files, keeping backups.")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, max=256, help="Processes for long lists. Default: one a core.")] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Plan on this Dask cluster; needs massage-cli[dask].")
    ] = None,
    own: Own = None,
) -> None:
    """Plan many clients: every row ends as planned, withheld or invalid, and the counts add up."""
    from massage_cli.terminal.commands.batch import Wish, plan_list

    wish = Wish(
        sources=tuple(sources),
        out=out,
        on=on,
        only=tuple(only or ()),
        urgent=urgent,
        report=report,
        fail_on=tuple(fail_on or ()),
        dry_run=dry_run,
        resume=resume,
        force=force,
        jobs=jobs,
        dask=dask,
        own=own,
    )
    end(lambda: plan_list(wish))


@command(group, "Screen one client, without planning.", "massage screen client.toml")
def screen(intake: IntakeFile, on: On = None, format_: FormatOption = Format.TEXT, own: Own = None) -> None:
    """Screen one client for contraindications, without planning."""
    from massage_cli.terminal.commands.screen import screen_client

    end(lambda: screen_client(intake, on=on, format_=format_, own=own), as_json=format_ == "json")


@command(group, "Show a saved plan.", "massage show plans/c-0042.toml")
def show(plan: PlanFile, format_: FormatOption = Format.TEXT, own: Own = None) -> None:
    """Show a saved plan."""
    from massage_cli.terminal.commands.show import show_plan

    end(lambda: show_plan(plan, format_=format_, own=own), as_json=format_ == "json")
