"""JSON Lines to JSON Lines in one process, plans a second; run with `python -m tests.benchmarks.batch_lines [ROWS]`.

Beside it: what msgspec takes to decode the same lines and encode the same documents, and a loop of a million additions, since
a machine that others use as well is not always equally fast. All are processor time.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.benchmarks.planned_list import million_additions, plan_list
from tests.clinic import write_json_lines

_ROWS = 5_000
_ROUNDS = 7
_ASKED_A_SECOND = 5_000


def main() -> None:
    """Measure all three turn by turn, and print medians and the fastest round."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = write_json_lines(home / "list.jsonl", rows)
        plan_list(source, home / "first.jsonl")
        lines = source.read_bytes().splitlines()
        documents = [msgspec.json.decode(line) for line in (home / "first.jsonl").read_bytes().splitlines()]
        batch, codec, pace = [], [], []
        for number in range(_ROUNDS):
            batch.append(_seconds(lambda: plan_list(source, home / f"{number}.jsonl")))  # noqa: B023  # used up at once
            codec.append(_seconds(lambda: _decode_and_encode(lines, documents)))
            pace.append(million_additions())
    times = statistics.median(one / other for one, other in zip(batch, codec, strict=True))
    while_adding = statistics.median(rows * adding / seconds for seconds, adding in zip(batch, pace, strict=True))
    print(f"batch: {rows / statistics.median(batch):.0f} plans a second, {rows / min(batch):.0f} in the fastest of {_ROUNDS} rounds")
    print(f"asked for: at least {_ASKED_A_SECOND} a second on a machine that does nothing else")
    print(f"msgspec alone: {rows / statistics.median(codec):.0f} a second; the batch takes {times:.1f} times as long")
    print(f"a million additions: {statistics.median(pace) * 1000:.0f} ms, in which {while_adding:.0f} plans are made")


def _decode_and_encode(lines: list[bytes], documents: list[object]) -> None:
    for line in lines:
        msgspec.json.decode(line)
    for document in documents:
        msgspec.json.encode(document)


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
