"""Long runs that look for faults: `python -m tests.soak NAME [--count N] [--seed S]`."""

import argparse
import sys
import time
from importlib import import_module

from tests.soak.finds import Finds

SUBJECTS = (
    *("fuzz", "growth", "kills", "faults", "hostile", "canaries", "environments"),
    *("subsets", "laws", "interviews", "races", "workers", "dates"),
)
"""Each is a module here with COUNT, how many cases a whole run has, and `soak`, which looks at so many from a number on."""


def listed() -> str:
    """Every subject with how many cases a whole run has, and what it is."""
    modules = [(name, import_module(f"tests.soak.{name}")) for name in SUBJECTS]
    return "".join(f"  {name:13} {module.COUNT:>9,}  {(module.__doc__ or '').splitlines()[0]}\n" for name, module in modules)


def soak(name: str, *, count: int | None = None, seed: int = 1) -> int:
    """Run one subject and print its figures; 1 when anything was found."""
    module = import_module(f"tests.soak.{name}")
    finds, begun, many = Finds(name), time.monotonic(), module.COUNT if count is None else count
    sys.stdout.write(f"{name}: {many:,} cases from number {seed} on\n")
    with finds.ended_by_signals():
        figures = module.soak(many, seed, finds)
    sys.stdout.write(f"{name}: {figures}\n{finds.done:,} cases done, {finds.count:,} found, in {time.monotonic() - begun:,.0f} seconds\n")
    return 1 if finds.count else 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks for, or list what there is."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Long runs that look for faults.")
    parser.add_argument("name", nargs="?", choices=SUBJECTS, metavar="NAME")
    parser.add_argument("--count", type=int, metavar="N", help="how many cases; without it a whole run")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the number of the first case")
    asked = parser.parse_args(arguments)
    if asked.name is None:
        sys.stdout.write(f"{parser.format_usage()}\n{listed()}")
        return 0
    return soak(asked.name, count=asked.count, seed=asked.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
