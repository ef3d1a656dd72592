"""What commands share on the way out: a document in the format wanted, to standard output or a file, and what to do about older ones."""

import shlex
from pathlib import Path

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.files.saving import NotSaved, save
from massage_cli.knowledge.pack import Knowledge
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_bytes, write_data


def write_document(document: PlanDocument, knowledge: Knowledge, *, format_: str) -> None:
    """Write a document to standard output as text, toml or json. Raises OutputLost."""
    match format_:
        case "toml":
            write_data(to_toml(document))
        case "json":
            write_data(to_json(document))
        case _:
            from massage_cli.terminal.display.page import show

            show(document, knowledge)


def write_or_save(content: bytes, output: Path | None, *, force: bool, what: str) -> ExitCode:
    """Write to standard output, or to a file of its own where one is named, and say where. Raises OutputLost."""
    if output is None:
        write_bytes(content)
        return ExitCode.DONE
    try:
        backup = save(output, content, force=force)
    except NotSaved as why:
        say(f"{why.path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN
    if backup is not None:
        say(f"The file before is kept as {backup}")
    say(f"Saved {what} to {output}")
    return ExitCode.DONE


def tell_of_calendars(path: Path) -> None:
    """Say how the visits of a course that ended here are taken out of a calendar that was handed out."""
    say(f"Where a calendar was handed out, take its visits back: massage export {shlex.quote(str(path))} --to ics-cancel")
