"""Batches that lose one of the processes that plan: each says so at once, and goes on to the same end."""

import contextlib
import os
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path

from tests.batch.kills import WITH_INVALID_ROWS, end_of, start
from tests.batch.lists import clinic, write_list
from tests.batch.processes import started
from tests.soak.finds import Finds
from tests.terminal.massage import snapshot

COUNT = 50
JOBS = 2
_ROWS = 3000
_OUTS = ("plans.jsonl", "plans", "plans.csv")
_LOST = 1
HANGS_SECONDS = 10.0
"""A batch that has not ended so long after its worker was lost is said to hang."""


class Batches:
    """Batches over one list, by two processes each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        write_list(folder / "list.jsonl", (table | {"client": f"c-{number}"} for number, table in enumerate(clinic(_ROWS))))
        self._whole: dict[str, dict[str, bytes]] = {}
        self._seconds = 0.0
        self.lost = self.done_before = 0
        self.slowest = 0.0

    def _learn(self, out: str) -> None:
        """What a batch comes to that loses nobody, and how long it takes once its processes are there."""
        desk = Path(tempfile.mkdtemp(dir=self._folder))
        child = start(desk, out, jobs=JOBS)
        self._one_of(child, random.Random(0))
        begun = time.monotonic()
        if (code := end_of(child)) != WITH_INVALID_ROWS:
            raise RuntimeError(f"a batch that lost nobody came to {code}: {(desk / 'said').read_text()}")
        self._seconds = time.monotonic() - begun
        self._whole[out] = snapshot(desk / "out")
        shutil.rmtree(desk)

    def _one_of(self, child: int, rng: random.Random) -> int:
        """One of the processes that plan for a batch, once all are there."""
        until = time.monotonic() + HANGS_SECONDS
        while time.monotonic() < until:
            if len(there := started(child)) == JOBS:
                return rng.choice(sorted(there))
            time.sleep(0.002)
        raise RuntimeError("the processes that plan never came")

    def once(self, number: int, finds: Finds) -> None:
        """Kill one process of a batch at a random time, and let another batch go on."""
        rng, out = random.Random(number), _OUTS[number % len(_OUTS)]
        if out not in self._whole:
            self._learn(out)
        desk = Path(tempfile.mkdtemp(dir=self._folder))
        child = start(desk, out, jobs=JOBS)
        worker = self._one_of(child, rng)
        time.sleep(rng.random() * self._seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        sent = time.monotonic()
        code = self._end_of(child)
        self.slowest = max(self.slowest, time.monotonic() - sent)
        said = (desk / "said").read_text(encoding="utf-8")
        if code == _LOST and "was ended from outside" in said:
            self.lost += 1
            code = end_of(start(desk, out, "--resume", jobs=JOBS))
        else:
            self.done_before += 1
        if code is None:
            finds.tell(number, f"{out}: still there {HANGS_SECONDS:.0f} s after one of its processes was killed")
        elif code != WITH_INVALID_ROWS or snapshot(desk / "out") != self._whole[out]:
            finds.tell(number, f"{out}: came to {code}, or to other files\n{said}")
        shutil.rmtree(desk)

    def _end_of(self, child: int) -> int | None:
        """The exit code of a batch, or None where it hangs; then it is ended."""
        until = time.monotonic() + HANGS_SECONDS
        while time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.002)
        os.kill(child, signal.SIGKILL)
        end_of(child)
        return None


def soak(count: int, seed: int, finds: Finds) -> str:
    """Take a process away from so many batches."""
    with tempfile.TemporaryDirectory() as folder:
        batches = Batches(Path(folder))
        for number in finds.each(range(seed, seed + count)):
            with finds.watch(number, "a worker lost"):
                batches.once(number, finds)
    return (
        f"{batches.lost:,} batches lost a process that was planning and went on afterwards, {batches.done_before:,} were done before; "
        f"the slowest ended {batches.slowest:.2f} s after the loss"
    )
