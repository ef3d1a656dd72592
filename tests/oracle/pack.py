"""Reads a knowledge folder into plain dicts and lists."""

import pathlib
import tomllib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def load(folder: pathlib.Path) -> dict:
    """The knowledge of the folder: what the TOML files hold, unchanged and in file order."""

    def read(name: str) -> dict:
        return tomllib.loads((pathlib.Path(folder) / name).read_text(encoding="utf-8"))

    regions = read("regions.toml")
    facts = read("facts.toml")
    return {
        "edition": read("edition.toml")["edition"],
        "regions": regions["region"],
        "sites": regions["site"],
        "groups": facts["group"],
        "facts": facts["fact"],
        "rules": read("contraindications.toml")["rule"],
        "techniques": read("techniques.toml")["technique"],
        "complaints": read("complaints.toml")["complaint"],
        "protocols": read("protocols.toml")["protocol"],
        "measures": read("measures.toml")["measure"],
        "advice": read("advice.toml")["advice"],
        "numbers": read("planning.toml"),
    }


def by_id(entries: list[dict], wanted: str) -> dict | None:
    """The entry with this id, or None."""
    for entry in entries:
        if entry["id"] == wanted:
            return entry
    return None


def worked_out_once(function: Callable[[dict], T]) -> Callable[[dict], T]:
    """The same function of a pack, and of nothing else: what it gives for the pack it was last asked about is kept.

    Nobody changes a pack; another knowledge is another pack.
    """
    kept: list[tuple[dict, T]] = []

    def remembered(pack: dict) -> T:
        if not kept or kept[0][0] is not pack:
            kept[:] = [(pack, function(pack))]
        return kept[0][1]

    return remembered
