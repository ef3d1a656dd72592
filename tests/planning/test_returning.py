"""A client who comes again: what the saved plan answers already, and what is asked anew."""

import pytest
from msgspec.structs import replace

from massage_cli.files.intake_file import read_intake
from massage_cli.planning.given import Answer
from massage_cli.planning.questionnaire import next_question, steps
from massage_cli.planning.returning import given_from, to_ask_again
from tests.builders import TODAY, an_intake, knowledge
from tests.terminal.interview.answering import checked, interviewed, spelled_out
from tests.worked import NAMES, intake_file

KNOWLEDGE = knowledge()


def returned(**changes: object) -> dict[str, Answer]:
    return given_from(an_intake(**changes), KNOWLEDGE, on=TODAY)


def again(given: dict[str, Answer]) -> list[str]:
    return to_ask_again(given, KNOWLEDGE, on=TODAY)


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


def test_notes_are_kept() -> None:
    assert checked(returned(notes="Prefers mornings.")).notes == "Prefers mornings."


def test_a_question_that_the_file_left_open_is_still_open() -> None:
    before = read_intake(intake_file("open-question").read_bytes(), "open", KNOWLEDGE, on=TODAY)
    question = next_question(given_from(before, KNOWLEDGE, on=TODAY), KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == "fact.varicose-veins-severity"


def test_what_nobody_answered_is_not_taken_for_a_no() -> None:
    given = given_from(replace(an_intake(), health={}), KNOWLEDGE, on=TODAY)
    question = next_question(given, KNOWLEDGE, on=TODAY)
    assert question is not None
    assert question.id == "health.today"


def test_pain_is_asked_again() -> None:
    assert again(interviewed())[0] == "pain"


def test_nothing_but_pain_and_health_is_asked_again() -> None:
    asked = again(interviewed({"age": 70}))
    assert all(name == "pain" or name.partition(".")[0] in ("health", "measured", "fact") for name in asked)


def test_a_list_in_which_nothing_changes_from_visit_to_visit_is_not_asked_again() -> None:
    unchanging = {
        group.id for group in KNOWLEDGE.groups if not any(fact.checked_each_visit for fact in KNOWLEDGE.facts if fact.group == group.id)
    }
    assert unchanging
    assert unchanging.isdisjoint(name.partition(".")[2] for name in again(interviewed({"age": 70})))


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
    given = interviewed(EACH_VISIT[fact])
    wanted = set(again(given))
    asking = [
        question.id
        for question in steps(given, KNOWLEDGE, on=TODAY)
        if question.id == f"fact.{fact}" or any(option.value == fact for option in question.options)
    ]
    assert asking
    assert wanted & set(asking)
