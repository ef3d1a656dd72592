"""Documents of plans that a test starts from."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from massage_cli import __version__
from massage_cli.documents.fhir.bundle import bundle
from massage_cli.documents.kinds import Options, make
from massage_cli.documents.names import DocumentKind
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import DecisionEntry, PlanDocument
from massage_cli.knowledge.vocabulary import Action, ProgressClass, VisitStatus
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import make_plan
from tests.builders import TODAY, an_intake, knowledge


def a_document(**changes: Any) -> PlanDocument:
    """The plan file of the valid intake with some changes: ten visits from 23 November 2026, reviewed at the fourth."""
    return document_of(make_plan(an_intake(**changes), knowledge(), on=TODAY), knowledge(), program=__version__)


def visited(document: PlanDocument, *statuses: VisitStatus, pain: int | None = None) -> PlanDocument:
    """The document after its first visits, each on its day."""
    sessions = zip(document.sessions, statuses, strict=False)
    visits = [Visit(number=session.number, date=session.date, status=status, pain=pain) for session, status in sessions]
    return replace(document, visits=tuple(visits))


def decided(document: PlanDocument, action: Action, on: date) -> PlanDocument:
    """The document after a review that decided so."""
    decision = DecisionEntry(on=on, class_=ProgressClass.NONE, action=action, because="No gain was seen.")
    return replace(document, decision=decision)


def made(kind: str, document: PlanDocument, **options: Any) -> bytes:
    """A document of a plan; FHIR also of a withheld one, as it is made of, though it is not handed out."""
    if kind == DocumentKind.FHIR:
        return bundle(document, knowledge(), Options(**{"on": TODAY} | options))
    return make(DocumentKind(kind), document, knowledge(), Options(**{"on": TODAY} | options), called="plan.toml")
