"""Tests run again and again in copies of one process, each copy with another wrong change made in it."""

import ast
import functools
import gc
import importlib
import json
import linecache
import math
import os
import re
import resource
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple

import coverage
import pytest

from massage_cli.knowledge import parsing
from tests.mutation.mutants import Mutant, code_of, mutants_of

ROOT = Path(__file__).parents[2]
QUIET = ("-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "--timeout=0", "-s", "--assert=plain")
"""As few things around a test as can be."""
FIXED = ("-m", "not hypothesis")
"""Without the tests of random examples, which take longer than all others."""
QUICK = 2
"""Seconds of a test, while it is watched, that is tried first where it has noticed something before."""
SECONDS = 20
"""Processor time for one wrong change; what is slower than that runs for ever."""
ROOM = 6 * 2**30
"""Memory for one wrong change, in bytes."""
_USE_KNOWLEDGE = ("tests/test_cases.py", "tests/planning/test_screening.py", "tests/planning/test_plan.py")
KILLED, SURVIVED = 1, 0


class Covered(NamedTuple):
    """The seconds that each test takes, and the tests that run each line of each file."""

    seconds: dict[str, float]
    tests: dict[str, dict[str, list[str]]]


class Verdict(NamedTuple):
    """What became of a change: killed, survived, not-planted or not-run; by which test, and how many of how many were run."""

    mutant: Mutant
    what: str
    by: str
    tests: int


class Forks:
    """A plugin of pytest: it collects the tests as ever, and then runs them for each wrong change instead of once."""

    def __init__(self, files: Sequence[Path], wanted: Callable[[Mutant], bool], told: Callable[[Verdict], None], budget: float) -> None:
        self._modules = [mutants_of(path) for path in files]
        self.keys = frozenset(mutant.key for _, mutants in self._modules for mutant in mutants)
        self.files = frozenset(key[0] for key in self.keys)
        self._wanted, self._told, self._budget = wanted, told, budget
        self._ended: Callable[[str], None] = lambda _: None
        self._seconds: dict[str, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All changes, file by file."""
        items = {item.nodeid: item for item in session.items}
        _read_each_text_once()
        gc.collect()
        gc.freeze()
        covered = self._cover(list(items.values()))
        functions = _functions()
        killers: list[str] = []
        for tree, mutants in self._modules:
            for mutant in filter(self._wanted, mutants):
                verdict = self._judge(tree, mutant, items, covered, functions, killers)
                if verdict.by in items:
                    killers = [verdict.by, *(each for each in killers if each != verdict.by)][:12]
                self._told(verdict)
            self._control([items[name] for name in killers])
        return True

    def _control(self, items: Sequence[pytest.Item]) -> None:
        """The tests that noticed something have to pass where nothing is changed; else what they noticed was something else.

        A file of the program that is edited while this runs makes them fail, for some of it is imported late.
        """

        def run() -> str:
            _forget("massage_cli.", "tests.")
            _run_each(items)
            return ""

        code, said = self._in_a_copy(run, seconds=3600)
        if code != SURVIVED:
            raise pytest.UsageError(f"what was killed last proves nothing: a test fails where nothing is changed: {said or code}")

    def judge_anew(self, tests: Sequence[str]) -> int:
        """All changes, file by file, the tests read anew for each: for those that make their values as they are read."""
        _read_each_text_once()
        for tree, mutants in self._modules:
            for path in {mutant.path for mutant in mutants}:
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            functions = _functions()
            for mutant in filter(self._wanted, mutants):
                here = functions.get((str(mutant.path), *mutant.place), [])

                def run(mutant: Mutant = mutant, tree: ast.Module = tree, here: list[FunctionType] = here) -> str:
                    _plant(tree, mutant, here)
                    if pytest.main([*tests, "-x", *QUIET]) != 0:
                        self._ended("a test")
                    return ""

                code, said = self._in_a_copy(run, seconds=SECONDS + self._budget)
                self._told(Verdict(mutant, "survived" if code == SURVIVED else "killed", said, len(tests)))
        return 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure ends the copy."""
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0) + report.duration
        if report.failed:
            self._ended(report.nodeid)

    def _cover(self, items: Sequence[pytest.Item]) -> Covered:
        """What each test runs, seen in a copy in which nothing is changed; every test has to pass there."""

        def run() -> str:
            seen = coverage.Coverage(data_file=None, config_file=False, include=["*/massage_cli/planning/*", "*/massage_cli/knowledge/*"])
            seen.start()
            for item, following in zip(items, [*items[1:], None], strict=True):
                _forget("massage_cli.planning", "massage_cli.knowledge")
                seen.switch_context(item.nodeid)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seen.stop()
            data = seen.get_data()
            lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
            tests = {file: {str(line): [name for name in by if name] for line, by in each.items()} for file, each in lines.items()}
            return json.dumps([self._seconds, tests])

        code, said = self._in_a_copy(run, seconds=3600)
        if code != SURVIVED:
            raise pytest.UsageError(f"a test fails where nothing is changed: {said or code}")
        return Covered(*json.loads(said))

    def _judge(
        self,
        tree: ast.Module,
        mutant: Mutant,
        items: dict[str, pytest.Item],
        covered: Covered,
        functions: dict[tuple[str, str, int], list[FunctionType]],
        killers: Sequence[str],
    ) -> Verdict:
        by_line = covered.tests.get(str(mutant.path), {})
        reach = {test for line in range(mutant.lines[0], mutant.lines[1] + 1) for test in by_line.get(str(line), ())}
        in_knowledge = "knowledge" in mutant.path.parts
        if in_knowledge:  # it is made once and remembered, so who uses it is not seen to run it
            reach |= {test for test in items if test.startswith(_USE_KNOWLEDGE)}
        own = f"test_{mutant.path.name}"
        first = [test for test in killers if test in reach and covered.seconds.get(test, 0) < QUICK]
        said = _words_of(linecache.getlines(str(mutant.path))[mutant.lines[0] - 1 : mutant.lines[1]])

        def likely(test: str) -> tuple[bool, int, float, str]:
            """Tests of the module before others, those that speak of the same before others, quick ones before slow ones."""
            return own not in test, -len(said & _words_of((test,))), covered.seconds.get(test, 0), test

        rest = sorted(reach.difference(first), key=likely)
        chosen = [items[test] for test in (*first, *rest)]
        here = functions.get((str(mutant.path), *mutant.place), [])

        def run() -> str:
            if not _plant(tree, mutant, here):
                return "not-planted"
            _forget("massage_cli.", *(["tests."] if in_knowledge else []))
            return str(_run_each(chosen, budget=self._budget))

        code, said = self._in_a_copy(run, seconds=SECONDS + self._budget)
        if said == "not-planted":
            return Verdict(mutant, "not-planted", "", 0)
        if code == SURVIVED:
            return Verdict(mutant, "survived" if chosen else "no-test", f"{said} of {len(chosen)}", len(chosen))
        return Verdict(mutant, "killed", said or "it did not end", len(chosen))

    def _in_a_copy(self, run: Callable[[], str], *, seconds: float) -> tuple[int, str]:
        """How a copy of this process ended that did it, and what it said."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
            resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
            signal.alarm(int(seconds * 30))

            def end(code: int, said: str) -> None:
                with os.fdopen(writing, "w") as pipe:
                    pipe.write(said)
                os._exit(code)

            self._ended = functools.partial(end, KILLED)
            try:
                end(SURVIVED, run())
            except BaseException as problem:  # noqa: BLE001  # whatever it is, the copy must not go on as the session
                end(KILLED, f"{type(problem).__name__}: {problem}")
        os.close(writing)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        status = os.waitpid(child, 0)[1]
        return os.waitstatus_to_exitcode(status), said


@functools.cache
def _known_words(text: str) -> frozenset[str]:
    return frozenset(re.findall("[a-z]{4,}", text.lower()))


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    """The longer words in some lines, or in the name of a test with its values."""
    return frozenset().union(*map(_known_words, texts))


def _run_each(items: Sequence[pytest.Item], *, budget: float = math.inf) -> int:
    """Run tests for so many seconds of processor time; gives how many were run."""
    began = time.process_time()
    for done, item in enumerate(items, start=1):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[done] if done < len(items) else None)
        if time.process_time() - began > budget:
            return done
    return len(items)


def _plant(tree: ast.Module, mutant: Mutant, functions: Iterable[FunctionType]) -> bool:
    """Make the change in every function that is there from this place; False where there is none."""
    code, here = code_of(tree, mutant), tuple(functions)
    for function in here:
        function.__code__ = code
    return code is not None and bool(here)


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """All functions that are there, by file, name and first line."""
    gc.unfreeze()
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and "massage_cli" in each.__code__.co_filename:
            code = each.__code__
            found.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(each)
    gc.freeze()
    return found


def _forget(*packages: str) -> None:
    """Empty what functions of these packages remember."""
    for remembering in _remembering():
        if str(remembering.__module__).startswith(packages):
            remembering.cache_clear()


@functools.cache
def _remembering() -> tuple[Any, ...]:
    gc.unfreeze()
    found = tuple(each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    gc.freeze()
    return found


def _read_each_text_once() -> None:
    """Reading TOML takes most of the time, and what is read stays the same in all copies."""
    import tomllib
    from types import SimpleNamespace

    from tests.builders import knowledge_files

    loads = functools.cache(tomllib.loads)
    for text in knowledge_files().values():
        loads(text.decode("utf-8"))
    parsing.tomllib = SimpleNamespace(loads=loads)  # type: ignore[attr-defined]  # the reader of TOML, once for all
    _remembering()


def run_tests(tests: Iterable[str], forks: Forks, *, random: bool) -> int:
    """Collect the tests once, those of random examples only where asked for, and let the plugin run them."""
    return int(pytest.main([*tests, *QUIET, *(() if random else FIXED)], plugins=[forks]))
