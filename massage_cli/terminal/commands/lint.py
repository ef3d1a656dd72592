"""`massage lint`: what contradicts itself in plans, FHIR care plans and calendars."""

from collections.abc import Sequence

import msgspec

from massage_cli.documents.linting import faults_of
from massage_cli.files.checking.checked_files import files_named
from massage_cli.files.inert import json_text
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.lint.fault import Fault
from massage_cli.terminal.commands.input import content_of, readable
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data


def lint_files(names: Sequence[str], *, as_json: bool, own: str | None = None) -> ExitCode:
    """Show every fault of every file; the code is 5 where there is any, and 2 where a file cannot be read, which stops nothing."""
    knowledge = knowledge_in_use(own)
    looked_at, unread, faults = 0, 0, list[Fault]()
    for name in files_named(names):
        found = name if isinstance(name, Unreadable) else _looked_through(name, knowledge)
        if isinstance(found, Unreadable):
            unread += 1
            for problem in found.problems:
                say(str(problem))
        else:
            looked_at += 1
            faults += found
    if as_json:
        rows = [{**msgspec.to_builtins(each), "file": readable(each.file)} for each in faults]
        write_data(json_text({"files": looked_at, "unreadable": unread, "faults": rows}))
    else:
        from massage_cli.terminal.display.faults import show_faults

        show_faults(faults, files=looked_at)
    return ExitCode.WRONG_INPUT if unread else ExitCode.FOUND if faults else ExitCode.DONE


def _looked_through(name: str, knowledge: Knowledge) -> tuple[Fault, ...] | Unreadable:
    """The faults of a file, or why it could not be looked through."""
    try:
        content, called = content_of(name)
        return faults_of(content, called, knowledge)
    except Unreadable as broken:
        return broken
