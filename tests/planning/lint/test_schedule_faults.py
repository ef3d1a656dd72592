"""Everything that is wrong with one schedule: its period, its stretches within it, and what is said of the whole."""

from fractions import Fraction
from typing import Any

import pytest

from massage_cli.planning.lint.schedule_faults import schedule_faults, text_faults
from tests.planning.lint.schedules import FIRST, a_schedule, a_slot, a_stretch, day, told, visits

AS_MANY = "as many visits in the text as in the dates"
A_VISIT = "the minutes of a visit of the plan"


def test_a_sound_schedule_has_no_fault() -> None:
    schedule = a_schedule(*visits(0, 4, 7), first=FIRST, last=day(27), stretches=(a_stretch(visits=None),), texts=(("goal", "3 visits"),))
    assert told(schedule_faults(schedule)) == []


def test_a_period_that_ends_before_it_begins_is_found_and_nothing_is_said_to_lie_outside_it() -> None:
    schedule = a_schedule(
        *visits(0, 4, 4), first=day(27), last=FIRST, stretches=(a_stretch(visits=None),), texts=(("goal", "9 visits"),), path="plan"
    )
    assert [each[:3] for each in told(schedule_faults(schedule))] == [
        ("period-negative", "plan", "ends on 2026-03-02, before it begins on 2026-03-29"),
        ("same-day", "visit[4]", "a second visit on 2026-03-06"),
        ("text-total", "goal", "'9 visits', and 3 visits are planned"),
    ]
    assert told(schedule_faults(schedule))[0][3] == "an end that is not before the start"


def test_of_a_period_that_ends_before_it_begins_everything_else_is_looked_at_as_ever() -> None:
    stretches = (a_stretch(rate=Fraction(1, 14), visits=99), a_stretch(first=day(28), last=day(55), visits=None))
    backwards = a_schedule(a_slot(number=2), first=day(27), last=FIRST, stretches=stretches, numbered_from_one=True)
    kinds = [each[0] for each in told(schedule_faults(backwards))]
    assert kinds == ["period-negative", "number", "timing-count", "frequency-rises"]


def test_closer_visits_on_purpose_are_no_fault_whatever_the_period() -> None:
    stretches = (a_stretch(rate=Fraction(1, 14), visits=None), a_stretch(first=day(28), last=day(55), visits=None))
    backwards = a_schedule(first=day(27), last=FIRST, stretches=stretches, may_tighten=True)
    assert [each[0] for each in told(schedule_faults(backwards))] == ["period-negative"]


def test_a_period_of_one_day_is_sound() -> None:
    assert told(schedule_faults(a_schedule(*visits(0), first=FIRST, last=FIRST))) == []


@pytest.mark.parametrize("half", [{"first": FIRST}, {"last": day(99)}, {}])
def test_half_a_period_is_sound(half: dict[str, Any]) -> None:
    assert told(schedule_faults(a_schedule(*visits(0), **half))) == []


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ({"first": day(1), "last": day(27)}, True),
        ({"first": FIRST, "last": day(26)}, True),
        ({"first": day(1)}, True),
        ({"last": day(26)}, True),
        ({"first": FIRST, "last": day(27)}, False),
        ({}, False),
    ],
)
def test_a_stretch_outside_the_period_of_its_plan_is_found(period: dict[str, Any], found: bool) -> None:
    first, last = (str(period.get(end)) for end in ("first", "last"))
    outside = ("outside-period", "phase", "2026-03-02 to 2026-03-29 lies outside the period of the plan", f"days from {first} to {last}")
    assert told(schedule_faults(a_schedule(**period, stretches=(a_stretch(),)))) == ([outside] if found else [])


def test_a_stretch_that_does_not_say_its_days_lies_outside_nothing() -> None:
    stretches = (a_stretch(first=None, last=None, visits=None),)
    assert told(schedule_faults(a_schedule(first=day(1), last=day(2), stretches=stretches))) == []


def test_stretches_may_come_closer_after_a_review() -> None:
    stretches = (a_stretch(rate=Fraction(1, 14), visits=None), a_stretch(first=day(28), last=day(55), visits=None))
    assert [each[0] for each in told(schedule_faults(a_schedule(stretches=stretches)))] == ["frequency-rises"]
    assert told(schedule_faults(a_schedule(stretches=stretches, may_tighten=True))) == []


# What is said of the whole


def said(text: str, *, planned: int = 0, **changes: Any) -> list[tuple[str, str, str, str]]:
    return told(text_faults(a_schedule(*visits(*range(0, 7 * planned, 7)), texts=(("title", text),), **changes)))


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("8 visits", 9),
        ("8 visits, then 2 visits", 9),
        ("Twice a week for 4 weeks", 12),
        ("Weekly for 10 weeks", 8),
        ("Twice a week for 4 weeks, then weekly for 4 weeks", 15),
        ("Daily for 10 days", 12),
        ("Daily for 10 days", 8),
    ],
)
def test_a_total_that_the_visits_do_not_make_is_found(text: str, planned: int) -> None:
    assert said(text, planned=planned) == [("text-total", "title", f"'{text}', and {planned} visits are planned", AS_MANY)]


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("8 visits", 8),
        ("8 visits, then 2 visits", 8),
        ("8 visits, then 2 visits", 10),
        ("8 visits, twice a week for 10 weeks", 8),
        ("Twice a week for 4 weeks", 6),
        ("Twice a week for 4 weeks", 9),
        ("Weekly for 10 weeks", 11),
        ("Twice a week for 4 weeks, then weekly for 4 weeks", 10),
        ("Twice a week, then weekly for 4 weeks", 40),
        ("Daily for 10 days", 9),
        ("Daily for 10 days", 11),
        ("Daily", 3),
        ("Massage", 3),
        ("8 visits", 0),
    ],
)
def test_a_total_that_the_visits_can_make_is_left_alone(text: str, planned: int) -> None:
    assert said(text, planned=planned) == []


def test_where_no_visits_are_dated_those_of_the_stretches_are_counted() -> None:
    stretches = (a_stretch(visits=8), a_stretch(visits=4))
    assert said("12 visits", stretches=stretches) == []
    assert said("8 visits", stretches=stretches) == [("text-total", "title", "'8 visits', and 12 visits are planned", AS_MANY)]
    assert said("8 visits", stretches=(*stretches, a_stretch(visits=None))) == []
    assert said("3 visits", planned=3, stretches=stretches) == []
    assert said("8 visits", stretches=(a_stretch(visits=None),)) == []
    assert [each[2] for each in said("8 visits", stretches=(a_stretch(visits=0),))] == ["'8 visits', and 0 visits are planned"]


def test_minutes_that_no_visit_has_are_found() -> None:
    slots = (a_slot(0, minutes=60), a_slot(7))
    schedule = a_schedule(*slots, texts=(("title", "45 minutes a visit"),))
    assert told(text_faults(schedule)) == [("text-minutes", "title", "'45 minutes a visit', and no visit has so many minutes", A_VISIT)]


@pytest.mark.parametrize(
    ("text", "slots", "stretches"),
    [
        ("60 minutes a visit", (a_slot(minutes=60), a_slot(7, minutes=30)), ()),
        ("30 minutes a visit", (a_slot(minutes=60),), (a_stretch(minutes=30),)),
        ("45 or 60 minutes a visit, 60 minutes each, 45 minutes each", (a_slot(minutes=45),), ()),
        ("45 minutes a visit", (a_slot(),), (a_stretch(),)),
        ("45 minutes on the back", (a_slot(minutes=60),), ()),
        ("Massage", (a_slot(minutes=60),), ()),
    ],
)
def test_minutes_that_some_visit_has_or_that_are_not_those_of_a_visit_are_left_alone(text: str, slots: Any, stretches: Any) -> None:
    assert told(text_faults(a_schedule(*slots, stretches=stretches, texts=(("title", text),)))) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9  visits\n" + "x" * 51, "9 visits " + "x" * 51),
        ("9 visits " + "x" * 52, "9 visits " + "x" * 48 + "..."),
    ],
)
def test_a_text_is_told_by_its_beginning_on_one_line(text: str, shown: str) -> None:
    assert [each[2] for each in said(text, planned=1)] == [f"'{shown}', and 1 visits are planned"]


def test_each_text_is_looked_at() -> None:
    texts = (("title", "3 visits"), ("goal", "2 visits"), ("note", "1 visit"))
    assert [each[1] for each in told(text_faults(a_schedule(*visits(0, 7), texts=texts)))] == ["title", "note"]
