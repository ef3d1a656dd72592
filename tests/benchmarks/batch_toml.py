"""A folder of TOML plans from a list, against writing the same plans alone; run with `python -m tests.benchmarks.batch_toml [ROWS]`.

Alone means: the documents lie in memory as plain tables, tomli_w turns each into text, and a file is opened, written and closed.
"""

import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli_w

from tests.benchmarks.planned_list import plan_list
from tests.clinic import write_json_lines

_ROWS = 500
_ROUNDS = 9
_ASKED_PERCENT = 60


def main() -> None:
    """Measure both turn by turn, each round in new folders, and print the rates and what one is of the other."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = write_json_lines(home / "list.jsonl", rows)
        plan_list(source, home / "first")
        files = {path.name: path.read_text() for path in (home / "first").glob("*.toml")}
        documents = {name: tomllib.loads(text) for name, text in files.items()}
        if any(tomli_w.dumps(documents[name]) != text for name, text in files.items()):
            raise SystemExit("the plans are not what tomli_w writes")
        taken = [_round(home, number, source, documents) for number in range(_ROUNDS)]
    for what, (batch, alone) in (("clock", (0, 1)), ("processor", (2, 3))):
        rates = [statistics.median(rows / seconds[place] for seconds in taken) for place in (batch, alone)]
        percent = statistics.median(100 * seconds[alone] / seconds[batch] for seconds in taken)
        print(f"{what:9} {rates[0]:6.0f} plans a second by the batch, {rates[1]:6.0f} written alone: {percent:.0f} %")
    print(f"asked for: at least {_ASKED_PERCENT} % by the clock; {len(files)} files, median of {_ROUNDS} rounds")


def _round(home: Path, number: int, source: Path, documents: dict[str, dict[str, Any]]) -> tuple[float, float, float, float]:
    """Seconds by the clock of the batch and of writing alone, then those of the processor."""
    works = [lambda: plan_list(source, home / f"batch-{number}"), lambda: _write(documents, home / f"alone-{number}")]
    if number % 2:
        works.reverse()
    measured = [_seconds(work) for work in works]
    if number % 2:
        measured.reverse()
    (batch, batch_busy), (alone, alone_busy) = measured
    return batch, alone, batch_busy, alone_busy


def _write(documents: dict[str, dict[str, Any]], folder: Path) -> None:
    folder.mkdir()
    for name, document in documents.items():
        with (folder / name).open("w") as file:
            file.write(tomli_w.dumps(document))


def _seconds(work: Callable[[], None]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    main()
