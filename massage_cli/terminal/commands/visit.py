"""`massage visit`: what happened at a visit, by flags or by interview, as the next version of the plan."""

import re
import shlex
from datetime import date
from pathlib import Path

import msgspec

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.course_file import course_in, with_visit
from massage_cli.files.drafts import forget
from massage_cli.files.intake_file import health_problems
from massage_cli.files.plan_document import PlanDocument
from massage_cli.files.saving import NotSaved
from massage_cli.files.versions import Version, amend, newest
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.progress import progress
from massage_cli.planning.follow_up.visit_problems import visit_problems
from massage_cli.planning.follow_up.visits import Visit, as_of_now
from massage_cli.planning.intake import Placed, Reply
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.output import write_document
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.commands.visit_interview import visit_by_interview, visit_draft
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say

_HEALTH = re.compile(r"(?P<fact>[a-z0-9-]+)=(?P<answer>[^@]+)(?:@(?P<regions>.+))?\Z", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,4}\Z", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\Z", re.ASCII)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the flags say of the visit; nothing of it given means an interview."""

    status: str | None
    number: int | None
    date: str | None
    pain: int | None
    measure: str | None
    score: float | None
    soreness_hours: int | None
    note: str | None
    health: tuple[str, ...]
    nothing_new: bool


def record_visit(name: str, told: Told, *, on: str | None, plain: bool, resume: bool, format_: str) -> ExitCode:
    """Record a visit and save the next version; the rest of the course is withheld where the screening of that day asks for it."""
    knowledge = built_in_knowledge()
    try:
        today = day_of_planning(on)
        path = plan_path(name, knowledge)
        version = newest(path)
        course_in(version.document, knowledge, called=str(version.path))
        if told.status is None:
            answered = visit_by_interview(version, _next_number(version, told.number), knowledge, today=today, plain=plain, resume=resume)
            if isinstance(answered, ExitCode):
                return answered
            visit = answered
        else:
            visit = _visit_told(told, version, knowledge, today=today)
        written = amend(path, lambda before: _checked(before, visit, knowledge, today=today))
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    except NotSaved as why:
        say(f"{why.path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN
    forget(visit_draft(written.document.intake.client))
    return _tell(written, visit, knowledge, format_=format_)


def _checked(before: Version, visit: Visit, knowledge: Knowledge, *, today: date) -> PlanDocument:
    """The next version, made from the newest one just before it is written. Raises Unreadable."""
    document = before.document
    problems = visit_problems(visit, document.visits, document.sessions, knowledge, planned_on=document.planned_on, today=today)
    if problems:
        raise Unreadable(msgspec.structs.replace(problem, file=str(before.path)) for problem in problems)
    return with_visit(document, visit, knowledge, called=str(before.path))


def _next_number(version: Version, number: int | None) -> int:
    """The visit meant: the one named, else the first planned one that nothing is recorded of. Raises Unreadable."""
    if number is not None:
        return number
    recorded = {visit.number for visit in version.document.visits}
    free = next((session.number for session in version.document.sessions if session.number not in recorded), None)
    if free is None:
        raise _wrong(version.path, "number", "every visit of the plan is recorded; review the course, or plan the client anew")
    return free


def _visit_told(told: Told, version: Version, knowledge: Knowledge, *, today: date) -> Visit:
    """The visit as the flags say it. Raises Unreadable."""
    status = VisitStatus(str(told.status))
    if status is VisitStatus.ATTENDED and not (told.nothing_new or told.health):
        message = "ask what is checked at each visit, then say --nothing-new, or what is new, like --health fever=yes"
        raise _wrong(version.path, "health", message)
    before = as_of_now(version.document.intake, version.document.visits).health
    health = dict(_reply(words, version.path, knowledge) for words in told.health)
    problems = health_problems(as_of_now(version.document.intake, version.document.visits), health, knowledge, on=today)
    if problems:
        raise Unreadable(msgspec.structs.replace(problem, file=str(version.path)) for problem in problems)
    score = told.score
    return Visit(
        number=_next_number(version, told.number),
        date=today if told.date is None else day_of_planning(told.date),
        status=status,
        pain=told.pain,
        measure=told.measure,
        score=int(score) if score is not None and score.is_integer() else score,
        soreness_hours=told.soreness_hours,
        note=told.note,
        health={fact: reply for fact, reply in health.items() if before.get(fact) != reply},
    )


def _reply(words: str, path: Path, knowledge: Knowledge) -> tuple[str, Reply]:
    """An answer like fever=yes, systolic=130, or numbness=yes@left-foot;left-knee. Raises Unreadable."""
    parts = _HEALTH.match(words)
    if parts is None or parts["fact"] not in knowledge.fact:
        raise _wrong(path, "health", f"'{words}' is not a question and its answer, like fever=yes or numbness=yes@left-foot")
    answer = parts["answer"]
    if parts["regions"]:
        return parts["fact"], Placed(answer=answer, regions=tuple(parts["regions"].split(";")))
    if _WHOLE.match(answer):
        return parts["fact"], int(answer)
    return parts["fact"], float(answer) if _DECIMAL.match(answer) else answer


def _tell(written: Version, visit: Visit, knowledge: Knowledge, *, format_: str) -> ExitCode:
    document = written.document
    if format_ != "text" or document.outcome.withholds:
        write_document(document, knowledge, format_=format_)
    say(f"Saved to {written.path}")
    if document.outcome.withholds:
        say("The rest of the course is withheld.")
        return ExitCode.WITHHELD
    found = progress(course_in(document, knowledge, called=str(written.path)), document.visits, knowledge)
    say(f"Visit {visit.number} is recorded: {visit.status} on {visit.date}.")
    if found.review_due or found.ease:
        say(f"{'A review is due' if found.review_due else 'Soreness asks for a review'}: massage review {shlex.quote(str(written.path))}")
    return ExitCode.DONE


def _wrong(path: Path, key: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=str(path), path=key, message=message)])
