"""The visits as a CSV list."""

import csv
import io

import pytest
from msgspec.structs import replace

from massage_cli.files.clean import one_line
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.documents.made import a_document, made, visited
from tests.terminal.hostile import HOSTILE, short, steering
from tests.worked import NAMES, plan_of


def rows_of(document: PlanDocument) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made("csv", document).decode(), newline=""), strict=True))


@pytest.mark.parametrize("name", [name for name in NAMES if not plan_of(name).outcome.withholds])
def test_every_visit_is_a_row(name: str) -> None:
    document = plan_of(name)
    assert [(row["number"], row["date"], row["phase"], row["minutes"], row["review"]) for row in rows_of(document)] == [
        (str(session.number), session.date.isoformat(), session.phase, str(session.minutes), "yes" if session.review else "no")
        for session in document.sessions
    ]
    assert {row["client"] for row in rows_of(document)} == {name}


def test_what_became_of_a_visit_stands_with_it() -> None:
    rows = rows_of(visited(a_document(), VisitStatus.ATTENDED, VisitStatus.MISSED, pain=0))
    assert [row["status"] for row in rows[:3]] == ["attended", "missed", "planned"]
    assert [row["pain"] for row in rows[:3]] == ["0", "0", ""]


def test_lines_end_as_spreadsheets_want_them() -> None:
    content = made("csv", a_document())
    assert content.count(b"\r\n") == content.count(b"\n") == 11


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "+1", "-1", "@x", "\t=1", '"', 'a","b'], ids=short)
def test_text_of_a_changed_plan_stays_in_its_cell_and_is_no_formula(text: str) -> None:
    document = a_document()
    changed = replace(document, sessions=tuple(replace(session, phase=text) for session in document.sessions))
    rows = rows_of(changed)
    assert len(rows) == 10
    assert steering(made("csv", changed)) == ["U+000D"]
    assert all(row["phase"].removeprefix("'") == one_line(text) for row in rows)
    assert not any(row["phase"].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)
