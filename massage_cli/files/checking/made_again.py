"""A saved plan made again: a first version from its own intake and day, a later one from the version before it."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from massage_cli.files.courses.course_file import review_of, with_review, with_visit
from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.plans.versions import Version
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import MissedVisits


class NoTrace(Exception):
    """Nothing in a version says how it came of the one before it."""


def first_again(document: PlanDocument, knowledge: Knowledge, *, called: str) -> Iterator[PlanDocument]:
    """The plan of the document's intake on its day: with the public holidays of the library, then with those of the document.

    Raises Unreadable where the intake does not go with this knowledge, or no day is open.
    """
    intake, on = document.intake, document.planned_on
    problems = intake_problems(intake, knowledge, on=on)
    if problems:
        raise Unreadable(replace(problem, file=called, path=f"intake.{problem.path}") for problem in problems)
    yield plan_document(intake, knowledge, on=on, called=called)
    yield plan_document(intake, knowledge, on=on, called=called, holidays=_own_holidays(document))


def _own_holidays(document: PlanDocument) -> frozenset[date]:
    """The holidays that the plan kept free; those before and after its visits stand in no file, so they are the library's."""
    booking = document.intake.booking
    given = public_holidays(booking.holidays, on=document.planned_on, start=booking.start)
    days = [session.date for session in document.sessions]
    if booking.holidays is None or not days:
        return given
    return frozenset(day for day in given if not min(days) <= day <= max(days)).union(document.holidays)


def next_again(before: Version, version: Version, knowledge: Knowledge) -> Iterator[PlanDocument]:
    """What may have become of the version before: a visit recorded, or a review applied in either way with missed visits.

    Raises NoTrace, and Unreadable where the version before cannot be worked on.
    """
    for made in _steps(before.document, version.document, knowledge, called=str(before.path)):
        yield replace(made, version=before.number + 1, parent=before.path.name, parent_digest=before.digest)


def _steps(before: PlanDocument, after: PlanDocument, knowledge: Knowledge, *, called: str) -> Iterator[PlanDocument]:
    new = [visit for visit in after.visits if visit not in before.visits]
    if len(new) == 1:
        yield with_visit(before, new[0], knowledge, called=called)
    elif not new and after.decision is not None:
        for missed in MissedVisits:
            done = review_of(before, knowledge, today=after.decision.on, missed=missed, called=called)
            yield with_review(before, done, knowledge)
    else:
        raise NoTrace


def not_one_step() -> Problem:
    """Why a version that is neither a visit more nor a review cannot be made again."""
    return Problem(path="visits", message="is neither one visit more nor a review of the version before; it cannot be made again")
