"""An intake as a TOML file."""

from datetime import date
from typing import Any

import msgspec

from massage_cli.files.inert import inert_toml
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake


def intake_as_toml(intake: Intake, knowledge: Knowledge) -> str:
    """The intake as TOML; the same intake gives the same text, with answers about health in the order of the questions."""
    import tomli_w

    plain: dict[str, Any] = msgspec.to_builtins(intake, builtin_types=(date,))
    if "health" in plain:
        plain["health"] = {name: plain["health"][name] for name in (EVERYTHING_ELSE, *knowledge.fact) if name in plain["health"]}
    return inert_toml(tomli_w.dumps(plain))
