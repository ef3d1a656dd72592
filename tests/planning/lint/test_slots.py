"""Faults of dated visits: each is found with what is there and what is expected, and what is sound is left alone."""

from datetime import date

import pytest

from massage_cli.planning.lint.schedule import Slot
from massage_cli.planning.lint.slots import number_faults, order_faults, overlaps, slot_faults
from tests.planning.lint.schedules import a_schedule, a_slot, day, told, visits

THIN_OUT = "visits that thin out, or stay as they are"
ONE_A_DAY = "one visit of a course on a day"
NO_OVERLAP = "visits that do not overlap"


def test_visits_that_thin_out_have_no_fault() -> None:
    slots = tuple(a_slot(each, number=number) for number, each in enumerate((0, 3, 7, 10, 14, 21, 28, 42), start=1))
    assert told(slot_faults(a_schedule(*slots, numbered_from_one=True, first=day(0), last=day(42)))) == []


def test_no_visits_have_no_fault() -> None:
    assert told(slot_faults(a_schedule(numbered_from_one=True))) == []


# Order


def test_a_visit_before_the_one_it_follows_is_out_of_order() -> None:
    assert told(order_faults(visits(0, 14, 7, 21))) == [
        ("visit-order", "visit[7]", "2026-03-09 comes after 2026-03-16", "visits in the order of their days")
    ]


def test_two_visits_on_a_day_are_found_wherever_they_stand() -> None:
    found = ("same-day", "second", "a second visit on 2026-03-02", ONE_A_DAY)
    assert told(order_faults((a_slot(), a_slot(path="second"), a_slot(7)))) == [found]
    out_of_order = ("visit-order", "second", "2026-03-02 comes after 2026-03-09", "visits in the order of their days")
    assert told(order_faults((a_slot(), a_slot(7), a_slot(path="second")))) == [out_of_order, found]


def test_of_two_visits_on_a_day_the_later_one_is_the_second() -> None:
    late, early, unsaid = a_slot(path="late", start=600), a_slot(path="early", start=540), a_slot(path="unsaid")
    assert [path for _, path, _, _ in told(order_faults((late, early)))] == ["late"]
    assert [path for _, path, _, _ in told(order_faults((early, unsaid)))] == ["early"]


def test_a_visit_without_an_hour_counts_from_midnight() -> None:
    assert [path for _, path, _, _ in told(order_faults((a_slot(path="unsaid"), a_slot(path="midnight", start=0))))] == ["midnight"]


# Overlaps


def test_a_visit_that_begins_before_another_has_ended_overlaps_it() -> None:
    slots = (a_slot(path="a", start=540, minutes=60), a_slot(path="b", start=599, minutes=30))
    assert told(overlaps(slots)) == [("overlap", "b", "begins on 2026-03-02 before a has ended", NO_OVERLAP)]


def test_a_visit_that_begins_as_another_ends_overlaps_nothing() -> None:
    assert told(overlaps((a_slot(path="a", start=540, minutes=60), a_slot(path="b", start=600, minutes=30)))) == []


def test_a_visit_of_no_minutes_is_one_of_no_length() -> None:
    assert told(overlaps((a_slot(path="a", start=540), a_slot(path="b", start=540, minutes=1)))) == []


def test_visits_at_the_same_hour_of_two_days_do_not_overlap() -> None:
    assert told(overlaps((a_slot(path="a", start=540, minutes=60), a_slot(1, path="b", start=540, minutes=60)))) == []


def test_a_visit_over_midnight_overlaps_one_of_the_next_day() -> None:
    slots = (a_slot(path="late", start=1410, minutes=60), a_slot(1, path="early", start=10, minutes=30))
    assert told(overlaps(slots)) == [("overlap", "early", "begins on 2026-03-03 before late has ended", NO_OVERLAP)]
    assert told(overlaps((slots[0], a_slot(1, path="early", start=30)))) == []


def test_visits_are_looked_at_by_time_whatever_their_order() -> None:
    slots = (a_slot(path="b", start=599), a_slot(path="a", start=540, minutes=60))
    assert told(overlaps(slots)) == [("overlap", "b", "begins on 2026-03-02 before a has ended", NO_OVERLAP)]


def test_a_visit_from_midnight_comes_first() -> None:
    slots = (a_slot(path="b", start=1), a_slot(path="a", start=0, minutes=2))
    assert [path for _, path, _, _ in told(overlaps(slots))] == ["b"]


def test_the_longest_visit_is_the_one_that_others_overlap() -> None:
    slots = (a_slot(path="long", start=540, minutes=120), a_slot(path="b", start=550, minutes=10), a_slot(path="c", start=600, minutes=10))
    assert [(path, found) for _, path, found, _ in told(overlaps(slots))] == [
        ("b", "begins on 2026-03-02 before long has ended"),
        ("c", "begins on 2026-03-02 before long has ended"),
    ]


def test_of_visits_one_after_the_other_the_last_is_the_one_that_others_overlap() -> None:
    slots = (a_slot(path="a", start=540, minutes=10), a_slot(path="b", start=600, minutes=30), a_slot(path="c", start=629, minutes=5))
    assert [(path, found) for _, path, found, _ in told(overlaps(slots))] == [("c", "begins on 2026-03-02 before b has ended")]


def test_of_visits_that_end_together_the_first_is_named() -> None:
    slots = (a_slot(path="a", start=540, minutes=60), a_slot(path="b", start=570, minutes=30), a_slot(path="c", start=590, minutes=30))
    assert [found for _, _, found, _ in told(overlaps(slots))] == ["begins on 2026-03-02 before a has ended"] * 2


def test_a_visit_without_an_hour_or_without_minutes_overlaps_nothing() -> None:
    assert told(overlaps((a_slot(path="a", minutes=60), a_slot(path="b", minutes=60)))) == []
    assert told(overlaps((a_slot(path="a", start=540), a_slot(path="b", start=540)))) == []
    assert told(overlaps((a_slot(path="a", start=540), a_slot(path="b", start=541)))) == []


def test_a_visit_on_the_first_day_of_all_and_from_midnight_counts() -> None:
    first = date(1, 1, 1)
    slots = (Slot(path="a", day=first, start=0, minutes=30), Slot(path="b", day=first, start=29))
    assert [path for _, path, _, _ in told(overlaps(slots))] == ["b"]


# Numbers


def numbered(*numbers: int | None, **changes: bool) -> list[tuple[str, str, str, str]]:
    slots = (a_slot(7 * week, number=number) for week, number in enumerate(numbers))
    return told(number_faults(a_schedule(*slots, **changes)))


def test_a_number_that_stands_twice_is_found() -> None:
    assert numbered(1, 2, 2) == [("number", "visit[14]", "the number 2 stands twice", "a number for each visit")]


def test_a_number_that_falls_is_found() -> None:
    assert numbered(1, 3, 2) == [
        ("number", "visit[14]", "visit 2 on 2026-03-16 comes after visit 3", "numbers that rise with the days"),
    ]


def test_numbers_are_compared_by_day_not_by_place() -> None:
    slots = (a_slot(7, number=2), a_slot(0, number=1))
    assert told(number_faults(a_schedule(*slots))) == []


def test_visits_without_a_number_are_passed_over() -> None:
    assert numbered(None, 1, None, 2) == []


def test_a_number_that_is_missing_is_found_where_none_may_be() -> None:
    missing = ("number", "course", "there is no visit 2", "visits 1 to 2 without a gap")
    assert numbered(1, 3, numbered_from_one=True) == [missing]
    assert numbered(1, 2, numbered_from_one=True) == numbered(1, 3) == []


def test_the_first_of_several_missing_numbers_is_named() -> None:
    assert [found for _, _, found, _ in numbered(1, 5, 6, numbered_from_one=True)] == ["there is no visit 2"]
    assert [found for _, _, found, _ in numbered(2, 3, numbered_from_one=True)] == ["there is no visit 1"]


def test_a_visit_numbered_0_stands_before_visit_1() -> None:
    assert numbered(0, 1) == []
    assert [found for _, _, found, _ in numbered(1, 0)] == ["visit 0 on 2026-03-09 comes after visit 1"]


# The period


@pytest.mark.parametrize(
    ("period", "outside", "expected"),
    [
        ({"first": day(1)}, ["visit[0]"], "from 2026-03-03"),
        ({"last": day(6)}, ["visit[7]"], "to 2026-03-08"),
        ({"first": day(1), "last": day(6)}, ["visit[0]", "visit[7]"], "from 2026-03-03 to 2026-03-08"),
        ({"first": day(0), "last": day(7)}, [], ""),
        ({}, [], ""),
    ],
)
def test_a_visit_outside_the_period_of_its_plan_is_found(period: dict[str, date], outside: list[str], expected: str) -> None:
    found = told(slot_faults(a_schedule(*visits(0, 7), **period)))
    days = {"visit[0]": "2026-03-02", "visit[7]": "2026-03-09"}
    assert found == [("outside-period", path, f"{days[path]} lies outside the period of the plan", expected) for path in outside]


# How they thin out


def thinning(*days: int, **changes: bool) -> list[tuple[str, str, str, str]]:
    return told(slot_faults(a_schedule(*visits(*days), **changes)))


def test_visits_that_come_closer_are_found() -> None:
    closer = [("frequency-rises", "course", "gaps of about 7 days at first, and 3 at the end", THIN_OUT)]
    assert thinning(0, 7, 14, 21, 24, 27, 30) == closer
    assert thinning(0, 7, 14, 21, 24, 27, 30, may_tighten=True) == []


def test_an_odd_number_of_gaps_leaves_out_the_middle_one() -> None:
    assert thinning(0, 7, 14, 21, 28, 31, 34, 38)[-1][2] == "gaps of about 7 days at first, and 3 at the end"


def test_of_three_gaps_the_middle_one_counts() -> None:
    assert [each[2] for each in thinning(0, 4, 11, 20, 23, 27, 32)] == ["gaps of about 7 days at first, and 4 at the end"]


def test_with_few_gaps_nothing_is_said_about_them() -> None:
    assert thinning(0, 7, 14, 21, 24, 27) == []


@pytest.mark.parametrize(("days", "rises"), [((0, 10, 20, 30, 36, 42, 48), True), ((0, 10, 20, 30, 37, 44, 51), False)])
def test_visits_come_closer_from_six_tenths_on(days: tuple[int, ...], rises: bool) -> None:
    assert bool(thinning(*days)) is rises


def test_half_a_day_between_two_middle_gaps_is_said() -> None:
    found = thinning(0, 5, 11, 17, 24, 26, 29, 31, 34)
    assert [each[2] for each in found] == ["gaps of about 6 days at first, and 2.5 at the end"]


def test_one_far_longer_gap_is_found() -> None:
    found = [("long-gap", "course", "22 days without a visit after 2026-03-23", "about 7 days, as before and after")]
    assert thinning(0, 7, 14, 21, 43, 50, 57) == found
    assert thinning(0, 7, 14, 21, 43, 50, 57, may_pause=True) == []


def test_a_gap_of_twice_the_usual_and_a_week_is_not_far_longer() -> None:
    assert thinning(0, 7, 14, 21, 42, 49, 56) == []


def test_the_longer_neighbor_of_a_gap_is_the_usual_one() -> None:
    assert thinning(0, 3, 6, 9, 31, 39, 47) == []
    assert thinning(0, 8, 16, 24, 46, 49, 52)[-1][0] == "frequency-rises"
    assert thinning(0, 3, 6, 9, 33, 41, 49) == [
        ("long-gap", "course", "24 days without a visit after 2026-03-11", "about 8 days, as before and after")
    ]


def test_the_gaps_beside_a_gap_are_the_usual_ones() -> None:
    assert thinning(0, 3, 6, 14, 36, 39, 42) == []


def test_a_long_gap_at_either_end_is_that_of_the_taper() -> None:
    assert thinning(0, 7, 14, 21, 28, 35, 90) == []
    assert thinning(0, 90, 97, 104, 111, 118, 125) == []


def test_a_long_gap_next_to_either_end_is_found() -> None:
    assert [each[0] for each in thinning(0, 7, 37, 44, 51, 58, 65)] == ["long-gap"]
    assert [each[0] for each in thinning(0, 7, 14, 21, 28, 58, 65)] == ["long-gap"]


def test_the_order_in_a_file_does_not_move_the_gaps() -> None:
    slots = (*visits(0, 7, 14, 21, 28, 35), a_slot(14, path="twice"))
    assert [each[0] for each in told(slot_faults(a_schedule(*slots)))] == ["visit-order", "same-day"]


# Reviews


def test_where_reviews_are_planned_the_last_visit_is_one() -> None:
    last = ("review-missing", "visit[14]", "the last visit is no review", "a review at the last visit")
    slots = (a_slot(0, review=False), a_slot(7, review=True))
    assert told(slot_faults(a_schedule(*slots, a_slot(14, review=False)))) == [last]
    assert told(slot_faults(a_schedule(*slots, a_slot(14)))) == [last]
    assert told(slot_faults(a_schedule(*slots, a_slot(14, review=True)))) == []
    assert told(slot_faults(a_schedule(a_slot(0, review=False), a_slot(7)))) == []


def test_the_last_visit_is_the_one_on_the_last_day() -> None:
    slots = (a_slot(14, review=True), a_slot(0, review=False))
    assert [each[0] for each in told(slot_faults(a_schedule(*slots)))] == ["visit-order"]


def test_of_two_visits_on_the_last_day_the_one_with_the_higher_number_is_the_last() -> None:
    slots = (a_slot(14, number=3, review=True), a_slot(14, path="unnumbered", review=False))
    assert [each[0] for each in told(slot_faults(a_schedule(*slots)))] == ["same-day"]
    swapped = (a_slot(14, number=3, review=False), a_slot(14, path="unnumbered", review=True))
    assert [each[0] for each in told(slot_faults(a_schedule(*swapped)))] == ["same-day", "review-missing"]
    assert [each[0] for each in told(slot_faults(a_schedule(*swapped[::-1])))] == ["same-day", "review-missing"]
    numbered = (a_slot(14, path="unnumbered", review=True), a_slot(14, number=1, review=False))
    assert [each[0] for each in told(slot_faults(a_schedule(*numbered)))] == ["same-day", "review-missing"]


# What is said of a visit


def test_minutes_in_the_text_of_a_visit_are_those_of_the_visit() -> None:
    found = ("text-minutes", "visit[0]", "the text says 45 minutes, and the visit has 60", "the same minutes in both")
    assert told(slot_faults(a_schedule(a_slot(text="45 minutes of work", minutes=60)))) == [found]
    assert told(slot_faults(a_schedule(a_slot(text="60 minutes: 45 minutes of work", minutes=60)))) == []
    assert told(slot_faults(a_schedule(a_slot(text="45 minutes of work")))) == []
    assert told(slot_faults(a_schedule(a_slot(text="Massage", minutes=60)))) == []
    assert told(slot_faults(a_schedule(a_slot(minutes=60)))) == []
