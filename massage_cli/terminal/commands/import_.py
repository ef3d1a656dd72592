"""`massage import`: the intake in a FHIR questionnaire response, as TOML."""

from pathlib import Path

from massage_cli.files.intakes.intake_toml import intake_as_toml
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import content_of, day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_or_save
from massage_cli.terminal.exit_codes import ExitCode


def import_intake(name: str, *, on: str | None, output: Path | None, force: bool) -> ExitCode:
    """Write the intake to standard output, or to a file of its own where one is named."""
    from massage_cli.documents.fhir.reading_back import intake_of_fhir

    knowledge = knowledge_in_use()
    try:
        content, called = content_of(name)
        day = day_of_planning(on)
        intake = intake_of_fhir(content, called, knowledge, on=None if on is None else day, today=day)
    except Unreadable as broken:
        return refuse(broken, as_json=False)
    text = intake_as_toml(intake, knowledge)
    return write_or_save(text.encode(), output, force=force, what="the intake")
