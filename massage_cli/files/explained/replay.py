"""A plan file gone through once more: the steps that led to it, by the knowledge at hand."""

from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec.structs import replace

from massage_cli.files.courses.course_problems import course_problems
from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import OutcomeKind, VisitStatus
from massage_cli.planning.calendar import NoOpenDay, earliest_day, open_days
from massage_cli.planning.candidates import candidates
from massage_cli.planning.explaining.basis import Basis
from massage_cli.planning.explaining.dates import Calendar, PlacedDay, trace
from massage_cli.planning.explaining.techniques import Choice
from massage_cli.planning.follow_up.visits import as_of_now
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake
from massage_cli.planning.intake_problems import reply_problems
from massage_cli.planning.main_block import Session, build_session
from massage_cli.planning.plan import open_case
from massage_cli.planning.screening import screen

_EMPTY = Session(prescriptions=(), outline=(), warnings=())


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar of the course, its earliest day, and the days that visits fall on by it; none where no day is open."""

    calendar: Calendar
    earliest: date
    placed: tuple[PlacedDay, ...]


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the steps behind it.

    basis: the screening as it was made last, at a visit where there was one
    planned: the screening that the techniques were chosen under
    protocol, choice, days: as far as planning came
    """

    document: PlanDocument
    knowledge: Knowledge
    basis: Basis
    planned: Basis
    protocol: Protocol | None = None
    choice: Choice | None = None
    days: Days | None = None

    @property
    def goes_on(self) -> bool:
        """True where visits were recorded or reviewed since the plan was made."""
        return bool(self.document.visits) or self.document.decision is not None


def replay(document: PlanDocument, knowledge: Knowledge, *, called: str) -> Replay:
    """The steps behind a document. Raises Unreadable where its intake or names do not go with the knowledge at hand."""
    problems = tuple(_problems(document, knowledge))
    if problems:
        raise Unreadable(replace(problem, file=called) for problem in problems)
    now = as_of_now(document.intake, document.visits, knowledge)
    again = Replay(
        document=document,
        knowledge=knowledge,
        basis=_basis(document, now, knowledge),
        planned=_screened(now, knowledge, on=document.planned_on, said_at=_said_at(document, now)),
    )
    if document.protocol is None:
        return again
    return _with_course(replace(again, protocol=knowledge.protocol[document.protocol.id]))


def _problems(document: PlanDocument, knowledge: Knowledge) -> Iterator[Problem]:
    if not document.outcome.withholds:
        yield from course_problems(document, knowledge)
        return
    for problem in intake_problems(document.intake, knowledge, on=document.planned_on):
        yield replace(problem, path=f"intake.{problem.path}")
    for place, visit in enumerate(document.visits):
        for problem in reply_problems(visit.health, knowledge):
            yield replace(problem, path=f"visits[{place}].{problem.path}")
    if document.protocol is not None and document.protocol.id not in knowledge.protocol:
        message = "this edition of the knowledge does not have the protocol that the plan names; plan the client anew"
        yield Problem(path="protocol.id", value=document.protocol.id, message=message)


def _said_at(document: PlanDocument, now: Intake) -> dict[str, str]:
    """Where an answer of now stands that is not under its own key of the intake: at the last visit that has it, or attested with others."""
    attested = {fact: f"intake.health.{EVERYTHING_ELSE}" for fact in now.health if fact not in document.intake.health}
    places = sorted(range(len(document.visits)), key=lambda place: (document.visits[place].date, document.visits[place].number))
    return attested | {fact: f"visits[{place}].health.{fact}" for place in places for fact in document.visits[place].health}


def _basis(document: PlanDocument, now: Intake, knowledge: Knowledge) -> Basis:
    """The screening of the last visit that was screened again, else that of the day of planning."""
    heard = [
        (visit.date, visit.number, place)
        for place, visit in enumerate(document.visits)
        if visit.status is VisitStatus.ATTENDED or visit.health
    ]
    if not heard:
        return _screened(now, knowledge, on=document.planned_on, said_at={})
    said_at = _said_at(document, now)
    pains = [place for _, _, place in sorted(heard) if document.visits[place].pain is not None]
    if pains:
        now, said_at = replace(now, pain=document.visits[pains[-1]].pain), {**said_at, "pain": f"visits[{pains[-1]}].pain"}
    return _screened(now, knowledge, on=max(heard)[0], said_at=said_at)


def _screened(intake: Intake, knowledge: Knowledge, *, on: date, said_at: dict[str, str]) -> Basis:
    return Basis(intake=intake, on=on, screening=screen(intake, knowledge, on=on), knowledge=knowledge, said_at=said_at)


def _with_course(again: Replay) -> Replay:
    """The choice of techniques, and the calendar of a plan."""
    document, planned, protocol, knowledge = again.document, again.planned, again.protocol, again.knowledge
    untreated = document.outcome.withholds and document.outcome is not OutcomeKind.NO_TECHNIQUE
    if untreated or protocol is None:
        return again
    case, dosed, _ = open_case(planned.intake, planned.screening, protocol, knowledge, on=planned.on)
    found = candidates(case)
    choice = Choice(case=case, found=found, session=build_session(found, case) if found.ranked else _EMPTY)
    if document.outcome.withholds:
        return replace(again, choice=choice)
    booking = planned.intake.booking
    holidays = public_holidays(booking.holidays, on=planned.on, start=booking.start)
    calendar = Calendar(
        days=open_days(booking, holidays, knowledge.numbers.calendar),
        holidays=holidays,
        closed=frozenset(booking.closed),
        per_week=booking.max_per_week,
    )
    earliest, _ = earliest_day(planned.intake, protocol, knowledge.numbers.calendar, on=planned.on)
    try:
        placed = trace(dosed, calendar, earliest)
    except NoOpenDay:
        placed = ()
    return replace(again, choice=choice, days=Days(calendar=calendar, earliest=earliest, placed=placed))
