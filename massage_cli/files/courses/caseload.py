"""Over all plans of a folder: which clients need something soon, and how many minutes of work each day holds."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from massage_cli.files.courses.course_file import course_in, has_ended, to_come
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import ProgressClass, VisitStatus
from massage_cli.planning.follow_up.progress import progress
from massage_cli.planning.follow_up.texts import in_a_list
from massage_cli.planning.follow_up.visits import attended_of

MISSED_IN_A_ROW = 2
_MINUTES_AN_HOUR = 60


class Need(StrEnum):
    """Why somebody has to look at a course, the most pressing first."""

    NO_GAIN = "no-gain"
    REVIEW_DUE = "review-due"
    MISSED_TWO = "missed-two"
    CLEARANCE_ENDS = "clearance-ends"
    NOT_RECORDED = "not-recorded"
    REVIEW_SOON = "review-soon"
    PLAN_ENDS = "plan-ends"
    PLAN_OVER = "plan-over"


class Due(Value, frozen=True, kw_only=True):
    """One thing that is due for one client, on which day, where that is known."""

    client: str
    need: Need
    on: date | None
    text: str
    path: str


def due_of(version: Version, knowledge: Knowledge, *, today: date, within_days: int) -> tuple[Due, ...]:
    """Everything that is due for one client; nothing for a course that has ended or is withheld. Raises Unreadable."""
    document = version.document
    if document.outcome.withholds or has_ended(document, today=today):
        return ()
    until = today + timedelta(days=within_days)
    needs = (
        *_progress(document, knowledge, called=str(version.path)),
        *_visits(document, today=today),
        *_clearances(document, knowledge, until=until),
        *_dates(document, today=today, until=until),
    )
    return tuple(Due(client=document.intake.client, need=need, on=on, text=text, path=str(version.path)) for need, on, text in needs)


_Needed = tuple[Need, date | None, str]


def _progress(document: PlanDocument, knowledge: Knowledge, *, called: str) -> Iterator[_Needed]:
    course = course_in(document, knowledge, called=called)
    found = progress(course, document.visits, knowledge)
    attended = attended_of(document.visits)
    last = attended[-1].date if attended else None
    if len(attended) >= course.protocol.stop_after and found.now.class_ in (ProgressClass.NONE, ProgressClass.WORSE):
        yield (
            Need.NO_GAIN,
            last,
            f"no gain after {len(attended)} visits; the stopping rule of the protocol is visit {course.protocol.stop_after}",
        )
    if found.review_due:
        yield Need.REVIEW_DUE, last, "a review is due"


def _visits(document: PlanDocument, *, today: date) -> Iterator[_Needed]:
    so_far = [visit for visit in document.visits if visit.date <= today]
    latest = sorted(so_far, key=lambda visit: (visit.date, visit.number))[-MISSED_IN_A_ROW:]
    if len(latest) == MISSED_IN_A_ROW and all(visit.status is VisitStatus.MISSED for visit in latest):
        yield Need.MISSED_TWO, latest[-1].date, f"missed {MISSED_IN_A_ROW} visits in a row"
    recorded = {visit.number for visit in document.visits}
    passed = [session for session in document.sessions if session.number not in recorded and session.date < today]
    if passed:
        visits = in_a_list([str(session.number) for session in passed])
        yield Need.NOT_RECORDED, passed[0].date, f"nothing is recorded of visit{'s' if len(passed) > 1 else ''} {visits}"


def _clearances(document: PlanDocument, knowledge: Knowledge, *, until: date) -> Iterator[_Needed]:
    needed = {finding.rule for finding in document.screening.findings if finding.cleared}
    if document.protocol is not None:
        needed.add(document.protocol.id)
    for name in dict.fromkeys(note.rule for note in document.intake.clearances if note.rule in needed):
        rule = knowledge.rule.get(name)
        days = knowledge.numbers.choosing.protocol_clearance_days if rule is None else rule.clearance_valid_days
        ends = max(note.on for note in document.intake.clearances if note.rule == name) + timedelta(days=days)
        if ends <= until:
            yield Need.CLEARANCE_ENDS, ends, f"the clearance for {name} ends"


def _dates(document: PlanDocument, *, today: date, until: date) -> Iterator[_Needed]:
    ahead = to_come(document, today=today)
    if not ahead:
        yield (
            Need.PLAN_OVER,
            document.sessions[-1].date if document.sessions else None,
            "no visit is to come, and the course was not discharged",
        )
        return
    review = next((session for session in ahead if session.review), None)
    if review is not None and review.date <= until:
        yield Need.REVIEW_SOON, review.date, f"visit {review.number} is a review"
    if ahead[-1].date <= until:
        yield Need.PLAN_ENDS, ahead[-1].date, f"visit {ahead[-1].number} is the last"


class Day(Value, frozen=True, kw_only=True):
    """The work of one day: how many visits, and their minutes."""

    date: date
    visits: int
    minutes: int

    def is_over(self, limit_hours: float | None) -> bool:
        """True when the day holds more than the limit; never without one."""
        return limit_hours is not None and self.minutes > limit_hours * _MINUTES_AN_HOUR


def work_by_day(documents: Iterable[PlanDocument], *, first: date, last: date) -> tuple[Day, ...]:
    """The work of every day from the first to the last that has any: visits planned and not recorded otherwise, and those attended."""
    minutes: dict[date, list[int]] = {}
    for document in documents:
        for day, taken in _work(document):
            if first <= day <= last:
                minutes.setdefault(day, []).append(taken)
    return tuple(Day(date=day, visits=len(taken), minutes=sum(taken)) for day, taken in sorted(minutes.items()))


def _work(document: PlanDocument) -> Iterator[tuple[date, int]]:
    planned = {session.number: session for session in document.sessions}
    recorded = {visit.number: visit for visit in document.visits}
    for number, session in planned.items():
        if number not in recorded:
            yield session.date, session.minutes
        elif recorded[number].status is VisitStatus.ATTENDED:
            yield recorded[number].date, session.minutes
