"""`massage show`: a saved plan on the screen."""

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import content_of, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_document
from massage_cli.terminal.exit_codes import ExitCode


def show_plan(name: str, *, format_: str, own: str | None = None) -> ExitCode:
    """Write a saved plan to standard output."""
    try:
        content, called = content_of(name)
        document = read_plan(content, called)
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    knowledge = built_in_knowledge() if document.overlay is None and own is None else knowledge_in_use(own)
    write_document(document, knowledge, format_=format_)
    return ExitCode.DONE
