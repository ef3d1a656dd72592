"""Stretches of days at one frequency: their bounds, how they follow each other, and what is said of them."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from massage_cli.planning.lint.fault import FaultKind
from massage_cli.planning.lint.schedule import Stretch
from massage_cli.planning.lint.stretches import often, stretch_faults

FIRST = date(2026, 11, 23)
WEEKLY = Fraction(1, 7)


def a_stretch(first: int | None = 0, last: int | None = 27, **changes: Any) -> Stretch:
    """Four weeks at one visit a week, from the first day on."""
    days = {name: None if day is None else FIRST + timedelta(days=day) for name, day in (("first", first), ("last", last))}
    return Stretch(**{"path": "phase", "rate": WEEKLY, "cycle_days": Fraction(7)} | days | changes)


def kinds(*stretches: Stretch, **how: Any) -> list[FaultKind]:
    return [each.id for each in stretch_faults(stretches, **how)]


def found(*stretches: Stretch) -> list[str]:
    return [each.found for each in stretch_faults(stretches)]


def test_stretches_that_follow_each_other_and_thin_out_have_no_fault() -> None:
    assert kinds(a_stretch(visits=4), a_stretch(28, 55, visits=2, rate=WEEKLY / 2, cycle_days=Fraction(14))) == []


def test_a_stretch_ends_no_sooner_than_it_begins() -> None:
    assert kinds(a_stretch(0, -1, visits=9)) == [FaultKind.PERIOD_NEGATIVE]
    assert kinds(a_stretch(0, 0)) == []


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Fraction(3, 7), "3 a week"),
        (WEEKLY, "1 a week"),
        (Fraction(1, 14), "every 14 days"),
        (Fraction(1, 3), "2.33 a week"),
        (Fraction(0), "never"),
    ],
)
def test_a_frequency_is_told_as_people_say_it(rate: Fraction, words: str) -> None:
    assert often(rate) == words


def test_closer_visits_than_before_are_told_unless_a_review_wanted_them() -> None:
    rising = (a_stretch(), a_stretch(28, 55, rate=2 * WEEKLY))
    assert found(*rising) == ["2 a week after 1 a week"]
    assert kinds(*rising, may_tighten=True) == []
    assert kinds(a_stretch(), a_stretch(28, 55, rate=None)) == []


@pytest.mark.parametrize(
    ("visits", "fits"),
    [(2, False), (3, True), (4, True), (5, False)],
)
def test_visits_are_as_many_as_the_frequency_makes_of_the_days(visits: int, fits: bool) -> None:
    assert (kinds(a_stretch(visits=visits)) == []) == fits


@pytest.mark.parametrize("lacking", [{"rate": None}, {"cycle_days": None}, {"last": None}, {"days": Fraction(0)}])
def test_without_frequency_or_days_no_count_of_visits_is_wrong(lacking: dict[str, Any]) -> None:
    assert kinds(a_stretch(visits=40, **lacking)) == []


def test_days_that_are_said_count_before_those_between_the_ends() -> None:
    assert found(a_stretch(visits=9, days=Fraction(35))) == ["9 visits, at 1 a week over 35 days"]
    assert found(a_stretch(visits=9, days=Fraction(1))) == ["9 visits, at 1 a week over 1 days"]


def test_a_count_that_can_be_one_alone_is_expected_as_one() -> None:
    (fault,) = stretch_faults([a_stretch(0, 7, visits=5, cycle_days=Fraction(7, 2), rate=Fraction(2, 7))])
    assert fault.expected == "2 to 3 visits"
    (fault,) = stretch_faults([a_stretch(0, 7, visits=5, cycle_days=Fraction(1), days=Fraction(8, 1), rate=Fraction(1))])
    assert fault.expected == "7 to 8 visits"
    (fault,) = stretch_faults([a_stretch(visits=5, days=Fraction(15, 2), cycle_days=Fraction(7, 2), rate=Fraction(0))])
    assert fault.expected == "0 visits"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weekly", []),
        ("twice a week", ["the text says 2 a week, and the timing 1 a week"]),
        ("weekly, then monthly", []),
        ("for 4 weeks", []),
        ("for 3 weeks", ["the text says 21 days, and the dates give 28"]),
        ("for 27 days", ["the text says 27 days, and the dates give 28"]),
        ("from 2026-11-23", []),
        ("from November 24, 2026", ["the text begins on 2026-11-24, and the dates on 2026-11-23"]),
        ("from November 31, 2026", []),
        ("4 visits", []),
        ("5 visits", ["the text says 5 visits, and 4 are counted"]),
        ("60 minutes", []),
        ("45 minutes", ["the text says 45 minutes, and the timing 60"]),
    ],
)
def test_words_and_numbers_agree(text: str, told: list[str]) -> None:
    assert found(a_stretch(visits=4, minutes=60, text=text)) == told


@pytest.mark.parametrize(
    ("text", "rate", "close"),
    [
        ("daily", Fraction(5, 7), True),
        ("daily", Fraction(4, 7), False),
        ("monthly", Fraction(1, 28), True),
        ("monthly", Fraction(1, 21), False),
        ("every 14 days", Fraction(1, 14), True),
    ],
)
def test_months_are_not_all_as_long_and_daily_may_leave_out_the_weekend(text: str, rate: Fraction, close: bool) -> None:
    assert (kinds(a_stretch(text=text, rate=rate)) == []) == close


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (a_stretch(27, 40), ["begins on 2026-12-20, while phase runs to 2026-12-20"]),
        (a_stretch(29, 40), ["nothing covers 2026-12-21"]),
        (a_stretch(31, 40), ["nothing covers 2026-12-21 to 2026-12-23"]),
        (a_stretch(28, 40), []),
        (a_stretch(None, 40), []),
    ],
)
def test_a_stretch_begins_on_the_day_after_the_one_before(after: Stretch, told: list[str]) -> None:
    assert found(a_stretch(), after) == told


def test_after_a_stretch_without_a_sound_end_nothing_is_said_of_where_the_next_begins() -> None:
    assert kinds(a_stretch(0, None), a_stretch(90, 99)) == []
    assert kinds(a_stretch(5, 0), a_stretch(90, 99)) == [FaultKind.PERIOD_NEGATIVE]
    assert kinds(a_stretch(None, 27), a_stretch(27, 99)) == [FaultKind.OVERLAP]
