"""The plan as Markdown."""

import re

import pytest
from msgspec.structs import replace

from massage_cli.documents.markdown import inert
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.documents.made import a_document, made, visited
from tests.terminal.hostile import HOSTILE, short, steering
from tests.worked import NAMES, plan_of

SPECIAL = r"\`*_{}[]<>#!|~&^$"


@pytest.mark.parametrize("name", [name for name in NAMES if not plan_of(name).outcome.withholds])
def test_every_visit_and_technique_is_there(name: str) -> None:
    text = made("markdown", plan_of(name)).decode()
    rows = re.findall(r"^\| (\d+) \| (\d{4}-\d\d-\d\d) \|", text, flags=re.MULTILINE)
    assert rows == [(str(session.number), session.date.isoformat()) for session in plan_of(name).sessions]
    assert all(inert(technique.name) in text for technique in plan_of(name).techniques)
    assert "No clinician has reviewed this knowledge" in text


def test_what_became_of_a_visit_stands_in_its_row() -> None:
    text = made("markdown", visited(a_document(), VisitStatus.MISSED)).decode()
    assert "| 1 | 2026-11-23 | initial | 60 | missed |" in text
    assert "| 4 | 2026-12-14 | initial | 60 | review |" in text


@pytest.mark.parametrize("sign", SPECIAL)
def test_no_sign_means_anything_to_markdown(sign: str) -> None:
    assert inert(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize("text", [*HOSTILE, "<script>", "# x", "| x | y |", "[x](javascript:1)", "```", "1. x", "- x", "***"], ids=short)
def test_text_of_a_changed_plan_changes_neither_the_lines_nor_the_table(text: str) -> None:
    document = a_document()
    changed = replace(
        document,
        sessions=tuple(replace(session, phase=text) for session in document.sessions),
        techniques=tuple(replace(technique, name=text, because=text) for technique in document.techniques),
    )
    plain, odd = made("markdown", document).decode().split("\n"), made("markdown", changed).decode().split("\n")
    assert len(odd) == len(plain)
    assert steering("\n".join(odd).encode()) == []
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in odd if line.startswith("|"))
    assert not re.search(r"(?<!\\)<", "\n".join(odd))
