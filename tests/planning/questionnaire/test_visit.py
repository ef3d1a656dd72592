"""The questions about one visit, and the visit that the answers make."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake, Placed, Reply
from massage_cli.planning.questionnaire.given import Answer, complaint_of, record
from massage_cli.planning.questionnaire.order import first_open, is_open, screening_so_far
from massage_cli.planning.questionnaire.question import Question
from massage_cli.planning.questionnaire.returning import given_from
from massage_cli.planning.questionnaire.visit import changed_health, visit_begins, visit_of, visit_questions
from tests.builders import TODAY, an_intake, knowledge
from tests.drawn import seeds
from tests.terminal.display.pages import drawn_document
from tests.terminal.interview.answering import plainly

KNOWLEDGE = knowledge()
RMDQ = KNOWLEDGE.measure["rmdq"]


def asked(intake: Intake, wanted: Mapping[str, Answer], *, on: date = TODAY, first: bool = False) -> tuple[list[str], dict[str, Answer]]:
    """Every question that is put for these answers, the others answered plainly; and all answers."""
    answers, names = visit_begins(intake, KNOWLEDGE, on=on), []

    def open_one() -> Question | None:
        return first_open(visit_questions(answers, KNOWLEDGE, on=on, measures=(RMDQ,), first_visit=first), answers)

    while (question := open_one()) is not None:
        names.append(question.id)
        answer = wanted.get(question.id, "none" if question.id == "measure" else plainly(question))
        record(answers, question.id, answer, tuple(option.value for option in question.options))
        assert not is_open(question, answers), (question.id, answer)
    return names, answers


def told(wanted: Mapping[str, Answer], intake: Intake | None = None, **how: Any) -> Visit:
    intake = an_intake() if intake is None else intake
    return visit_of(asked(intake, {"status": "attended", **wanted}, **how)[1], 2, intake, KNOWLEDGE, today=TODAY)


def changed(before: Intake, now: Mapping[str, Reply]) -> dict[str, Reply]:
    return changed_health(before, now, KNOWLEDGE, on=TODAY)


def test_an_attended_visit_is_asked_how_it_is_and_what_is_checked_each_time() -> None:
    names, _ = asked(an_intake(), {"status": "attended", "measure": "rmdq"})
    assert names[:6] == ["status", "date", "pain", "measure", "score", "soreness-hours"]
    assert names[6] == "today"
    assert names[-1] == "note"


def test_where_the_plan_has_no_measure_none_is_asked_for() -> None:
    given = {**visit_begins(an_intake(), KNOWLEDGE, on=TODAY), "status": "attended"}
    names = [question.id for question in visit_questions(given, KNOWLEDGE, on=TODAY, measures=(), first_visit=True)]
    assert "pain" in names
    assert not {"measure", "score"} & set(names)


def test_the_first_visit_is_not_asked_about_soreness() -> None:
    assert "soreness-hours" not in asked(an_intake(), {"status": "attended"}, first=True)[0]


def test_nobody_is_asked_about_health_who_did_not_come() -> None:
    for status in ("missed", "cancelled"):
        assert asked(an_intake(), {"status": status})[0] == ["status", "date", "note"]


def test_a_visit_says_what_was_answered() -> None:
    visit = told({"pain": 3, "measure": "rmdq", "score": 8, "soreness-hours": 12, "note": "x", "date": "2026-11-20"})
    assert (visit.number, visit.date, visit.pain, visit.measure, visit.score) == (2, date(2026, 11, 20), 3, "rmdq", 8)
    assert (visit.soreness_hours, visit.note, visit.health) == (12, "x", {})


def test_enter_alone_is_today_and_leaves_out_the_rest() -> None:
    visit = told({"pain": None})
    assert (visit.date, visit.pain, visit.measure, visit.score, visit.soreness_hours, visit.note) == (TODAY, *[None] * 5)


def test_only_what_has_changed_about_health_is_kept() -> None:
    intake = an_intake(health={"daily-aspirin": "yes", "diabetes": "yes", "diabetes-complications": "no"})
    assert told({}, intake).health == {"daily-aspirin": "no"}


SCORED: Mapping[str, Answer] = {"pain": 3, "measure": "rmdq", "score": 8, "soreness-hours": 12}


def test_what_was_said_of_a_visit_nobody_came_to_is_dropped_but_for_the_note() -> None:
    visit = visit_of({**SCORED, "status": "missed", "note": "x"}, 1, an_intake(), KNOWLEDGE, today=TODAY)
    assert (visit.pain, visit.measure, visit.score, visit.soreness_hours, visit.note) == (None, None, None, None, "x")


@pytest.mark.parametrize("measure", ["none", None])
def test_a_score_without_its_measure_is_dropped(measure: Answer) -> None:
    visit = visit_of({**SCORED, "status": "attended", "measure": measure}, 1, an_intake(), KNOWLEDGE, today=TODAY)
    assert (visit.pain, visit.measure, visit.score, visit.soreness_hours) == (3, None, None, 12)


def test_what_is_no_number_in_a_draft_that_was_changed_by_hand_is_left_out() -> None:
    damaged = {"status": "attended", "pain": "x", "measure": "rmdq", "score": "x", "soreness-hours": ("x",)}
    visit = visit_of(damaged, 1, an_intake(), KNOWLEDGE, today=TODAY)
    assert (visit.pain, visit.score, visit.soreness_hours) == (None, None, None)


def test_a_danger_is_kept_also_where_nobody_came() -> None:
    wanted = {"status": "attended", "today": ("chest-pain",), "fact.chest-pain": "yes"}
    answers = {**asked(an_intake(), wanted)[1], "status": "missed"}
    assert visit_of(answers, 1, an_intake(), KNOWLEDGE, today=TODAY).health == {"chest-pain": "yes"}


def test_places_named_in_another_order_are_the_same_answer() -> None:
    before = an_intake(health={"numbness": {"answer": "yes", "regions": ["left-foot", "left-hand"]}})
    assert changed(before, {"numbness": Placed(answer="yes", regions=("left-hand", "left-foot"))}) == {}
    for other in (Placed(answer="unsure", regions=("left-foot", "left-hand")), Placed(answer="yes", regions=("left-foot",)), "yes"):
        assert changed(before, {"numbness": other}) == {"numbness": other}


def test_places_that_are_named_now_for_what_had_none_are_another_answer() -> None:
    placed = Placed(answer="yes", regions=("left-hand",))
    assert changed(replace(an_intake(), health={"numbness": "yes"}), {"numbness": placed}) == {"numbness": placed}


def test_what_an_answer_of_today_brings_up_together_with_one_of_then_is_kept() -> None:
    weeks: dict[str, Reply] = {"pregnancy-weeks": 24, "pre-eclampsia-symptoms": "no"}
    before = replace(an_intake(), health={EVERYTHING_ELSE: "no", "pregnant": "yes", "pregnancy-weeks": 16})
    assert changed(before, weeks) == weeks


def test_a_question_attested_as_no_was_no_and_one_left_open_was_not() -> None:
    assert changed(an_intake(), {"fever": "no"}) == {}
    assert changed(replace(an_intake(), health={}), {"fever": "no"}) == {"fever": "no"}


def test_the_no_to_a_question_that_an_answer_of_today_brings_up_is_kept_as_nobody_attested_it() -> None:
    thinner: dict[str, Reply] = {"anticoagulant": "yes", "thinner-unstable": "no", "fever": "no"}
    assert changed(an_intake(), thinner) == {"anticoagulant": "yes", "thinner-unstable": "no"}
    assert changed(an_intake(health={"anticoagulant": "yes"}), thinner) == {}
    assert changed(an_intake(), {"anticoagulant": "no", "thinner-unstable": "no"}) == {}


def test_a_complaint_that_only_a_file_can_give_loses_nothing_of_what_is_known() -> None:
    odd = next(complaint.id for complaint in KNOWLEDGE.complaints if "maintenance" not in complaint.protocols and not complaint.needs)
    intake = an_intake(condition="maintenance", complaint=odd, regions=["neck"], pain=None, health={"heat-sensitive": "yes"})
    begun = visit_begins(intake, KNOWLEDGE, on=TODAY)
    assert complaint_of(begun) == odd
    known = screening_so_far(begun, KNOWLEDGE, on=TODAY)
    assert known.requested == KNOWLEDGE.body.expand(("neck",))
    names, answers = asked(intake, {"status": "attended"})
    assert not any(name.startswith("health.") for name in names)
    assert visit_of(answers, 1, intake, KNOWLEDGE, today=TODAY).health in ({}, {"heat-sensitive": "no"})


@given(seeds)
@settings(max_examples=10)
def test_nothing_new_changes_nothing_about_health_for_any_client(seed: int) -> None:
    document = drawn_document(seed % 150)
    assume(document is not None and not document.outcome.withholds)
    on, intake = document.planned_on, document.intake
    before = given_from(intake, KNOWLEDGE, on=on, returning=True, past_open=True)
    wanted = {name: answer for name, answer in before.items() if name.startswith(("today", "fact.", "where.", "measured."))}
    names, answers = asked(intake, {**wanted, "status": "attended", "pain": intake.pain}, on=on)
    assert len(names) < 40
    for fact, reply in visit_of(answers, 1, intake, KNOWLEDGE, today=on).health.items():
        assert places_of(reply) == places_of(intake.health.get(fact, "no")), fact


def places_of(reply: Reply) -> tuple[object, ...]:
    return (reply.answer, *KNOWLEDGE.body.expand(reply.regions or ())) if isinstance(reply, Placed) else (reply,)
