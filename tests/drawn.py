"""Random valid intakes, holidays and damage, each from one whole number that hypothesis chooses."""

import copy
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from massage_cli.files.built_in import FOLDER
from tests.oracle import generate
from tests.oracle import pack as packs

PACK = packs.load(FOLDER)
"""The knowledge as the oracle reads it."""

seeds = st.integers(min_value=0, max_value=2**32 - 1)

_FIRST_DAY = date(2024, 1, 1)
_ANYTHING: tuple[Any, ...] = (
    *(True, False, -1, 0, 1, 3.0, 5.5, 121, 200, 10**40, float("inf"), float("nan")),
    *("", " ", "yes", "no", "unsure", "maybe", "null", "whole-body", "throat", "2026-13-01", "2025-02-01"),
    *(date(2026, 1, 1), date(2099, 1, 1), [], ["x"], {}),
    *({"answer": "yes"}, {"answer": "no"}, {"answer": "yes", "regions": []}, {"answer": "no", "regions": ["neck"]}),
    *({"answer": "unsure", "regions": ["knee", "elbo"]}, {"answer": "yes", "regions": ["neck"], "place": 1}),
)
_REPLIES: tuple[Any, ...] = ("yes", "no", "unsure", 5, 150, "major", "maybe", {"answer": "yes", "regions": ["neck"]})
_NOTED = ("fever", "pregnancy", "scar", "nope", "epilepsy-uncontrolled")


@lru_cache(maxsize=4096)
def drawn_intake(seed: int) -> tuple[dict[str, Any], date]:
    """A valid intake as a plain table, and the day of planning; not to be changed."""
    rng = random.Random(seed)
    on = _FIRST_DAY + timedelta(days=rng.randrange(1500))
    return generate.random_intake(rng, PACK, on), on


def drawn_holidays(seed: int) -> frozenset[date]:
    """A few days in the four months after the day of planning."""
    rng = random.Random(seed)
    _, on = drawn_intake(seed)
    return frozenset(on + timedelta(days=rng.randrange(120)) for _ in range(rng.randrange(6)))


def damaged_intake(seed: int) -> tuple[dict[str, Any], date]:
    """An intake with one to three things spoiled, and the day of planning."""
    rng = random.Random(seed)
    on = _FIRST_DAY + timedelta(days=rng.randrange(1500))
    table = copy.deepcopy(generate.attempt(rng, PACK, on, rng.choice(list(generate.KINDS))))
    return spoiled(table, on, rng), on


def spoiled(table: dict[str, Any], on: date, rng: random.Random) -> dict[str, Any]:
    """The intake itself with one to three things spoiled."""
    for _ in range(rng.randrange(1, 4)):
        _spoil(rng, table, on)
    return table


def _spoil(rng: random.Random, table: dict[str, Any], on: date) -> None:
    place, key = rng.choice(list(_keys(table)))
    match rng.choice(("replace", "remove", "rename", "answer", "note")):
        case "replace":
            place[key] = copy.deepcopy(rng.choice(_ANYTHING))
        case "remove":
            del place[key]
        case "rename":
            place[f"{key}x"] = place.pop(key)
        case "answer" if isinstance(table.get("health"), dict):
            table["health"][rng.choice(PACK["facts"])["id"]] = copy.deepcopy(rng.choice(_REPLIES))
        case "note" if isinstance(table.get("clearances", []), list):
            note = {"rule": rng.choice(_NOTED), "by": rng.choice(("doctor", "")), "on": on + timedelta(days=rng.randrange(-3, 3))}
            table.setdefault("clearances", []).append(note)


def _keys(table: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every key with the table it stands in."""
    for key, value in table.items():
        yield table, key
        tables = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
        for inner in tables:
            if isinstance(inner, dict):
                yield from _keys(inner)
