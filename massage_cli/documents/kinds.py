"""The documents there are: what each is called, what it may be made of, and who makes it."""

from collections.abc import Callable
from datetime import date, time
from importlib import import_module

from msgspec.structs import replace

from massage_cli.documents.names import DocumentKind
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import STOPPING, OutcomeKind
from massage_cli.planning.follow_up.visits import attended_of


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


def _nothing(_document: PlanDocument) -> bool:
    return True


def _visits(document: PlanDocument) -> bool:
    return bool(attended_of(document.visits))


def _dangers(document: PlanDocument) -> bool:
    """A client is referred, or a danger is not ruled out."""
    return outcome_now(document) is OutcomeKind.REFER or any(finding.category in STOPPING for finding in document.screening.findings)


def _planned_before(document: PlanDocument) -> bool:
    """A version before this one had visits, which may stand in somebody's calendar."""
    return document.parent is not None


_LACKING: dict[Callable[[PlanDocument], bool], str] = {
    _visits: "no visit took place yet",
    _dangers: "no danger was found",
    _planned_before: "no visit was ever planned",
}
"""What a plan lacks that a document is about."""


class Kind(Value, frozen=True, kw_only=True):
    """One kind of document: the module and the function that make it, its suffix, and the outcomes it may be made of.

    needs says of a plan of these outcomes whether it holds what the document is about.
    """

    module: str
    maker: str
    suffix: str
    title: str
    of: frozenset[OutcomeKind]
    needs: Callable[[PlanDocument], bool] = _nothing


_PLANNED = frozenset({OutcomeKind.CLEAR, OutcomeKind.RESTRICTED})
_UNAGREED = frozenset({OutcomeKind.CLEARANCE})
_WITHHELD = frozenset(OutcomeKind) - _PLANNED
_IN_DANGER = frozenset({OutcomeKind.REFER, OutcomeKind.CLEARANCE, OutcomeKind.INCOMPLETE})


def _both(kind: DocumentKind, text: DocumentKind, described: Kind) -> dict[DocumentKind, Kind]:
    """A document, and the same as plain text by the maker beside its own."""
    as_text = replace(described, maker=f"{described.maker}_text", suffix=".txt", title=f"{described.title} as plain text")
    return {kind: described, text: as_text}


KINDS: dict[DocumentKind, Kind] = {
    DocumentKind.CALENDAR: Kind(module="calendar_file", maker="calendar", suffix=".ics", title="the visits for a calendar", of=_PLANNED),
    DocumentKind.CANCELLATION: Kind(
        module="calendar_file",
        maker="cancellation",
        suffix=".ics",
        title="the cancellation of visits for a calendar",
        of=_WITHHELD,
        needs=_planned_before,
    ),
    DocumentKind.VISITS: Kind(module="visit_list", maker="visit_list", suffix=".csv", title="the visits as a list", of=_PLANNED),
    DocumentKind.MARKDOWN: Kind(module="markdown", maker="markdown", suffix=".md", title="the plan as Markdown", of=_PLANNED),
    DocumentKind.JSON: Kind(module="json_file", maker="plan_as_json", suffix=".json", title="the plan as JSON", of=_PLANNED),
    DocumentKind.HANDOUT: Kind(module="handout", maker="handout", suffix=".html", title="the handout for the client", of=_PLANNED),
    DocumentKind.HANDOUT_PDF: Kind(
        module="handout_pdf", maker="handout_pdf", suffix=".pdf", title="the handout for the client as PDF", of=_PLANNED
    ),
    **_both(
        DocumentKind.CLEARANCE,
        DocumentKind.CLEARANCE_TEXT,
        Kind(module="clearance", maker="clearance", suffix=".html", title="the request for clearance", of=_UNAGREED),
    ),
    **_both(
        DocumentKind.REFERRAL,
        DocumentKind.REFERRAL_TEXT,
        Kind(module="referral", maker="referral", suffix=".html", title="the referral note", of=_IN_DANGER, needs=_dangers),
    ),
    **_both(
        DocumentKind.DISCHARGE,
        DocumentKind.DISCHARGE_TEXT,
        Kind(module="discharge", maker="discharge", suffix=".html", title="the summary of the course", of=_PLANNED, needs=_visits),
    ),
    **_both(
        DocumentKind.SOAP,
        DocumentKind.SOAP_TEXT,
        Kind(module="soap", maker="soap", suffix=".md", title="the SOAP note", of=_PLANNED),
    ),
    **_both(
        DocumentKind.PLAN_OF_CARE,
        DocumentKind.PLAN_OF_CARE_TEXT,
        Kind(module="plan_of_care", maker="plan_of_care", suffix=".md", title="the plan of care", of=_PLANNED),
    ),
    DocumentKind.FHIR: Kind(
        module="fhir.bundle", maker="bundle", suffix=".fhir.json", title="the plan and the answers as FHIR", of=_PLANNED
    ),
}


def outcome_now(document: PlanDocument) -> OutcomeKind:
    """What may be made of a plan goes by this: a course that was stopped at its review is as good as referred."""
    return OutcomeKind.REFER if document.stopped else document.outcome


def letter_of(document: PlanDocument, *, text: bool) -> DocumentKind:
    """The one letter that fits a plan: what is in danger is referred first, then agreement is asked for, else the course is summed up."""
    if outcome_now(document) in _IN_DANGER and _dangers(document):
        return DocumentKind.REFERRAL_TEXT if text else DocumentKind.REFERRAL
    if document.outcome in _UNAGREED:
        return DocumentKind.CLEARANCE_TEXT if text else DocumentKind.CLEARANCE
    return DocumentKind.DISCHARGE_TEXT if text else DocumentKind.DISCHARGE


def make(kind: DocumentKind, document: PlanDocument, knowledge: Knowledge, options: Options, *, called: str) -> bytes:
    """The document. Raises Unreadable where it cannot be made of this plan: a withheld client is given no schedule."""
    described = KINDS[kind]
    possible = [name for name, other in KINDS.items() if _can_be_made(other, document)]
    if kind not in possible:
        raise Unreadable([Problem(file=called, path="outcome", value=document.outcome, message=_refusal(described, document, possible))])
    maker: Maker = getattr(import_module(f"massage_cli.documents.{described.module}"), described.maker)
    return maker(document, knowledge, options)


def _refusal(described: Kind, document: PlanDocument, possible: list[DocumentKind]) -> str:
    state = "stopped at its review" if document.stopped else str(document.outcome)
    if outcome_now(document) in described.of:
        state = f"{state}, and {_LACKING[described.needs]}"
    instead = f"Possible: {', '.join(possible)}" if possible else "Nothing can be made of it; massage show PLAN says what to do"
    return f"the plan is {state}; {described.title} cannot be made of it. {instead}"


def _can_be_made(kind: Kind, document: PlanDocument) -> bool:
    return outcome_now(document) in kind.of and kind.needs(document)
