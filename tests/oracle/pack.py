"""Reads a knowledge folder into plain dicts and lists."""

import pathlib
import tomllib


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
