"""The page of a document: whole at every width, its words all there, and the same as last time."""

import copy
import datetime
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Unreadable
from tests.builders import knowledge
from tests.terminal.display.pages import drawn_document, joined, page
from tests.worked import NAMES, plan_of

GOLDEN = Path(__file__).parents[1] / "golden"
PAPERS = {"80": {"width": 80}, "40": {"width": 40}, "120-plain": {"width": 120, "symbols": False}}
COLOR = re.compile(r"\x1b\[[0-9;]*m")

widths = st.integers(40, 160)
documents = st.sampled_from(NAMES).map(plan_of) | st.integers(0, 150).map(drawn_document).filter(lambda document: document is not None)


# Golden pages: run with UPDATE_GOLDEN=1 to write them anew, then read what changed


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_same_as_last_time(name: str, paper: str) -> None:
    golden = GOLDEN / f"{name}-{paper}.txt"
    text = page(plan_of(name), **PAPERS[paper])
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_golden_page_belongs_to_a_client() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}-{paper}.txt" for name in NAMES for paper in PAPERS}


# What holds for every page


@settings(max_examples=60)
@given(documents, widths, st.booleans())
def test_no_line_is_wider_than_the_paper(document: PlanDocument, width: int, symbols: bool) -> None:
    lines = page(document, width=width, symbols=symbols).split("\n")
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if line != line.rstrip() or "…" in line] == []


@settings(max_examples=60)
@given(documents, widths)
def test_every_finding_is_told_in_full(document: PlanDocument, width: int) -> None:
    text = joined(page(document, width=width))
    for finding in document.screening.findings:
        assert joined(finding.title) in text
        assert joined(finding.reason) in text
        if not document.outcome.withholds:
            assert joined(finding.action) in text


@settings(max_examples=20)
@given(documents, widths)
def test_color_changes_no_letter(document: PlanDocument, width: int) -> None:
    colored = COLOR.sub("", page(document, width=width, color=True))
    assert "\n".join(line.rstrip() for line in colored.split("\n")) == page(document, width=width)


@settings(max_examples=20)
@given(documents)
def test_a_page_without_symbols_is_plain_letters_where_the_text_is(document: PlanDocument) -> None:
    text = page(document, symbols=False)
    assert not set("●◆·│■□") & set(text)


@settings(max_examples=40)
@given(documents)
def test_no_page_makes_a_claim(document: PlanDocument) -> None:
    assert claims_in(joined(page(document)), knowledge()) == ()


# Plans changed by hand: shown or refused, never a bug


ODD: dict[type, tuple[Any, ...]] = {
    str: ("nowhere", "", "x" * 300, "whole-body"),
    bool: (True, False),
    int: (0, -1, 10**6),
    float: (-1.0, 1e300),
    datetime.date: (datetime.date(1, 1, 1), datetime.date(9999, 12, 31)),
    list: ([],),
    dict: ({},),
}


def places_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value inside a table with the way to it; of a list only the first entry."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key), part
        yield from places_in(part, (*path, key))


def with_change(table: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A copy of a table with one value changed, or taken out where it is None."""
    changed = copy.deepcopy(table)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return changed


def plain(document: PlanDocument) -> dict[str, Any]:
    """The document as a table of JSON, with its dates."""
    table: dict[str, Any] = _listed(msgspec.to_builtins(document, builtin_types=(datetime.date,)))
    return table


def _listed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _listed(inner) for key, inner in value.items()}
        case tuple():
            return [_listed(inner) for inner in value]
    return value


@pytest.mark.parametrize("key", [*PlanDocument.__struct_encode_fields__])
@pytest.mark.parametrize("name", ["pregnancy-cleared", "untrained"])
def test_a_plan_changed_by_hand_is_shown_or_refused(name: str, key: str) -> None:
    table = plain(plan_of(name))
    changes = [(path, odd) for path, value in places_in(table) if path[0] == key for odd in (*ODD[type(value)], None)]
    bugs = []
    for path, odd in changes:
        try:
            document = read_plan(tomli_w.dumps(with_change(table, path, odd)).encode(), "plan.toml")
        except Unreadable:
            continue
        try:
            page(document)
        except Exception as error:  # noqa: BLE001  # whatever comes is the point
            bugs.append((path, odd, type(error).__name__))
    assert bugs == []
