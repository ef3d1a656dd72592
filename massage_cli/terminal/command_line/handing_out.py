"""The commands that make documents of a plan, and that read one back."""

from typing import Annotated

import typer

from massage_cli.documents.names import DocumentKind
from massage_cli.terminal.command_line.arguments import CoursePlan, Force, LetterPaper, On, Output, Own, Phone, command, end

group = typer.Typer()


@command(
    group,
    "Make a document of a plan.",
    "massage export c-0042 --to ics --at 09:30 --output visits.ics",
    "massage export c-0042 --to markdown",
)
def export(
    plan: CoursePlan,
    to: Annotated[DocumentKind, typer.Option("--to", help="Which document.")],
    output: Output = None,
    on: On = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="Calendar and handout: the time of day of visits.")] = None,
    reminder: Annotated[int | None, typer.Option("--reminder", min=0, max=336, metavar="HOURS", help="Calendar: remind before.")] = None,
    phone: Phone = None,
    letter_paper: LetterPaper = False,
    force: Force = False,
    own: Own = None,
) -> None:
    """Make a document of a saved plan, to hand out or to send on."""
    from massage_cli.terminal.commands.export import Asked, export_plan

    asked = Asked(on=on, at=at, reminder_hours=reminder, phone=phone, letter_paper=letter_paper, output=output, force=force, own=own)
    end(lambda: export_plan(plan, to=to, asked=asked))


@command(
    group,
    "Make the handout for the client.",
    "massage handout c-0042 --output handout.html",
    "massage handout c-0042 --pdf --output handout.pdf",
)
def handout(
    plan: CoursePlan,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF instead of HTML; needs massage-cli[pdf].")] = False,
    output: Output = None,
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="The time of day of visits.")] = None,
    phone: Phone = None,
    letter_paper: LetterPaper = False,
    force: Force = False,
    own: Own = None,
) -> None:
    """Make the handout for the client in plain words: visits, body map, after-care, when to get help."""
    from massage_cli.terminal.commands.export import Asked, export_plan

    asked = Asked(on=None, at=at, phone=phone, letter_paper=letter_paper, output=output, force=force, own=own)
    end(lambda: export_plan(plan, to=DocumentKind.HANDOUT_PDF if pdf else DocumentKind.HANDOUT, asked=asked))


@command(group, "Write the letter that fits.", "massage letter c-0042 --output letter.html", "massage letter c-0042 --text")
def letter(
    plan: CoursePlan,
    text: Annotated[bool, typer.Option("--text", help="As plain text instead of HTML.")] = False,
    output: Output = None,
    on: On = None,
    phone: Phone = None,
    letter_paper: LetterPaper = False,
    force: Force = False,
    own: Own = None,
) -> None:
    """Write the letter that fits: a referral, a request for clearance, or the summary of a course."""
    from massage_cli.terminal.commands.export import Asked, write_letter

    asked = Asked(on=on, phone=phone, letter_paper=letter_paper, output=output, force=force, own=own)
    end(lambda: write_letter(plan, text=text, asked=asked))


@command(group, "Read exported answers back in.", "massage import answers.json --output client.toml", name="import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A FHIR QuestionnaireResponse or Bundle of ours; - reads standard input.")],
    output: Output = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day the answers are checked for. Default: that of the file.")
    ] = None,
    force: Force = False,
) -> None:
    """Read the answers that were exported as FHIR back into an intake."""
    from massage_cli.terminal.commands.import_ import import_intake

    end(lambda: import_intake(file, on=on, output=output, force=force))
