"""The commands of a course that runs: its visits, reviews and versions, and what is due."""

from typing import Annotated

import typer

from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus
from massage_cli.terminal.command_line.arguments import (
    CoursePlan,
    Format,
    FormatOption,
    JsonOption,
    ListFormat,
    ListFormatOption,
    On,
    Own,
    Plain,
    PlansFolder,
    Resume,
    command,
    end,
)
from massage_cli.terminal.command_line.completion import health_answers, measures

group = typer.Typer()


@command(group, "Record what happened at a visit.", "massage visit c-0042", "massage visit c-0042 --status attended --pain 4 --nothing-new")
def visit(
    plan: CoursePlan,
    status: Annotated[VisitStatus | None, typer.Option("--status", help="What became of it. Left out: an interview.")] = None,
    number: Annotated[int | None, typer.Option("--number", "-n", min=1, help="Which visit. Default: the next one not recorded.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the visit. Default: today.")] = None,
    pain: Annotated[int | None, typer.Option("--pain", min=0, max=10, help="Pain before the visit, of 10.")] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="ID", help="A measure of the plan that was scored, like rmdq.", autocompletion=measures),
    ] = None,
    score: Annotated[float | None, typer.Option("--score", help="Its score.")] = None,
    soreness_hours: Annotated[
        int | None, typer.Option("--soreness-hours", min=0, max=999, help="Hours sore after the visit before.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A note for yourself.")] = None,
    health: Annotated[
        list[str] | None,
        typer.Option(
            "--health",
            metavar="FACT=ANSWER",
            help="What is new about health, like fever=yes, and what is asked because of it; repeatable.",
            autocompletion=health_answers,
        ),
    ] = None,
    nothing_new: Annotated[bool, typer.Option("--nothing-new", help="The questions of each visit were asked; nothing is new.")] = False,
    on: On = None,
    format_: FormatOption = Format.TEXT,
    plain: Plain = False,
    resume: Resume = False,
    own: Own = None,
) -> None:
    """Record what happened at a visit, as the next version of the plan; a new danger sign withholds the rest (exit code 3)."""
    from massage_cli.terminal.commands.visit import record_visit
    from massage_cli.terminal.commands.visit_flags import Told

    told = Told(
        status=status,
        number=number,
        date=date,
        pain=pain,
        measure=measure,
        score=score,
        soreness_hours=soreness_hours,
        note=note,
        health=tuple(health or ()),
        nothing_new=nothing_new,
    )
    end(lambda: record_visit(plan, told, on=on, plain=plain, resume=resume, format_=format_, own=own), as_json=format_ == "json")


@command(group, "See how the client does, and go on.", "massage review c-0042", "massage review c-0042 --apply --missed shift")
def review(
    plan: CoursePlan,
    on: On = None,
    missed: Annotated[
        MissedVisits | None, typer.Option("--missed", help="Missed visits: keep the dates, or shift and make them up.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the next version of the plan.")] = False,
    format_: ListFormatOption = ListFormat.TEXT,
    own: Own = None,
) -> None:
    """Say how the client does, what is decided and why, and propose the rest of the course."""
    from massage_cli.terminal.commands.review import review_course

    end(lambda: review_course(plan, on=on, missed=missed, apply=apply, format_=format_, own=own), as_json=format_ == "json")


@command(group, "List the clients who need something.", "massage due --within 7")
def due(
    folder: PlansFolder = None,
    on: On = None,
    within: Annotated[int, typer.Option("--within", min=0, max=366, metavar="DAYS", help="How many days ahead.")] = 14,
    as_json: JsonOption = False,
) -> None:
    """List the clients who need something: a review, a clearance, a new plan, a call."""
    from massage_cli.terminal.commands.caseload import list_due

    end(lambda: list_due(folder, on=on, within_days=within, as_json=as_json))


@command(group, "Show your hands-on hours.", "massage week --limit 5")
def week(
    folder: PlansFolder = None,
    on: On = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=52, help="How many weeks.")] = 4,
    limit: Annotated[float | None, typer.Option("--limit", min=0.25, max=24, metavar="HOURS", help="Hands-on hours a day at most.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show your hands-on hours of the coming weeks, with the days over your limit."""
    from massage_cli.terminal.commands.caseload import show_week

    end(lambda: show_week(folder, on=on, weeks=weeks, limit_hours=limit, as_json=as_json))


@command(group, "Say what differs between two plans.", "massage diff plans/c-0042.toml plans/c-0042.v2.toml")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A plan file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another plan file.")],
    as_json: JsonOption = False,
) -> None:
    """Say in words what differs between two plans."""
    from massage_cli.terminal.commands.versions import show_changes

    end(lambda: show_changes(old, new, as_json=as_json))


@command(group, "Show every version of a plan.", "massage history c-0042")
def history(plan: CoursePlan, as_json: JsonOption = False) -> None:
    """Show every version of a client's plan, and what each one brought."""
    from massage_cli.terminal.commands.versions import show_history

    end(lambda: show_history(plan, as_json=as_json))


@command(group, "Sum up a course.", "massage discharge c-0042")
def discharge(plan: CoursePlan, on: On = None, as_json: JsonOption = False, own: Own = None) -> None:
    """Sum up a course with its figures."""
    from massage_cli.terminal.commands.versions import sum_up

    end(lambda: sum_up(plan, on=on, as_json=as_json, own=own), as_json=as_json)
