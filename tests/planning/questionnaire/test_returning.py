"""A client who comes again: what the saved plan answers already, and what is asked anew."""

import pytest
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake
from massage_cli.planning.questionnaire.given import Answer, chosen, clearances_of
from massage_cli.planning.questionnaire.order import next_question, steps
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.planning.questionnaire.returning import come_again, given_from
from tests.builders import TODAY, an_intake, knowledge
from tests.terminal.interview.answering import checked, filled, interviewed, plainly, spelled_out
from tests.worked import NAMES, intake_file

KNOWLEDGE = knowledge()


def returned(**changes: object) -> dict[str, Answer]:
    return given_from(an_intake(**changes), KNOWLEDGE, on=TODAY)


def again(**changes: object) -> dict[str, Answer]:
    return come_again(an_intake(**changes), KNOWLEDGE, on=TODAY)


def open_questions(given: dict[str, Answer]) -> list[str]:
    """Everything an interview still asks from these answers, where nothing of it is ticked."""
    answered = filled(plainly, given)
    return [question.id for question in steps(answered, KNOWLEDGE, on=TODAY) if question.id not in given]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "open-question"])
def test_a_worked_client_who_comes_again_is_the_same_client_on_a_later_visit(name: str) -> None:
    before = read_intake(intake_file(name).read_bytes(), name, KNOWLEDGE, on=TODAY)
    now = checked(given_from(before, KNOWLEDGE, on=TODAY))
    later = spelled_out(before)
    assert now == replace(later, first_visit=False, booking=replace(later.booking, start=None))


def test_a_client_who_comes_again_is_not_new() -> None:
    assert returned(first_visit=True)["first-visit"] == "no"


def test_the_first_day_booked_then_is_not_booked_again() -> None:
    given = returned(booking={"start": TODAY})
    assert given["booking"] == "usual"
    assert checked(given).booking.start is None


def test_everything_else_that_was_booked_is_kept() -> None:
    assert checked(returned(booking={"start": TODAY, "minutes": 60})).booking.minutes == 60


def test_what_was_left_out_of_the_booking_is_left_out_and_not_empty() -> None:
    given = returned(booking={"minutes": 60})
    assert (given["booking.closed"], given["booking.start"]) == (None, None)
    assert given["booking.weekdays"] == given["booking.trained-in"] == ()


def test_training_is_kept_on_the_page_of_the_list_that_it_stands_on() -> None:
    given = returned(booking={"trained-in": ["tuina", "hot-stone", "cupping"]})
    assert (given["booking.trained-in"], given["booking.trained-in.2"]) == (("cupping", "hot-stone"), ("tuina",))


def test_a_complaint_that_does_not_go_with_the_condition_is_open_and_what_follows_it_too() -> None:
    given = returned(condition="maintenance", complaint="lymphedema", pain=None)
    question = next_question(given, KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id.startswith("complaint.")
    assert "regions" not in given


def test_both_sides_that_were_named_each_are_both_sides() -> None:
    given = returned(regions=["left-knee", "right-knee", "left-foot"])
    assert (given["regions.knee"], given["regions.foot"]) == ("knee", "left-foot")
    assert checked(given).regions == ("knee", "left-foot")


def test_places_of_health_are_kept_with_their_sides() -> None:
    places = {"answer": "unsure", "regions": ["left-knee", "right-foot", "lower-back"]}
    given = returned(health={"joint-hardware": places})
    assert given["where.joint-hardware"] == ("lower-back", "in-leg")
    assert given["where.joint-hardware.leg"] == ("knee", "foot")
    assert (given["where.joint-hardware.knee"], given["where.joint-hardware.foot"]) == ("left-knee", "right-foot")


def test_notes_are_kept() -> None:
    assert checked(returned(notes="Prefers mornings.")).notes == "Prefers mornings."


def test_a_question_that_the_file_left_open_is_still_open() -> None:
    before = read_intake(intake_file("open-question").read_bytes(), "open", KNOWLEDGE, on=TODAY)
    question = next_question(given_from(before, KNOWLEDGE, on=TODAY), KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == "fact.varicose-veins-severity"
    assert "booking" not in given_from(before, KNOWLEDGE, on=TODAY)


def test_what_nobody_answered_is_not_taken_for_a_no() -> None:
    given = given_from(replace(an_intake(), health={}), KNOWLEDGE, on=TODAY)
    question = next_question(given, KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == "health.today"


def test_a_question_that_came_up_and_was_not_answered_is_not_taken_for_a_no_where_nothing_was_attested() -> None:
    every = dict.fromkeys((fact.id for fact in KNOWLEDGE.facts if fact.kind == "yes-no" and fact.id not in KNOWLEDGE.asked_after), "no")
    client = replace(an_intake(), health={**every, "diabetes": "yes"})
    given = given_from(client, KNOWLEDGE, on=TODAY)
    assert (given["fact.diabetes"], "fact.diabetes-complications" in given) == ("yes", False)
    attested = given_from(replace(client, health={**client.health, EVERYTHING_ELSE: "no"}), KNOWLEDGE, on=TODAY)
    assert attested["fact.diabetes-complications"] == "no"


def test_a_list_that_was_answered_in_part_is_not_taken_for_a_no_to_the_rest() -> None:
    given = given_from(replace(an_intake(), health={"fever": "no"}), KNOWLEDGE, on=TODAY)
    assert "health.today" not in given


@pytest.mark.parametrize(
    ("health", "open_"),
    [
        ({"device": "yes"}, "fact.pacemaker"),
        ({"varicose-veins": "yes"}, "fact.varicose-veins-severity"),
        ({"pregnant": "yes"}, "fact.pregnancy-weeks"),
    ],
)
def test_a_choice_or_a_number_that_nobody_answered_is_asked_though_all_else_was_attested(health: dict[str, str], open_: str) -> None:
    question = next_question(returned(health=health), KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == open_


def test_what_was_not_sure_is_ticked_and_not_sure() -> None:
    given = returned(health={"diabetes": "unsure", "fever": "unsure"})
    assert (given["health.today"], given["fact.fever"], given["fact.diabetes"]) == (("fever",), "unsure", "unsure")
    assert "diabetes" in chosen(given, "health.conditions")


def test_each_agreement_is_kept_with_what_it_lifts() -> None:
    notes = (
        {"rule": "pregnancy", "by": "midwife", "on": "2026-11-10"},
        {"rule": "kidney-disease", "by": "nephrologist", "on": "2026-11-12", "limits": "light alone"},
    )
    health = {"pregnant": "yes", "pregnancy-weeks": 20, "kidney-disease": "yes"}
    assert clearances_of(returned(age=30, health=health, clearances=notes)) == notes


def test_where_nobody_had_agreed_nobody_has_until_it_is_said() -> None:
    given = again(age=30, health={"kidney-disease": "yes"})
    assert given["clearance.kidney-disease"] == "none"


def test_a_client_who_comes_again_is_asked_what_has_changed_then_pain_then_what_is_checked_at_each_visit() -> None:
    assert open_questions(again()) == ["changed", "pain", "today", "today.2", "today.3", "today.4", "today.5", "measured.measurements"]


def test_the_lists_of_each_visit_hold_just_what_is_checked_then() -> None:
    given = filled(plainly, again(age=30))
    lines = {
        option.value for question in steps(given, KNOWLEDGE, on=TODAY) if question.id.startswith("today") for option in question.options
    }
    assert lines == {
        fact.id
        for fact in KNOWLEDGE.facts
        if fact.checked_each_visit and fact.id in KNOWLEDGE.checklist_facts and (fact.asked_when is None or fact.id == "pregnant")
    }


def test_each_line_about_health_stands_in_one_list_alone() -> None:
    given = filled(plainly, again(age=30, pain=9))
    lines = [option.value for question in steps(given, KNOWLEDGE, on=TODAY) if question.kind is Kind.MANY for option in question.options]
    about_health = [line for line in lines if line in KNOWLEDGE.fact]
    assert len(about_health) == len(set(about_health))


def test_what_was_ticked_then_and_is_not_ticked_today_is_a_no() -> None:
    given = filled(plainly, again(health={EVERYTHING_ELSE: "no", "fever": "yes", "diabetes": "yes", "diabetes-complications": "no"}))
    health = checked(given).health
    assert "fever" not in health
    assert health["diabetes"] == "yes"


def test_what_is_ticked_today_is_a_yes() -> None:
    given = filled(lambda question: {"today": ("fever",), "fact.fever": "yes"}.get(question.id) or plainly(question), again())
    assert checked(given).health["fever"] == "yes"


def test_a_tick_is_confirmed_before_the_next_list_of_the_visit() -> None:
    given = {**again(), "changed": (), "pain": 4, "today": ("fever",)}
    question = next_question(given, KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == "fact.fever"


def test_where_something_is_that_is_checked_at_each_visit_is_asked_again() -> None:
    places = {"answer": "yes", "regions": ["neck", "left-knee"]}
    given = again(health={"bruise": places, "joint-hardware": places})
    assert not any(name.startswith("where.bruise") for name in given)
    assert {"where.joint-hardware", "where.joint-hardware.knee"} <= given.keys()


def the_same(question: Question, before: Intake) -> Answer:
    """What was ticked then is ticked again, and true."""
    if question.kind is Kind.MANY and question.health:
        return tuple(option.value for option in question.options if option.value in before.health)
    yes = "yes" in {option.value for option in question.options} and question.id.removeprefix("fact.") in before.health
    return "yes" if yes else plainly(question)


EACH_VISIT = {
    "thinner-unstable": {"health.medicines": ("anticoagulant",), "fact.anticoagulant": "yes"},
    "clot-current": {"health.clots": ("clot-ever",), "fact.clot-ever": "yes", "fact.clot-current": "no"},
    "cancer-treatment": {"health.cancer-blood": ("cancer-active",), "fact.cancer-active": "yes"},
    "systolic": {"measured.measurements": ("systolic",), "fact.systolic": 120, "fact.diastolic": 80},
    "fever": {},
}


@pytest.mark.parametrize("fact", EACH_VISIT)
def test_everything_that_is_checked_at_each_visit_is_asked_again(fact: str) -> None:
    assert KNOWLEDGE.fact[fact].checked_each_visit
    before = checked(interviewed(EACH_VISIT[fact]))
    given = come_again(before, KNOWLEDGE, on=TODAY)
    answered = filled(lambda question: the_same(question, before), given)
    asking = [
        question.id
        for question in steps(answered, KNOWLEDGE, on=TODAY)
        if question.id == f"fact.{fact}" or any(option.value == fact for option in question.options)
    ]
    assert asking
    assert given.keys().isdisjoint(asking)
