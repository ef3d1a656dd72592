"""The documents there are: what each is called, what it may be made of, and who makes it."""

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from importlib import import_module

from massage_cli.files.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import OutcomeKind


class Options(Value, frozen=True, kw_only=True):
    """What the therapist adds to a document; nothing of it is needed.

    on: the day that stands on letters
    at: the time of day of visits in a calendar; whole days without it
    reminder_hours: how long before a visit a calendar reminds
    therapist, phone: who signs, and whom to call
    letter_paper: True for US Letter, False for A4
    earlier: the versions of the plan before this one, oldest first
    """

    on: date
    at: time | None = None
    reminder_hours: int | None = None
    therapist: str | None = None
    phone: str | None = None
    letter_paper: bool = False
    earlier: tuple[PlanDocument, ...] = ()


Maker = Callable[[PlanDocument, Knowledge, Options], bytes]


class Kind(Value, frozen=True, kw_only=True):
    """One kind of document: the module and the function that make it, its suffix, and the outcomes it may be made of."""

    module: str
    maker: str
    suffix: str
    title: str
    of: frozenset[OutcomeKind]


class DocumentKind(StrEnum):
    """The names of the documents."""

    CALENDAR = "ics"
    VISITS = "csv"
    MARKDOWN = "markdown"
    JSON = "json"
    FHIR = "fhir"


_PLANNED = frozenset({OutcomeKind.CLEAR, OutcomeKind.RESTRICTED})
_ANY = frozenset(OutcomeKind)

KINDS: dict[DocumentKind, Kind] = {
    DocumentKind.CALENDAR: Kind(module="calendar_file", maker="calendar", suffix=".ics", title="the visits for a calendar", of=_PLANNED),
    DocumentKind.VISITS: Kind(module="visit_list", maker="visit_list", suffix=".csv", title="the visits as a list", of=_PLANNED),
    DocumentKind.MARKDOWN: Kind(module="markdown", maker="markdown", suffix=".md", title="the plan as Markdown", of=_PLANNED),
    DocumentKind.JSON: Kind(module="json_file", maker="plan_as_json", suffix=".json", title="the plan as JSON", of=_ANY),
    DocumentKind.FHIR: Kind(module="fhir.bundle", maker="bundle", suffix=".fhir.json", title="the plan and the answers as FHIR", of=_ANY),
}


def make(kind: DocumentKind, document: PlanDocument, knowledge: Knowledge, options: Options, *, called: str) -> bytes:
    """The document. Raises Unreadable where it cannot be made of this plan: a withheld client is given no schedule."""
    described = KINDS[kind]
    possible = [name for name, other in KINDS.items() if _can_be_made(other, document)]
    if kind not in possible:
        state = "stopped at its review" if document.stopped else str(document.outcome)
        message = f"the plan is {state}; {described.title} cannot be made of it. Possible: {', '.join(possible)}"
        raise Unreadable([Problem(file=called, path="outcome", value=document.outcome, message=message)])
    maker: Maker = getattr(import_module(f"massage_cli.documents.{described.module}"), described.maker)
    return maker(document, knowledge, options)


def _can_be_made(kind: Kind, document: PlanDocument) -> bool:
    """A stopped course is as good as withheld: only what any plan may be made into, or what a referral is, can be made of it."""
    return document.outcome in kind.of and (not document.stopped or OutcomeKind.REFER in kind.of)
