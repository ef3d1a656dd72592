"""How long commands take to start, as multiples of a bare interpreter; run with `python -m tests.benchmarks.start`."""

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

import massage_cli

_ROUNDS = 21
_INTAKE = Path(__file__).parents[2] / "plans" / "low-back.intake.toml"
_PLAN = _INTAKE.with_name("low-back.toml")
_MASSAGE = Path(sys.executable).with_name("massage")


def main() -> None:
    """Measure every command in turn, round by round, and print medians and ratios with the ratio allowed."""
    compileall.compile_dir(Path(massage_cli.__file__).parent, quiet=1)  # what an installer does; else compiling would be measured
    without_holidays = "".join(line for line in _INTAKE.read_text().splitlines(keepends=True) if not line.startswith("holidays"))
    plan = [str(_MASSAGE), "plan", "-", "--on", "2026-11-21"]
    commands = {
        "python -c pass": ([sys.executable, "-c", "pass"], 1),
        "massage --version": ([str(_MASSAGE), "--version"], 7),
        "massage plan --format toml": ([*plan, "--format", "toml"], 10),
        "massage plan --format json": ([*plan, "--format", "json"], 10),
        "massage plan": (plan, 14),
        "massage export --to html": ([str(_MASSAGE), "export", str(_PLAN), "--to", "html"], 16),
        "massage --help": ([str(_MASSAGE), "--help"], 16),
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_ROUNDS):
        for name, (command, _) in commands.items():
            start = time.perf_counter()
            subprocess.run(command, input=without_holidays.encode(), capture_output=True, check=True)
            seconds[name].append(time.perf_counter() - start)
    bare = statistics.median(seconds["python -c pass"])
    print(f"{'command':30} {'median':>9} {'ratio':>7} {'allowed':>8}")
    for name, (_, allowed) in commands.items():
        median = statistics.median(seconds[name])
        print(f"{name:30} {median * 1000:6.1f} ms {median / bare:7.1f} {allowed:8}")


if __name__ == "__main__":
    main()
