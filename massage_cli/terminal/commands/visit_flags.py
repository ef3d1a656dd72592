"""A visit told by flags: read whole, or refused with everything that is wrong with it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import health_problems
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visit_problems import visit_problems
from massage_cli.planning.follow_up.visits import Visit, as_of_now
from massage_cli.planning.intake import Placed, Reply, file_keys
from massage_cli.planning.questionnaire.visit import changed_health
from massage_cli.terminal.commands.input import day_of_planning, readable

_KEYS = file_keys(Visit)
_HEALTH = re.compile(r"(?P<fact>[a-z0-9-]+)=(?P<answer>[^@]+)(?:@(?P<regions>.+))?\Z", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,4}\Z", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\Z", re.ASCII)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the flags say of the visit; nothing of it given means an interview."""

    status: str | None = None
    number: int | None = None
    date: str | None = None
    pain: int | None = None
    measure: str | None = None
    score: float | None = None
    soreness_hours: int | None = None
    note: str | None = None
    health: tuple[str, ...] = ()
    nothing_new: bool = False

    @property
    def is_asked_for(self) -> bool:
        """True when nothing is told but which visit is meant, so that the rest is to be asked."""
        return self == Told(number=self.number)


def visit_by_flags(told: Told, version: Version, knowledge: Knowledge, *, today: date) -> Visit:
    """The visit as the flags say it. Raises Unreadable with every problem."""
    document, called = version.document, str(version.path)
    if told.status is None:
        message = "say what became of the visit: --status attended, missed or cancelled; without any flags you are asked"
        raise Unreadable([Problem(file=called, path="status", message=message)])
    status, number, score = VisitStatus(told.status), told.number or next_number(version), told.score
    day, date_problems = _day(told.date, today)
    health, wrong_words = _health(told.health, knowledge)
    now = as_of_now(document.intake, document.visits, knowledge)
    visit = Visit(
        number=number or 0,
        date=day,
        status=status,
        pain=told.pain,
        measure=told.measure,
        score=int(score) if score is not None and score.is_integer() else score,
        soreness_hours=told.soreness_hours,
        note=readable(told.note),
    )
    found = visit_problems(visit, document.visits, document.sessions, knowledge, planned_on=document.planned_on, today=today)
    first = (*_none_left(number), *date_problems)
    known = {problem.path for problem in first}
    problems = (
        *first,
        *(problem for problem in found if problem.path not in known),
        *_unasked(told, status),
        *wrong_words,
        *health_problems(now, health, knowledge, on=day),
    )
    if problems:
        raise Unreadable(replace(problem, file=called) for problem in sorted(problems, key=_place))
    return replace(visit, health=changed_health(now, health, knowledge, on=day))


def _place(problem: Problem) -> int:
    """The place of a problem's key among those of a visit in a file."""
    return _KEYS.index(problem.path.partition(".")[0])


def next_number(version: Version) -> int | None:
    """The first planned visit that nothing is recorded of; None where there is none."""
    recorded = {visit.number for visit in version.document.visits}
    return next((session.number for session in version.document.sessions if session.number not in recorded), None)


def _none_left(number: int | None) -> Iterator[Problem]:
    if number is None:
        yield none_left()


def none_left() -> Problem:
    """That there is no visit to record."""
    return Problem(path="number", message="every visit of the plan is recorded; review the course, or plan the client anew")


def _day(words: str | None, today: date) -> tuple[date, tuple[Problem, ...]]:
    """The day of the visit; today where none is given, or where it is no date, which is then a problem."""
    if words is None:
        return today, ()
    try:
        return day_of_planning(words), ()
    except Unreadable as broken:
        return today, tuple(replace(problem, path="date") for problem in broken.problems)


def _unasked(told: Told, status: VisitStatus) -> Iterator[Problem]:
    if status is VisitStatus.ATTENDED and not (told.nothing_new or told.health):
        message = "ask what is checked at each visit, then say --nothing-new, or what is new, like --health fever=yes"
        yield Problem(path="health", message=message)


def _health(told: Iterable[str], knowledge: Knowledge) -> tuple[dict[str, Reply], list[Problem]]:
    """The answers about health, and what is wrong with their words."""
    health: dict[str, Reply] = {}
    problems: list[Problem] = []
    for words in told:
        parts = _HEALTH.match(words)
        if parts is None or parts["fact"] not in knowledge.fact:
            message = f"'{words}' is not a question and its answer, like fever=yes or numbness=yes@left-foot"
            problems.append(Problem(path="health", value=words, message=message))
        elif parts["fact"] in health:
            problems.append(Problem(path=f"health.{parts['fact']}", value=words, message="is answered twice; keep one"))
        else:
            health[parts["fact"]] = _reply(parts["answer"], parts["regions"])
    return health, problems


def _reply(answer: str, regions: str | None) -> Reply:
    """An answer like yes, 130, or yes with regions."""
    if regions:
        return Placed(answer=answer, regions=tuple(regions.split(";")))
    if _WHOLE.match(answer):
        return int(answer)
    return float(answer) if _DECIMAL.match(answer) else answer
