"""`massage review`: where the course stands, what is decided, and the rest of it; `--apply` writes that as the next version."""

import shlex
from typing import Any

import msgspec

from massage_cli.files.courses.course_file import review_of, with_review
from massage_cli.files.inert import json_text
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version, amend, newest
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus
from massage_cli.planning.follow_up.review import Review
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import tell_of_calendars
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data


def review_course(name: str, *, on: str | None, missed: str | None, apply: bool, format_: str, own: str | None = None) -> ExitCode:
    """Review the newest version of a plan, show what is proposed, and write it where that is wanted."""
    knowledge = knowledge_in_use(own)
    try:
        today = day_of_planning(on)
        path = plan_path(name, knowledge)
        version = newest(path)
        way = _way(version, missed, apply=apply)
        done = review_of(version.document, knowledge, today=today, missed=way, called=str(version.path))
        written = None
        if apply:
            written = amend(path, lambda before: _next(before, version, done, knowledge))
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    except NotSaved as why:
        say(f"{why.path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN
    if format_ == "json":
        write_data(json_text(table_of(done)))
    else:
        from massage_cli.terminal.display.paper import paper_for_stdout, publish
        from massage_cli.terminal.display.review import draw_review

        paper = paper_for_stdout()
        draw_review(done, version.document, knowledge, paper)
        publish(paper)
    if written is not None:
        say(f"Saved to {written.path}")
        if written.document.stopped:
            tell_of_calendars(written.path)
    elif version.document.visits:
        say(f"To make it the plan: massage review {shlex.quote(str(version.path))} --apply")
    return ExitCode.DONE


def _next(before: Version, reviewed: Version, done: Review, knowledge: Knowledge) -> PlanDocument:
    """The next version, unless somebody has written another one since the review."""
    if before.digest != reviewed.digest:
        message = f"{before.path.name} was written while this was reviewed; review again"
        raise Unreadable([Problem(file=str(reviewed.path), path="", message=message)])
    return with_review(before.document, done, knowledge)


def _way(version: Version, missed: str | None, *, apply: bool) -> MissedVisits:
    """What becomes of missed visits; where there are any, it has to be chosen before it is written. Raises Unreadable."""
    if missed is not None:
        return MissedVisits(missed)
    lost = [visit for visit in version.document.visits if visit.status is not VisitStatus.ATTENDED]
    if lost and apply:
        message = "visits were missed; choose: --missed keep leaves the dates as they are, --missed shift makes the visits up"
        raise Unreadable([Problem(file=str(version.path), path="visits", message=message)])
    return MissedVisits.KEEP


def table_of(done: Review) -> dict[str, Any]:
    """The review as a plain table, for scripts."""
    now = done.progress.now
    table: dict[str, Any] = {
        "on": done.on,
        "class": now.class_,
        "pain": {"class": now.pain.class_, "first": now.pain.baseline, "last": now.pain.last},
        "function": None
        if now.function is None
        else {
            "measure": now.function.measure.id,
            "class": now.function.class_,
            "first": now.function.baseline,
            "last": now.function.last,
            "steps": None if now.function.steps is None else round(float(now.function.steps), 2),
        },
        "review-due": done.progress.review_due,
        "ease": done.progress.ease,
        "action": done.decision.action,
        "because": done.decision.because,
        "sources": list(done.decision.sources),
        "replaced": list(done.decision.replaced),
        "attended": done.attended,
        "to-come": [msgspec.to_builtins(visit, builtin_types=(type(done.on),)) for visit in done.rest],
        "warnings": [{"id": warning.id, "text": warning.text} for warning in done.warnings],
    }
    return {key: value for key, value in table.items() if value is not None}
