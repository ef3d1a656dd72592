"""`massage questions`: what is asked about health, group by group."""

from typing import Any

import msgspec

from massage_cli.files.inert import json_text
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def list_questions(*, format_: str, own: str | None = None) -> ExitCode:
    """Write every question with its wording, when it is asked and how it is answered."""
    knowledge = knowledge_in_use(own)
    if format_ == "json":
        groups = [{"id": group.id, "title": group.title, "facts": _facts(knowledge, group.id)} for group in knowledge.groups]
        write_data(json_text({"groups": groups}))
        return ExitCode.DONE
    from massage_cli.terminal.display.questions import show_questions

    show_questions(knowledge)
    return ExitCode.DONE


def _facts(knowledge: Knowledge, group: str) -> list[dict[str, Any]]:
    return [_plain(fact) for fact in knowledge.facts if fact.group == group]


def _plain(fact: Fact) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(fact)
    del plain["group"]
    return plain
