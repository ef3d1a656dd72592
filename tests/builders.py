"""Valid values that a test starts from and changes one thing in."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from massage_cli.files.built_in import FOLDER
from massage_cli.files.intake_file import check_intake
from massage_cli.knowledge.loading import FILE_NAMES, parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.intake import Intake

TODAY = date(2026, 11, 21)
"""The day of planning in tests: a Saturday."""

CASES = Path(__file__).parent / "cases"


@cache
def knowledge() -> Knowledge:
    """The built-in knowledge, read from its TOML files."""
    return parse(knowledge_files())


def knowledge_files() -> dict[str, bytes]:
    """The built-in knowledge files by name."""
    return {name: (FOLDER / name).read_bytes() for name in FILE_NAMES}


def a_table(**changes: Any) -> dict[str, Any]:
    """A valid intake as a plain table: a healthy client of 40 with chronic low back pain. A change to None takes a key out.

    Keys are written with underscores: `max_sessions` under `booking` is given as `booking={"max-sessions": 5}`.
    """
    table: dict[str, Any] = {
        "format": "massage-intake/1",
        "client": "test-client",
        "age": 40,
        "condition": "chronic",
        "complaint": "low-back",
        "regions": ["lower-back"],
        "pain": 5,
        "goals": ["pain-relief"],
        "pressure": "moderate",
        "first-visit": False,
        "health": {"everything-else": "no"},
    }
    table |= {key.replace("_", "-"): value for key, value in changes.items()}
    if "health" in changes and changes["health"] is not None:
        table["health"] = {"everything-else": "no", **changes["health"]}
    return {key: value for key, value in table.items() if value is not None}


def an_intake(**changes: Any) -> Intake:
    """The valid intake of `a_table`, checked."""
    return check_intake(a_table(**changes), knowledge(), on=TODAY)
