"""Writes the published vectors anew from the cases; run with `python -m tests.vectors` after a wanted change."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from massage_cli.files.vectors import VECTORS, Vector, what_comes_of
from massage_cli.knowledge.pack import Knowledge
from tests.builders import CASES, knowledge


def main() -> None:
    """Write every vector."""
    VECTORS.write_bytes(published(knowledge()))


def published(knowledge: Knowledge) -> bytes:
    """The file of the vectors: every case that is an intake alone, which no library's holidays can change."""
    return b"".join(msgspec.json.encode(what_comes_of(vector, knowledge)) + b"\n" for vector in _cases())


def _cases() -> Iterator[Vector]:
    for folder in ("screening", "planning"):
        for path in sorted(Path(CASES, folder).glob("*.toml")):
            case = tomllib.loads(path.read_text(encoding="utf-8"))
            by_others = {"visits", "holidays"} & case.keys() or "holidays" in case["intake"].get("booking", {})
            if not by_others:
                intake = msgspec.Raw(msgspec.json.encode(case["intake"]))
                yield Vector(id=f"{folder}/{path.stem}", title=case.get("title") or case["about"], on=case["on"], intake=intake)


if __name__ == "__main__":
    main()
