"""`massage plan`: from an intake file to a printed and saved plan."""

from pathlib import Path

import msgspec

from massage_cli import __version__
from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.intake_file import read_intake
from massage_cli.files.plan_document import PlanDocument, document_of
from massage_cli.files.plan_file import to_json, to_toml
from massage_cli.files.public_holidays import public_holidays
from massage_cli.files.saving import NotSaved, plan_name, save
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan
from massage_cli.terminal.commands.input import content_of, day_of_planning, refuse
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


def plan_client(name: str, *, on: str | None, saving: Saving, format_: str) -> ExitCode:
    """Plan one client, write the plan to standard output and save it where asked."""
    knowledge = built_in_knowledge()
    try:
        day = day_of_planning(on)
        content, called = content_of(name)
        intake = read_intake(content, called, knowledge, on=day)
        outcome = make_plan(intake, knowledge, on=day, holidays=public_holidays(intake.booking.holidays, on=day))
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    except NoOpenDay as none_open:
        return refuse(Unreadable([_no_open_day(none_open, name)]), as_json=format_ == "json")
    document = document_of(outcome, knowledge, program=__version__)
    saved = _save(document, saving)
    write_document(document, knowledge, format_=format_)
    if isinstance(saved, NotSaved):
        say(f"{saved.path}: not saved: {saved.why}")
        return ExitCode.NOT_WRITTEN
    return code_of(document.outcome)


def _save(document: PlanDocument, saving: Saving) -> NotSaved | None:
    if saving.output is None and not saving.save:
        return None
    try:
        path = PLANS_FOLDER / plan_name(document.intake) if saving.output is None else saving.output
        text = to_json(document) if path.suffix == ".json" else to_toml(document)
        backup = save(path, text.encode(), force=saving.force)
    except NotSaved as why:
        return why
    if backup is not None:
        say(f"The plan before is kept as {backup}")
    say(f"Saved to {path}")
    return None


def _no_open_day(none_open: NoOpenDay, name: str) -> Problem:
    searched = f"from {none_open.first} to {none_open.last}"
    message = f"no open day for visit {none_open.visit} {searched}; open a weekday, or take out closed days"
    return Problem(file=name, path="booking", message=message)
