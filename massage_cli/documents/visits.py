"""The visits of a plan with what became of them, as every schedule shows them."""

from collections.abc import Iterator
from datetime import date

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import VisitStatus


class ScheduledVisit(Value, frozen=True, kw_only=True):
    """One visit: as planned, and where it is recorded, what became of it."""

    number: int
    date: date
    phase: str
    minutes: int
    review: bool
    status: VisitStatus | None = None
    pain: int | None = None


def schedule(document: PlanDocument) -> Iterator[ScheduledVisit]:
    """Every visit in order of number; one that took place stands on the day it did."""
    recorded = {visit.number: visit for visit in document.visits}
    planned = {session.number: session for session in document.sessions}
    for number in sorted(planned.keys() | recorded.keys()):
        session, visit = planned.get(number), recorded.get(number)
        if session is not None and visit is None:
            yield ScheduledVisit(number=number, date=session.date, phase=session.phase, minutes=session.minutes, review=session.review)
        elif visit is not None:
            yield ScheduledVisit(
                number=number,
                date=visit.date,
                phase="" if session is None else session.phase,
                minutes=0 if session is None else session.minutes,
                review=session is not None and session.review,
                status=visit.status,
                pain=visit.pain,
            )


def last_changed_on(document: PlanDocument) -> date:
    """The day of the last thing that happened to the plan."""
    days = [document.planned_on, *(visit.date for visit in document.visits)]
    if document.decision is not None:
        days.append(document.decision.on)
    return max(days)
