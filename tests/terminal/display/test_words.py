"""Ids, dates and counts as people read them."""

from datetime import date

import pytest

from massage_cli.terminal.display import words
from tests.builders import knowledge


def test_a_date_has_its_weekday() -> None:
    assert words.day(date(2026, 11, 30)) == "Mon 2026-11-30"


def test_places_are_words_with_commas() -> None:
    assert words.places(["left-lower-leg", "neck"]) == "left lower leg, neck"


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ((1,), "daily"),
        ((3,), "every 3 days"),
        ((7,), "weekly"),
        ((7, 7), "weekly"),
        ((14,), "every 2 weeks"),
        ((30,), "every 30 days"),
        ((3, 4), "every 3 to 4 days"),
        ((4, 3), "every 3 to 4 days"),
        ((2, 2, 3), "every 2 to 3 days"),
        ((1, 6), "every 1 to 6 days"),
    ],
)
def test_gaps_are_told_as_how_often(gaps: tuple[int, ...], expected: str) -> None:
    assert words.every(gaps) == expected


def test_techniques_and_complaints_have_their_names() -> None:
    assert words.technique("deep-tissue", knowledge()) == knowledge().technique["deep-tissue"].name
    assert words.complaint("low-back", knowledge()) == knowledge().complaint["low-back"].name


def test_what_the_knowledge_no_longer_has_is_told_by_its_id() -> None:
    assert words.technique("gone-technique", knowledge()) == "gone technique"
    assert words.complaint("gone-complaint", knowledge()) == "gone complaint"


@pytest.mark.parametrize("complaint", [None, "other"])
def test_no_complaint_has_no_name(complaint: str | None) -> None:
    assert words.complaint(complaint, knowledge()) is None
