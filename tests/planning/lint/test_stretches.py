"""Faults of stretches: bounds, what follows what, and whether count, frequency and text agree."""

from fractions import Fraction
from typing import Any

import pytest

from massage_cli.planning.lint.stretches import days_of, often, rise_faults, stretch_faults
from tests.planning.lint.schedules import FIRST, a_stretch, day, told

SAME_FREQUENCY, THIN_OUT = "the same frequency in both", "visits that thin out, or stay as they are"
WEEKLY = {"rate": Fraction(1, 7), "visits": None}


def of_one(**changes: Any) -> list[tuple[str, str, str, str]]:
    return told(stretch_faults((a_stretch(**changes),)))


def of_two(first: dict[str, Any], second: dict[str, Any], **how: bool) -> list[tuple[str, str, str, str]]:
    before = a_stretch(**{"path": "first", **WEEKLY} | first)
    after = a_stretch(**{"path": "second", **WEEKLY, "first": day(28), "last": day(55)} | second)
    return told(stretch_faults((before, after), **how))


def test_a_sound_stretch_has_no_fault() -> None:
    assert of_one(text="Twice a week for 4 weeks, starting March 2, 2026: 8 visits of 60 minutes", minutes=60) == []


# Bounds


def test_a_stretch_ends_no_day_before_it_begins() -> None:
    found = ("period-negative", "phase", "ends on 2026-03-01, before it begins on 2026-03-02", "an end that is not before the start")
    assert of_one(last=day(-1)) == [found]
    assert of_one(last=FIRST, visits=None) == []
    assert of_one(first=None) == of_one(last=None) == of_one(first=None, last=None) == []


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 28),
        ({"last": FIRST}, 1),
        ({"last": day(-1)}, None),
        ({"first": None}, None),
        ({"last": None}, None),
        ({"days": Fraction(3, 2)}, Fraction(3, 2)),
        ({"days": Fraction(0)}, None),
        ({"days": Fraction(-3)}, None),
        ({"days": Fraction(1, 2), "first": None}, Fraction(1, 2)),
    ],
)
def test_the_days_of_a_stretch_are_counted_with_both_ends(changes: dict[str, Any], days: object) -> None:
    assert days_of(a_stretch(**changes)) == days


# Words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Fraction(3, 7), "3 a week"),
        (Fraction(1, 7), "1 a week"),
        (Fraction(1), "7 a week"),
        (Fraction(5, 14), "2.5 a week"),
        (Fraction(1, 8), "every 8 days"),
        (Fraction(2, 15), "every 7.5 days"),
        (Fraction(1, 14), "every 14 days"),
        (Fraction(12, 365), "every 30.4 days"),
        (Fraction(0), "never"),
    ],
)
def test_a_frequency_is_told_in_words(rate: Fraction, words: str) -> None:
    assert often(rate) == words


# One stretch after the other


def test_stretches_with_closer_visits_than_the_one_before_are_found() -> None:
    found = [("frequency-rises", "second", "2 a week after every 14 days", THIN_OUT)]
    changes = {"rate": Fraction(1, 14)}, {"rate": Fraction(2, 7)}
    assert of_two(*changes) == found
    assert of_two(*changes, may_tighten=True) == []


@pytest.mark.parametrize(("before", "after"), [(Fraction(1, 7), Fraction(1, 7)), (Fraction(2, 7), Fraction(1, 7)), (None, 1), (1, None)])
def test_stretches_that_thin_out_or_say_no_frequency_have_no_fault(before: Any, after: Any) -> None:
    assert told(rise_faults((a_stretch(rate=before), a_stretch(rate=after)))) == []


def test_each_rise_of_several_is_found() -> None:
    rates = (Fraction(1, 14), Fraction(1, 7), Fraction(1, 7), Fraction(2, 7))
    assert [found for _, _, found, _ in told(rise_faults([a_stretch(rate=rate) for rate in rates]))] == [
        "1 a week after every 14 days",
        "2 a week after 1 a week",
    ]


def test_a_stretch_begins_after_the_one_before_has_ended() -> None:
    said = "a start from 2026-03-30 on"
    assert of_two({}, {"first": day(27)}) == [("overlap", "second", "begins on 2026-03-29, while first runs to 2026-03-29", said)]
    assert of_two({}, {"first": day(5)}) == [("overlap", "second", "begins on 2026-03-07, while first runs to 2026-03-29", said)]
    assert of_two({}, {}) == []


def test_days_between_two_stretches_are_found() -> None:
    said = "a start on 2026-03-30"
    assert of_two({}, {"first": day(29)}) == [("uncovered-days", "second", "nothing covers 2026-03-30", said)]
    assert of_two({}, {"first": day(30)}) == [("uncovered-days", "second", "nothing covers 2026-03-30 to 2026-03-31", said)]


def test_how_a_stretch_follows_one_without_sound_bounds_is_not_said() -> None:
    assert of_two({"last": None}, {"first": day(60), "last": day(61)}) == []
    assert of_two({}, {"first": None}) == []
    assert [found for found, _, _, _ in of_two({"last": day(-1)}, {})] == ["period-negative"]
    assert [found for found, _, _, _ in of_two({"first": None}, {"first": day(30)})] == ["uncovered-days"]
    assert [found for found, _, _, _ in of_two({"last": FIRST}, {"first": day(2)})] == ["uncovered-days"]


# Count, frequency and days


@pytest.mark.parametrize(
    ("visits", "expected"),
    [(5, "6 to 8 visits"), (6, None), (8, None), (9, "6 to 8 visits")],
)
def test_a_count_fits_the_frequency_and_the_days(visits: int, expected: str | None) -> None:
    found = [("timing-count", "phase", f"{visits} visits, at 2 a week over 28 days", expected)] if expected else []
    assert of_one(visits=visits) == found


def test_half_days_and_half_visits_are_told() -> None:
    assert of_one(visits=5, days=Fraction(17, 2)) == [("timing-count", "phase", "5 visits, at 2 a week over 8.5 days", "2 to 4 visits")]
    assert of_one(visits=7, rate=Fraction(5, 14)) == [("timing-count", "phase", "7 visits, at 2.5 a week over 28 days", "7.5 to 10 visits")]


def test_a_frequency_of_none_expects_no_visits() -> None:
    assert of_one(visits=1, rate=Fraction(0)) == [("timing-count", "phase", "1 visits, at never over 28 days", "0 visits")]


@pytest.mark.parametrize("unsaid", [{"visits": None}, {"rate": None}, {"cycle_days": None}, {"cycle_days": Fraction(0)}, {"first": None}])
def test_where_one_of_them_is_not_said_nothing_has_to_fit(unsaid: dict[str, Any]) -> None:
    assert of_one(**{"visits": 99} | unsaid) == []


# Texts


@pytest.mark.parametrize(
    ("text", "rate", "found"),
    [
        ("Three times a week", Fraction(2, 7), "the text says 3 a week, and the timing 2 a week"),
        ("Every 2 weeks", Fraction(1, 7), "the text says every 14 days, and the timing 1 a week"),
        ("Twice a week", Fraction(2, 7), None),
        ("Twice a week, later weekly", Fraction(3, 7), None),
        ("As needed", Fraction(3, 7), None),
        ("Weekly", None, None),
        ("Monthly", Fraction(1, 31), None),
        ("Monthly", Fraction(1, 28), None),
        ("Monthly", Fraction(12, 365), None),
        ("Monthly", Fraction(11, 300), None),
        ("Monthly", Fraction(1, 27), "the text says every 30 days, and the timing every 27 days"),
        ("Monthly", Fraction(1, 35), "the text says every 30 days, and the timing every 35 days"),
        ("Every 21 days", Fraction(1, 20), "the text says every 21 days, and the timing every 20 days"),
        ("Every 22 days", Fraction(1, 21), None),
        ("Every 15 days", Fraction(1, 14), "the text says every 15 days, and the timing every 14 days"),
        ("Daily", Fraction(5, 7), None),
        ("Daily", Fraction(9, 14), "the text says 7 a week, and the timing 4.5 a week"),
        ("Daily", Fraction(4, 7), "the text says 7 a week, and the timing 4 a week"),
        ("5 times a week", Fraction(6, 7), "the text says 5 a week, and the timing 6 a week"),
    ],
)
def test_a_frequency_in_the_text_is_that_of_the_timing(text: str, rate: Fraction | None, found: str | None) -> None:
    expected = [("text-frequency", "phase", found, SAME_FREQUENCY)] if found else []
    assert of_one(text=text, rate=rate, visits=None) == expected


@pytest.mark.parametrize(
    ("text", "days", "found"),
    [
        ("for 4 weeks", 28, None),
        ("for 4 weeks", 29, None),
        ("for 4 weeks", 22, None),
        ("for 4 weeks", 30, "the text says 28 days, and the dates give 30"),
        ("for 4 weeks", 21, "the text says 28 days, and the dates give 21"),
        ("for 10 days", 10, None),
        ("for 10 days", 11, "the text says 10 days, and the dates give 11"),
        ("for 2 weeks, then for 4 weeks", 60, None),
        ("once", 60, None),
    ],
)
def test_a_length_in_the_text_is_that_of_the_dates(text: str, days: int, found: str | None) -> None:
    expected = [("text-length", "phase", found, "as many days in both")] if found else []
    assert of_one(text=text, days=Fraction(days), visits=None, rate=None) == expected


def test_where_no_dates_are_given_no_length_has_to_fit() -> None:
    assert of_one(text="for 4 weeks", first=None, visits=None) == []


def test_a_first_day_in_the_text_is_that_of_the_dates() -> None:
    found = ("text-start", "phase", "the text begins on 2026-03-03, and the dates on 2026-03-02", "the same first day in both")
    assert of_one(text="starting March 3, 2026") == [found]
    assert of_one(text="starting March 2, 2026") == of_one(text="starting March 3, 2026", first=None) == []


def test_a_total_in_the_text_is_the_one_counted() -> None:
    found = ("text-total", "phase", "the text says 6 visits, and 8 are counted", "as many visits in both")
    assert of_one(text="6 visits") == [found]
    assert of_one(text="6 visits, or 8 visits") == of_one(text="6 visits", visits=None) == of_one(text="visits") == []


def test_minutes_in_the_text_are_those_of_the_timing() -> None:
    found = ("text-minutes", "phase", "the text says 45 minutes, and the timing 60", "the same minutes in both")
    assert of_one(text="45 minutes", minutes=60) == [found]
    assert of_one(text="45 or 60 minutes; 45 minutes", minutes=60) == []
    assert of_one(text="45 minutes") == of_one(text="minutes", minutes=60) == []
