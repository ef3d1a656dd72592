"""The published vectors: intakes with the plan, refusal or problems that each must give, for this program and any other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable

VECTORS = Path(__file__).parents[2] / "vectors" / "vectors.jsonl"
OF_THE_PROGRAM = ("program", "knowledge-digest")
"""The keys of a plan that say who made it, which a vector leaves out."""


class Vector(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One client on one day, and what must come of it: a document, or the key paths of the problems.

    intake: the intake as JSON
    """

    id: str
    title: str
    on: date
    intake: msgspec.Raw
    plan: dict[str, Any] | None = None
    problems: tuple[str, ...] = ()


def read_vectors() -> tuple[Vector, ...]:
    """The vectors that come with the program. Raises OSError and msgspec.MsgspecError where they are missing or spoiled."""
    decode = msgspec.json.Decoder(Vector).decode
    return tuple(decode(line) for line in VECTORS.read_bytes().splitlines())


def what_comes_of(vector: Vector, knowledge: Knowledge) -> Vector:
    """The same client with what this program makes of the intake."""
    plan: dict[str, Any] | None = None
    problems: tuple[str, ...] = ()
    try:
        intake = read_intake(bytes(vector.intake), f"{vector.id}.json", knowledge, on=vector.on)
        document = plan_document(intake, knowledge, on=vector.on, called=vector.id)
    except Unreadable as broken:
        problems = tuple(problem.path for problem in broken.problems)
    else:
        told = msgspec.json.decode(msgspec.json.encode(document))
        plan = {key: value for key, value in told.items() if key not in OF_THE_PROGRAM}
    return msgspec.structs.replace(vector, plan=plan, problems=problems)


def differing(knowledge: Knowledge) -> Iterator[str]:
    """The ids of the vectors of which this program makes something else. Raises as `read_vectors` does."""
    for vector in read_vectors():
        made = what_comes_of(vector, knowledge)
        if (made.plan, made.problems) != (vector.plan, vector.problems):
            yield vector.id
