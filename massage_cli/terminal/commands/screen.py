"""`massage screen`: the screening alone."""

from massage_cli import __version__
from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import read_settings, with_settings
from massage_cli.files.plans.outcome_document import screening_document_of
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.screening import screen
from massage_cli.terminal.commands.input import content_of, day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_document
from massage_cli.terminal.exit_codes import ExitCode, code_of


def screen_client(name: str, *, on: str | None, format_: str, own: str | None = None) -> ExitCode:
    """Screen one client and write what was found to standard output."""
    knowledge = knowledge_in_use(own)
    try:
        day = day_of_planning(on)
        content, called = content_of(name)
        intake = with_settings(read_intake(content, called, knowledge, on=day), read_settings(settings_path(), knowledge))
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    document = screening_document_of(intake, screen(intake, knowledge, on=day), knowledge, on=day, program=__version__)
    write_document(document, knowledge, format_=format_)
    return code_of(document.outcome)
