"""Batches ended at random times, and resumed: `python -m tests.batch.kills 300`.

Each is this process forked, so that the time goes to planning and writing. After each end every file must be whole or absent; after
resuming, all files must be those of a batch that nothing ended, and no others.
"""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from massage_cli.batch import run as run_module
from massage_cli.batch import workers
from massage_cli.terminal.commands import batch as command
from massage_cli.terminal.running import run
from tests.batch.lists import clinic, write_list
from tests.terminal.massage import ON, snapshot

ROWS = 150
OUTS = ("plans", "plans.jsonl", "plans.csv")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -signal.SIGKILL}
WITH_INVALID_ROWS = 2
_POOL_EVERY = 15


def start(folder: Path, out: str, *more: str, jobs: int = 1) -> int:
    """Begin a batch in a process of its own, in small chunks, noting often how far it is."""
    ready, begun = os.pipe()
    child = os.fork()
    os.close(begun if child else ready)
    if child:
        os.read(ready, 1)  # a signal before this moment would be lost, as no program of its own would lose it
        os.close(ready)
        return child
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started this may have others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.chdir(folder)
    with open("said", "ab", buffering=0) as said:  # noqa: PTH123  # in the folder of the child
        os.dup2(said.fileno(), 2)
    run_module._KEEP_EVERY_SECONDS = 0.01
    workers.WORTH_A_POOL_SECONDS = 0.0
    command.Work = partial(run_module.Work, chunk_rows=16)  # type: ignore[misc,assignment]  # small pieces, so that a batch is ended in the midst of them
    sys.argv = ["massage", "batch", "../list.jsonl", *ON, "--out", f"out/{out}", "--jobs", str(jobs), *more]
    code = 1
    try:
        os.write(begun, b".")
        code = run()
    except KeyboardInterrupt:
        code = 130
    finally:
        os._exit(code)


def end_of(child: int) -> int:
    """The exit code of a process, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Kills:
    """What random ends did so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        write_list(folder / "list.jsonl", clinic(ROWS))
        run_here = {out: self._uninterrupted(out) for out in OUTS}
        self._whole = {out: files for out, (files, _) in run_here.items()}
        self._seconds = {out: seconds for out, (_, seconds) in run_here.items()}
        self.ended = self.torn = self.other = 0
        self.slowest_answer = 0.0

    def _desk(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._folder))

    def _uninterrupted(self, out: str) -> tuple[dict[str, bytes], float]:
        desk, begun = self._desk(), time.monotonic()
        if (code := end_of(start(desk, out))) != WITH_INVALID_ROWS:
            raise RuntimeError(f"a batch that nothing ended came to {code}")
        return snapshot(desk / "out"), time.monotonic() - begun

    def once(self, rng: random.Random, number: int) -> None:
        """End one batch at a random time, and resume it."""
        out, how, desk = OUTS[number % len(OUTS)], rng.choice(list(CODES)), self._desk()
        jobs = 2 if number % _POOL_EVERY == 0 else 1
        child = start(desk, out, jobs=jobs)
        time.sleep(rng.random() * self._seconds[out] * (1 if jobs == 1 else 3))
        sent = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, how)
        code = end_of(child)
        if code == CODES[signal.SIGINT]:
            self.slowest_answer = max(self.slowest_answer, time.monotonic() - sent)
        after = snapshot(desk / "out")
        self.torn += not self._is_whole(out, after)
        if code in (CODES[how], -how):  # the second where it was before anything had begun, or after everything was done
            code = WITH_INVALID_ROWS
            if after != self._whole[out]:
                self.ended += 1
                code = end_of(start(desk, out, "--resume"))
                after = snapshot(desk / "out")
        said = (desk / "said").read_text(encoding="utf-8")
        if code != WITH_INVALID_ROWS or after != self._whole[out] or "Traceback" in said or "a bug" in said:
            self.other += 1
            names = sorted(set(after) ^ set(self._whole[out]))
            sys.stdout.write(f"{number}: {out}, {how.name}, {jobs} jobs: came to {code}; not the same: {names[:5]}\n{said}\n")
        shutil.rmtree(desk)

    def _is_whole(self, out: str, files: dict[str, bytes]) -> bool:
        whole = self._whole[out]
        return all(whole.get(name) == content for name, content in files.items() if not Path(name).name.startswith("."))


def main(count: int, seed: int) -> int:
    """End so many batches; 0 when nothing was torn and everything resumed."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        kills = Kills(Path(folder))
        for number in range(count):
            kills.once(rng, number)
    sys.stdout.write(
        f"{count} runs, {kills.ended} of them ended midway: {kills.torn} with a torn file, "
        f"{kills.other} that did not end as the whole batch; the slowest answer to Control-C took {kills.slowest_answer:.3f} s\n"
    )
    return 1 if kills.torn or kills.other or not kills.ended else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
