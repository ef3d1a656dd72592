"""The table of what can go wrong is true: every proof is a test that runs, every long run a command that there is."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import massage_cli
from tests.soak.__main__ import SUBJECTS

ROOT = Path(__file__).parents[1]
TABLE = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))
EVERY_RUN = "P"
LEVELS = {EVERY_RUN, "N", "R"}


@cache
def named_in(file: str) -> frozenset[str]:
    """The tests of a file, without those that are always passed by."""
    functions = [node for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return frozenset(test.name for test in functions if not any(_skips(mark) for mark in test.decorator_list))


def _skips(mark: ast.expr) -> bool:
    return {"skip", "xfail"} & {node.attr for node in ast.walk(mark) if isinstance(node, ast.Attribute)} != set()


def is_a_test(proof: str) -> bool:
    file, _, name = proof.partition("::")
    return (ROOT / file).is_file() and Path(file).name.startswith("test_") and name in named_in(file)


def is_a_run(command: str) -> bool:
    """Whether a command is there: a subject of `tests.soak`, a module of the tests, or a program of the project."""
    words = [word for word in command.split() if "=" not in word]
    if words[:2] == ["python", "-m"]:
        module = ROOT / words[2].replace(".", "/")
        return words[3] in SUBJECTS if words[2] == "tests.soak" else module.with_suffix(".py").is_file()
    return (ROOT / words[0]).is_file()


def wrong_with(fault: dict[str, Any]) -> list[str]:
    """What is not true of a row, or not said."""
    wrong = [f"{proof} is no test" for proof in fault.get("proofs", ()) if not is_a_test(proof)]
    wrong += [f"{command} is no command" for command in fault.get("runs", ()) if not is_a_run(command)]
    if not fault["levels"] or not set(fault["levels"]) <= LEVELS:
        wrong.append("has no level")
    if EVERY_RUN in fault["levels"] and not fault.get("proofs"):
        wrong.append("has no proof in every run of the tests")
    if not (fault.get("proofs") or fault.get("runs") or fault.get("open")):
        wrong.append("says neither what shows it nor why nothing does")
    return wrong


@pytest.mark.parametrize("fault", TABLE["fault"], ids=lambda fault: fault["id"])
def test_every_fault_has_its_proofs(fault: dict[str, Any]) -> None:
    assert wrong_with(fault) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"proofs": ["tests/test_faults.py::test_nothing"]}, "tests/test_faults.py::test_nothing is no test"),
        ({"proofs": ["tests/test_nothing.py::test_nothing"]}, "tests/test_nothing.py::test_nothing is no test"),
        ({"proofs": []}, "has no proof in every run of the tests"),
        ({"runs": ["python -m tests.soak nothing"]}, "python -m tests.soak nothing is no command"),
        ({"runs": ["python -m tests.nothing"]}, "python -m tests.nothing is no command"),
        ({"levels": ["X"]}, "has no level"),
    ],
    ids=str,
)
def test_a_row_that_is_not_true_is_seen(change: dict[str, Any], wrong: str) -> None:
    sound = {"levels": ["P"], "proofs": ["tests/test_faults.py::test_every_fault_has_its_proofs"]}
    assert wrong_with(sound) == []
    assert wrong in wrong_with(sound | change)


def test_faults_and_hazards_stand_in_order_and_once() -> None:
    for kind in ("fault", "hazard"):
        ids = [row["id"] for row in TABLE[kind]]
        assert ids == sorted(set(ids))


def test_every_hazard_names_faults_of_the_table() -> None:
    ids = {fault["id"] for fault in TABLE["fault"]}
    assert [hazard["id"] for hazard in TABLE["hazard"] if not hazard["faults"] or not set(hazard["faults"]) <= ids] == []


def test_every_long_run_stands_beside_a_fault() -> None:
    runs = {command.split()[-1] for fault in TABLE["fault"] for command in fault.get("runs", ()) if "tests.soak" in command}
    assert runs == set(SUBJECTS)


def test_no_check_of_the_program_is_an_assertion() -> None:
    files = list(Path(massage_cli.__file__).parent.rglob("*.py"))
    assert len(files) > 100
    assert [file.name for file in files if any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(file.read_bytes())))] == []
