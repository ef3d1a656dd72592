"""The look through a list before anything is planned: who stands twice, who is there, and whether it is still the same list."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from massage_cli.batch.first_pass import ListDigest, client_of, folded, look_through
from massage_cli.files.lists.rows import Row, RowKind, broken_row, intake_of
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.knowledge.problems import Unreadable
from tests.batch.lists import a_row, rows_in, some_rows, write_csv
from tests.builders import TODAY, a_table, knowledge
from tests.worked import plan_of

MARK = b"\xef\xbb\xbf"


def a_cell(client: str) -> Row:
    """A row of a CSV list, of which only the client is looked at here."""
    return Row(source="list.csv", kind=RowKind.CSV, line=2, columns=("age", "client"), cells=("40", client))


def a_file(content: str | bytes, kind: RowKind = RowKind.TOML) -> Row:
    """A file with one intake."""
    return Row(source=f"one.{kind}", kind=kind, content=content if isinstance(content, bytes) else content.encode())


def a_saved_plan(inside: str, **beside: Any) -> dict[str, Any]:
    return {"format": "massage-plan/1", **beside, "intake": a_table(client=inside)}


IN_ALL_FORMS = {
    "JSON line": a_row(client="ann"),
    "JSON with a mark": a_file(MARK + json.dumps(a_table(client="ann")).encode(), RowKind.JSON),
    "JSON in a .toml": a_file(json.dumps(a_table(client="ann"))),
    "TOML": a_file(tomli_w.dumps(a_table(client="ann"))),
    "TOML with a mark": a_file(MARK + tomli_w.dumps(a_table(client="ann")).encode()),
    "saved plan": a_file(tomli_w.dumps(a_saved_plan("ann"))),
    "saved plan as JSON": a_file(json.dumps(a_saved_plan("ann")), RowKind.JSON),
    "saved plan with another name outside": a_file(tomli_w.dumps(a_saved_plan("ann", client="bob"))),
    "the same as JSON": a_file(json.dumps(a_saved_plan("ann", client="bob")), RowKind.JSON),
    "cell": a_cell("ann"),
    "cell with blanks": a_cell(" ann\xa0"),
    "cell in curly quotes": a_cell("\u201cann\u201d"),
    "cell as a formula of text": a_cell('="ann"'),
}


@pytest.mark.parametrize("row", IN_ALL_FORMS.values(), ids=IN_ALL_FORMS)
def test_the_name_is_read_as_planning_reads_it(row: Row) -> None:
    assert client_of(row) == "ann"
    if row.kind is not RowKind.CSV:
        assert intake_of(row, knowledge(), on=TODAY).client == "ann"


def test_a_plan_of_this_program_names_its_client() -> None:
    plan = plan_of("blood-thinner")
    assert client_of(a_file(to_toml(plan))) == plan.intake.client


NAMELESS = {
    "no client": a_row(client=None),
    "a number": a_row(client=7),
    "no JSON": a_file("{", RowKind.JSON),
    "a list": a_file("[]", RowKind.JSON),
    "deep": a_file("[" * 100_000, RowKind.JSON),
    "no TOML": a_file("client = "),
    "a list as client": a_file('client = ["ann"]'),
    "no text": a_file(b"\xff\xff"),
    "a plan without intake": a_file('{"format": "massage-plan/1"}', RowKind.JSON),
    "a plan whose intake is none": a_file('format = "massage-plan/1"\nintake = 3'),
    "no such column": Row(source="list.csv", kind=RowKind.CSV, line=2, columns=("age",), cells=("40",)),
    "broken": broken_row("list.csv", "is broken"),
}


@pytest.mark.parametrize("row", NAMELESS.values(), ids=NAMELESS)
def test_a_row_without_a_name_is_invalid_and_no_double_of_another(row: Row) -> None:
    assert client_of(row) is None
    assert look_through([row, row]).twice == {}
    with pytest.raises(Unreadable):
        intake_of(row, knowledge(), on=TODAY)


@pytest.mark.parametrize("other", ["ann", "Ann", "ANN", "\uff41nn", "\uff21NN"])
def test_names_that_differ_in_case_or_width_alone_are_the_same_client(other: str) -> None:
    twice = look_through([a_row(line=1, client="ann"), a_row(line=2, client="bob"), a_row(line=3, client=other)]).twice
    assert twice == dict.fromkeys((1, 3), "list.jsonl, line 1 and list.jsonl, line 3")


@pytest.mark.parametrize(("one", "other"), [("ann", "an"), ("c-1", "c-01"), ("c.1", "c-1"), ("c_1", "c1")])
def test_names_that_only_resemble_each_other_are_two_clients(one: str, other: str) -> None:
    assert look_through([a_row(client=one), a_row(client=other)]).twice == {}


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name) == folded(folded(name).upper().lower())


def test_a_client_of_two_sources_stands_twice_and_both_places_are_named(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(tomli_w.dumps(a_table(client="ann")), encoding="utf-8")
    write_csv(tmp_path / "list.csv", [a_table(client="bob"), a_table(client=" ANN ")])
    twice = look_through(rows_in(tmp_path / "one.toml", tmp_path / "list.csv")).twice
    assert twice == dict.fromkeys((1, 3), f"{tmp_path}/one.toml and {tmp_path}/list.csv, line 3")


def test_of_many_places_three_are_named_and_the_rest_counted() -> None:
    twice = look_through(a_row(line=line) for line in range(1, 6)).twice
    assert set(twice) == {1, 2, 3, 4, 5}
    assert set(twice.values()) == {"list.jsonl, line 1 and list.jsonl, line 2 and list.jsonl, line 3 and 2 more"}


def test_the_name_of_a_file_may_be_no_text() -> None:
    twice = look_through([a_row(source="\udcff.jsonl"), a_row(source="\udcff.jsonl", line=2)]).twice
    assert twice[1] == "?.jsonl, line 1 and ?.jsonl, line 2"


def test_doubles_are_found_among_more_rows_than_are_stored_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massage_cli.batch.first_pass._AT_ONCE", 3)
    rows = [a_row(line=line, client=f"c-{line % 17}") for line in range(20)]
    assert set(look_through(rows).twice) == {1, 2, 3, 18, 19, 20}


def test_clients_asked_for_are_found_in_any_case() -> None:
    found = look_through(some_rows({}, {}, {}), only=("C-1", "c-3", "c-9"))
    assert (found.rows, found.wanted) == (3, {"c-1", "c-3"})


def digest_of(*rows: Row) -> str:
    digest = ListDigest()
    for row in rows:
        digest.add(row)
    return digest.text()


def test_every_change_of_a_list_changes_its_digest() -> None:
    rows = some_rows({}, {})
    changed = [
        rows[:1],
        rows[::-1],
        [*rows, rows[0]],
        [rows[0], a_row(line=2, client="c-2", pain=6)],
        [rows[0], a_row(line=3, client="c-2")],
        [rows[0], a_row(line=2, client="c-2", source="other.jsonl")],
        [a_cell("c-1")],
        [a_cell("c-2")],
        [],
    ]
    assert len({digest_of(*rows), *(digest_of(*other) for other in changed)}) == 1 + len(changed)
    assert look_through(rows).digest == digest_of(*rows) == digest_of(*some_rows({}, {}))
