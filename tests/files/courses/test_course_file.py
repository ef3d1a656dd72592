"""A course between its file and the engine: nothing is lost on the way, and what a visit brings binds the rest."""

from datetime import date, timedelta
from unittest import mock

import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from massage_cli.files.courses.course_file import course_in, review_of, with_review
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_toml
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Action, MissedVisits, OutcomeKind, VisitStatus
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.follow_up.course import course_of
from massage_cli.planning.plan import Plan, make_plan
from tests.builders import TODAY, knowledge
from tests.drawn import drawn_intake, seeds
from tests.planning.follow_up.test_review import Story
from tests.saved import a_document, applied, as_version, course_of_file, missed, recorded, reviewed, visit_of_plan, visited

KNOWLEDGE = knowledge()
MONDAY = date(2026, 11, 23)
NO_DANGER = dict.fromkeys(("high-risk-pregnancy", "pregnancy-danger", "pre-eclampsia-symptoms", "pregnancy-headache"), "no")
WITHHOLDING = {
    "a red flag": ({"fever": "yes"}, OutcomeKind.REFER),
    "an emergency": ({"chest-pain": "yes"}, OutcomeKind.REFER),
    "unsure of a danger": ({"fever": "unsure"}, OutcomeKind.CLEARANCE),
    "a rule that asks for clearance": ({"pregnant": "yes", "pregnancy-weeks": 25, **NO_DANGER}, OutcomeKind.CLEARANCE),
    "a question left open": ({"varicose-veins": "yes"}, OutcomeKind.INCOMPLETE),
}


def reread(document: PlanDocument) -> PlanDocument:
    return read_plan(to_toml(document).encode(), "ann.toml")


def problem_of(document: PlanDocument) -> tuple[str, str]:
    with pytest.raises(Unreadable) as broken:
        course_in(document, KNOWLEDGE, called="ann.toml")
    assert [problem.file for problem in broken.value.problems] == ["ann.toml"] * len(broken.value.problems)
    return broken.value.problems[0].path, broken.value.problems[0].message


# From the file


def test_the_course_of_a_file_is_the_course_of_its_plan() -> None:
    document = a_document(prefers=["deep-tissue"], regions=["lower-back", "left-hip"])
    plan = make_plan(document.intake, KNOWLEDGE, on=TODAY)
    assert isinstance(plan, Plan)
    assert course_of_file(document) == course_of(plan)
    assert course_of_file(reread(document)) == course_of(plan)


@given(seeds)
@settings(max_examples=60)
def test_a_drawn_course_survives_its_file(seed: int) -> None:
    table, on = drawn_intake(seed)
    try:
        plan = make_plan(check_intake(table, KNOWLEDGE, on=on), KNOWLEDGE, on=on)
    except NoOpenDay:
        assume(False)
    assume(isinstance(plan, Plan))
    document = reread(document_of(plan, KNOWLEDGE, program="test"))
    assert course_in(document, KNOWLEDGE, called="x") == course_of(plan)


@given(seeds)
@settings(max_examples=40)
def test_a_review_of_a_saved_course_is_that_of_the_course_in_memory_in_later_versions_too(seed: int) -> None:
    story = Story(seed)
    assume(story.course is not None)
    table, on = drawn_intake(seed)
    plan = make_plan(check_intake(table, KNOWLEDGE, on=on), KNOWLEDGE, on=on, holidays=story.holidays)
    document = document_of(plan, KNOWLEDGE, program="test")
    with mock.patch("massage_cli.files.courses.course_file.public_holidays", lambda *_, **__: story.holidays):
        for number, (course, visits, found, today, missed) in enumerate(story.told(), start=2):
            document = replace(reread(document), visits=visits)
            assert course_in(document, KNOWLEDGE, called="x") == course
            try:
                assert review_of(document, KNOWLEDGE, today=today, missed=missed, called="x") == found
            except Unreadable as ended:
                assert [problem.path for problem in ended.problems] == ["decision"]
                return
            document = as_version(with_review(document, found, KNOWLEDGE), number)


@pytest.mark.parametrize("changes", [{"health": {"chest-pain": "yes"}}, {"health": {"pregnant": "yes", "pregnancy-weeks": 25}}])
def test_a_withheld_plan_holds_no_course(changes: dict[str, object]) -> None:
    path, message = problem_of(a_document(**changes))
    assert (path, "there is no course" in message) == ("outcome", True)


@pytest.mark.parametrize("gone", ["protocol", "technique", "region"])
def test_a_course_that_this_knowledge_does_not_have_is_refused(gone: str) -> None:
    document = a_document()
    first = document.techniques[0]
    changed = {
        "protocol": replace(document, protocol=replace(document.protocol, id="gone")),
        "technique": replace(document, techniques=(replace(first, id="gone"),)),
        "region": replace(document, techniques=(replace(first, regions=("gone",)),)),
    }
    assert problem_of(changed[gone])[0] == "protocol"


def test_a_measure_that_this_knowledge_does_not_have_is_refused() -> None:
    document = visited(a_document(), 5, measure="rmdq", score=8)
    gone = replace(document, visits=(replace(document.visits[0], measure="gone"),))
    assert problem_of(gone)[0] == "visits[0].measure"


# With a visit


def test_a_visit_changes_nothing_but_the_record_of_visits() -> None:
    before = a_document()
    after = visited(before, 5)
    assert [visit.number for visit in after.visits] == [1]
    assert replace(after, visits=(), program="test") == before


@pytest.mark.parametrize("case", WITHHOLDING)
def test_what_stops_a_plan_stops_the_rest_of_the_course(case: str) -> None:
    health, outcome = WITHHOLDING[case]
    document = visited(a_document(age=30), 5, 5, health=health)
    assert document.outcome is outcome
    assert (document.techniques, document.outline, document.phases, document.sessions) == ((), (), (), ())
    assert (document.maintenance, document.measures) == (None, ())
    assert [visit.number for visit in document.visits] == [1, 2]
    assert reread(document) == document


def test_a_decision_taken_before_stays_in_a_withheld_plan() -> None:
    document = visited(applied(visited(a_document(), 6, 6, 4, 4)), 4, health={"fever": "yes"})
    assert document.decision is not None
    assert document.decision.action is Action.CONTINUE


def test_an_expired_clearance_stops_the_rest() -> None:
    told = {"health": {"pregnant": "yes", "pregnancy-weeks": 12}, "age": 30}
    rules = [finding.rule for finding in a_document(**told).screening.findings if finding.rule in KNOWLEDGE.liftable]
    days = min(KNOWLEDGE.rule[rule].clearance_valid_days for rule in rules)
    before = a_document(**told, clearances=[{"rule": rule, "by": "midwife", "on": TODAY} for rule in rules])
    last_day = visit_of_plan(before, 1, date=TODAY + timedelta(days=days))
    assert not recorded(before, last_day).outcome.withholds
    assert recorded(before, replace(last_day, date=last_day.date + timedelta(days=1))).outcome is OutcomeKind.CLEARANCE


def test_a_new_limit_plans_the_session_again_and_keeps_the_dates() -> None:
    before = visited(a_document(), 5)
    after = visited(before, 5, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert after.outcome is OutcomeKind.RESTRICTED
    assert after.screening.pressure_max < before.screening.pressure_max
    assert max(technique.pressure for technique in after.techniques) <= after.screening.pressure_max
    assert "deep-tissue" not in {technique.id for technique in after.techniques}
    assert (after.sessions, after.phases) == (before.sessions, before.phases)
    again = a_document(health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert after.techniques == again.techniques


def test_a_limit_that_has_gone_sets_the_session_free_again() -> None:
    before = visited(a_document(), 5)
    bound = visited(before, 5, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    free = visited(bound, 5, health={"anticoagulant": "no"})
    assert (free.outcome, free.techniques) == (OutcomeKind.CLEAR, before.techniques)


def test_what_was_said_at_a_visit_holds_at_the_next_ones() -> None:
    document = visited(a_document(), 5, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    for _ in range(2):
        document = visited(document, 5)
        assert document.outcome is OutcomeKind.RESTRICTED


def test_a_call_about_a_missed_visit_is_screened_too() -> None:
    stopped = recorded(a_document(), visit_of_plan(a_document(), 1, status=VisitStatus.MISSED, health={"fever": "yes"}))
    assert stopped.outcome is OutcomeKind.REFER


def test_visits_stand_in_the_order_of_their_days() -> None:
    document = recorded(visited(a_document(), 5, 5), visit_of_plan(a_document(), 4))
    late = recorded(document, visit_of_plan(document, 3, status=VisitStatus.MISSED))
    assert [visit.number for visit in late.visits] == [1, 2, 3, 4]


# With a review


def test_a_review_of_an_unchanged_course_gives_the_same_plan_on_the_same_day() -> None:
    before = a_document()
    found = review_of(before, KNOWLEDGE, today=TODAY, missed=MissedVisits.KEEP, called="x")
    after = with_review(before, found, KNOWLEDGE)
    assert to_toml(replace(after, decision=None, program="test")) == to_toml(before)


def test_what_a_review_replaces_is_declined_from_then_on() -> None:
    after = applied(visited(a_document(), 6, 6, 6, 6))
    assert after.decision is not None
    assert after.decision.action is Action.CHANGE_TECHNIQUES
    assert set(after.intake.declines).isdisjoint(technique.id for technique in after.techniques)
    assert after.intake.declines


def test_a_review_does_not_put_what_was_said_at_visits_into_the_intake() -> None:
    before = visited(a_document(), 6, 6, 4, 4, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert applied(before).intake.health == a_document().intake.health


def test_a_decision_names_the_last_visit_it_looked_at() -> None:
    document = applied(visited(a_document(), 6, 6, 4, 4))
    assert document.decision is not None
    assert document.decision.visit == 4
    assert course_of_file(reread(document)).reviewed == 4


def test_a_visit_recorded_after_a_review_of_the_same_day_has_not_been_reviewed() -> None:
    three = applied(visited(a_document(), 6, 6, 4), today=date(2026, 12, 14))
    four = visited(three, 4)
    assert four.visits[-1].date == three.decision.on
    assert reviewed(four).progress.review_due


def test_a_visit_recorded_late_leaves_the_review_of_the_last_one_done() -> None:
    document = visited(a_document(), 6, 6)
    done = applied(recorded(document, visit_of_plan(document, 4, pain=4)))
    late = recorded(done, visit_of_plan(done, 3, pain=5))
    assert not reviewed(late).progress.review_due


def test_a_warning_is_not_said_twice() -> None:
    once = applied(visited(a_document(), 6, soreness_hours=60))
    again = applied(once)
    assert [warning.id for warning in once.warnings].count("eased") == 1
    assert [warning.id for warning in again.warnings].count("eased") == 1


def test_a_stopped_course_is_not_reviewed_again() -> None:
    stopped = applied(visited(a_document(), 4, 6, 6))
    assert stopped.decision is not None
    assert stopped.decision.action is Action.STOP_REFER
    for way in MissedVisits:
        with pytest.raises(Unreadable, match="1 problems") as broken:
            reviewed(stopped, missed=way, today=date(2026, 12, 20))
        assert broken.value.problems[0].path == "decision"


@pytest.mark.parametrize("pains", [(6, 6, 6, 6), (6, 1, 1)])
def test_a_course_that_has_ended_never_goes_on_by_reviewing_it_once_more(pains: tuple[int, ...]) -> None:
    ended = applied(visited(applied(visited(a_document(), *pains)), 6, 6)) if pains[1] == 6 else applied(visited(a_document(), *pains))
    assert ended.decision is not None
    assert ended.decision.action in (Action.STOP_REFER, Action.DISCHARGE)
    with pytest.raises(Unreadable):
        applied(ended)


def test_a_course_with_one_more_visit_before_its_discharge_can_still_be_reviewed() -> None:
    document = visited(a_document(), *[6] * 2, *[5] * 2)
    document = visited(applied(document), 4, 4)
    document = visited(applied(document), 3, 3, 2)
    ending = applied(document)
    assert ending.decision is not None
    if ending.decision.action is Action.DISCHARGE and len(ending.sessions) > len(ending.visits):
        last = visited(ending, 1)
        assert applied(last).decision.action is Action.DISCHARGE


def test_no_open_day_for_the_rest_is_told_as_a_problem_of_the_booking() -> None:
    document = missed(visited(a_document(), 6), 2)
    closed = [TODAY + timedelta(days=day) for day in range(1000)]
    shut = replace(document, intake=replace(document.intake, booking=replace(document.intake.booking, closed=tuple(closed))))
    with pytest.raises(Unreadable) as broken:
        reviewed(shut, missed=MissedVisits.SHIFT)
    assert broken.value.problems[0].path == "booking"
