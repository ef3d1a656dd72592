"""Plans in every state that a document may be asked of, and what was added to them."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from massage_cli.documents.kinds import KINDS, Options, make
from massage_cli.documents.names import DocumentKind
from massage_cli.files.courses.course_file import review_of, with_review, with_visit
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus
from massage_cli.planning.follow_up.visits import Visit
from tests.builders import knowledge
from tests.terminal.display.pages import a_document
from tests.worked import NAMES, plan_of

OPTIONS = Options(on=date(2026, 11, 22), therapist="A. Therapist", phone="555 0100")
"""A Sunday on which nobody is visited."""


def _visited(document: PlanDocument, *visits: dict[str, Any]) -> PlanDocument:
    for number, (session, changes) in enumerate(zip(document.sessions, visits, strict=False), start=1):
        visit = Visit(**{"number": number, "date": session.date, "status": VisitStatus.ATTENDED} | changes)
        document = with_visit(document, visit, knowledge(), called="plan")
    return document


def _reviewed(document: PlanDocument) -> PlanDocument:
    """Reviewed on the day after the last visit, which is no day of a visit."""
    today = document.visits[-1].date + timedelta(days=1)
    return with_review(document, review_of(document, knowledge(), today=today, missed=MissedVisits.KEEP, called="plan"), knowledge())


@cache
def samples() -> dict[str, PlanDocument]:
    """The worked clients, and others in every state that these are not in."""
    low_back = plan_of("low-back")
    better = (
        {"pain": 6, "measure": "odi", "score": 40},
        {"status": VisitStatus.MISSED},
        {"pain": 4, "soreness_hours": 12},
        {"pain": 3, "measure": "odi", "score": 24, "soreness_hours": 6, "note": "Slept through the night."},
    )
    return {
        **{name: plan_of(name) for name in NAMES},
        "improved": _reviewed(_visited(low_back, *better)),
        "stopped": _reviewed(_visited(low_back, {"pain": 6}, {"pain": 9}, {"pain": 9})),
        "danger-at-visit": _visited(low_back, {"pain": 6}, {"pain": 5, "health": {"chest-pain": "yes"}}),
        "danger-unsure": a_document(health={"chest-pain": "unsure"}),
        "danger-and-clearance": a_document(health={"fever": "unsure", "seizures": "yes", "seizure-recent": "yes"}),
        "nowhere": a_document(regions=["left-foot"], complaint=None, health={"open-wound": {"answer": "yes", "regions": ["left-foot"]}}),
        "scar": a_document(condition="chronic", complaint="scar", regions=["right-knee"]),
    }


def made(kind: DocumentKind, document: PlanDocument, options: Options = OPTIONS) -> str | None:
    """A document as text, or none where it cannot be made of the plan."""
    try:
        return make(kind, document, knowledge(), options, called="plan").decode()
    except Unreadable:
        return None


def all_made(document: PlanDocument, options: Options = OPTIONS) -> dict[DocumentKind, str]:
    """Every document that can be made of a plan and is text, which a PDF is not."""
    return {kind: text for kind in KINDS if kind is not DocumentKind.HANDOUT_PDF and (text := made(kind, document, options)) is not None}
