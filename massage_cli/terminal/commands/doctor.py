"""`massage doctor`: whether the installed program is whole, and can do its work in this place."""

import contextlib
import os
import platform
import shlex
import stat
import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import msgspec

from massage_cli import __version__
from massage_cli.files.built_in import FOLDER, built_in_knowledge
from massage_cli.files.cases.vectors import differing, read_vectors
from massage_cli.files.extras import how_to_add
from massage_cli.files.inert import json_text
from massage_cli.files.own.own_folders import drafts_folder, settings_path
from massage_cli.files.own.own_knowledge import folder_in_settings, knowledge_of
from massage_cli.files.own.settings import Settings, read_settings
from massage_cli.knowledge.loading import FILE_NAMES, parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.texts import counted
from massage_cli.terminal.commands.plan import plans_folder
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import at_a_terminal, can_show_symbols, write_data

_EXTRAS = (
    ("xlsx", "python_calamine", "reads Excel workbooks"),
    ("pdf", "typst", "makes the handout as PDF"),
    ("dask", "distributed", "plans on a cluster"),
)
_SET_BY_HAND = {"settings", "own", "plans", "drafts"}
_INSTALL_AGAIN = "install the program again"
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class State(StrEnum):
    """How a part was found."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One part that was looked at; `text` says what was found, and what to do where something is to be done."""

    part: str
    state: State
    text: str


def examine(*, as_json: bool) -> ExitCode:
    """Look at every part and tell what was found; code 1 where the program itself is not whole, 2 where the place is."""
    checks = (*_program(), *_place())
    if as_json:
        write_data(json_text({"version": __version__, "checks": checks}))
    else:
        from massage_cli.terminal.display.doctor import show_checks

        show_checks((check.part, check.state, check.text) for check in checks)
    wrong = {check.part for check in checks if check.state is State.WRONG}
    if not wrong:
        return ExitCode.DONE
    return ExitCode.WRONG_INPUT if wrong <= _SET_BY_HAND else ExitCode.BUG


def _program() -> Iterator[Check]:
    yield Check(
        part="program",
        state=State.OK,
        text=f"massage {__version__}, Python {platform.python_version()}, {platform.system()}",
    )
    try:
        knowledge = parse({name: (FOLDER / name).read_bytes() for name in FILE_NAMES})
    except (OSError, Unreadable):
        yield Check(part="knowledge", state=State.WRONG, text=f"its files are missing or not sound; {_INSTALL_AGAIN}")
        return
    yield Check(part="knowledge", state=State.OK, text=f"edition {knowledge.edition.edition}, checked whole; no clinician has reviewed it")
    yield _vectors(knowledge)


def _vectors(knowledge: Knowledge) -> Check:
    try:
        known, other = len(read_vectors()), tuple(differing(knowledge))
    except (OSError, msgspec.MsgspecError):
        return Check(part="vectors", state=State.WRONG, text=f"they are missing or spoiled; {_INSTALL_AGAIN}")
    if other:
        return Check(part="vectors", state=State.WRONG, text=f"{len(other)} of {known} differ, the first is {other[0]}; {_INSTALL_AGAIN}")
    return Check(part="vectors", state=State.OK, text=f"{known} published clients are planned or withheld as they must be")


def _place() -> Iterator[Check]:
    path = settings_path()
    settings = Settings()
    with contextlib.suppress(Unreadable):  # knowledge that does not come with the program whole is told of already
        own, knowledge = _own(path, built_in_knowledge())
        try:
            settings = read_settings(path, knowledge)
            found = str(path) if path.exists() else f"none; massage settings edit begins them in {path}"
            yield Check(part="settings", state=State.OK, text=found)
        except Unreadable as broken:
            problems = counted(len(broken.problems), "problem")
            yield Check(part="settings", state=State.WRONG, text=f"{path} has {problems}; massage settings tells them")
        yield own
    yield _folder("plans", plans_folder(settings))
    yield _folder("drafts", drafts_folder())
    yield _terminal()
    for extra, module, what in _EXTRAS:
        if find_spec(module) is None:
            yield Check(part=extra, state=State.NOTE, text=f"not installed; it {what}: {how_to_add(extra)}")
        else:
            yield Check(part=extra, state=State.OK, text=what)


def _own(settings: Path, built_in: Knowledge) -> tuple[Check, Knowledge]:
    """How the clinic's own knowledge is that the settings name, and the knowledge to go on with: the built-in one where it is not sound."""
    try:
        folder = folder_in_settings(settings)
    except Unreadable:
        text = "what the settings say of it cannot be used; massage settings tells why"
        return Check(part="own", state=State.WRONG, text=text), built_in
    if folder is None:
        return Check(part="own", state=State.OK, text="the settings name no folder of your clinic's own knowledge"), built_in
    try:
        knowledge, _ = knowledge_of(folder)
    except Unreadable as broken:
        problems, named = counted(len(broken.problems), "problem"), shlex.quote(str(folder))
        return Check(part="own", state=State.WRONG, text=f"{folder} has {problems}; massage catalog check {named} tells them"), built_in
    return Check(part="own", state=State.OK, text=f"{folder}, checked whole"), knowledge


def _folder(part: str, folder: Path) -> Check:
    """Whether a folder can be written, and is closed to others; one that is not there yet is made when it is needed."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return Check(part=part, state=State.OK, text=f"{folder} is made when something is saved")
    if not stat.S_ISDIR(mode):
        return Check(part=part, state=State.WRONG, text=f"{folder} is a file; move it, or name another folder in the settings")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Check(part=part, state=State.WRONG, text=f"{folder} cannot be written; permit it, or name another in the settings")
    if os.name == "posix" and mode & _OPEN_TO_OTHERS:
        return Check(part=part, state=State.NOTE, text=f"{folder} is open to others on this computer; chmod 700 closes it")
    return Check(part=part, state=State.OK, text=str(folder))


def _terminal() -> Check:
    asks, signs = at_a_terminal(), can_show_symbols(sys.stdout)
    interview = "interviews can be held" if asks else "no terminal to ask at, so files only"
    text = f"{interview}; {'all signs are shown' if signs else 'plain letters only'}"
    return Check(part="terminal", state=State.OK if asks and signs else State.NOTE, text=text)
