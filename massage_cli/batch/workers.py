"""Who plans the chunks: this process, a pool of processes, or a cluster. The results come back in the order of the list."""

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from massage_cli.batch.chunk import ChunkResult, NumberedRow, plan_chunk
from massage_cli.batch.row_result import Order

WORTH_A_POOL_SECONDS = 1.0
"""A pool takes a few tenths of a second to start; below this much work left it is not worth it."""
_AHEAD = 3
"""How many chunks wait for each process, so that it never waits, and memory stays what it is."""

Chunks = Iterator[tuple[NumberedRow, ...]]


class WorkerLost(Exception):
    """A process that was planning was ended from outside, for instance for want of memory."""


def planned_here(chunks: Chunks, order: Order, *, jobs: int, rows: int) -> Iterator[ChunkResult]:
    """The results of all chunks: by this process alone, and by a pool once there is enough left to be worth it.

    Raises WorkerLost.
    """
    taken, done = 0.0, 0
    for chunk in chunks:
        begun = time.perf_counter()
        result = plan_chunk(chunk, order)
        taken += time.perf_counter() - begun
        done += len(chunk)
        yield result
        if jobs > 1 and taken / done * (rows - done) > WORTH_A_POOL_SECONDS:
            yield from _planned_by_pool(chunks, order, jobs=jobs)
            return


def _planned_by_pool(chunks: Chunks, order: Order, *, jobs: int) -> Iterator[ChunkResult]:
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_us)
    waiting: deque[Future[ChunkResult]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(plan_chunk, chunk, order))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise WorkerLost from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if waiting:
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()


def _leave_interrupts_to_us() -> None:
    """Control-C reaches every process of a terminal; the one that keeps what was done decides what happens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def planned_by_cluster(chunks: Chunks, order: Order, *, address: str) -> Iterator[ChunkResult]:
    """The results of all chunks by an existing Dask cluster, whose workers must have this program. Raises OSError where none answers."""
    from distributed import Client  # an optional part, and slow to import

    with Client(address, set_as_default=False) as client:
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        waiting: deque[Any] = deque()
        for chunk in chunks:
            waiting.append(client.submit(plan_chunk, chunk, order, pure=False))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
