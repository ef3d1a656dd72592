"""`massage diff`, `massage history` and `massage discharge`: versions of a plan side by side, one after the other, and summed up."""

from pathlib import Path

from massage_cli.files.courses.course_file import course_in
from massage_cli.files.courses.summary import summary_of
from massage_cli.files.inert import json_text
from massage_cli.files.plans.changes import changes_between
from massage_cli.files.plans.versions import chain, newest, read_version
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def show_changes(old: str, new: str, *, as_json: bool) -> ExitCode:
    """Show what differs between two plan files."""
    try:
        before, after = read_version(Path(old)), read_version(Path(new))
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    changes = changes_between(before.document, after.document)
    if as_json:
        write_data(json_text({"old": str(before.path), "new": str(after.path), "changes": changes}))
    else:
        from massage_cli.terminal.display.versions import show_differences

        show_differences(changes)
    return ExitCode.DONE


def show_history(name: str, *, as_json: bool) -> ExitCode:
    """Show every version of a client's plan, with what each one brought."""
    knowledge = knowledge_in_use()
    try:
        versions = chain(plan_path(name, knowledge))
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    if as_json:
        rows = [
            {
                "version": version.number,
                "file": version.path.name,
                "digest": version.digest,
                "changes": changes_between(before.document, version.document) if before is not None else (),
            }
            for before, version in zip((None, *versions), versions, strict=False)
        ]
        write_data(json_text({"client": versions[0].document.intake.client, "versions": rows}))
    else:
        from massage_cli.terminal.display.versions import show_versions

        show_versions(versions, knowledge)
    return ExitCode.DONE


def sum_up(name: str, *, on: str | None, as_json: bool, own: str | None = None) -> ExitCode:
    """Sum up a course with its figures, for the client's record."""
    knowledge = knowledge_in_use(own)
    try:
        today = day_of_planning(on)
        version = newest(plan_path(name, knowledge))
        course_in(version.document, knowledge, called=str(version.path))
        summary = summary_of(version.document, knowledge, today=today, called=str(version.path))
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    if as_json:
        write_data(json_text(summary))
    else:
        from massage_cli.terminal.display.versions import show_summary

        show_summary(summary, version.document, knowledge)
    return ExitCode.DONE
