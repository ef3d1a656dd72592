"""`massage export` and `massage letter`: a document made of a saved plan."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import msgspec

from massage_cli.documents.kinds import KINDS, Kind, Options, letter_of, make
from massage_cli.documents.names import DocumentKind
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.own_knowledge import require_overlay
from massage_cli.files.own.settings import read_settings
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import chain
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_or_save
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import output_is_a_screen

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z", re.ASCII)
_PAGES = (".html", ".pdf")
"""What no person reads as it stands in the file; it is not put on a screen."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    on: str | None
    at: str | None = None
    reminder_hours: int | None = None
    phone: str | None
    letter_paper: bool
    output: Path | None
    force: bool
    own: str | None = None


def export_plan(name: str, *, to: str, asked: Asked) -> ExitCode:
    """Make the document of the newest version of a plan; to standard output, or to a file of its own where one is named."""
    return _write(name, lambda _: DocumentKind(to), asked)


def write_letter(name: str, *, text: bool, asked: Asked) -> ExitCode:
    """Make the one letter that fits the newest version of a plan."""
    return _write(name, lambda document: letter_of(document, text=text), asked)


def _write(name: str, choose: Callable[[PlanDocument], DocumentKind], asked: Asked) -> ExitCode:
    knowledge = knowledge_in_use(asked.own)
    try:
        settings = read_settings(settings_path(), knowledge)
        versions = chain(plan_path(name, knowledge))
        options = Options(
            on=day_of_planning(asked.on),
            at=_time(asked.at),
            reminder_hours=asked.reminder_hours,
            therapist=settings.name,
            phone=asked.phone or settings.phone,
            letter_paper=asked.letter_paper,
            earlier=tuple(version.document for version in versions[:-1]),
        )
        document = versions[-1].document
        require_overlay(document.overlay, knowledge, called=str(versions[-1].path))
        kind = choose(document)
        content = make(kind, document, knowledge, options, called=str(versions[-1].path))
        if asked.output is None and KINDS[kind].suffix in _PAGES and output_is_a_screen():
            raise _no_page(KINDS[kind], document.intake.client)
    except Unreadable as broken:
        return refuse(broken, as_json=False)
    return write_or_save(content, asked.output, force=asked.force, what=KINDS[kind].title)


def _no_page(kind: Kind, client: str) -> Unreadable:
    message = f"is missing; {kind.title} is a page to open and print, so name a file for it, like --output {client}{kind.suffix}"
    return Unreadable([Problem(file="--output", path="", message=message)])


def _time(words: str | None) -> time | None:
    if words is None:
        return None
    found = _TIME.match(words)
    if found is None:
        raise Unreadable([Problem(file="--at", path="", value=words, message=f"'{words}' is not a time of day; write it like 09:30")])
    return time(int(found[1]), int(found[2]))
