"""`massage explain`: why a plan says what it says."""

from typing import Any

from massage_cli.files.explained.lookup import about
from massage_cli.files.explained.report import Explained, explain, sources_of
from massage_cli.files.inert import json_text
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.files.plans.versions import newest
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.explaining.explanation import Explanation
from massage_cli.terminal.commands.input import content_of, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def explain_plan(name: str, asked: str | None, *, format_: str, own: str | None = None) -> ExitCode:
    """Explain a whole plan, or one thing about it."""
    knowledge = knowledge_in_use(own)
    try:
        document, called = _document(name, knowledge)
        explained = explain(document, knowledge, called=called)
        lines = explained.lines if asked is None else about(explained, asked)
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    if format_ == "json":
        write_data(json_text(table_of(explained, lines)))
    else:
        from massage_cli.terminal.display.explained import show_explained

        show_explained(explained, lines, asked)
    return ExitCode.DONE


def _document(name: str, knowledge: Knowledge) -> tuple[PlanDocument, str]:
    """The plan in a file as it stands there, or the newest one of a client. Raises Unreadable."""
    if name == "-":
        content, called = content_of(name)
        return read_plan(content, called), called
    path = plan_path(name, knowledge)
    if str(path) != name:
        version = newest(path)
        return version.document, str(version.path)
    content, called = content_of(name)
    return read_plan(content, called), called


def table_of(explained: Explained, lines: tuple[Explanation, ...]) -> dict[str, Any]:
    """The explanations as a plain table, for scripts, with the sources that they name."""
    document, knowledge = explained.document, explained.again.knowledge
    return {
        "client": document.intake.client,
        "outcome": document.outcome,
        "planned-on": document.planned_on,
        "edition": document.edition,
        "explained-by-edition": knowledge.edition.edition,
        "same-knowledge": explained.same_knowledge,
        "reviewed-by-clinician": document.reviewed_by_clinician,
        "explanations": lines,
        "sources": sources_of(lines, knowledge),
    }
