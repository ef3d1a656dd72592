"""Each call of the system that a command makes to write fails once, with each of five errors: nothing torn, and it is told."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from massage_cli.files.own.drafts import draft_path, keep
from massage_cli.terminal.exit_codes import ExitCode
from tests.batch.lists import clinic, write_list
from tests.builders import TODAY
from tests.saved import a_document, save_plan, visited, write
from tests.soak.finds import Finds
from tests.soak.system_calls import CALLS, ERRORS, IN_FILES, READING, failing
from tests.terminal.massage import ON, Ran, massage_here, snapshot

LATER = ("--on", "2026-12-22")
_UNFINISHED = (".massage-tmp", ".massage-part", ".massage-batch")
_MOST_USES = 60
_NOT_TOLD = ("unlink", "close")
"""Calls whose failure loses nothing once everything is written."""


class Command(NamedTuple):
    """What is typed, and what stands in the folder before."""

    words: tuple[str, ...]
    before: Callable[[Path], object]


def _course(folder: Path) -> None:
    write(folder / "ann.toml", visited(a_document(client="ann"), 6, 6, 6, 6))


def _visit_left(folder: Path) -> None:
    """A visit whose interview was left before it was told by flags."""
    _course(folder)
    keep(draft_path(folder / "state" / "massage-cli" / "drafts" / "visits", "ann"), {"visit.pain": 5}, begun=TODAY)


def _saved_before(folder: Path) -> None:
    save_plan(folder)
    save_plan(folder / "plans", pain=9)


def _list(folder: Path) -> None:
    write_list(folder / "list.jsonl", clinic(12))


def _list_done(folder: Path) -> None:
    _list(folder)
    for out in ("plans", "plans.jsonl", "plans.csv"):
        with contextlib.chdir(folder):
            massage_here("batch", "list.jsonl", "--on", "2026-11-28", "--out", out, "--report", "report.json")


COMMANDS = {
    "plan --save": Command(("plan", "ann.toml", *ON, "--save"), save_plan),
    "plan --force": Command(("plan", "ann.toml", *ON, "--save", "--force"), _saved_before),
    "plan --output": Command(("plan", "ann.toml", *ON, "-o", "new/folder/ann.json"), save_plan),
    "visit": Command(("visit", "ann.toml", "--status", "attended", "--pain", "5", "--nothing-new", *LATER), _visit_left),
    "review": Command(("review", "ann.toml", "--apply", *LATER), _course),
    "export": Command(("export", "ann.toml", "--to", "ics", *LATER, "-o", "ann.ics"), _course),
    "handout": Command(("handout", "ann.toml", "-o", "out/ann.html"), _course),
    "batch to a folder": Command(("batch", "list.jsonl", *ON, "--out", "plans", "--report", "report.json"), _list),
    "batch to lines": Command(("batch", "list.jsonl", *ON, "--out", "plans.jsonl", "--report", "report.json"), _list),
    "batch to a summary": Command(("batch", "list.jsonl", *ON, "--out", "plans.csv"), _list),
    "batch to a folder again": Command(("batch", "list.jsonl", *ON, "--out", "plans", "--report", "report.json", "--force"), _list_done),
    "batch to lines again": Command(("batch", "list.jsonl", *ON, "--out", "plans.jsonl", "--force"), _list_done),
}


CASES = [(name, call, error) for name in COMMANDS for call in (*CALLS, *READING, *IN_FILES) for error in ERRORS]
COUNT = len(CASES) * _MOST_USES
"""Many fewer calls are made: no command makes as many uses of each."""


class Faults:
    """Every command with the folder it starts from, and what it leaves when nothing fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.seen: Counter[str] = Counter()
        self._before: dict[str, Path] = {}
        self._usual: dict[str, tuple[int, dict[str, bytes]]] = {}

    def _learn(self, name: str) -> None:
        """What a command starts from, and what it comes to when nothing fails."""
        self._before[name] = self._folder / "before" / name
        self._before[name].mkdir(parents=True)
        COMMANDS[name].before(self._before[name])
        ran, after = self.run(name)
        self._usual[name] = (ran.code, after)

    def run(self, name: str, call: str = "open", error: str = "EIO", at: int = 0) -> tuple[Ran, dict[str, bytes]]:
        """The command with one use of a call failing; no use where `at` is 0. Sets `uses`."""
        desk = self._folder / "desk"
        shutil.copytree(self._before[name], desk)
        own = {"XDG_CONFIG_HOME": str(desk / "config"), "XDG_STATE_HOME": str(desk / "state")}
        try:
            with contextlib.chdir(desk), failing(call, desk, at=at, error=error) as fault:
                ran = massage_here(*COMMANDS[name].words, **own)
            self.uses = fault.uses
            return ran, snapshot(desk)
        finally:
            shutil.rmtree(desk)

    def once(self, number: int, name: str, call: str, error: str, at: int, finds: Finds) -> None:
        """Let one use fail, and look at what is told and left."""
        if name not in self._before:
            self._learn(name)
        ran, after = self.run(name, call, error, at)
        if self.uses < at:
            return
        code, whole = self._usual[name]
        before = snapshot(self._before[name])
        self.seen["done all the same" if ran.code == code else f"exit code {ran.code}"] += 1
        case = f"{name}: use {at} of {call} fails with {error}: came to {ran.code}: {ran.said}"
        for wrong in self._wrong(ran, code, error):
            finds.tell(number, f"{case}{wrong}")
        for wrong in self._left(ran, after, before, whole, call):
            finds.tell(number, f"{case}{wrong}")
        if after == whole and ran.code == ExitCode.NOT_WRITTEN:
            finds.tell(number, f"{case}everything is written all the same")
        missing = [path for path in whole if path not in after] if ran.code == code else []
        if missing and "was changed while it was read" not in ran.said:
            finds.tell(number, f"{case}{missing} missing, and nothing is told")

    def _left(self, ran: Ran, after: dict[str, bytes], before: dict[str, bytes], whole: dict[str, bytes], call: str) -> Iterator[str]:
        """What is torn, lost or left behind."""
        sound = {path: {files[path] for files in (before, whole) if path in files} for path in {*before, *whole}}
        backups = {content for path, content in before.items() if content}
        for path, content in after.items():
            unfinished = path.endswith(_UNFINISHED)
            counts_what_failed = path == "report.json" and ran.code == ExitCode.NOT_WRITTEN and content.endswith(b"}\n")
            if not unfinished and not counts_what_failed and content not in sound.get(path, backups if ".bak" in path else {b""}):
                yield f"{path} is torn or strange"
            if unfinished and call != "unlink" and path.endswith(".massage-tmp"):
                yield f"{path} is left behind"
        if lost := [path for path in before if path not in after and path in whole and path != "report.json"]:
            yield f"{lost} lost"

    def _wrong(self, ran: Ran, code: int, error: str) -> Iterator[str]:
        reason = os.strerror(getattr(errno, error))
        if "Traceback" in ran.said or "a bug" in ran.said or ran.code == ExitCode.BUG:
            yield "is a bug"
        if ran.code not in (code, ExitCode.NOT_WRITTEN, ExitCode.WRONG_INPUT):
            yield "is an exit code that says nothing of it"
        if ran.code == ExitCode.WRONG_INPUT != code and "cannot be read" not in ran.said:
            yield "is called wrong input"
        if ran.code == ExitCode.NOT_WRITTEN and reason not in ran.said:
            yield f"does not say why ({reason})"


def soak(count: int, seed: int, finds: Finds) -> str:
    """Let so many uses of calls fail, each once; where a command makes fewer uses of a call, the rest of them is passed over."""
    places, done = Counter[str](), set[tuple[str, str, str]]()
    with tempfile.TemporaryDirectory() as place:
        faults = Faults(Path(place).resolve())
        for number in finds.each(range(seed, min(seed + count, COUNT + 1))):
            case, at = CASES[(number - 1) // _MOST_USES], (number - 1) % _MOST_USES + 1
            if case in done:
                continue
            faults.once(number, *case, at, finds)
            if faults.uses < at:
                done.add(case)
            else:
                places[case[1]] += 1
    return f"{places.total():,} failing calls ({dict(places)}): {dict(faults.seen)}"
