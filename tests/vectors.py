"""Writes the published vectors anew from the cases; run with `python -m tests.vectors` after a wanted change."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from massage_cli.files.cases.vectors import VECTORS, Vector, what_comes_of
from massage_cli.knowledge.pack import Knowledge
from tests.builders import CASES, knowledge
from tests.worked import NAMES, PLANNED_ON, intake_file


def main() -> None:
    """Write every vector."""
    VECTORS.write_bytes(published(knowledge()))


def published(knowledge: Knowledge) -> bytes:
    """The file of the vectors: every case and worked client that is an intake alone, which no library's holidays can change."""
    return b"".join(msgspec.json.encode(what_comes_of(vector, knowledge)) + b"\n" for vector in _cases())


def _cases() -> Iterator[Vector]:
    """The cases, then the worked clients."""
    for folder in ("screening", "planning"):
        for path in sorted(Path(CASES, folder).glob("*.toml")):
            case = tomllib.loads(path.read_text(encoding="utf-8"))
            by_others = {"visits", "holidays"} & case.keys() or "holidays" in case["intake"].get("booking", {})
            if not by_others:
                yield _vector(f"{folder}/{path.stem}", case.get("title") or case["about"], case["on"], case["intake"])
    for name in NAMES:
        intake = tomllib.loads(intake_file(name).read_text(encoding="utf-8"))
        if "holidays" not in intake.get("booking", {}):
            yield _vector(f"worked/{name}", f"The worked client {name}", PLANNED_ON, intake)


def _vector(name: str, title: str, on: date, intake: dict[str, Any]) -> Vector:
    return Vector(id=name, title=title, on=on, intake=msgspec.Raw(msgspec.json.encode(intake)))


if __name__ == "__main__":
    main()
