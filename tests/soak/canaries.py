"""A bug in every function that a command comes to: no answer of the client on a screen, in a file name, an argument or a log."""

import contextlib
import inspect
import json
import logging
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import tomli_w
from msgspec.structs import replace

import massage_cli
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.running import run
from tests.builders import TODAY, a_table
from tests.saved import a_document, applied, visited, write
from tests.soak.finds import Finds
from tests.terminal.massage import ON, Ran, massage_here, snapshot

CANARY = "canary-Jane-Example-1968-03-04"
_PACKAGE = str(Path(massage_cli.__file__).parent)
_ERRORS: tuple[type[Exception], ...] = (RuntimeError, ValueError, KeyError, TypeError, UnicodeError, AssertionError)
LATER = ("--on", "2026-12-22")
COMMANDS: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "intake.toml", *ON),
    "plan --save": ("plan", "intake.toml", *ON, "--save", "--format", "json"),
    "plan, wrong": ("plan", "wrong.toml", *ON),
    "screen": ("screen", "intake.toml", *ON, "--format", "toml"),
    "show": ("show", "course.toml"),
    "visit": ("visit", "course.toml", "--status", "attended", "--pain", "4", "--note", CANARY, "--nothing-new", *LATER),
    "review": ("review", "course.toml", "--apply", *LATER),
    "due": ("due", ".", *LATER),
    "week": ("week", ".", *LATER),
    "diff": ("diff", "course.toml", "other.toml"),
    "history": ("history", "course.toml"),
    "discharge": ("discharge", "course.toml", *LATER),
    "batch": ("batch", "list.jsonl", *ON, "--out", "out.jsonl", "--report", "report.json", "--jobs", "1"),
    "batch to a folder": ("batch", "list.jsonl", *ON, "--out", "out", "--jobs", "1"),
    **{
        f"export to {kind}": ("export", "course.toml", "--to", kind, *LATER)
        for kind in ("ics", "csv", "markdown", "json", "html", "soap", "soap-text", "fhir", "plan-of-care", "discharge-text")
    },
    "import": ("import", "answers.json"),
    "explain": ("explain", "course.toml"),
    "whatif": ("whatif", "intake.toml", *ON, "--set", f"notes={CANARY}"),
    "verify": ("verify", "course.toml"),
    "upgrade": ("upgrade", "."),
    "lint": ("lint", "course.toml", "answers.json"),
}


def lay_out(folder: Path) -> None:
    """A folder whose files are full of canaries; the pseudonym, which names files, is none."""
    note = {"rule": "pregnancy", "by": CANARY, "on": TODAY, "limits": CANARY}
    typed = {"client": "ann", "notes": CANARY, "clearances": [note]}
    (folder / "intake.toml").write_text(tomli_w.dumps(a_table(**typed)), encoding="utf-8")
    (folder / "wrong.toml").write_text(tomli_w.dumps(a_table(**typed, pain=77)), encoding="utf-8")
    course = applied(visited(a_document(**typed), 6, 6, 6, 6, note=CANARY))
    write(folder / "course.toml", course)
    write(folder / "other.toml", replace(course, visits=()))
    lines = [json.dumps(a_table(client=f"c-{number}", notes=CANARY, pain=number), default=str) for number in (3, 5, 99)]
    (folder / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with contextlib.chdir(folder):
        (folder / "answers.json").write_bytes(massage_here("export", "course.toml", "--to", "fhir", *LATER).out)


_ESCAPED = -1


class Bug:
    """Raises an error in the n-th use of one function of the program, or notes which functions are used."""

    def __init__(self, code: CodeType | None = None, *, at: int = 1, error: type[Exception] = RuntimeError) -> None:
        self._code, self._at, self._error = code, at, error
        self.used: Counter[CodeType] = Counter()

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_PACKAGE) and code is not run.__code__:  # outside which nothing is
            self.used[code] += 1
            if code is self._code and self.used[code] == self._at:
                sys.settrace(None)
                answer = CANARY  # a traceback with variables would show it
                raise self._error(f"{answer} {frame.f_locals}")


class Watched:
    """What a run does beside printing: whom it calls, what it opens, what it logs."""

    told: bool = False
    seen: tuple[str, ...] = ()

    @classmethod
    def hook(cls, event: str, arguments: tuple[Any, ...]) -> None:
        """Every opening of a file and start of a program that carries a canary."""
        if cls.told and event in ("open", "os.mkdir", "os.rename", "os.link", "subprocess.Popen", "os.system", "os.exec", "socket.connect"):
            words = [word for word in arguments if isinstance(word, (str, bytes, list, tuple))]
            if CANARY in repr(words):
                cls.seen = (*cls.seen, f"{event} {words}")


class _Log(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if CANARY in record.getMessage():
            Watched.seen = (*Watched.seen, f"log {record.getMessage()}")


def run_with(bug: Bug, words: tuple[str, ...], desk: Path) -> tuple[Ran, dict[str, bytes], tuple[str, ...]]:
    """Run a command in a fresh folder with the bug in it: what came of it, what it left, and what it gave away."""
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(desk.with_name("before"), desk)
    Watched.seen, before = (), sys.gettrace()
    with contextlib.chdir(desk):
        try:
            Watched.told = True
            sys.settrace(bug)  # type: ignore[arg-type]  # a tracer of calls alone gives back nothing
            ran = massage_here(*words)
        except Exception as escaped:  # noqa: BLE001  # nothing may
            ran = Ran(_ESCAPED, b"", repr(escaped).encode())
        finally:
            sys.settrace(before)
            Watched.told = False
    return ran, snapshot(desk), Watched.seen


@cache
def hooked() -> None:
    """Begin to watch; it cannot be ended, and sees nothing while no run is watched."""
    sys.addaudithook(Watched.hook)
    logging.getLogger().addHandler(_Log())


def points(folder: Path, finds: Finds) -> Iterator[tuple[str, CodeType, int]]:
    """Every command with every function that it comes to, at its first use and at a later one."""
    for name, words in COMMANDS.items():
        notes = Bug()
        run_with(Bug(), words, folder / "desk")  # what is imported for the first time would be noted as used
        ran, _, given_away = run_with(notes, words, folder / "desk")
        if given_away or CANARY in ran.said or ran.code not in (0, 2, 3, 5):
            finds.tell(0, f"{name} without a bug came to {ran.code}: {ran.said} {given_away}")
        for code, uses in sorted(notes.used.items(), key=lambda entry: (entry[0].co_filename, entry[0].co_firstlineno)):
            yield name, code, 1
            if uses > 1 and not code.co_flags & inspect.CO_GENERATOR:  # which is used once more when it is thrown away
                yield name, code, uses // 2 + 1


COUNT = 100_000
"""More than there are: it ends with the last function of the last command."""


def judged(ran: Ran, left: dict[str, bytes], given_away: tuple[str, ...], before: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with a run that had a bug in it."""
    if CANARY in ran.said or "Traceback" in ran.said or b"Traceback" in ran.out:
        yield f"is told: {ran.said}"
    if ran.code == ExitCode.BUG and "massage: a bug: " not in ran.said:
        yield f"came to 1 with other words: {ran.said!r}"
    if ran.code not in set(ExitCode):
        yield f"came to {ran.code}"
    if named := [path for path in left if CANARY in path]:
        yield f"names files: {named}"
    if given_away:
        yield f"gives it away: {given_away}"
    if lost := [path for path, content in before.items() if left.get(path) != content]:
        yield f"spoils {lost}"


def soak(count: int, seed: int, finds: Finds) -> str:
    """Put a bug into so many functions, one at a time."""
    hooked()
    seen: Counter[str] = Counter()
    functions: set[CodeType] = set()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "before").mkdir()
        lay_out(folder / "before")
        before = snapshot(folder / "before")
        for number, (name, code, at) in finds.each(islice(enumerate(points(folder, finds), start=1), seed - 1, seed - 1 + count)):
            error = random.Random(number).choice(_ERRORS)
            ran, left, given_away = run_with(Bug(code, at=at, error=error), COMMANDS[name], folder / "desk")
            seen[f"exit code {ran.code}"] += 1
            functions.add(code)
            where = f"{error.__name__} in {code.co_qualname} of {os.path.relpath(code.co_filename, _PACKAGE)}, use {at}, of {name}"
            for wrong in judged(ran, left, given_away, before):
                finds.tell(number, f"{where}: {wrong}")
    return f"{seen.total():,} bugs in {len(functions):,} functions of {len(COMMANDS)} commands: {dict(seen)}"
