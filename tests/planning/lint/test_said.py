"""What a sentence says about visits, in numbers or words."""

from datetime import date
from fractions import Fraction

import pytest

from massage_cli.planning.lint.said import said_in


@pytest.mark.parametrize(
    ("text", "a_week"),
    [
        ("three times a week", 3),
        ("Twice weekly? No: twice per week", 2),
        ("once a week", 1),
        ("3x/week", 3),
        ("2 sessions per week", 2),
        ("weekly", 1),
        ("every other week", Fraction(1, 2)),
        ("every 2 weeks", Fraction(1, 2)),
        ("every two weeks", Fraction(1, 2)),
        ("fortnightly", Fraction(1, 2)),
        ("every 14 days", Fraction(1, 2)),
        ("daily", 7),
        ("once a month", Fraction(7, 30)),
        ("thrice a week", 3),
        ("every week", 1),
        ("every day", 7),
        ("every second month", Fraction(7, 60)),
        ("0 times a week", 0),
    ],
)
def test_a_frequency_is_read_in_words_and_numbers(text: str, a_week: int | Fraction) -> None:
    assert said_in(text).claims[-1].rate * 7 == a_week


def test_each_frequency_has_the_time_that_follows_it() -> None:
    found = said_in("Three times a week for 4 weeks, then weekly for 6 weeks, then monthly.").claims
    assert [(claim.rate * 7, claim.days and claim.days[1]) for claim in found] == [(3, 29), (1, 43), (Fraction(7, 30), None)]


@pytest.mark.parametrize("text", ["biweekly", "Tuesday", "a weekly paper? none"[:1], "every massage", "every 0 days", ""])
def test_what_says_no_frequency_gives_none(text: str) -> None:
    assert said_in(text).claims == ()


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("8 visits", (8,)),
        ("eight massage sessions", (8,)),
        ("5 of 10 visits are planned; no more are paid for.", (5,)),
        ("12 treatments and 3 appointments", (12, 3)),
        ("No gain after 4 visits", ()),
        ("visit 3", ()),
        ("2 visits are left out: at most 12 in any 90 days.", ()),
        ("1 of 2 extra visits are planned", ()),
        ("2 visits a week", ()),
        ("0.5 visits", ()),
    ],
)
def test_a_total_is_told_from_other_numbers_of_visits(text: str, visits: tuple[int, ...]) -> None:
    assert said_in(text).visits == visits


@pytest.mark.parametrize("text", ["starting January 16, 2015", "from 2015-01-16", "Starting on Jan 16 2015"])
def test_a_first_day_is_read(text: str) -> None:
    assert said_in(text).start == date(2015, 1, 16)


@pytest.mark.parametrize("text", ["starting soon", "starting Smarch 13, 2015", "from 2015-13-01", "starting February 30, 2015"])
def test_a_day_that_is_none_is_passed_over(text: str) -> None:
    assert said_in(text).start is None


def test_minutes_of_a_visit_are_told_from_other_minutes() -> None:
    said = said_in("Swedish: 19 minutes on the back. 60 minutes a visit.")
    assert (said.minutes, said.minutes_each) == ((19, 60), (60,))


def test_a_text_of_any_length_takes_no_time() -> None:
    assert said_in("every " * 100_000 + "8 visits").visits == ()


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("for 3 days", 3, 3), ("for 2 weeks", 8, 15), ("over two months", 56, 63), ("for 1 year", 363, 367), ("for 2 fortnights", 22, 29)],
)
def test_a_length_is_the_fewest_and_the_most_days_it_can_mean(text: str, least: int, most: int) -> None:
    assert said_in(text).lengths == ((least, most),)


@pytest.mark.parametrize(("text", "dose"), [("Take two tablets a day", 2), ("use 3 drops", 3), ("Massage", None)])
def test_a_dose_is_read(text: str, dose: int | None) -> None:
    assert said_in(text).dose == dose
