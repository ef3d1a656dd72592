"""`massage whatif`: what the plan would be if an agreement were on record or an answer were another. Nothing is saved."""

from typing import Any

from massage_cli.files.inert import json_text
from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import read_settings, with_settings
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.plans.supposed import Difference, WhatIf, what_if
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.supposing import DANGER, NOTICE
from massage_cli.terminal.commands.input import content_of, day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def show_otherwise(name: str, values: tuple[str, ...], *, on: str | None, format_: str, own: str | None = None) -> ExitCode:
    """Show how the plan of an intake would differ: by the values set, else by each thing that limits or withholds it."""
    knowledge = knowledge_in_use(own)
    try:
        day = day_of_planning(on)
        content, called = content_of(name)
        intake = with_settings(read_intake(content, called, knowledge, on=day), read_settings(settings_path(), knowledge))
        document = plan_document(intake, knowledge, on=day, called=called)
        found = what_if(document, values, knowledge, on=day, called=called)
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    if format_ == "json":
        write_data(json_text(table_of(found)))
    else:
        from massage_cli.terminal.display.otherwise import show_what_if

        show_what_if(found)
    return ExitCode.DONE


def table_of(found: WhatIf) -> dict[str, Any]:
    """What is supposed and what it changes, as a plain table for scripts."""
    return {
        "client": found.document.intake.client,
        "on": found.document.planned_on,
        "outcome": found.document.outcome,
        "notice": [*NOTICE, *([DANGER] if found.danger else [])],
        "suppositions": [_row(one) for one in found.differences],
        "standing": [{"rule": one.rule, "words": one.words} for one in found.standing],
    }


def _row(one: Difference) -> dict[str, Any]:
    row = {
        "kind": one.supposition.kind,
        "rules": one.supposition.rules,
        "words": one.supposition.words,
        "outcome": None if one.document is None else one.document.outcome,
        "urgency": None if one.document is None else one.document.urgency,
        "left-out": one.left_out or None,
        "problem": one.problem,
    }
    return {**{key: value for key, value in row.items() if value is not None}, "changes": one.changes}
