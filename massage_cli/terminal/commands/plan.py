"""`massage plan`: from an intake file to a printed and saved plan."""

from pathlib import Path

import msgspec

from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import Settings, read_settings, with_settings
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.saving import NotSaved, plan_name, save
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import content_of, day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_document
from massage_cli.terminal.exit_codes import ExitCode, code_of
from massage_cli.terminal.streams import say

PLANS_FOLDER = Path("plans")
"""Where `--save` puts plans, from the folder the program is run in."""


class Saving(msgspec.Struct, frozen=True, kw_only=True):
    """Whether and where the plan is to be saved."""

    save: bool
    output: Path | None
    force: bool

    @property
    def wanted(self) -> bool:
        """True when the plan is to be saved at all."""
        return self.save or self.output is not None


def plan_client(name: str, *, on: str | None, saving: Saving, format_: str, own: str | None = None) -> ExitCode:
    """Plan one client from a file, write the plan to standard output and save it where asked."""
    knowledge = knowledge_in_use(own)
    try:
        day = day_of_planning(on)
        content, called = content_of(name)
        settings = read_settings(settings_path(), knowledge)
        intake = with_settings(read_intake(content, called, knowledge, on=day), settings)
        document = plan_document(intake, knowledge, on=day, called=called)
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    return finish(document, knowledge, saving=saving, settings=settings, format_=format_)


def finish(document: PlanDocument, knowledge: Knowledge, *, saving: Saving, settings: Settings, format_: str) -> ExitCode:
    """Save the document where asked and write it to standard output; it is written also when it could not be saved."""
    failed = None
    try:
        if saving.wanted:
            save_document(document, saving, settings)
    except NotSaved as why:
        failed = why
    write_document(document, knowledge, format_=format_)
    if failed is not None:
        say(f"{failed.path}: not saved: {failed.why}")
        return ExitCode.NOT_WRITTEN
    return code_of(document.outcome)


def plans_folder(settings: Settings) -> Path:
    """Where plans are saved."""
    return PLANS_FOLDER if settings.plans_folder is None else Path(settings.plans_folder).expanduser()


def save_document(document: PlanDocument, saving: Saving, settings: Settings) -> Path:
    """Save the document and say where; gives its path. Raises NotSaved."""
    path = plans_folder(settings) / plan_name(document.intake) if saving.output is None else saving.output
    text = to_json(document) if path.suffix.lower() == ".json" else to_toml(document)
    backup = save(path, text.encode(), force=saving.force)
    if backup is not None:
        say(f"The plan before is kept as {backup}")
    say(f"Saved to {path}")
    return path
