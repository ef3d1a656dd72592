"""Two jobs against one on the same list, by the clock; run with `python -m tests.benchmarks.batch_jobs [ROWS]`.

The default is some 20 seconds of work for one process. It wants two processors that nobody else uses; how far they are from
that is shown by two plain loops, one after the other and at the same time.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.planned_list import plan_list
from tests.clinic import write_json_lines

_ROWS = 80_000
_ROUNDS = 3
_ASKED_TIMES = 1.7
_LOOP = 20_000_000


def main() -> None:
    """Measure one job and two turn by turn, check that both write the same, and print the rates and the ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = write_json_lines(home / "list.jsonl", rows)
        taken = {1: [], 2: []}
        machine = []
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for _ in range(_ROUNDS):
            for jobs, seconds in taken.items():
                start = time.perf_counter()
                plan_list(source, home / f"{jobs}.jsonl", jobs=jobs)
                seconds.append(time.perf_counter() - start)
            if (home / "1.jsonl").read_bytes() != (home / "2.jsonl").read_bytes():
                raise SystemExit("two jobs write something else than one")
            machine.append(2 * _loops(1) / _loops(2))
            for jobs in taken:
                (home / f"{jobs}.jsonl").unlink()
    times = [one / two for one, two in zip(taken[1], taken[2], strict=True)]
    for jobs, seconds in taken.items():
        print(f"{jobs} jobs: {statistics.median(seconds):.1f} s, {rows / statistics.median(seconds):.0f} plans a second")
    print(f"two jobs are {statistics.median(times):.2f} times as fast ({', '.join(f'{ratio:.2f}' for ratio in times)})")
    print(f"asked for: at least {_ASKED_TIMES}; {rows} rows, median of {_ROUNDS} rounds")
    print(f"two plain loops at once are {statistics.median(machine):.2f} times as fast ({', '.join(f'{ratio:.2f}' for ratio in machine)})")


def _loops(at_once: int) -> float:
    """The seconds until so many processes have each added up the same numbers."""
    processes = [multiprocessing.Process(target=sum, args=(range(_LOOP),)) for _ in range(at_once)]
    start = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
