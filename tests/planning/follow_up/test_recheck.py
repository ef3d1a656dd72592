"""The screening at a visit: what the answers of that day change, and whether the course may go on at all."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.knowledge.vocabulary import OutcomeKind, VisitStatus
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.follow_up.course import CourseSoFar, course_of
from massage_cli.planning.follow_up.recheck import GoesOn, recheck
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import Plan, Withheld, make_plan
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_course, a_visit, an_intake, attended, knowledge
from tests.drawn import drawn_holidays, drawn_intake, seeds

KNOWLEDGE = knowledge()


def at_visit(course: CourseSoFar, *visits: Visit, **changes: Any) -> GoesOn | Withheld:
    told = (*visits, a_visit(len(visits) + 1, **changes))
    return recheck(course, told, KNOWLEDGE, on=told[-1].date)


def test_a_visit_with_nothing_new_goes_on_with_the_same_treatment() -> None:
    found = at_visit(a_course(), pain=5)
    assert isinstance(found, GoesOn)
    assert (found.treatment, found.screening.outcome) == (None, OutcomeKind.CLEAR)


def test_a_new_limit_gives_another_treatment() -> None:
    found = at_visit(a_course(), health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert isinstance(found, GoesOn)
    assert found.treatment is not None
    assert all(block.pressure <= found.screening.limits.pressure_max for block in found.treatment.prescriptions)
    assert sum(minutes for _, minutes in found.treatment.outline) == a_course().minutes


@pytest.mark.parametrize(
    ("health", "outcome"),
    [
        ({"fever": "yes"}, OutcomeKind.REFER),
        ({"fever": "unsure"}, OutcomeKind.CLEARANCE),
        ({"varicose-veins": "yes"}, OutcomeKind.INCOMPLETE),
    ],
)
def test_what_stops_a_plan_stops_the_course(health: dict[str, str], outcome: OutcomeKind) -> None:
    found = at_visit(a_course(), health=health)
    assert isinstance(found, Withheld)
    assert found.outcome is outcome
    assert found.on == a_visit(1).date


def test_no_technique_left_stops_the_course() -> None:
    deep = [technique.id for technique in KNOWLEDGE.techniques if technique.id != "deep-tissue"]
    found = at_visit(a_course(declines=deep), health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert isinstance(found, Withheld)
    assert found.outcome is OutcomeKind.NO_TECHNIQUE


def test_no_technique_as_light_as_the_course_was_eased_to_stops_the_course() -> None:
    course = a_course(declines=[technique.id for technique in KNOWLEDGE.techniques if technique.pressure.min == 1])
    goes_on = at_visit(course, health={"thyroid": "yes"})
    assert isinstance(goes_on, GoesOn)
    assert goes_on.treatment is not None
    found = at_visit(replace(course, outline=(("main", 15),)), health={"thyroid": "yes"})
    assert isinstance(found, Withheld)
    assert found.outcome is OutcomeKind.NO_TECHNIQUE


def test_the_last_pain_told_is_the_pain_of_today() -> None:
    found = at_visit(a_course(), a_visit(1, pain=9), pain=None)
    assert isinstance(found, GoesOn)
    assert found.screening == screen(an_intake(pain=9), KNOWLEDGE, on=a_visit(2).date)


LYMPHEDEMA: dict[str, Any] = {
    "complaint": "lymphedema",
    "regions": ["forearm"],
    "health": {"lymph-risk": "yes"},
    "clearances": [{"rule": "lymphedema", "by": "oncologist", "on": TODAY}],
    "booking": {"trained-in": ["lymphatic-drainage"]},
}


def test_a_complaint_that_no_longer_makes_sense_stops_the_course() -> None:
    found = at_visit(a_course(**LYMPHEDEMA), health={"lymph-risk": "no"})
    assert isinstance(found, Withheld)
    assert (found.outcome, found.unanswered, found.protocol) == (
        OutcomeKind.INCOMPLETE,
        ("lymph-risk",),
        KNOWLEDGE.protocol["lymphedema"],
    )


def test_leave_for_the_protocol_that_has_run_out_stops_the_course() -> None:
    last = TODAY + timedelta(days=KNOWLEDGE.numbers.choosing.protocol_clearance_days)
    assert isinstance(at_visit(a_course(**LYMPHEDEMA), date=last), GoesOn)
    found = at_visit(a_course(**LYMPHEDEMA), date=last + timedelta(days=1))
    assert isinstance(found, Withheld)
    assert (found.outcome, found.protocol, found.on) == (
        OutcomeKind.CLEARANCE,
        KNOWLEDGE.protocol["lymphedema"],
        last + timedelta(days=1),
    )


def test_the_pain_of_today_is_that_of_the_latest_visit_by_its_date() -> None:
    visits = (a_visit(2, pain=9), a_visit(1, pain=2), a_visit(3, health={"pain-unchecked": "yes"}))
    worse = recheck(a_course(), visits, KNOWLEDGE, on=visits[-1].date)
    assert worse.screening.requested
    assert [finding.rule.id for finding in worse.screening.particular] == ["severe-unexplained-pain"]
    better = recheck(a_course(), (a_visit(1, pain=9), *visits[2:], a_visit(2, pain=2)), KNOWLEDGE, on=visits[2].date)
    assert better.screening.particular == ()


def test_what_was_said_last_counts() -> None:
    found = at_visit(a_course(), a_visit(1, health={"fever": "yes"}), health={"fever": "no"})
    assert isinstance(found, GoesOn)


def test_an_eased_treatment_stays_eased_where_it_is_planned_again() -> None:
    from massage_cli.planning.follow_up.review import review

    course = a_course()
    visits = attended(course, 6, soreness_hours=60)
    eased = review(course, visits, KNOWLEDGE, today=visits[-1].date).course
    found = at_visit(eased, *visits, health={"diabetes": "yes", "diabetes-complications": "yes"})
    if isinstance(found, GoesOn) and found.treatment is not None:
        assert sum(minutes for _, minutes in found.treatment.outline) == eased.minutes


@given(seeds)
@settings(max_examples=40)
def test_a_danger_stops_every_course_and_nothing_new_stops_none_on_the_same_day(seed: int) -> None:
    from massage_cli.files.intakes.intake_file import check_intake

    table, on = drawn_intake(seed)
    try:
        plan = make_plan(check_intake(table, KNOWLEDGE, on=on), KNOWLEDGE, on=on, holidays=drawn_holidays(seed))
    except NoOpenDay:
        return
    if isinstance(plan, Plan):
        course = course_of(plan)
        quiet = Visit(number=1, date=on, status=VisitStatus.ATTENDED)
        found = recheck(course, (quiet,), KNOWLEDGE, on=on)
        assert isinstance(found, GoesOn)
        assert (found.treatment, found.screening) == (None, plan.screening)
        stopped = recheck(course, (Visit(number=1, date=on, status=VisitStatus.ATTENDED, health={"chest-pain": "yes"}),), KNOWLEDGE, on=on)
        assert isinstance(stopped, Withheld)
        assert stopped.outcome is OutcomeKind.REFER


def test_a_clearance_that_has_run_out_stops_the_course() -> None:
    told = {"age": 30, "health": {"pregnant": "yes", "pregnancy-weeks": 12}}
    rules = [f.rule.id for f in screen(an_intake(**told), KNOWLEDGE, on=TODAY).particular if f.rule.id in KNOWLEDGE.liftable]
    course = a_course(**told, clearances=[{"rule": rule, "by": "midwife", "on": TODAY} for rule in rules])
    days = min(KNOWLEDGE.rule[rule].clearance_valid_days for rule in rules)
    assert isinstance(at_visit(course, date=TODAY + timedelta(days=days)), GoesOn)
    assert isinstance(at_visit(course, date=TODAY + timedelta(days=days + 1)), Withheld)
