"""Processes that plan for this one, each with a line of its own: whatever one of them is at when it is killed, that is noticed."""

import gc
import multiprocessing
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from massage_cli.batch.chunk import ChunkResult, NumberedRow, plan_chunk
from massage_cli.batch.interrupts import hear_interrupts, interrupts_held_back
from massage_cli.batch.row_result import Order

_AHEAD = 3
"""How many chunks wait for each process, so that it never waits, and memory stays what it is."""

Chunk = tuple[NumberedRow, ...]


class WorkerLost(Exception):
    """A process that was planning was ended from outside, for instance for want of memory."""


class Planner:
    """A process that plans one chunk after the other.

    The executor of the standard library has one line for the answers of all its processes. One that is killed in the midst of an
    answer leaves half of it there, and whoever reads it waits for the other half for ever.
    """

    def __init__(self, order: Order) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._line, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, order), daemon=True)
        self._process.start()
        theirs.close()  # held by the process alone, so that the line ends with it

    def ask(self, chunk: Chunk) -> None:
        """Hand over a chunk. Raises WorkerLost."""
        with _noticed():
            _send(self._line, chunk)

    def answer(self) -> ChunkResult:
        """What came of the chunk, or what it raised. Raises WorkerLost."""
        with _noticed():
            result: ChunkResult | Exception = _received(self._line)
        if isinstance(result, Exception):
            raise result
        return result

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self._process.terminate()

    def close(self) -> None:
        """Let the process end, which has nothing more to do, and wait for that."""
        self._line.close()
        self._process.join()


def _send(line: Connection, what: object) -> None:
    """The line's own `send` puts a view of a buffer into the traceback of what it raises, and Python 3.12.1 breaks on clearing that."""
    line.send_bytes(pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))


def _received(line: Connection) -> Any:
    return pickle.loads(line.recv_bytes())  # noqa: S301  # the line has two ends: this process, and the one it began


@contextmanager
def _noticed() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError):
        raise WorkerLost from None


def _serve(line: Connection, order: Order) -> None:
    """Control-C reaches every process of a terminal; the one that keeps what was done decides what happens. It is not outlived."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear_interrupts()
    gc.disable()  # as in the program itself: planning leaves nothing that has to be collected
    with suppress(EOFError, OSError):  # nobody is there any more who asks
        while True:
            _send(line, _planned(_received(line), order))


def _planned(chunk: Chunk, order: Order) -> ChunkResult | Exception:
    try:
        return plan_chunk(chunk, order)
    except Exception as error:  # noqa: BLE001  # raised again by the process that asked
        return error


def _start_tracker() -> None:
    """The standard library starts a process of its own before the first of ours, and lets signals through again when it did."""
    if sys.platform != "win32":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def planned_by_pool(chunks: Iterator[Chunk], order: Order, *, jobs: int) -> Iterator[ChunkResult]:
    """The results of all chunks in their order, by so many processes. Raises WorkerLost, and what planning raises."""
    planners: list[Planner] = []
    idle: SimpleQueue[Planner] = SimpleQueue()
    threads = ThreadPoolExecutor(jobs)  # one waits for each process
    waiting: deque[Future[ChunkResult]] = deque()

    def plan(chunk: Chunk) -> ChunkResult:
        planner = idle.get()
        try:
            planner.ask(chunk)
            return planner.answer()
        finally:
            idle.put(planner)

    try:
        _start_tracker()
        with interrupts_held_back():  # a process that was begun and never told what to do prints a traceback
            for _ in range(jobs):
                planners.append(Planner(order))
                idle.put(planners[-1])
        for chunk in chunks:
            with interrupts_held_back():
                waiting.append(threads.submit(plan, chunk))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        if waiting:
            for planner in planners:
                planner.kill()
        threads.shutdown(cancel_futures=True)
        for planner in planners:
            planner.close()
