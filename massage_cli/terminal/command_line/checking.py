"""The commands that check plans: made again, held against another edition, and looked through for contradictions."""

from typing import Annotated

import typer

from massage_cli.terminal.command_line.arguments import CoursePlan, JsonOption, Own, PlansFolder, command, end

group = typer.Typer()


@command(group, "See whether a plan is what it says.", "massage verify c-0042", "massage verify plans/c-0042.toml --json")
def verify(plan: CoursePlan, as_json: JsonOption = False, own: Own = None) -> None:
    """Make every version of a plan again and say whether it is the same to the byte, or which lines differ and why (exit code 5)."""
    from massage_cli.terminal.commands.verify import verify_plan

    end(lambda: verify_plan(plan, as_json=as_json, own=own), as_json=as_json)


@command(group, "See what another edition changes.", "massage upgrade plans")
def upgrade(folder: PlansFolder = None, as_json: JsonOption = False, own: Own = None) -> None:
    """Say which clients' plans the knowledge of this program changes, and how; nothing is written."""
    from massage_cli.terminal.commands.upgrade import show_upgrades

    end(lambda: show_upgrades(folder, as_json=as_json, own=own), as_json=as_json)


@command(group, "Find what contradicts itself.", "massage lint plans", "massage lint plans/c-0042.toml careplan.json visits.ics --json")
def lint(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN...", help="Plans, FHIR care plans (R4, JSON), calendar files; folders and patterns; - reads standard input."
        ),
    ],
    as_json: JsonOption = False,
    own: Own = None,
) -> None:
    """Look for what contradicts itself in plans, FHIR care plans and calendars: dates, gaps, totals, texts, limits (exit code 5)."""
    from massage_cli.terminal.commands.lint import lint_files

    end(lambda: lint_files(plans, as_json=as_json, own=own), as_json=as_json)
