"""The visits as a CSV list, for a spreadsheet or a booking system."""

from massage_cli.documents.kinds import Options
from massage_cli.documents.visits import schedule
from massage_cli.files.clean import one_line
from massage_cli.files.csv_text import csv_line
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge

COLUMNS = ("client", "number", "date", "phase", "minutes", "review", "status", "pain")


def visit_list(document: PlanDocument, _knowledge: Knowledge, _options: Options) -> bytes:
    """One line for each visit, under a heading."""
    client = one_line(document.intake.client)
    rows = (
        (
            client,
            str(visit.number),
            visit.date.isoformat(),
            one_line(visit.phase),
            str(visit.minutes),
            "yes" if visit.review else "no",
            visit.status or "planned",
            "" if visit.pain is None else str(visit.pain),
        )
        for visit in schedule(document)
    )
    return b"".join(csv_line(row) for row in (COLUMNS, *rows))
