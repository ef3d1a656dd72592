"""Folders of a clinic's own knowledge as plain tables, and what is said of them."""

from typing import Any

import tomli_w

from massage_cli.knowledge.overlay.merging import overlaid
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from tests.builders import knowledge

SOURCES = {"source": [{"key": "ours", "citation": "House rules", "link": "here", "read": "whole"}]}


def files(**tables: Any) -> dict[str, bytes]:
    """The files of a folder; a file is named without its ending."""
    named = {"overlay": {"name": "our-clinic"}, "sources": SOURCES, **tables}
    return {f"{name}.toml": table if isinstance(table, bytes) else tomli_w.dumps(table).encode() for name, table in named.items()}


def laid(**tables: Any) -> Knowledge:
    """The built-in knowledge with these tables over it."""
    return overlaid(knowledge(), files(**tables))


def refusals(**tables: Any) -> dict[str, str]:
    """What is refused: file and key path, with the message."""
    try:
        laid(**tables)
    except Unreadable as broken:
        return {f"{problem.file}: {problem.path}": problem.message for problem in broken.problems}
    return {}


def problems(**tables: Any) -> list[tuple[str | None, str, Any]]:
    """Everything that is refused, in its order: file, key path and value."""
    try:
        laid(**tables)
    except Unreadable as broken:
        return [(problem.file, problem.path, problem.value) for problem in broken.problems]
    return []


def a_rule(**changes: Any) -> dict[str, Any]:
    """A rule of one's own, for clients from 90 years on."""
    rule: dict[str, Any] = {"id": "our-rule", "title": "Very old", "category": "modify", "reason": "House rule.", "action": "Be brief."}
    rule |= {"when": [[{"fact": "age", "at-least": 90}]], "sources": ["ours"], "tier": "C", "checked": False}
    return rule | {key.replace("_", "-"): value for key, value in changes.items()}


def a_technique(**changes: Any) -> dict[str, Any]:
    """A technique of one's own, like cupping."""
    technique: dict[str, Any] = {"id": "our-work", "name": "Our work", "description": "Work of ours.", "training": "ours", "indication": []}
    technique |= {"tags": ["suction"], "like": ["cupping"], "regions": ["whole-body"], "extra-training": True, "carrier": False}
    technique |= {"stands-alone": False, "pressure": {"min": 1, "max": 2}, "minutes": {"min": 5, "typical": 10, "max": 15}}
    technique["goals"] = dict.fromkeys(("pain-relief", "mobility", "swelling", "relaxation", "posture", "prevention"), 1)
    return technique | {key.replace("_", "-"): value for key, value in changes.items()}
