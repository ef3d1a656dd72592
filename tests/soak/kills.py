"""Programs killed while they write a plan, a visit, a review, a document or a batch: each file is old, new or absent, and it goes on."""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from massage_cli.terminal.running import run
from tests.batch.kills import Kills, end_of
from tests.saved import a_document, save_plan, visited, write
from tests.soak.finds import Finds
from tests.soak.system_calls import CALLS, Ready, kill_round
from tests.terminal.massage import ON, environment, massage_here, snapshot

COUNT = 2_000
_BATCH_EVERY = 4
LATER = ("--on", "2026-12-22")


class Writer(NamedTuple):
    """A command that writes: what stands there before, what is typed, and the files it makes with the content they may have."""

    words: tuple[str, ...]
    before: Callable[[Path], object]


def _intake(folder: Path) -> None:
    save_plan(folder, notes="x" * 40_000)


def _replaced(folder: Path) -> None:
    _intake(folder)
    save_plan(folder / "plans", notes="y" * 40_000)


def _course(folder: Path) -> None:
    write(folder / "ann.toml", visited(a_document(client="ann"), 6, 6, 6, 6))


WRITERS = {
    "plan": Writer(("plan", "ann.toml", *ON, "--save"), _intake),
    "plan again": Writer(("plan", "ann.toml", *ON, "--save", "--force"), _replaced),
    "visit": Writer(("visit", "ann.toml", "--status", "attended", "--pain", "5", "--nothing-new", *LATER), _course),
    "review": Writer(("review", "ann.toml", "--apply", *LATER), _course),
    "handout": Writer(("handout", "ann.toml", "--output", "out/ann.html"), _course),
    "calendar": Writer(("export", "ann.toml", "--to", "ics", *LATER, "--output", "out/ann.ics"), _course),
}


def at_once(ready: Ready) -> None:
    """The program is waited for until it begins."""
    ready()


def when_it_writes(ready: Ready) -> None:
    """The program is waited for until it makes its first file."""
    real = os.open

    def opening(*args: Any, **kwargs: Any) -> int:
        os.open = real
        ready()
        return real(*args, **kwargs)

    os.open = opening


def started(words: tuple[str, ...], folder: Path, prepare: Callable[[Ready], None] = at_once) -> int:
    """The program in a process of its own, forked so that no time goes into imports; `prepare` says when it is to be waited for."""
    ready, begun = os.pipe()
    child = os.fork()
    os.close(begun if child else ready)
    if child:
        os.read(ready, 1)
        os.close(ready)
        return child
    code = 1
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment())
        with open("../said", "ab", buffering=0) as said, open(os.devnull, "wb") as nothing:  # noqa: PTH123  # streams of the child
            os.dup2(said.fileno(), 2)
            os.dup2(nothing.fileno(), 1)
        sys.argv = ["massage", *words]
        prepare(lambda: os.write(begun, b".") and None)
        code = run()
    finally:
        os._exit(code)


class Desks:
    """Folders where one command writes, each as it was before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.seen: Counter[str] = Counter()
        self._before: dict[str, dict[str, bytes]] = {}
        self._after: dict[str, dict[str, bytes]] = {}
        self._seconds: dict[str, dict[Callable[[Ready], None], float]] = {}

    def _learn(self, name: str) -> None:
        """What a writer starts from, and what it comes to when nothing kills it."""
        with tempfile.TemporaryDirectory() as place:
            WRITERS[name].before(Path(place))
            self._before[name] = snapshot(Path(place))
            with contextlib.chdir(place):
                massage_here(*WRITERS[name].words)  # imports what the forked ones find
        self._seconds[name] = {prepare: self._finished(name, prepare) for prepare in (at_once, when_it_writes)}

    def _finished(self, name: str, prepare: Callable[[Ready], None]) -> float:
        """How long the writer takes that nothing kills."""
        desk = self._desk(name)
        child, begun = started(WRITERS[name].words, desk, prepare), time.monotonic()
        if (code := end_of(child)) != 0:
            raise RuntimeError(f"{name} came to {code} where nothing killed it: {(desk.parent / 'said').read_text()}")
        seconds, self._after[name] = time.monotonic() - begun, snapshot(desk)
        shutil.rmtree(desk.parent)
        return seconds

    def _desk(self, name: str) -> Path:
        desk = Path(tempfile.mkdtemp(dir=self._folder)) / "desk"
        desk.mkdir()
        for path, content in self._before[name].items():
            (desk / path).parent.mkdir(exist_ok=True)
            if (desk / path).suffix:
                (desk / path).write_bytes(content)
        return desk

    def once(self, number: int, finds: Finds) -> None:
        """Kill one writer, look at what it left, and let another one go on."""
        rng = random.Random(number)
        name = rng.choice(list(WRITERS))
        if name not in self._before:
            self._learn(name)
        desk, code = self._desk(name), 0
        if number % 2:
            call, at, before = rng.choice(list(CALLS)), rng.randrange(1, 4), rng.random() < 0.5
            how = f"{'before' if before else 'after'} use {at} of {call}"
            code = end_of(started(WRITERS[name].words, desk, kill_round(call, at=at, before=before)))
        else:
            prepare = rng.choice((at_once, when_it_writes, when_it_writes))
            how = f"at a random time, {prepare.__name__}"
            child = started(WRITERS[name].words, desk, prepare)
            time.sleep(rng.random() * self._seconds[name][prepare])
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            code = end_of(child)
        left = snapshot(desk)
        self.seen["killed" if code == -signal.SIGKILL else "done before"] += 1
        self.seen["killed while writing"] += left not in (self._before[name], self._after[name])
        if torn := self._torn(name, left):
            finds.tell(number, f"{name}, killed {how}: torn or lost: {torn}")
        self._go_on(number, name, desk, how, finds)
        shutil.rmtree(desk.parent)

    def _torn(self, name: str, left: dict[str, bytes]) -> list[str]:
        """Files that are neither as before nor as after, and those of before that are gone; unfinished ones have names of their own."""
        before, after = self._before[name], self._after[name]
        sound = {path: {files[path] for files in (before, after) if path in files} for path in (*before, *after)}
        torn = [path for path, content in left.items() if not path.endswith(".massage-tmp") and content not in sound.get(path, set())]
        return torn + [path for path in before if path not in left]

    def _go_on(self, number: int, name: str, desk: Path, how: str, finds: Finds) -> None:
        """The same command once more: it does its work, or says that it was done."""
        whole, left = self._after[name], snapshot(desk)
        if all(left.get(path) == content for path, content in whole.items()):
            return
        code = end_of(started(WRITERS[name].words, desk))
        end = {path: content for path, content in snapshot(desk).items() if not path.endswith(".massage-tmp")}
        backups = {path: content for path, content in end.items() if ".bak" in path}
        said = (desk.parent / "said").read_text()
        wanted = {path: content for path, content in whole.items() if ".bak" not in path}
        if code != 0 or not wanted.items() <= end.items() or not set(backups.values()) <= set(self._before[name].values()):
            finds.tell(number, f"{name}, killed {how}: the next one came to {code}: {sorted(end)}\n{said}")


def soak(count: int, seed: int, finds: Finds) -> str:
    """Kill so many programs; every fourth is a batch."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "batches").mkdir()
        numbers = range(seed, seed + count)
        desks = Desks(folder)
        batches = Kills(folder / "batches") if any(number % _BATCH_EVERY == 0 for number in numbers) else None
        for number in finds.each(numbers):
            if number % _BATCH_EVERY or batches is None:
                desks.once(number, finds)
                continue
            found = batches.torn + batches.other
            batches.once(random.Random(number), number // _BATCH_EVERY)
            if batches.torn + batches.other > found:
                finds.tell(number, "a batch, told above")
    told = ", ".join(f"{many:,} {what}" for what, many in sorted(desks.seen.items()))
    if batches is not None:
        told += (
            f"; {batches.ended:,} batches ended midway, {batches.torn} with a torn file; "
            f"the slowest answer to Control-C took {batches.slowest_answer:.3f} s"
        )
    return f"of single writers {told}"
