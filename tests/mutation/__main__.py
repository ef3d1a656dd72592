"""Mutation testing of the core: `python -m tests.mutation [FILE ...]`, files as in `planning/screening.py` or folders of them."""

import argparse
import json
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.forks import ROOT, Forks, Verdict, run_tests
from tests.mutation.mutants import Mutant

PROGRAM = ROOT / "massage_cli"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
TESTS = ("tests/planning", "tests/knowledge", "tests/test_cases.py", "tests/test_plans.py")
KILLED, EQUAL = "killed", "equivalent"


def equivalent() -> dict[tuple[str, str, str, str, int], str]:
    """The changes that change nothing that can be seen, and why."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("equivalent", [])
    return {(each["file"], each["in"], each["before"], each["after"], each.get("number", 0)): each["why"] for each in entries}


def files_at(names: Iterable[str]) -> list[Path]:
    """The modules that were named, those of a folder in order."""
    places = [PROGRAM / name for name in names]
    return [path for place in places for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def main() -> int:
    """Make the changes and print what became of each that no test noticed; 0 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("files", nargs="*", default=["planning", "knowledge"], help="modules or folders below massage_cli")
    parser.add_argument("--tests", action="append", help=f"tests to notice them, instead of {', '.join(TESTS)}")
    parser.add_argument("--seconds", type=float, default=5, help="processor time for the tests of one change (5)")
    parser.add_argument(
        "--results", type=Path, help="a file to keep what is known in; what it says was killed or is equivalent is not run again"
    )
    parser.add_argument("--anew", action="store_true", help="read the tests anew for each change: slow, for tests of texts")
    parser.add_argument("--random", action="store_true", help="run the tests of random examples as well")
    arguments = parser.parse_args()
    known = equivalent()
    done = _read(arguments.results)
    verdicts: list[Verdict] = []
    began = time.monotonic()

    def wanted(mutant: Mutant) -> bool:
        return done.get(json.dumps(mutant.key)) not in (KILLED, EQUAL)

    def told(verdict: Verdict) -> None:
        what = EQUAL if verdict.mutant.key in known and verdict.what != KILLED else verdict.what
        verdicts.append(verdict._replace(what=what))
        if what not in (KILLED, EQUAL) or (what == KILLED and verdict.mutant.key in known):
            print(f"{what} ({verdict.by}): {verdict.mutant.shown}", flush=True)
        if arguments.results:
            with arguments.results.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps([verdict.mutant.key, what, verdict.by]) + "\n")

    forks, tests = Forks(files_at(arguments.files), wanted, told, arguments.seconds), arguments.tests or TESTS
    code = forks.judge_anew(tests) if arguments.anew else run_tests(tests, forks, random=arguments.random)
    for key in sorted(known.keys() - forks.keys):
        if key[0] in forks.files:
            print(f"equivalent.toml names what can no longer be made: {key}")
    _summary(verdicts, time.monotonic() - began)
    return code or int(any(verdict.what not in (KILLED, EQUAL) for verdict in verdicts))


def _read(results: Path | None) -> dict[str, str]:
    if results is None or not results.exists():
        return {}
    lines = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    return {json.dumps(key): what for key, what, _ in lines}


def _summary(verdicts: Iterable[Verdict], seconds: float) -> None:
    by_file: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        by_file.setdefault(verdict.mutant.key[0], Counter())[verdict.what] += 1
    for file, counts in by_file.items():
        print(f"{file}: {counts.total()} made, " + ", ".join(f"{number} {what}" for what, number in sorted(counts.items())))
    total: Counter[str] = sum(by_file.values(), Counter())
    print(f"{total.total()} made, {', '.join(f'{number} {what}' for what, number in sorted(total.items()))}; {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
