"""A million rows through `massage batch`: memory, exit code and rate; run with `python -m tests.benchmarks.batch_million [ROWS]`.

Memory is read from /proc while the program runs, so this one wants Linux. The list and the plans take some 10 kB a row, and
are deleted afterwards.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.clinic import ON, write_json_lines

_ROWS = 1_000_000
_JOBS = 2
_ALLOWED_MEGABYTES = 200
_LOOK_EVERY_SECONDS = 0.2
_MASSAGE = Path(sys.executable).with_name("massage")


def main() -> None:
    """Run the program once, and print its exit code, its rate, and the peak of each of its processes."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    peaks: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        source, out = write_json_lines(Path(folder, "list.jsonl"), rows), Path(folder, "plans.jsonl")
        command = [str(_MASSAGE), "batch", str(source), "--out", str(out), "--on", ON.isoformat(), "--jobs", str(_JOBS)]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            while program.poll() is None:
                _look(program.pid, peaks)
                time.sleep(_LOOK_EVERY_SECONDS)
        seconds = time.perf_counter() - start
        with out.open("rb") as file:
            lines = sum(1 for _ in file)
        print(f"{rows} rows, {lines} plans, exit code {program.returncode} (asked for: 0), {rows / seconds:.0f} rows a second")
        print(f"{source.stat().st_size / 1e6:.0f} MB read, {out.stat().st_size / 1e6:.0f} MB written")
    main_peak, *others = (kilobytes / 1024 for kilobytes in peaks.values())
    shown = ", ".join(f"{peak:.0f}" for peak in others)
    print(f"peak of memory: {main_peak:.0f} MB for the program, {shown} for its other processes, {main_peak + sum(others):.0f} together")
    print(f"asked for: each under {_ALLOWED_MEGABYTES} MB")


def _look(process: int, peaks: dict[int, int]) -> None:
    """Note the peak so far, in kilobytes, of a process and all it has started."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    peaks[process] = max(peaks.get(process, 0), int(peak))
    for child in children:
        _look(int(child), peaks)


if __name__ == "__main__":
    main()
