"""The commands: their names, arguments and help. Each hands over to its module in `commands/`, which does the work."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from massage_cli import __version__
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say

app = typer.Typer(
    name="massage",
    help="Plan a course of medical massage: screening first, then techniques and dated visits that taper.",
    epilog="Start with: massage template > client.toml, fill it in, then: massage plan client.toml",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a plan or screening is written."""

    TEXT = "text"
    TOML = "toml"
    JSON = "json"


class ListFormat(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"


class TemplateFormat(StrEnum):
    """What kind of file the template is for."""

    TOML = "toml"
    CSV = "csv"


class FailOn(StrEnum):
    """The outcomes that a script may call a failure."""

    REFER = "refer"
    CLEARANCE = "clearance"
    INCOMPLETE = "incomplete"
    NO_TECHNIQUE = "no-technique"


class VisitStatus(StrEnum):
    """What became of a visit."""

    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Missed(StrEnum):
    """What becomes of missed visits."""

    KEEP = "keep"
    SHIFT = "shift"


class ExportTo(StrEnum):
    """The documents there are."""

    CALENDAR = "ics"
    VISITS = "csv"
    MARKDOWN = "markdown"
    JSON = "json"
    HANDOUT = "html"
    HANDOUT_PDF = "pdf"
    CLEARANCE = "clearance"
    CLEARANCE_TEXT = "clearance-text"
    REFERRAL = "referral"
    REFERRAL_TEXT = "referral-text"
    DISCHARGE = "discharge"
    DISCHARGE_TEXT = "discharge-text"
    SOAP = "soap"
    SOAP_TEXT = "soap-text"
    PLAN_OF_CARE = "plan-of-care"
    PLAN_OF_CARE_TEXT = "plan-of-care-text"
    FHIR = "fhir"


class SettingsAction(StrEnum):
    """What is done with the settings."""

    SHOW = "show"
    EDIT = "edit"
    PATH = "path"


class SchemaOf(StrEnum):
    """What a JSON Schema is wanted of."""

    INTAKE = "intake"
    PLAN = "plan"


IntakeFile = Annotated[str, typer.Argument(metavar="INTAKE", help="An intake file (TOML or JSON) or a saved plan; - reads standard input.")]
PlanFile = Annotated[str, typer.Argument(metavar="PLAN", help="A saved plan; - reads standard input.")]
CoursePlan = Annotated[
    str, typer.Argument(metavar="PLAN", help="A saved plan, or the client whose plan it is; its newest version is taken.")
]
PlansFolder = Annotated[str | None, typer.Argument(metavar="[FOLDER]", help="A folder of plans. Default: that of the settings.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of planning, like 2026-11-30. Default: today.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How it is written to standard output.")]


def _end(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command and leave with its code."""
    try:
        code = work()
    except KeyboardInterrupt:
        say("Interrupted; nothing was saved.")
        code = ExitCode.INTERRUPTED
    raise typer.Exit(code)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it
    if wanted:
        typer.echo(f"massage {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Plan a course of medical massage: screening first, then techniques and dated visits that taper."""


@app.command(epilog="Examples: massage plan  |  massage plan client.toml --save")
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
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Interview with numbered lines, for screen readers.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the interview that was left.")] = False,
    from_plan: Annotated[str | None, typer.Option("--from", metavar="PLAN", help="Interview a client who comes again.")] = None,
) -> None:
    """Plan the course of one client from a file or an interview, or say why it is withheld (exit code 3)."""
    from massage_cli.terminal.commands.plan import Saving, plan_client

    saving = Saving(save=save, output=output, force=force)
    if intake is not None:
        _end(lambda: plan_client(intake, on=on, saving=saving, format_=format_))
    from massage_cli.terminal.commands.interview import Way, plan_by_interview

    way = Way(plain=plain, resume=resume, from_plan=from_plan)
    _end(lambda: plan_by_interview(on=on, way=way, saving=saving, format_=format_))


@app.command(epilog="Examples: massage batch clients.csv --out plans  |  massage batch clients/ --out plans.jsonl --report report.json")
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
    )
    _end(lambda: plan_list(wish))


@app.command(epilog="Example: massage screen client.toml")
def screen(intake: IntakeFile, on: On = None, format_: FormatOption = Format.TEXT) -> None:
    """Screen one client for contraindications, without planning."""
    from massage_cli.terminal.commands.screen import screen_client

    _end(lambda: screen_client(intake, on=on, format_=format_))


@app.command(epilog="Example: massage show plans/c-0042.toml")
def show(plan: PlanFile, format_: FormatOption = Format.TEXT) -> None:
    """Show a saved plan."""
    from massage_cli.terminal.commands.show import show_plan

    _end(lambda: show_plan(plan, format_=format_))


@app.command(epilog="Examples: massage visit c-0042  |  massage visit c-0042 --status attended --pain 4 --nothing-new")
def visit(
    plan: CoursePlan,
    status: Annotated[VisitStatus | None, typer.Option("--status", help="What became of it. Left out: an interview.")] = None,
    number: Annotated[int | None, typer.Option("--number", "-n", min=1, help="Which visit. Default: the next one not recorded.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the visit. Default: today.")] = None,
    pain: Annotated[int | None, typer.Option("--pain", min=0, max=10, help="Pain before the visit, of 10.")] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="ID", help="A measure of the plan that was scored, like rmdq.")
    ] = None,
    score: Annotated[float | None, typer.Option("--score", help="Its score.")] = None,
    soreness_hours: Annotated[
        int | None, typer.Option("--soreness-hours", min=0, max=999, help="Hours sore after the visit before.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A note for yourself.")] = None,
    health: Annotated[
        list[str] | None, typer.Option("--health", metavar="FACT=ANSWER", help="What is new about health, like fever=yes; repeatable.")
    ] = None,
    nothing_new: Annotated[bool, typer.Option("--nothing-new", help="The questions of each visit were asked; nothing is new.")] = False,
    on: On = None,
    format_: FormatOption = Format.TEXT,
    plain: Annotated[bool, typer.Option("--plain", help="Interview with numbered lines, for screen readers.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the interview that was left.")] = False,
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
    _end(lambda: record_visit(plan, told, on=on, plain=plain, resume=resume, format_=format_))


@app.command(epilog="Examples: massage review c-0042  |  massage review c-0042 --apply --missed shift")
def review(
    plan: CoursePlan,
    on: On = None,
    missed: Annotated[Missed | None, typer.Option("--missed", help="Missed visits: keep the dates, or shift and make them up.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the next version of the plan.")] = False,
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How it is written.")] = ListFormat.TEXT,
) -> None:
    """Say how the client does, what is decided and why, and propose the rest of the course."""
    from massage_cli.terminal.commands.review import review_course

    _end(lambda: review_course(plan, on=on, missed=missed, apply=apply, format_=format_))


@app.command(epilog="Example: massage due --within 7")
def due(
    folder: PlansFolder = None,
    on: On = None,
    within: Annotated[int, typer.Option("--within", min=0, max=366, metavar="DAYS", help="How many days ahead.")] = 14,
    as_json: JsonOption = False,
) -> None:
    """List the clients who need something: a review, a clearance, a new plan, a call."""
    from massage_cli.terminal.commands.caseload import list_due

    _end(lambda: list_due(folder, on=on, within_days=within, as_json=as_json))


@app.command(epilog="Example: massage week --limit 5")
def week(
    folder: PlansFolder = None,
    on: On = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=52, help="How many weeks.")] = 4,
    limit: Annotated[float | None, typer.Option("--limit", min=0.25, max=24, metavar="HOURS", help="Hands-on hours a day at most.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show your hands-on hours of the coming weeks, with the days over your limit."""
    from massage_cli.terminal.commands.caseload import show_week

    _end(lambda: show_week(folder, on=on, weeks=weeks, limit_hours=limit, as_json=as_json))


@app.command(epilog="Example: massage diff plans/c-0042.toml plans/c-0042.v2.toml")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A plan file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another plan file.")],
    as_json: JsonOption = False,
) -> None:
    """Say in words what differs between two plans."""
    from massage_cli.terminal.commands.versions import show_changes

    _end(lambda: show_changes(old, new, as_json=as_json))


@app.command(epilog="Example: massage history c-0042")
def history(plan: CoursePlan, as_json: JsonOption = False) -> None:
    """Show every version of a client's plan, and what each one brought."""
    from massage_cli.terminal.commands.versions import show_history

    _end(lambda: show_history(plan, as_json=as_json))


@app.command(epilog="Example: massage discharge c-0042")
def discharge(plan: CoursePlan, on: On = None, as_json: JsonOption = False) -> None:
    """Sum up a course with its figures."""
    from massage_cli.terminal.commands.versions import sum_up

    _end(lambda: sum_up(plan, on=on, as_json=as_json))


@app.command(epilog="Examples: massage export c-0042 --to ics --at 09:30 --output visits.ics  |  massage export c-0042 --to markdown")
def export(
    plan: CoursePlan,
    to: Annotated[ExportTo, typer.Option("--to", help="Which document.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file. Default: standard output.")
    ] = None,
    on: On = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="Calendar and handout: the time of day of visits.")] = None,
    reminder: Annotated[int | None, typer.Option("--reminder", min=0, max=336, metavar="HOURS", help="Calendar: remind before.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Whom to call. Default: that of the settings.")] = None,
    letter_paper: Annotated[bool, typer.Option("--letter", help="US Letter paper instead of A4.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")] = False,
) -> None:
    """Make a document of a saved plan, to hand out or to send on."""
    from massage_cli.terminal.commands.export import Asked, export_plan

    asked = Asked(on=on, at=at, reminder_hours=reminder, phone=phone, letter_paper=letter_paper, output=output, force=force)
    _end(lambda: export_plan(plan, to=to, asked=asked))


@app.command(epilog="Examples: massage handout c-0042 --output handout.html  |  massage handout c-0042 --pdf --output handout.pdf")
def handout(
    plan: CoursePlan,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF instead of HTML; needs massage-cli[pdf].")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file. Default: standard output.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="The time of day of visits.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Whom to call. Default: that of the settings.")] = None,
    letter_paper: Annotated[bool, typer.Option("--letter", help="US Letter paper instead of A4.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")] = False,
) -> None:
    """Make the handout for the client in plain words: visits, body map, after-care, when to get help."""
    from massage_cli.terminal.commands.export import Asked, export_plan

    asked = Asked(on=None, at=at, phone=phone, letter_paper=letter_paper, output=output, force=force)
    _end(lambda: export_plan(plan, to=ExportTo.HANDOUT_PDF if pdf else ExportTo.HANDOUT, asked=asked))


@app.command(epilog="Examples: massage letter c-0042 --output letter.html  |  massage letter c-0042 --text")
def letter(
    plan: CoursePlan,
    text: Annotated[bool, typer.Option("--text", help="As plain text instead of HTML.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file. Default: standard output.")
    ] = None,
    on: On = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Whom to call. Default: that of the settings.")] = None,
    letter_paper: Annotated[bool, typer.Option("--letter", help="US Letter paper instead of A4.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")] = False,
) -> None:
    """Write the letter that fits: a referral, a request for clearance, or the summary of a course."""
    from massage_cli.terminal.commands.export import Asked, write_letter

    asked = Asked(on=on, phone=phone, letter_paper=letter_paper, output=output, force=force)
    _end(lambda: write_letter(plan, text=text, asked=asked))


@app.command(name="import", epilog="Example: massage import answers.json --output client.toml")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A FHIR QuestionnaireResponse or Bundle of ours; - reads standard input.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Save to this file. Default: standard output.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day the answers are checked for. Default: that of the file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file, keeping a backup.")] = False,
) -> None:
    """Read the answers that were exported as FHIR back into an intake."""
    from massage_cli.terminal.commands.import_ import import_intake

    _end(lambda: import_intake(file, on=on, output=output, force=force))


@app.command(epilog="Examples: massage settings  |  massage settings edit")
def settings(action: Annotated[SettingsAction, typer.Argument(help="What to do with them.")] = SettingsAction.SHOW) -> None:
    """Show, edit or locate your own defaults: name, working days, session length, training."""
    from massage_cli.terminal.commands.settings import serve_settings

    _end(lambda: serve_settings(action=action))


@app.command(epilog="Example: massage questions --format json")
def questions(format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How it is written.")] = ListFormat.TEXT) -> None:
    """List what is asked about health, group by group."""
    from massage_cli.terminal.commands.questions import list_questions

    _end(lambda: list_questions(format_=format_))


@app.command(epilog="Example: massage template > client.toml")
def template(
    format_: Annotated[TemplateFormat, typer.Option("--format", "-f", help="For one client, or for a list.")] = TemplateFormat.TOML,
) -> None:
    """Print an intake to fill in, with comments; or the header of a CSV list."""
    from massage_cli.terminal.commands.template import print_template

    _end(lambda: print_template(format_=format_))


@app.command(epilog="Example: massage schema intake > intake.schema.json")
def schema(of: Annotated[SchemaOf, typer.Argument(help="Of intake files or of plan files.")]) -> None:
    """Print the JSON Schema of a file format."""
    from massage_cli.terminal.commands.schema import print_schema

    _end(lambda: print_schema(of=of))
