"""`massage visit`: what happened at a visit, by flags or by interview, as the next version of the plan."""

import shlex
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from massage_cli.files.courses.course_file import course_in, with_visit
from massage_cli.files.own.drafts import forget
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version, amend, newest
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.follow_up.progress import progress
from massage_cli.planning.follow_up.visit_problems import number_problems, visit_problems
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import tell_of_calendars, write_document
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.commands.visit_flags import Told, next_number, none_left, visit_by_flags
from massage_cli.terminal.commands.visit_interview import visit_by_interview, visit_draft
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say


def record_visit(name: str, told: Told, *, on: str | None, plain: bool, resume: bool, format_: str, own: str | None = None) -> ExitCode:
    """Record a visit and save the next version; the rest of the course is withheld where the screening of that day asks for it."""
    knowledge = knowledge_in_use(own)
    try:
        today = day_of_planning(on)
        path = plan_path(name, knowledge)
        version = newest(path)
        course_in(version.document, knowledge, called=str(version.path))
        if told.is_asked_for:
            answered = visit_by_interview(version, _number_meant(version, told.number), knowledge, today=today, plain=plain, resume=resume)
            if isinstance(answered, ExitCode):
                return answered
            visit = answered
        else:
            visit = visit_by_flags(told, version, knowledge, today=today)
        written = amend(path, lambda before: _checked(before, visit, knowledge, today=today))
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    except NotSaved as why:
        say(f"{why.path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN
    draft = visit_draft(written.document.intake.client)
    if (why_kept := forget(draft)) is not None:
        say(f"{draft}: the draft could not be removed: {why_kept}")
    return _tell(written, visit, version, knowledge, format_=format_)


def _number_meant(version: Version, number: int | None) -> int:
    """The visit that is asked about: the one named, else the next one not recorded. Raises Unreadable where it cannot be."""
    meant = number or next_number(version)
    problems = (none_left(),) if meant is None else tuple(number_problems(meant, version.document.visits, version.document.sessions))
    if problems or meant is None:
        raise _refused(problems, version.path)
    return meant


def _checked(before: Version, visit: Visit, knowledge: Knowledge, *, today: date) -> PlanDocument:
    """The next version, made from the newest one just before it is written. Raises Unreadable."""
    document = before.document
    problems = visit_problems(visit, document.visits, document.sessions, knowledge, planned_on=document.planned_on, today=today)
    if problems:
        raise _refused(problems, before.path)
    return with_visit(document, visit, knowledge, called=str(before.path))


def _refused(problems: tuple[Problem, ...], path: Path) -> Unreadable:
    return Unreadable(replace(problem, file=str(path)) for problem in problems)


def _tell(written: Version, visit: Visit, before: Version, knowledge: Knowledge, *, format_: str) -> ExitCode:
    document = written.document
    if format_ != "text" or document.outcome.withholds:
        write_document(document, knowledge, format_=format_)
    say(f"Saved to {written.path}")
    if document.outcome.withholds:
        tell_of_calendars(written.path)
        if document.outcome is OutcomeKind.INCOMPLETE:
            say(f"Ask what is open, then plan the client anew: massage plan --from {shlex.quote(str(written.path))}")
        say("The rest of the course is withheld.")
        return ExitCode.WITHHELD
    found = progress(course_in(document, knowledge, called=str(written.path)), document.visits, knowledge)
    say(f"Visit {visit.number} is recorded: {visit.status} on {visit.date}.")
    if (document.screening, document.techniques) != (before.document.screening, before.document.techniques):
        say(f"The screening of that day changes how to treat: massage show {shlex.quote(str(written.path))}")
    if found.review_due or found.ease:
        say(f"{'A review is due' if found.review_due else 'Soreness asks for a review'}: massage review {shlex.quote(str(written.path))}")
    return ExitCode.DONE
