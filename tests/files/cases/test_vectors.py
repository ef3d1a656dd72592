"""The published vectors: what they hold is what the program makes, and a program that makes something else is found out."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from massage_cli.files.cases import vectors
from massage_cli.files.cases.vectors import OF_THE_PROGRAM, VECTORS, differing, read_vectors
from massage_cli.knowledge.vocabulary import OutcomeKind
from tests.builders import knowledge
from tests.vectors import published


def test_what_is_published_is_what_the_cases_give() -> None:
    assert VECTORS.read_bytes() == published(knowledge()), "after a wanted change: python -m tests.vectors"


def test_the_program_agrees_with_every_vector() -> None:
    assert list(differing(knowledge())) == []


def test_every_outcome_and_wrong_intakes_are_among_them() -> None:
    outcomes = {vector.plan["outcome"] for vector in read_vectors() if vector.plan is not None}
    assert outcomes == set(OutcomeKind)
    assert any(vector.problems for vector in read_vectors())
    assert all(bool(vector.problems) is (vector.plan is None) for vector in read_vectors())


def test_a_vector_does_not_say_which_program_made_it() -> None:
    assert not [vector.id for vector in read_vectors() if vector.plan is not None and not vector.plan.keys().isdisjoint(OF_THE_PROGRAM)]


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.update(outcome="clear"),
        lambda plan: plan["screening"].update({"pressure-max": 4}),
        lambda plan: plan.pop("warnings"),
    ],
    ids=["outcome", "pressure", "warnings"],
)
def test_a_vector_that_says_something_else_is_named(change: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = next(
        vector for vector in read_vectors() if vector.plan and vector.plan["outcome"] == "restricted" and "warnings" in vector.plan
    )
    table = json.loads(msgspec.json.encode(changed))
    change(table["plan"])
    file = tmp_path / "vectors.jsonl"
    file.write_text(json.dumps(table) + "\n")
    monkeypatch.setattr(vectors, "VECTORS", file)
    assert list(differing(knowledge())) == [changed.id]


def test_a_spoiled_file_is_no_vector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "vectors.jsonl"
    file.write_bytes(VECTORS.read_bytes()[:1000])
    monkeypatch.setattr(vectors, "VECTORS", file)
    with pytest.raises(msgspec.MsgspecError):
        read_vectors()
