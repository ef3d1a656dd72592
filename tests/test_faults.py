"""The table of what can go wrong is true: every proof is a test that runs, every long run a command that there is."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

import massage_cli
from tests.safety.hazard_log import CONDITIONAL, PROJECT, state_of
from tests.soak.__main__ import SUBJECTS

TABLE = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))
EVERY_RUN = "P"
LEVELS = {EVERY_RUN, "N", "R"}


def is_a_run(command: str) -> bool:
    """Whether a command is there: a subject of `tests.soak`, a module of the tests, or a program of the project."""
    words = [word for word in command.split() if "=" not in word]
    if words[:2] == ["python", "-m"]:
        module = PROJECT / words[2].replace(".", "/")
        return words[3] in SUBJECTS if words[2] == "tests.soak" else module.with_suffix(".py").is_file()
    return (PROJECT / words[0]).is_file()


def wrong_with(fault: dict[str, Any]) -> list[str]:
    """What is not true of a row, or not said."""
    states = {proof: state_of(proof, PROJECT) for proof in fault.get("proofs", ())}
    wrong = [f"{proof} {state}" for proof, state in states.items() if state not in ("", CONDITIONAL)]
    wrong += [f"{command} is no command" for command in fault.get("runs", ()) if not is_a_run(command)]
    if not fault["levels"] or not set(fault["levels"]) <= LEVELS:
        wrong.append("has no level")
    if EVERY_RUN in fault["levels"] and "" not in states.values():
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
        ({"proofs": ["tests/test_faults.py::test_nothing"]}, "tests/test_faults.py::test_nothing is no test of that file"),
        ({"proofs": ["tests/test_nothing.py::test_nothing"]}, "tests/test_nothing.py::test_nothing is in no file"),
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


def test_faults_stand_in_order_and_once() -> None:
    ids = [fault["id"] for fault in TABLE["fault"]]
    assert ids == sorted(set(ids))


def test_every_long_run_stands_beside_a_fault() -> None:
    runs = {command.split()[-1] for fault in TABLE["fault"] for command in fault.get("runs", ()) if "tests.soak" in command}
    assert runs == set(SUBJECTS)


def test_no_check_of_the_program_is_an_assertion() -> None:
    files = list(Path(massage_cli.__file__).parent.rglob("*.py"))
    assert len(files) > 100
    assert [file.name for file in files if any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(file.read_bytes())))] == []
