"""Spoiled files of every kind that is read, and command lines: each is used or explained, soon, and never a traceback."""

import contextlib
import io
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from massage_cli.documents.fhir.reading_back import intake_of_fhir
from massage_cli.documents.linting import faults_of
from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.lists.rows import intake_of
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.lists.xlsx_rows import xlsx_rows
from massage_cli.files.own.drafts import read_draft
from massage_cli.files.own.settings import read_settings
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.loading import FILE_NAMES, parse
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.exit_codes import ExitCode
from tests.builders import TODAY, knowledge, knowledge_files
from tests.files.plans.test_changed_by_hand import WORK
from tests.soak.command_lines import command_line, desk
from tests.soak.damage import KINDS, knowledge_file, mebibyte
from tests.soak.finds import Finds
from tests.terminal.hostile import steering
from tests.terminal.massage import ON, massage_here

COUNT = 1_000_000
LONGEST_SECONDS = 1.0
"""Nothing here is larger than a few kilobytes, which is read in a thousandth of this."""
_LONGEST_COMMAND_SECONDS = 5.0
_LONGEST_MEBIBYTE_SECONDS = 5.0
"""Wanted is one second on a machine with nothing else to do, which this one may have; the slowest is told."""
MOST_MEGABYTES = 200
_COMMANDS_EVERY, _KNOWLEDGE_EVERY, _SELDOM_EVERY, _PAGE_EVERY, _MEBIBYTE_EVERY = 100, 5000, 25, 500, 250
"""What takes long is looked at less often than the rest."""
_SELDOM = ("list.xlsx", "fhir", "calendar")
_CODES = frozenset(ExitCode) - {ExitCode.BUG, ExitCode.INTERRUPTED}
_LARGE = ("intake.toml", "intake.json", "list.jsonl", "list.csv", "plan", "settings", "draft")
_OFTEN = tuple(kind for kind in KINDS if kind not in _SELDOM)


class Fuzz:
    """What takes the spoiled files, and how it ended each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "file"
        self.seen: Counter[str] = Counter()
        self.slowest_mebibyte = 0.0
        self.takes: dict[str, Callable[[bytes], object]] = {
            "intake.toml": lambda content: self._planned(content, "a.toml"),
            "intake.json": lambda content: self._planned(content, "a.json"),
            "list.jsonl": self._rows,
            "list.csv": self._rows,
            "list.xlsx": self._workbook,
            "plan": self._plan,
            "settings": lambda content: read_settings(self._kept(content), knowledge()),
            "draft": lambda content: read_draft(self._kept(content)),
            "fhir": self._fhir,
            "calendar": lambda content: faults_of(content, "a.ics", knowledge()),
            "anything": self._anything,
        }

    def once(self, number: int, finds: Finds) -> None:
        """One case: a file of some kind, or a command line."""
        rng = random.Random(number)
        begun, most = time.process_time(), LONGEST_SECONDS
        if number % _COMMANDS_EVERY == 0:
            kind, shown, most = "command line", command_line(rng), _LONGEST_COMMAND_SECONDS
            with finds.watch(number, f"{kind} {shown}"):
                self._command(shown)
        elif number % _KNOWLEDGE_EVERY == 1:
            kind, most = "knowledge", _LONGEST_COMMAND_SECONDS
            name = rng.choice(FILE_NAMES)
            content = knowledge_file(rng, name)
            self._try(kind, number, finds, lambda: parse(knowledge_files() | {name: content}), content[:0])
        elif number % _MEBIBYTE_EVERY == 7:
            kind, most = "mebibyte", _LONGEST_MEBIBYTE_SECONDS
            take, content = self.takes[rng.choice(_LARGE)], mebibyte(rng)
            self._try(kind, number, finds, lambda: take(content), content[:80])
        else:
            kind = rng.choice(_SELDOM if number % _SELDOM_EVERY == 1 else _OFTEN)
            content = KINDS[kind](rng)
            self._try(kind, number, finds, lambda: self.takes[kind](content), content)
            if number % _PAGE_EVERY == 3:
                self._shown(content, number, finds)
        taken = time.process_time() - begun
        if taken > most:
            finds.tell(number, f"{kind} took {taken:.1f} s")
        if kind == "mebibyte":
            self.slowest_mebibyte = max(self.slowest_mebibyte, taken)
        self.seen[kind] += 1

    def _try(self, kind: str, number: int, finds: Finds, take: Callable[[], object], content: bytes) -> None:
        with finds.watch(number, f"{kind} {content!r}"):
            try:
                take()
            except Unreadable as broken:
                silent = not broken.problems or not all(problem.message for problem in broken.problems)
                if silent:
                    raise RuntimeError("refused without a word") from None
            else:
                self.seen["used"] += 1

    def _kept(self, content: bytes) -> Path:
        self._file.write_bytes(content)
        return self._file

    def _planned(self, content: bytes, name: str) -> None:
        intake = read_intake(content, name, knowledge(), on=TODAY)
        document = plan_document(intake, knowledge(), on=TODAY, called=name)
        if read_plan(to_toml(document).encode(), name) != document or read_plan(to_json(document).encode(), name) != document:
            raise RuntimeError("a plan is not read back as it was written")

    def _rows(self, content: bytes) -> None:
        refused: Unreadable | None = None
        for row in rows_of(["-"], io.BytesIO(content), knowledge()):
            try:
                intake_of(row, knowledge(), on=TODAY)
            except Unreadable as broken:
                refused = broken
        if refused is not None:
            raise refused

    def _workbook(self, content: bytes) -> None:
        for row in xlsx_rows(io.BytesIO(content), "a.xlsx", knowledge()):
            intake_of(row, knowledge(), on=TODAY)

    def _plan(self, content: bytes) -> None:
        document = read_plan(content, "a.toml")
        to_toml(document)
        faults_of(content, "a.toml", knowledge())
        list(WORK.values())[len(content) % len(WORK)](document)

    def _fhir(self, content: bytes) -> None:
        faults_of(content, "a.json", knowledge())
        intake_of_fhir(content, "a.json", knowledge(), on=None, today=TODAY)

    def _anything(self, content: bytes) -> None:
        for take in (self._planned, read_plan):
            for name in ("a.toml", "a.json"):
                with contextlib.suppress(Unreadable):
                    take(content, name)
        self._rows(content)

    def _shown(self, content: bytes, number: int, finds: Finds) -> None:
        """The same file given to commands, whose every way of writing must be inert."""
        for words in (
            ("plan", "-", *ON),
            ("show", "-"),
            ("plan", "-", *ON, "--format", "json"),
            ("import", "-"),
            ("lint", "-"),
            ("explain", "-"),
        ):
            with finds.watch(number, f"{words} {content!r}"):
                self._judge(massage_here(*words, stdin=content), steered=True)

    def _command(self, words: list[str]) -> None:
        before = Path.cwd()
        os.chdir(self._folder)
        try:
            self._judge(massage_here(*words), steered=True)
        finally:
            os.chdir(before)
            if len(list(self._folder.iterdir())) > 200:
                shutil.rmtree(self._folder)
                self._folder.mkdir()
                desk(self._folder)

    def _judge(self, ran: object, *, steered: bool) -> None:
        code, out, err = ran  # type: ignore[misc]  # three parts, or none at all
        self.seen[f"exit code {code}"] += 1
        if code not in _CODES or b"Traceback" in out + err or b"a bug" in err:
            raise RuntimeError(f"came to {code}: {err!r}")
        if steered and (steering(err) or steering(out)):
            raise RuntimeError(f"steers a terminal: {steering(err)} {steering(out)}")


def soak(count: int, seed: int, finds: Finds) -> str:
    """Hand over so many spoiled files and command lines."""
    before = _most_megabytes()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(desk(Path(folder) / "desk"))
        for number in finds.each(range(seed, seed + count)):
            fuzz.once(number, finds)
    megabytes = _most_megabytes()
    if megabytes > max(MOST_MEGABYTES, before + MOST_MEGABYTES / 2):  # a process that runs the tests as well was large before
        finds.tell(seed, f"{megabytes:.0f} MB of memory were taken, and {MOST_MEGABYTES} are the most that may be")
    return (
        f"{dict(sorted(fuzz.seen.items()))}; the slowest mebibyte took {fuzz.slowest_mebibyte:.1f} s; at most {megabytes:.0f} MB of memory"
    )


def _most_megabytes() -> float:
    """The most memory that this process has ever taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
