"""Who plans the chunks: this process, a pool of processes, or a cluster. The results come back in the order of the list."""

import logging
import re
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from massage_cli.batch.chunk import ChunkResult, NumberedRow, plan_chunk
from massage_cli.batch.pool import WorkerLost, planned_by_pool
from massage_cli.batch.row_result import Order
from massage_cli.files.extras import how_to_add

WORTH_A_POOL_SECONDS = 1.0
"""A pool takes a few tenths of a second to start; below this much work left it is not worth it."""
_AHEAD = 3
"""How many chunks wait for each process, so that it never waits, and memory stays what it is."""

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?[^\s/]+:[0-9]{1,5}\Z", re.ASCII)
CLUSTER_SECONDS = 10
"""How long a cluster has to answer."""

Chunks = Iterator[tuple[NumberedRow, ...]]


class NoCluster(Exception):
    """The cluster cannot be used; why."""


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
            yield from planned_by_pool(chunks, order, jobs=jobs)
            return


def planned_by_cluster(chunks: Chunks, order: Order, *, address: str) -> Iterator[ChunkResult]:
    """The results of all chunks by an existing Dask cluster, whose workers must have this program. Raises NoCluster."""
    if not _ADDRESS.match(address):
        raise NoCluster(f"'{address}' is not the address of a cluster, like tcp://127.0.0.1:8786")
    try:
        from distributed import Client  # an optional part, and slow to import
    except ImportError:
        raise NoCluster(f"needs a part that is not installed; add it {how_to_add('dask')}") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it has to say comes back as an exception
    try:
        client = Client(address, set_as_default=False, timeout=CLUSTER_SECONDS)
    except OSError:
        raise NoCluster(f"nobody answers at '{address}'") from None
    with client:
        if not client.nthreads():
            raise NoCluster(f"the cluster at '{address}' has no workers")
        yield from _planned_by_client(chunks, order, client)


def _planned_by_client(chunks: Chunks, order: Order, client: Any) -> Iterator[ChunkResult]:
    from distributed import KilledWorker

    ahead = _AHEAD * sum(client.nthreads().values())
    waiting: deque[Any] = deque()
    try:
        for chunk in chunks:
            waiting.append(client.submit(plan_chunk, chunk, order, pure=False))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except KilledWorker:
        raise WorkerLost from None
    except ModuleNotFoundError:
        raise NoCluster("a worker does not have this program; install the same there") from None
