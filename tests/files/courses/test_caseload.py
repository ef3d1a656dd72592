"""What a folder of plans asks for: each need on its day, none a day early, and the minutes of each day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.courses.caseload import Day, Due, Need, due_of, work_by_day
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.builders import TODAY, knowledge
from tests.drawn import seeds
from tests.saved import a_document, applied, missed, recorded, visit_of_plan, visited
from tests.terminal.display.pages import drawn_document

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
LAST = date(2027, 2, 8)
CLEARED = {"health": {"pregnant": "yes", "pregnancy-weeks": 12}, "age": 30}


def due(document: PlanDocument, on: date, *, within: int = 0) -> tuple[Due, ...]:
    version = Version(path=Path("ann.toml"), digest="", document=document)
    return due_of(version, knowledge(), today=on, within_days=within)


def needs(document: PlanDocument, on: date, *, within: int = 0) -> list[Need]:
    return [one.need for one in due(document, on, within=within)]


def cleared(on: date = TODAY) -> PlanDocument:
    rules = [finding.rule for finding in a_document(**CLEARED).screening.findings if finding.rule in knowledge().liftable]
    return a_document(**CLEARED, clearances=[{"rule": rule, "by": "midwife", "on": on} for rule in rules])


# Each need, and the day before it


def test_a_course_that_goes_well_needs_nothing() -> None:
    assert needs(a_document(), MONDAY) == []
    assert needs(visited(a_document(), 5), MONDAY) == []


def test_no_gain_by_the_stopping_rule() -> None:
    five = applied(visited(a_document(), 6, 6, 6, 6, 6))
    assert Need.NO_GAIN not in needs(five, MONDAY + 4 * WEEK)
    six = visited(five, 6)
    found = next(one for one in due(six, MONDAY + 5 * WEEK) if one.need is Need.NO_GAIN)
    assert (found.on, found.text) == (MONDAY + 5 * WEEK, "no gain after 6 visits; the stopping rule of the protocol is visit 6")
    assert Need.NO_GAIN not in needs(visited(five, 1), MONDAY + 5 * WEEK)


def test_a_review_is_due_after_the_visit_it_belongs_to_until_it_is_applied() -> None:
    assert Need.REVIEW_DUE not in needs(visited(a_document(), 6, 5, 5), MONDAY + 2 * WEEK)
    four = visited(a_document(), 6, 6, 4, 4)
    assert Need.REVIEW_DUE in needs(four, MONDAY + 3 * WEEK)
    assert Need.REVIEW_DUE not in needs(applied(four), MONDAY + 3 * WEEK)


def test_two_visits_missed_in_a_row() -> None:
    document = visited(a_document(), 5)
    assert Need.MISSED_TWO not in needs(missed(document, 2), MONDAY + WEEK)
    twice = missed(document, 2, 3)
    assert Need.MISSED_TWO in needs(twice, MONDAY + 2 * WEEK)
    assert Need.MISSED_TWO not in needs(visited(twice, 5), MONDAY + 3 * WEEK)
    assert Need.MISSED_TWO not in needs(missed(missed(document, 2), 3, status=VisitStatus.CANCELLED), MONDAY + 2 * WEEK)


def test_a_visit_to_come_that_is_cancelled_does_not_hide_two_that_were_missed() -> None:
    twice = missed(visited(a_document(), 5), 2, 3)
    assert Need.MISSED_TWO in needs(missed(twice, 5, status=VisitStatus.CANCELLED), MONDAY + 2 * WEEK)


def test_a_clearance_that_ends_within_the_days_asked_for() -> None:
    document = cleared()
    rule = next(finding for finding in document.screening.findings if finding.cleared)
    ends = TODAY + timedelta(days=min(knowledge().rule[f.rule].clearance_valid_days for f in document.screening.findings if f.cleared))
    assert rule.cleared
    found = [one for one in due(document, ends, within=0) if one.need is Need.CLEARANCE_ENDS]
    assert [one.on for one in found][:1] == [ends]
    assert Need.CLEARANCE_ENDS not in needs(document, ends - DAY)
    assert Need.CLEARANCE_ENDS in needs(document, ends - DAY, within=1)
    assert Need.CLEARANCE_ENDS in needs(document, ends + DAY)


def test_a_note_that_is_not_needed_ends_unnoticed() -> None:
    document = a_document(clearances=[{"rule": "pregnancy", "by": "midwife", "on": date(2026, 1, 1)}])
    assert Need.CLEARANCE_ENDS not in needs(document, MONDAY, within=366)


def test_a_visit_that_nothing_is_recorded_of_from_the_day_after_it() -> None:
    assert Need.NOT_RECORDED not in needs(a_document(), MONDAY)
    found = due(a_document(), MONDAY + DAY)
    assert [(one.need, one.on, one.text) for one in found] == [(Need.NOT_RECORDED, MONDAY, "nothing is recorded of visit 1")]
    assert due(a_document(), MONDAY + WEEK + DAY)[0].text == "nothing is recorded of visits 1 and 2"


def test_a_review_within_the_days_asked_for() -> None:
    document = visited(a_document(), 5, 5, 5)
    review = MONDAY + 3 * WEEK
    assert Need.REVIEW_SOON in needs(document, review - 7 * DAY, within=7)
    assert Need.REVIEW_SOON not in needs(document, review - 7 * DAY, within=6)
    assert Need.REVIEW_SOON in needs(document, review)


def test_a_plan_that_ends_within_the_days_asked_for_and_one_that_is_over() -> None:
    document = a_document()
    assert Need.PLAN_ENDS not in needs(document, LAST - 14 * DAY, within=13)
    assert Need.PLAN_ENDS in needs(document, LAST - 14 * DAY, within=14)
    assert Need.PLAN_OVER not in needs(document, LAST)
    assert Need.PLAN_OVER in needs(document, LAST + DAY)
    assert Need.PLAN_ENDS not in needs(document, LAST + DAY)


# Who is not listed


def test_a_withheld_or_ended_course_needs_nothing() -> None:
    stopped = applied(visited(a_document(), 4, 6, 6))
    discharged = applied(visited(a_document(), 6, 1, 1))
    withheld = visited(a_document(), 5, health={"chest-pain": "yes"})
    for document in (stopped, discharged, withheld, a_document(health={"chest-pain": "yes"})):
        assert due(document, LAST + DAY, within=366) == ()


def test_the_client_the_file_and_the_day_are_named() -> None:
    assert due(a_document(client="ann"), MONDAY + DAY) == (
        Due(client="ann", need=Need.NOT_RECORDED, on=MONDAY, text="nothing is recorded of visit 1", path="ann.toml"),
    )


@given(seeds)
@settings(max_examples=40)
def test_every_drawn_plan_can_be_asked_on_any_day(seed: int) -> None:
    document = drawn_document(seed % 150)
    if document is not None:
        on = document.planned_on + timedelta(days=seed % 200)
        few, many = needs(document, on), needs(document, on, within=366)
        assert set(few) <= set(many)
        assert len(set(many)) <= len(many)


# The work of each day


def days(*documents: PlanDocument, first: date = MONDAY, last: date = MONDAY + 8 * DAY) -> list[tuple[date, int, int]]:
    return [(day.date, day.visits, day.minutes) for day in work_by_day(documents, first=first, last=last)]


def test_planned_visits_are_summed_day_by_day_over_all_plans() -> None:
    short = a_document(booking={"minutes": 30, "weekdays": ["mon"]})
    assert days(a_document(), a_document(), short) == [(MONDAY, 3, 150), (MONDAY + WEEK, 3, 150)]


def test_an_attended_visit_counts_on_the_day_it_took_place() -> None:
    moved = recorded(a_document(), visit_of_plan(a_document(), 1, date=MONDAY + 2 * DAY))
    assert days(moved) == [(MONDAY + 2 * DAY, 1, 60), (MONDAY + WEEK, 1, 60)]


@pytest.mark.parametrize("status", [VisitStatus.MISSED, VisitStatus.CANCELLED])
def test_a_visit_nobody_came_to_does_not_count(status: VisitStatus) -> None:
    assert days(missed(a_document(), 1, status=status)) == [(MONDAY + WEEK, 1, 60)]


def test_days_outside_are_left_out() -> None:
    assert days(a_document(), last=MONDAY + 6 * DAY) == [(MONDAY, 1, 60)]
    assert days(a_document(), first=MONDAY + DAY, last=MONDAY + 7 * DAY) == [(MONDAY + WEEK, 1, 60)]


def test_what_was_done_before_a_course_ended_counts() -> None:
    stopped = applied(visited(a_document(), 4, 6, 6))
    assert days(stopped, first=MONDAY, last=LAST) == [(MONDAY + week * WEEK, 1, 60) for week in range(3)]


@pytest.mark.parametrize(("minutes", "limit", "over"), [(300, 5.0, False), (301, 5.0, True), (301, None, False), (45, 0.75, False)])
def test_a_day_is_over_the_limit_from_the_minute_after_it(minutes: int, limit: float | None, over: bool) -> None:
    assert Day(date=MONDAY, visits=1, minutes=minutes).is_over(limit) is over


def test_the_minutes_of_an_eased_course_are_the_shorter_ones() -> None:
    eased = applied(visited(a_document(), 6, soreness_hours=60))
    assert days(eased) == [(MONDAY, 1, 60), (MONDAY + WEEK, 1, 45)]


def test_an_unknown_measure_is_told_and_no_bug() -> None:
    from massage_cli.knowledge.problems import Unreadable

    document = visited(a_document(), 5, measure="rmdq", score=8)
    with pytest.raises(Unreadable):
        due(replace(document, visits=(replace(document.visits[0], measure="gone"),)), MONDAY)
