"""Plan files: a document to TOML or JSON, and back."""

import re
from datetime import date
from typing import Any

import msgspec

from massage_cli.files.plan_document import PlanDocument
from massage_cli.files.reading import parse
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake import INTAKE_FORMAT

_HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Controls, formatting and bidi marks of the basic plane; they stand only inside quoted strings."""


def to_toml(document: PlanDocument) -> str:
    """The document as TOML; the same document gives the same text."""
    import tomli_w

    return _escaped(tomli_w.dumps(_plain(document)))


def to_json(document: PlanDocument) -> str:
    """The document as one JSON object, indented, with a line end."""
    return _escaped(f"{msgspec.json.format(msgspec.json.encode(document), indent=2).decode()}\n")


def _escaped(text: str) -> str:
    """The same file with what is invisible or steers a terminal written as escapes, which TOML and JSON read back alike."""
    return _HIDDEN.sub(lambda hidden: f"\\u{ord(hidden[0]):04x}", text)


def _plain(document: PlanDocument) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(date,))
    return plain


def read_plan(content: bytes, name: str) -> PlanDocument:
    """The document that a plan file holds. Raises Unreadable with every problem."""
    table, text = parse(content, name)
    if table.get("format") == INTAKE_FORMAT:
        raise Unreadable(
            [Problem(file=name, path="format", value=INTAKE_FORMAT, message="this is an intake; to plan it: massage plan FILE")]
        )
    document, problems = salvage(table, PlanDocument)
    if problems or document is None:
        from massage_cli.files.key_lines import key_lines  # needed only when something is wrong

        lines = key_lines(text)
        raise Unreadable(
            Problem(file=name, path=problem.path, line=lines.get(problem.path), value=problem.value, message=problem.message)
            for problem in problems
        )
    return document
