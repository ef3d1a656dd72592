"""Plan files: a document to TOML or JSON, and back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from massage_cli.files.inert import inert_toml, json_text
from massage_cli.files.plan_document import PlanDocument
from massage_cli.files.reading import parse
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import STOPPING, OutcomeKind
from massage_cli.planning.intake import INTAKE_FORMAT
from massage_cli.planning.intake_problems import FIRST_DAY, LAST_DAY


def to_toml(document: PlanDocument) -> str:
    """The document as TOML; the same document gives the same text."""
    import tomli_w

    return inert_toml(tomli_w.dumps(_plain(document)))


def to_json(document: PlanDocument) -> str:
    """The document as one JSON object, indented, with a line end."""
    return json_text(document)


def _plain(document: PlanDocument) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(date,))
    return plain


def _disagreements(document: PlanDocument) -> Iterator[Problem]:
    """What no plan of this program says: an outcome against its findings, visits for a withheld client, impossible dates."""
    stops = any(finding.certain and finding.category in STOPPING for finding in document.screening.findings)
    if stops and document.outcome is not OutcomeKind.REFER:
        message = f"'{document.outcome}' does not agree with the findings, one of which stops everything; the file was changed"
        yield Problem(path="outcome", value=str(document.outcome), message=message)
    if document.outcome.withholds and (document.sessions or document.techniques or document.phases):
        yield Problem(path="sessions", message="a withheld plan has no techniques, phases or sessions; the file was changed")
    together = {bool(document.sessions), bool(document.phases), bool(document.outline)}
    if document.version is None and len(together) > 1:
        yield Problem(path="sessions", message="sessions, phases and outline go together; the file was changed")
    if not all(phase.gap_days for phase in document.phases):
        yield Problem(path="phases", message="a phase has no gap-days; the file was changed")
    days = (
        document.planned_on,
        *(session.date for session in document.sessions),
        *document.holidays,
        *(visit.date for visit in document.visits),
        *(note.on for note in document.intake.clearances),
    )
    if not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        yield Problem(path="sessions", message=f"a date is not between {FIRST_DAY} and {LAST_DAY}")


def read_plan(content: bytes, name: str) -> PlanDocument:
    """The document that a plan file holds. Raises Unreadable with every problem."""
    table, text = parse(content, name)
    if table.get("format") == INTAKE_FORMAT:
        raise Unreadable(
            [Problem(file=name, path="format", value=INTAKE_FORMAT, message="this is an intake; to plan it: massage plan FILE")]
        )
    document, problems = salvage(table, PlanDocument)
    if document is not None and not problems:
        problems = tuple(_disagreements(document))
    if problems or document is None:
        from massage_cli.files.key_lines import key_lines  # needed only when something is wrong

        lines = key_lines(text)
        raise Unreadable(
            Problem(file=name, path=problem.path, line=lines.get(problem.path), value=problem.value, message=problem.message)
            for problem in problems
        )
    return document
