"""Plans as files, and what is recorded of them: what tests of later versions start from."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from massage_cli.files.courses.course_file import course_in, review_of, with_review, with_visit
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.review import Review
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import make_plan
from tests.builders import TODAY, an_intake, knowledge


def a_document(**changes: Any) -> PlanDocument:
    """The document of the valid intake, changed: ten visits on Mondays from 2026-11-23, reviews at 4, 6, 8 and 10."""
    return document_of(make_plan(an_intake(**changes), knowledge(), on=TODAY), knowledge(), program="test")


def save_plan(folder: Path, client: str = "ann", *, suffix: str = ".toml", **changes: Any) -> Path:
    """The plan of the valid intake as a file of the folder."""
    return write(folder / f"{client}{suffix}", a_document(client=client, **changes))


def write(path: Path, document: PlanDocument) -> Path:
    """A document as a file, as it would be saved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(document) if path.suffix == ".json" else to_toml(document), encoding="utf-8")
    return path


def course_of_file(document: PlanDocument) -> CourseSoFar:
    """The course that a document holds."""
    return course_in(document, knowledge(), called="ann.toml")


def visit_of_plan(document: PlanDocument, number: int, **changes: Any) -> Visit:
    """A visit of the plan, attended on its day without a score."""
    day = next((session.date for session in document.sessions if session.number == number), document.planned_on)
    return Visit(**{"number": number, "date": day, "status": VisitStatus.ATTENDED} | changes)


def visited(document: PlanDocument, *pains: int | None, **last: Any) -> PlanDocument:
    """The document after its next visits, attended as planned with these pains; `last` changes the last of them."""
    done = {visit.number for visit in document.visits}
    numbers = [session.number for session in document.sessions if session.number not in done]
    for place, (number, pain) in enumerate(zip(numbers, pains, strict=False), start=1):
        changes = last if place == len(pains) else {}
        document = recorded(document, visit_of_plan(document, number, pain=pain, **changes))
    return document


def missed(document: PlanDocument, *numbers: int, status: VisitStatus = VisitStatus.MISSED) -> PlanDocument:
    """The document after visits that nobody came to."""
    for number in numbers:
        document = recorded(document, visit_of_plan(document, number, status=status))
    return document


def recorded(document: PlanDocument, visit: Visit) -> PlanDocument:
    """The document with one more visit, without a version number of its own."""
    return with_visit(document, visit, knowledge(), called="ann.toml")


def reviewed(document: PlanDocument, *, missed: MissedVisits = MissedVisits.KEEP, **when: Any) -> Review:
    """The review of a document on the day of its last visit, or on `today`."""
    today = when.get("today") or max(visit.date for visit in document.visits)
    return review_of(document, knowledge(), today=today, missed=missed, called="ann.toml")


def applied(document: PlanDocument, **when: Any) -> PlanDocument:
    """The document with what its review decides."""
    return with_review(document, reviewed(document, **when), knowledge())


def as_version(document: PlanDocument, number: int, parent: str = "ann.toml", digest: str = "sha256:0") -> PlanDocument:
    """The document as a later version."""
    return replace(document, version=number, parent=parent, parent_digest=digest)
