"""One row of a list through screening and planning: what came of it, and what is written for it."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

from massage_cli.batch.output import Form, summary_line, written
from massage_cli.files.lists.rows import Row, intake_of
from massage_cli.files.own.own_knowledge import OwnKnowledge, knowledge_with
from massage_cli.files.own.settings import Settings, with_settings
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.saving import NotSaved, plan_name
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind, Urgency
from massage_cli.planning.intake import Intake


class Triage(StrEnum):
    """What becomes of a row."""

    PLANNED = "planned"
    WITHHELD = "withheld"
    INVALID = "invalid"


class Order(Value, frozen=True, kw_only=True):
    """What is wanted of every row of a batch."""

    on: date
    form: Form
    settings: Settings
    knowledge_digest: str
    own: OwnKnowledge | None = None


class RowResult(Value, frozen=True, kw_only=True):
    """What came of one row; `reasons` are ids that a script can count, `problems` those of an invalid row."""

    triage: Triage
    source: str
    line: int | None
    client: str = ""
    outcome: OutcomeKind | None = None
    urgency: Urgency | None = None
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    file_name: str = ""
    content: bytes = b""


class OtherKnowledge(Exception):
    """Whoever was to plan the rows has another edition of the knowledge."""


def plan_row(row: Row, order: Order) -> RowResult:
    """Screen and plan one row. Nothing but the row, the order and the program's built-in knowledge decides what comes back.

    Raises OtherKnowledge where the program's knowledge is not the one that the order names.
    """
    if _knowledge(None).digest != order.knowledge_digest:
        raise OtherKnowledge
    knowledge = _knowledge(order.own)
    try:
        intake = intake_of(row, knowledge, on=order.on)
        name = _file_name(intake, row) if order.form is Form.TOML else ""
        document = plan_document(with_settings(intake, order.settings), knowledge, on=order.on, called=row.source)
    except Unreadable as broken:
        return _invalid(row, broken.problems, order)
    withheld = document.outcome.withholds
    return RowResult(
        triage=Triage.WITHHELD if withheld else Triage.PLANNED,
        source=row.source,
        line=row.line,
        client=document.intake.client,
        outcome=document.outcome,
        urgency=document.urgency,
        reasons=reasons_of(document) if withheld else (),
        file_name=name,
        content=_content(document, row, order),
    )


def _content(document: PlanDocument, row: Row, order: Order) -> bytes:
    if order.form is not Form.SUMMARY:
        return written(document, order.form)
    return summary_line(
        document,
        source=row.source,
        line=row.line,
        client=document.intake.client,
        outcome=document.outcome,
        reasons=reasons_of(document),
    )


def _invalid(row: Row, problems: tuple[Problem, ...], order: Order) -> RowResult:
    paths = tuple(dict.fromkeys(problem.path or "file" for problem in problems))
    content = b""
    if order.form is Form.SUMMARY:
        content = summary_line(None, source=row.source, line=row.line, client="", outcome=Triage.INVALID, reasons=paths)
    return RowResult(triage=Triage.INVALID, source=row.source, line=row.line, reasons=paths, problems=problems, content=content)


@lru_cache(maxsize=2)
def _knowledge(own: OwnKnowledge | None) -> Knowledge:
    return knowledge_with(own)


def reasons_of(document: PlanDocument) -> tuple[str, ...]:
    """Why a client is withheld, as ids: of rules, of questions left open, of the protocol, or of warnings; nothing for a plan."""
    findings = document.screening.findings
    match document.outcome:
        case OutcomeKind.REFER:
            stops = tuple(finding.rule for finding in findings if finding.certain and finding.category in STOPPING)
            return stops or ("no-region-left" if document.screening.avoid else "positions-clash",)
        case OutcomeKind.INCOMPLETE:
            return document.screening.unanswered
        case OutcomeKind.CLEARANCE:
            asking = (*STOPPING, Category.CLEARANCE)
            waits = tuple(finding.rule for finding in findings if finding.category in asking and not finding.cleared)
            return waits or (() if document.protocol is None else (document.protocol.id,))
        case OutcomeKind.NO_TECHNIQUE:
            return tuple(dict.fromkeys(warning.id for warning in document.warnings)) or ("no-technique",)
        case _:
            return ()


def _file_name(intake: Intake, row: Row) -> str:
    try:
        return plan_name(intake)
    except NotSaved:
        message = "this pseudonym cannot be the name of a file on every system; choose another, or write .jsonl"
        raise Unreadable([Problem(file=row.source, line=row.line, path="client", value=intake.client, message=message)]) from None
