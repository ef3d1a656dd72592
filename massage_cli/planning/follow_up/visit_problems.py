"""Everything that can be wrong with a visit to be recorded (planning.md 10.1)."""

from collections.abc import Iterator, Sequence
from datetime import date

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.calendar import PlannedVisit
from massage_cli.planning.follow_up.visits import Visit, attended_of


def visit_problems(
    visit: Visit, visits: Sequence[Visit], sessions: Sequence[PlannedVisit], knowledge: Knowledge, *, planned_on: date, today: date
) -> tuple[Problem, ...]:
    """Every problem of a visit, by key: against the visits recorded before, and the sessions planned."""
    return (
        *number_problems(visit.number, visits, sessions),
        *date_problems(visit.date, visit.status, visits, planned_on=planned_on, today=today),
        *_attended_only(visit),
        *_score(visit, knowledge),
    )


def number_problems(number: int, visits: Sequence[Visit], sessions: Sequence[PlannedVisit]) -> Iterator[Problem]:
    """Why there can be no record of the visit of this number."""
    numbers = [session.number for session in sessions]
    if number in {known.number for known in visits}:
        yield Problem(path="number", value=number, message=f"visit {number} is recorded already")
    elif number not in numbers:
        planned = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        yield Problem(path="number", value=number, message=f"{number} is not a visit of the plan; it has {planned}")


def date_problems(day: date, status: VisitStatus, visits: Sequence[Visit], *, planned_on: date, today: date) -> Iterator[Problem]:
    """Why a visit cannot have been on this day; one that is cancelled may lie ahead."""
    if day > today and status is not VisitStatus.CANCELLED:
        yield Problem(path="date", value=day, message=f"{day} is after today, {today}")
    elif day < planned_on:
        yield Problem(path="date", value=day, message=f"{day} is before the day of planning, {planned_on}")
    elif status is VisitStatus.ATTENDED and day in {known.date for known in attended_of(visits)}:
        yield Problem(path="date", value=day, message=f"a visit on {day} is recorded already")


def _attended_only(visit: Visit) -> Iterator[Problem]:
    if visit.status is VisitStatus.ATTENDED:
        return
    given = {"pain": visit.pain, "measure": visit.measure, "score": visit.score, "soreness-hours": visit.soreness_hours}
    for key, value in given.items():
        if value is not None:
            yield Problem(path=key, value=value, message=f"belongs to a visit that was attended, and this one was {visit.status}")


def _score(visit: Visit, knowledge: Knowledge) -> Iterator[Problem]:
    if visit.measure is None and visit.score is None:
        return
    if visit.measure is None or visit.score is None:
        yield Problem(path="measure", value=visit.measure, message="a measure and its score go together")
        return
    measure = knowledge.measure.get(visit.measure)
    if measure is None:
        allowed = ", ".join(knowledge.measure)
        yield Problem(path="measure", value=visit.measure, message=f"'{visit.measure}' is not one of {allowed}")
    elif not measure.range[0] <= visit.score <= measure.range[1]:
        yield Problem(path="score", value=visit.score, message=f"{visit.score} is not between {measure.range[0]} and {measure.range[1]}")
