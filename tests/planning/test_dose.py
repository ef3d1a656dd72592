"""Minutes, pressure, and the phases that fit the booking (planning.md 3, 4 and 7)."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.planning.dose import (
    AllowedPressure,
    Dose,
    allowed_pressure,
    dose,
    fit_to_budget,
    is_fresh,
    most_a_week,
    visit_minutes,
    widen,
)
from massage_cli.planning.screening import Screening
from tests.builders import TODAY, a_screening, an_intake, knowledge

NUMBERS = knowledge().numbers
PRESSURE = NUMBERS.pressure
FRAIL, SEVERE, FRESH_DAYS = PRESSURE.frail_age, PRESSURE.severe_pain_from, PRESSURE.acute_days


def days_ago(days: int) -> Any:
    return TODAY - timedelta(days=days)


def capped(pressure_max: int | None = None, minutes_max: int | None = None) -> Screening:
    screening = a_screening()
    limits = screening.limits
    return replace(screening, limits=replace(limits, pressure_max=pressure_max or limits.pressure_max, minutes_max=minutes_max))


def pressure(*, cap: int | None = None, protocol: str = "generic-chronic", **changes: Any) -> AllowedPressure:
    chosen = knowledge().protocol[protocol]
    return allowed_pressure(an_intake(**changes), capped(cap), chosen, knowledge(), on=TODAY)


def warning_ids(result: AllowedPressure | Dose) -> list[str]:
    return [warning.id for warning in result.warnings]


def test_an_injury_of_which_nobody_said_when_it_began_is_not_taken_for_a_fresh_one() -> None:
    unsaid = replace(an_intake(condition="acute", onset=TODAY), onset=None)
    assert not is_fresh(unsaid, PRESSURE, on=TODAY)
    assert is_fresh(replace(unsaid, onset=TODAY), PRESSURE, on=TODAY)


# 3. Minutes


@pytest.mark.parametrize(
    ("typical", "age", "offered", "minutes"),
    [
        (30, 80, None, 20),
        (60, 80, 40, 40),
        (60, 40, None, 60),
        (60, 40, 45, 45),
        (60, 40, 61, 60),
        (60, FRAIL - 1, None, 60),
        (60, FRAIL, None, 45),
        (165, FRAIL, None, 120),
    ],
)
def test_minutes_are_the_phases_own_less_for_the_frail_up_to_what_is_offered(
    typical: int, age: int, offered: int | None, minutes: int
) -> None:
    booking = {} if offered is None else {"minutes": offered}
    assert visit_minutes(typical, an_intake(age=age, booking=booking), a_screening(), knowledge()) == minutes


def test_minutes_are_no_more_than_screening_allows() -> None:
    assert visit_minutes(60, an_intake(), capped(minutes_max=30), knowledge()) == 30


def test_minutes_for_the_frail_are_a_multiple_of_the_step() -> None:
    frail = [visit_minutes(typical, an_intake(age=FRAIL), a_screening(), knowledge()) for typical in range(20, 91)]
    assert {minutes % PRESSURE.frail_minutes_step for minutes in frail} == {0}


# 4. Pressure


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"pressure": "firm", "pain": 8}, 3),
        ({"pressure": "moderate", "pain": 8, "condition": "acute", "onset": days_ago(5)}, 1),
        ({"pressure": "firm", "age": 80}, 3),
        ({"pressure": "light", "cap": 1}, 1),
    ],
)
def test_the_examples_of_the_text_for_pressure(changes: dict[str, Any], level: int) -> None:
    assert pressure(**changes).level == level


@pytest.mark.parametrize("wish", ["light", "moderate", "firm"])
def test_the_wish_is_where_pressure_starts(wish: str) -> None:
    assert pressure(pressure=wish).level == getattr(PRESSURE, wish)


@pytest.mark.parametrize(("pain", "minus"), [(SEVERE - 1, 0), (SEVERE, PRESSURE.severe_pain_minus), (10, PRESSURE.severe_pain_minus)])
def test_severe_pain_takes_pressure_off(pain: int, minus: int) -> None:
    assert pressure(pressure="firm", pain=pain).level == PRESSURE.firm - minus


def test_no_pain_named_takes_no_pressure_off() -> None:
    assert pressure(pressure="firm", condition="maintenance", pain=None).level == PRESSURE.firm


@pytest.mark.parametrize(("age", "level"), [(FRAIL - 1, PRESSURE.firm), (FRAIL, PRESSURE.frail_cap)])
def test_the_frail_have_a_cap(age: int, level: int) -> None:
    assert pressure(pressure="firm", age=age).level == level


@pytest.mark.parametrize("condition", ["acute", "injury-recovery"])
@pytest.mark.parametrize(("days", "fresh"), [(0, True), (FRESH_DAYS - 1, True), (FRESH_DAYS, False)])
def test_what_is_fresh_has_a_cap_and_says_until_when(condition: str, days: int, fresh: bool) -> None:
    allowed = pressure(pressure="firm", condition=condition, onset=days_ago(days))
    assert allowed.level == (PRESSURE.acute_cap if fresh else PRESSURE.firm)
    assert warning_ids(allowed) == (["pressure-fresh"] if fresh else [])


def test_what_is_fresh_is_judged_again_on_its_last_day() -> None:
    allowed = pressure(pressure="firm", condition="acute", onset=days_ago(1))
    until = days_ago(1) + timedelta(days=FRESH_DAYS)
    assert [warning.text for warning in allowed.warnings] == [f"Pressure 2 at most until {until}; judge again then."]


@pytest.mark.parametrize("condition", ["chronic", "maintenance"])
def test_chronic_pain_that_began_lately_is_not_fresh(condition: str) -> None:
    assert pressure(pressure="firm", condition=condition, onset=days_ago(1)).level == PRESSURE.firm


def test_the_cap_of_screening_holds() -> None:
    assert pressure(pressure="firm", cap=2).level == 2


def test_the_cap_of_the_protocol_holds() -> None:
    assert pressure(pressure="firm", protocol="whiplash").level == knowledge().protocol["whiplash"].pressure_max


def test_no_pressure_is_below_1() -> None:
    assert pressure(pressure="light", pain=10, condition="acute", onset=TODAY, age=80, cap=1).level == 1


def test_level_5_is_never_planned() -> None:
    assert pressure(pressure="firm").level <= PRESSURE.highest_ever < 5


def test_the_first_visit_has_a_cap_and_says_how_far_it_may_go_later() -> None:
    allowed = pressure(pressure="firm", first_visit=True)
    assert allowed.level == PRESSURE.first_visit_cap
    assert [warning.text for warning in allowed.warnings] == ["Pressure 3 at most, this being the first visit; up to 4 later."]


def test_the_first_visit_says_nothing_where_its_cap_changes_nothing() -> None:
    assert pressure(pressure="moderate", first_visit=True).warnings == ()


def test_what_is_fresh_and_a_first_visit_are_both_said() -> None:
    stronger = replace(knowledge(), numbers=replace(NUMBERS, pressure=replace(PRESSURE, acute_cap=4, acute_minus=0)))
    intake = an_intake(pressure="firm", condition="acute", onset=TODAY, first_visit=True)
    allowed = allowed_pressure(intake, a_screening(), stronger.protocol["generic-acute"], stronger, on=TODAY)
    assert (allowed.level, warning_ids(allowed)) == (PRESSURE.first_visit_cap, ["pressure-fresh", "pressure-first-visit"])


# 7. Visits


@pytest.mark.parametrize(
    ("counts", "budget", "fitted"),
    [
        ((8, 2), 8, (6, 2)),
        ((8, 2), 5, (4, 1)),
        ((8, 2), 3, (2, 1)),
        ((8, 2), 1, (1, 0)),
        ((8, 2), 2, (1, 1)),
        ((8, 2, 2), 9, (6, 2, 1)),
        ((8, 2, 2), 2, (1, 1, 0)),
        ((8, 2), 10, (8, 2)),
        ((8, 2), 11, (8, 2)),
        ((8, 2), None, (8, 2)),
        ((1,), 1, (1,)),
    ],
)
def test_a_budget_is_shared_by_largest_remainder(counts: tuple[int, ...], budget: int | None, fitted: tuple[int, ...]) -> None:
    assert fit_to_budget(counts, budget) == fitted


@pytest.mark.parametrize("protocol", knowledge().protocols, ids=lambda protocol: protocol.id)
def test_every_budget_is_spent_and_no_phase_grows(protocol: Any) -> None:
    counts = tuple(phase.sessions for phase in protocol.phase)
    for budget in range(1, sum(counts) + 1):
        fitted = fit_to_budget(counts, budget)
        assert sum(fitted) == budget
        assert all(0 <= few <= many for few, many in zip(fitted, counts, strict=True))


@pytest.mark.parametrize(
    ("gaps", "per_week", "widened"),
    [
        ((3, 4), 1, (7,)),
        ((2, 2, 3), 2, (3, 4)),
        ((1, 1, 1, 1, 3), 3, (2, 2, 3)),
        ((1, 1, 1, 1, 3), 4, (1, 2, 2, 2)),
        ((1,), 7, (1,)),
        ((3, 4), 2, (3, 4)),
        ((4, 3), 2, (4, 3)),
        ((7,), 1, (7,)),
        ((14,), 1, (14,)),
        ((3, 4), None, (3, 4)),
    ],
)
def test_gaps_widen_when_fewer_visits_fit_a_week(gaps: tuple[int, ...], per_week: int | None, widened: tuple[int, ...]) -> None:
    assert widen(gaps, per_week) == widened


@pytest.mark.parametrize("per_week", range(1, 8))
def test_a_widened_cycle_takes_one_week(per_week: int) -> None:
    cycle = widen((1,), per_week)
    assert (len(cycle), sum(cycle)) == ((per_week, 7) if per_week < 7 else (1, 1))


def dosed(*, protocol: str = "low-back-chronic", **changes: Any) -> Dose:
    return dose(an_intake(**changes), a_screening(), knowledge().protocol[protocol], knowledge())


@pytest.mark.parametrize("age", [FRAIL - 1, FRAIL, FRAIL + 1])
def test_the_visits_of_a_course_are_as_long_as_a_visit_of_such_a_client_is(age: int) -> None:
    typical = [phase.minutes.typical for phase in knowledge().protocol["low-back-chronic"].phase]
    minutes = [visit_minutes(each, an_intake(age=age), a_screening(), knowledge()) for each in typical]
    assert [phase.minutes for phase in dosed(age=age).phases] == minutes


def texts(result: Dose) -> list[str]:
    return [warning.text for warning in result.warnings]


def test_without_a_booking_the_course_is_the_protocols() -> None:
    course = dosed()
    assert [(phase.name, phase.sessions, phase.gap_days, phase.minutes) for phase in course.phases] == [
        (phase.name, phase.sessions, phase.gap_days, phase.minutes.typical) for phase in knowledge().protocol["low-back-chronic"].phase
    ]
    assert course.warnings == ()


def test_a_phase_without_visits_is_not_in_the_plan() -> None:
    assert [phase.name for phase in dosed(booking={"max-sessions": 1}).phases] == ["initial"]


def test_fewer_visits_than_the_protocol_has_are_said() -> None:
    assert texts(dosed(booking={"max-sessions": 6})) == ["6 of 10 visits are planned; no more are paid for."]


def test_too_few_visits_to_judge_are_said() -> None:
    stop_after = knowledge().protocol["low-back-chronic"].stop_after
    assert warning_ids(dosed(booking={"max-sessions": stop_after})) == ["sessions-cut"]
    assert texts(dosed(booking={"max-sessions": stop_after - 1}))[1:] == [
        f"The plan ends before visit {stop_after}, when a gain can be judged."
    ]


def test_a_budget_above_the_protocol_adds_nothing() -> None:
    assert dosed(booking={"max-sessions": 50}) == dosed()


def test_visits_that_are_too_short_are_said_for_each_phase() -> None:
    short = texts(dosed(booking={"minutes": 44}))
    assert short == [f"Phase {name}: 44 minutes a visit; the protocol rests on 45 or more." for name in ("initial", "taper")]
    assert dosed(booking={"minutes": 45}).warnings == ()


def test_widened_gaps_are_said_for_each_phase_they_change() -> None:
    course = dosed(protocol="neck-chronic", booking={"max-per-week": 1})
    assert texts(course) == ["Phase initial: 1 a week at most, so every 7 days instead of 3-4."]
    assert course.phases[0].protocol_gap_days == (3, 4)
    assert sum(phase.sessions for phase in course.phases) == 12


@pytest.mark.parametrize(("gaps", "most"), [((7,), 1), ((3, 4), 2), ((2, 2, 3), 3), ((14,), 1), ((1,), 7), ((4,), 2), ((30,), 1)])
def test_the_most_visits_a_week_round_up(gaps: tuple[int, ...], most: int) -> None:
    assert most_a_week(gaps, None) == most


def test_no_more_visits_a_week_than_wanted() -> None:
    assert (most_a_week((2, 2, 3), 2), most_a_week((7,), 2)) == (2, 1)


EXTRA = NUMBERS.first_visit_extra_minutes


@pytest.mark.parametrize(("offered", "extra"), [(None, EXTRA), (60 + EXTRA, EXTRA), (60 + EXTRA - 1, EXTRA - 1), (60, 0), (45, 0)])
def test_the_first_visit_takes_more_minutes_as_far_as_there_is_room(offered: int | None, extra: int) -> None:
    course = dosed(first_visit=True, booking={} if offered is None else {"minutes": offered})
    assert course.first_visit_extra_minutes == extra
    assert ("first-visit-short" in warning_ids(course)) is (extra < EXTRA)


def test_a_first_visit_that_is_too_short_says_how_much_fits() -> None:
    assert texts(dosed(first_visit=True, booking={"minutes": 65})) == [
        "The first visit needs 15 minutes more for questions and tests; 5 fit."
    ]


def test_the_extra_minutes_are_talk_and_screening_does_not_cap_them() -> None:
    course = dose(an_intake(first_visit=True), capped(minutes_max=45), knowledge().protocol["low-back-chronic"], knowledge())
    assert course.first_visit_extra_minutes == EXTRA


def test_a_later_visit_takes_no_more_minutes() -> None:
    assert dosed(first_visit=False).first_visit_extra_minutes == 0
