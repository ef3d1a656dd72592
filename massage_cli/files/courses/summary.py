"""A course summed up in figures, as a discharge needs it."""

from datetime import date

from massage_cli.files.courses.course_file import course_in
from massage_cli.files.plans.plan_document import DecisionEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import ProgressClass, VisitStatus
from massage_cli.planning.follow_up.progress import Scores, progress
from massage_cli.planning.follow_up.visits import attended_of


class Change(Value, frozen=True, kw_only=True):
    """The first and last score of one kind, how many there are, and the class they come to."""

    name: str
    first: float
    last: float
    scores: int
    class_: ProgressClass | None = None


class Summary(Value, frozen=True, kw_only=True):
    """A course in figures: visits by what became of them, minutes of work, and what changed."""

    client: str
    on: date
    protocol: str
    planned: int
    attended: int
    missed: int
    cancelled: int
    minutes: int
    class_: ProgressClass
    first: date | None = None
    last: date | None = None
    pain: Change | None = None
    function: Change | None = None
    decision: DecisionEntry | None = None


def summary_of(document: PlanDocument, knowledge: Knowledge, *, today: date, called: str) -> Summary:
    """The course in figures. Raises Unreadable where the file holds no course."""
    course = course_in(document, knowledge, called=called)
    now = progress(course, document.visits, knowledge).now
    attended = attended_of(document.visits)
    minutes = {session.number: session.minutes for session in document.sessions}
    statuses = [visit.status for visit in document.visits]
    return Summary(
        client=document.intake.client,
        on=today,
        protocol=course.protocol.name,
        planned=len(document.sessions),
        attended=len(attended),
        missed=statuses.count(VisitStatus.MISSED),
        cancelled=statuses.count(VisitStatus.CANCELLED),
        minutes=sum(minutes.get(visit.number, 0) for visit in attended),
        class_=now.class_,
        first=attended[0].date if attended else None,
        last=attended[-1].date if attended else None,
        pain=_change("pain", now.pain),
        function=None if now.function is None else _change(now.function.measure.name, now.function),
        decision=document.decision,
    )


def _change(name: str, scores: Scores) -> Change | None:
    if scores.baseline is None or scores.last is None:
        return None
    return Change(name=name, first=scores.baseline, last=scores.last, scores=len(scores.scores), class_=scores.class_)
