"""A course between its file and the engine: what a review starts from, and the next version of the file."""

from datetime import date

from msgspec.structs import replace

from massage_cli import __version__
from massage_cli.files.courses.course_problems import course_problems
from massage_cli.files.plans.outcome_document import document_of, outline_entries, screening_entry, technique_entries
from massage_cli.files.plans.plan_document import DecisionEntry, PlanDocument, TechniqueEntry
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import Action, MissedVisits, VisitStatus
from massage_cli.planning.calendar import NoOpenDay, PlannedVisit
from massage_cli.planning.candidates import Candidate
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.easing import Treatment
from massage_cli.planning.follow_up.recheck import recheck
from massage_cli.planning.follow_up.review import Review, review
from massage_cli.planning.follow_up.visits import Visit, as_of_now, attended_of
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.plan import Withheld


def course_in(document: PlanDocument, knowledge: Knowledge, *, called: str) -> CourseSoFar:
    """The course that a plan file holds, its intake with what was said at visits since.

    Raises Unreadable with everything that keeps it from being worked on, like a plan that is withheld.
    """
    problems = course_problems(document, knowledge)
    if problems or document.protocol is None:
        raise Unreadable(replace(problem, file=called) for problem in problems)
    return CourseSoFar(
        intake=as_of_now(document.intake, document.visits, knowledge),
        on=document.planned_on,
        protocol=knowledge.protocol[document.protocol.id],
        phases=document.phases,
        sessions=document.sessions,
        prescriptions=tuple(_prescription(entry, document, knowledge) for entry in document.techniques),
        outline=tuple((entry.part, entry.minutes) for entry in document.outline),
        reviewed=None if document.decision is None else document.decision.visit,
    )


def _prescription(entry: TechniqueEntry, document: PlanDocument, knowledge: Knowledge) -> Prescription:
    candidate = Candidate(
        technique=knowledge.technique[entry.id],
        regions=knowledge.body.expand(entry.regions),
        score=entry.score,
        because=entry.because,
        sources=entry.sources,
        asked_for=entry.id in document.intake.prefers,
    )
    return Prescription(candidate=candidate, pressure=entry.pressure, minutes=entry.minutes)


def with_visit(document: PlanDocument, visit: Visit, knowledge: Knowledge, *, called: str) -> PlanDocument:
    """The next version with one more visit, screened again with what was said there; the rest withheld where that stops it.

    Raises Unreadable.
    """
    course = course_in(document, knowledge, called=called)
    visits = tuple(sorted((*document.visits, visit), key=lambda each: (each.date, each.number)))
    if visit.status is not VisitStatus.ATTENDED and not visit.health:
        return _renewed(document, knowledge, visits=visits)
    found = recheck(course, visits, knowledge, on=visit.date)
    if isinstance(found, Withheld):
        withheld = document_of(replace(found, intake=document.intake), knowledge, program=__version__)
        return replace(withheld, visits=visits, decision=document.decision)
    renewed = _renewed(
        document,
        knowledge,
        visits=visits,
        screening=screening_entry(found.screening, knowledge, unanswered=()),
        outcome=found.screening.outcome,
    )
    return renewed if found.treatment is None else _treated(renewed, found.treatment, knowledge)


def review_of(document: PlanDocument, knowledge: Knowledge, *, today: date, missed: MissedVisits, called: str) -> Review:
    """The review of the course in a file. Raises Unreadable, also where the course has ended or no day is open for a visit."""
    course = course_in(document, knowledge, called=called)
    _refuse_where_it_ended(document, today=today, called=called)
    holidays = public_holidays(document.intake.booking.holidays, on=min(today, document.planned_on), start=today)
    try:
        return review(course, document.visits, knowledge, today=today, missed=missed, holidays=holidays)
    except NoOpenDay as none_open:
        searched = f"from {none_open.first} to {none_open.last}"
        raise _problem(
            called, "booking", f"no open day for visit {none_open.visit} {searched}; open a weekday, or take out closed days"
        ) from None


def to_come(document: PlanDocument, *, today: date) -> tuple[PlannedVisit, ...]:
    """The planned visits from today on that nothing is recorded of."""
    recorded = {visit.number for visit in document.visits}
    return tuple(session for session in document.sessions if session.number not in recorded and session.date >= today)


def has_ended(document: PlanDocument, *, today: date) -> bool:
    """True when the course was stopped or discharged and no visit is to come."""
    ended = document.decision is not None and document.decision.action in (Action.STOP_REFER, Action.DISCHARGE)
    return ended and not to_come(document, today=today)


def _refuse_where_it_ended(document: PlanDocument, *, today: date, called: str) -> None:
    """A stop stands, and so does a discharge that nobody came after: no review is due then, so that one would let the course go on."""
    decision, attended = document.decision, attended_of(document.visits)
    if decision is None:
        return
    if decision.action is Action.STOP_REFER:
        message = f"the course was stopped on {decision.on}, and stays so; screen again, and plan the client anew"
        raise _problem(called, "decision", message)
    if has_ended(document, today=today) and (not attended or attended[-1].number == decision.visit):
        message = f"the course ended with a discharge on {decision.on}, and nobody came since; plan the client anew"
        raise _problem(called, "decision", message)


def with_review(document: PlanDocument, done: Review, knowledge: Knowledge) -> PlanDocument:
    """The next version, with what the review decided and the rest of the course it proposes."""
    course, decision = done.course, done.decision
    days = [session.date for session in course.sessions]
    holidays = public_holidays(document.intake.booking.holidays, on=min(done.on, document.planned_on), start=done.on)
    renewed = _renewed(
        document,
        knowledge,
        intake=replace(document.intake, declines=course.intake.declines),
        holidays=tuple(day for day in sorted({*document.holidays, *holidays}) if days and days[0] <= day <= days[-1]),
        phases=course.phases,
        sessions=course.sessions,
        decision=DecisionEntry(
            on=done.on,
            visit=course.reviewed,
            class_=decision.class_,
            action=decision.action,
            because=decision.because,
            sources=decision.sources,
        ),
    )
    treatment = Treatment(intake=course.intake, prescriptions=course.prescriptions, outline=course.outline, warnings=done.warnings)
    return _treated(renewed, treatment, knowledge)


def _renewed(document: PlanDocument, knowledge: Knowledge, **changes: object) -> PlanDocument:
    return replace(
        document,
        edition=knowledge.edition.edition,
        program=__version__,
        knowledge_digest=knowledge.digest,
        overlay=knowledge.overlay.name if knowledge.overlay else None,
        overlay_digest=knowledge.overlay.digest if knowledge.overlay else None,
        **changes,
    )


def _treated(document: PlanDocument, treatment: Treatment, knowledge: Knowledge) -> PlanDocument:
    """The document with another session; warnings that were there already are not said twice."""
    more = tuple(warning for warning in treatment.warnings if warning not in document.warnings)
    return replace(
        document,
        techniques=technique_entries(treatment.prescriptions, knowledge),
        outline=outline_entries(treatment.outline),
        warnings=(*document.warnings, *more),
    )


def _problem(called: str, path: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=called, path=path, message=message)])
