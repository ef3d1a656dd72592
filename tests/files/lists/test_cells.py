"""Cells into the table of an intake: what they can only mean, and what cannot be known."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.lists.cells import table_of_cells
from massage_cli.files.lists.csv_header import csv_columns
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal, Weekday, Wish
from tests.builders import TODAY, a_table, knowledge
from tests.drawn import drawn_intake, seeds
from tests.files.lists.as_cells import cells_of


def value_of(column: str, cell: str) -> Any:
    """What a sound cell means; the test fails when it is spoiled."""
    table, problems = table_of_cells([column], [cell])
    assert problems == ()
    parent, _, key = column.rpartition(".")
    return (table.get(parent, {}) if parent else table).get(key)


def told_of(column: str, cell: str) -> str:
    """The advice for a spoiled cell."""
    _, (problem,) = table_of_cells([column], [cell])
    assert (problem.path, problem.value) == (column, cell)
    return problem.message


# There and back


def without_limits(table: dict[str, Any]) -> dict[str, Any]:
    """The intake without what a list has no place for."""
    notes = [{key: value for key, value in note.items() if key != "limits"} for note in table.get("clearances", ())]
    return {**table, "clearances": notes} if notes else table


@settings(max_examples=80)
@given(seeds)
def test_an_intake_as_cells_comes_back_as_it_was(seed: int) -> None:
    table, on = drawn_intake(seed)
    cells = cells_of(table)
    back, problems = table_of_cells(cells, cells.values())
    assert problems == ()
    assert check_intake(back, knowledge(), on=on) == check_intake(without_limits(table), knowledge(), on=on)


def test_every_answer_there_is_comes_back_as_it_was() -> None:
    for fact in knowledge().facts:
        answers: tuple[Any, ...] = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
        if fact.kind is FactKind.NUMBER:
            answers = (fact.min, fact.max)
        for answer in (*answers, "unsure"):
            assert value_of(f"health.{fact.id}", str(answer)) == answer
            if fact.where:
                placed = {"answer": answer, "regions": ["left-knee", "neck"]}
                assert value_of(f"health.{fact.id}", f"{answer}@left-knee;neck") == placed


def test_every_column_has_a_place_in_an_intake_however_it_is_filled() -> None:
    columns = csv_columns(knowledge())
    table, _ = table_of_cells(columns, ["x"] * len(columns))
    with pytest.raises(Unreadable) as broken:
        check_intake(table, knowledge(), on=TODAY)
    assert not [problem for problem in broken.value.problems if "known" in problem.message and "key" in problem.message]


def test_no_word_of_the_knowledge_has_a_capital_or_a_sign_that_parts_words() -> None:
    pack = knowledge()
    words = [*pack.fact, *pack.complaint, *pack.technique, *pack.body.region_names, *pack.liftable, *Condition, *Goal, *Weekday, *Wish]
    words += [choice for fact in pack.facts for choice in fact.choices]
    assert [word for word in words if word != word.lower() or set(word) & set(",;:@ ")] == []


# What cells mean


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("format", "massage-intake/1", "massage-intake/1"),
        ("client", "c-0042", "c-0042"),
        ("client", "0042", "0042"),
        ("client", "1e5", "1e5"),
        ("client", "01-02-0042", "01-02-0042"),
        ("age", "52", 52),
        ("age", "052", 52),
        ("pain", "6.0", 6),
        ("onset", "2026-05-01", datetime.date(2026, 5, 1)),
        ("regions", "lower-back", ["lower-back"]),
        ("regions", "lower-back;;Left-Hip ; ", ["lower-back", "left-hip"]),
        ("first-visit", "Yes", True),
        ("first-visit", "no", False),
        ("notes", "=A1, Mar-05; TRUE", "=A1, Mar-05; TRUE"),
        ("notes", " “so”\n", "“so”"),
        ("health.systolic", "128", 128),
        ("health.temperature-c", "38.5", 38.5),
        ("health.temperature-c", "38,5", 38.5),
        ("health.temperature-c", "36.625", 36.625),
        ("health.temperature-c", "37.0", 37),
        ("health.varicose-veins", "yes @ left-knee", {"answer": "yes", "regions": ["left-knee"]}),
        ("health.varicose-veins", "yes@", {"answer": "yes", "regions": []}),
        ("health.pacemaker", "8-weeks-or-more", "8-weeks-or-more"),
        ("booking.holidays", "US-CA", "US-CA"),
        ("booking.closed", "2026-12-25;2026-12-28", [datetime.date(2026, 12, 25), datetime.date(2026, 12, 28)]),
        ("booking.max-sessions", "8", 8),
        ("clearances", "pregnancy:midwife:2026-11-10", [{"rule": "pregnancy", "by": "midwife", "on": datetime.date(2026, 11, 10)}]),
        ("clearances", "a:dr: no:2026-11-10;", [{"rule": "a", "by": "dr: no", "on": datetime.date(2026, 11, 10)}]),
        ("client", '="0042"', "0042"),
    ],
)
def test_a_sound_cell_means_what_it_can_only_mean(column: str, cell: str, value: Any) -> None:
    found = value_of(column, cell)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("cell", ["", " ", "\u00a0", "\u200b\ufeff", "\t"])
@pytest.mark.parametrize("column", ["age", "notes", "health.fever", "regions", "clearances"])
def test_a_blank_cell_is_an_absent_key(column: str, cell: str) -> None:
    assert table_of_cells([column], [cell]) == ({"format": "massage-intake/1"}, ())


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("age", cell) for cell in ("fifty", "-5", "5_2", "５２", "²", "1e2", "52.5", "1,000", "9" * 16, "0x1f", "+52", "nan")),
        *(("health.systolic", cell) for cell in ("1e2", "1_2", "9" * 5000, "12 0", "120/80")),
        *(("first-visit", cell) for cell in ("1", "0", "y", "wahr", "perhaps")),
        *(("onset", cell) for cell in ("2026-02-30", "2026-13-01", "0000-01-01")),
    ],
)
def test_what_is_no_value_stays_text_and_is_told_by_checking(column: str, cell: str) -> None:
    assert isinstance(value_of(column, cell), str)
    key, _, inner = column.partition(".")
    changed = {inner: value_of(column, cell)} if inner else value_of(column, cell)
    with pytest.raises(Unreadable) as broken:
        check_intake(a_table() | {key: changed}, knowledge(), on=TODAY)
    assert [problem.path for problem in broken.value.problems] == [column]


@pytest.mark.parametrize(
    ("column", "cell", "advice"),
    [
        *(("client", cell, "may be a date") for cell in ("5-Mar", "MAR-05", "1/2", "05/03/26", "2026-03-05", "5.Mrz", "3.5.2026")),
        *(("client", cell, "rounded") for cell in ("1E+05", "1.23e-7", "1,2E+11")),
        *(
            ("onset", cell, "yyyy-mm-dd")
            for cell in ("21/11/2026", "1.5.26", "20260501", "2026-W01-1", "45987", "45987.5", "May", "2026-5-1")
        ),
        ("booking.closed", "2026-12-25;25/12/2026", "yyyy-mm-dd"),
        ("booking.closed", "2026-12-25,2026-12-26", "not a date"),
        ("regions", "neck, throat", "parted by ';'"),
        ("health.varicose-veins", "yes@neck,throat", "parted by ';'"),
        ("health.fever", "TRUE", "tick box"),
        ("health.platelets", "1,200", "two ways"),
        ("health.platelets", "1.000", "two ways"),
        ("clearances", "pregnancy", "like pregnancy:midwife:2026-11-10"),
        ("clearances", "pregnancy:2026-11-10", "like pregnancy:midwife:2026-11-10"),
        ("clearances", "pregnancy:midwife:10/11/2026", "yyyy-mm-dd"),
        *((column, "=1+1", "is a formula") for column in ("client", "age", "health.fever", "clearances", "booking.holidays")),
        *(
            ("age", cell, "formula failed")
            for cell in ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "####", "#GETTING_DATA", "Err:502")
        ),
        ("notes", "#REF!", "formula failed"),
    ],
)
def test_a_spoiled_cell_is_told_with_advice(column: str, cell: str, advice: str) -> None:
    assert advice in told_of(column, cell)


@settings(max_examples=500)
@given(st.sampled_from(csv_columns(knowledge())), st.text(max_size=12) | st.text("0123456789.,-:;@/#=eE ", max_size=12))
def test_whatever_a_cell_holds_it_is_read_or_explained(column: str, cell: str) -> None:
    table, problems = table_of_cells([column], [cell])
    assert len(problems) <= 1
    try:
        check_intake(a_table() | table, knowledge(), on=TODAY)
    except Unreadable as broken:
        assert all(problem.message for problem in broken.problems)
