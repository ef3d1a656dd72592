"""Plan files: a document to TOML or JSON, and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from massage_cli.files.inert import inert_toml, json_text
from massage_cli.files.plans.plan_contradictions import contradictions
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.reading import parse
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake import INTAKE_FORMAT


def to_toml(document: PlanDocument) -> str:
    """The document as TOML; the same document gives the same text."""
    import tomli_w

    return inert_toml(tomli_w.dumps(_plain(document)))


def to_json(document: PlanDocument) -> str:
    """The document as one JSON object, indented, with a line end."""
    return json_text(document)


def _plain(document: PlanDocument) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(date,))
    return plain


def read_plan(content: bytes, name: str) -> PlanDocument:
    """The document that a plan file holds. Raises Unreadable with every problem, also where the document contradicts itself."""
    document, text = decoded(content, name)
    found = tuple(contradictions(document))
    if found:
        raise _broken((Problem(path=fault.path, message=f"{fault.found}; the file was changed") for fault in found), name, text)
    return document


def decoded(content: bytes, name: str) -> tuple[PlanDocument, str]:
    """The document that a plan file holds, whatever it says, and the text of the file. Raises Unreadable with every problem of form."""
    table, text = parse(content, name)
    if table.get("format") == INTAKE_FORMAT:
        raise Unreadable(
            [Problem(file=name, path="format", value=INTAKE_FORMAT, message="this is an intake; to plan it: massage plan FILE")]
        )
    document, problems = salvage(table, PlanDocument)
    if problems or document is None:
        raise _broken(problems, name, text)
    return document, text


def _broken(problems: Iterable[Problem], name: str, text: str) -> Unreadable:
    from massage_cli.files.key_lines import key_lines  # needed only when something is wrong

    lines = key_lines(text)
    return Unreadable(
        Problem(file=name, path=problem.path, line=lines.get(problem.path), value=problem.value, message=problem.message)
        for problem in problems
    )
