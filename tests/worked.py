"""The worked clients of the folder plans: an intake each, and the plan that it gives."""

from datetime import date
from functools import cache
from pathlib import Path

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan

FOLDER = Path(__file__).parents[1] / "plans"
NAMES = tuple(sorted(path.name.removesuffix(".intake.toml") for path in FOLDER.glob("*.intake.toml")))
PLANNED_ON = date(2026, 11, 21)
"""The day on which all of them are planned."""


def intake_file(name: str) -> Path:
    """The intake of a worked client."""
    return FOLDER / f"{name}.intake.toml"


def plan_file(name: str) -> Path:
    """The plan of a worked client."""
    return FOLDER / f"{name}.toml"


@cache
def plan_of(name: str) -> PlanDocument:
    """The plan of a worked client, read."""
    return read_plan(plan_file(name).read_bytes(), f"{name}.toml")
