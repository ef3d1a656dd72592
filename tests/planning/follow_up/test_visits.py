"""The record of visits (planning.md 10.1)."""

from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.answers import Answers
from massage_cli.planning.follow_up.visits import Visit, as_of_now, attended_of, intake_of_now, without_unasked
from massage_cli.planning.intake_problems import problems_of
from tests.builders import TODAY, a_visit, an_intake, changed_knowledge, knowledge


def read(**keys: object) -> Visit:
    return msgspec.convert({"number": 1, "date": date(2026, 11, 30), "status": "attended"} | keys, Visit)


def test_a_visit_is_read_from_the_keys_of_a_file() -> None:
    visit = read(**{"pain": 4, "measure": "rmdq", "score": 8, "soreness-hours": 24, "note": "x", "health": {"fever": "no"}})
    assert (visit.pain, visit.measure, visit.score, visit.soreness_hours, visit.health) == (4, "rmdq", 8, 24, {"fever": "no"})


def test_a_visit_without_scores_says_nothing_of_them() -> None:
    visit = read(status="missed")
    assert (visit.status, visit.pain, visit.score, visit.health) == (VisitStatus.MISSED, None, None, {})


def test_a_visit_is_written_with_the_keys_it_has() -> None:
    assert msgspec.to_builtins(read(pain=0), builtin_types=(date,)) == {
        "number": 1,
        "date": date(2026, 11, 30),
        "status": "attended",
        "pain": 0,
    }


@pytest.mark.parametrize(
    "keys", [{"pain": 11}, {"pain": -1}, {"pain": 4.5}, {"status": "late"}, {"number": 0}, {"soreness-hours": -1}, {"pian": 4}]
)
def test_what_cannot_be_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(**keys)


def test_attended_visits_are_taken_oldest_first() -> None:
    visits = [a_visit(3), a_visit(2, status=VisitStatus.MISSED), a_visit(1), a_visit(4, status=VisitStatus.CANCELLED)]
    assert [visit.number for visit in attended_of(visits)] == [1, 3]


def test_where_nothing_new_was_said_the_intake_stays() -> None:
    intake = an_intake()
    assert intake_of_now(intake, (a_visit(1),), knowledge(), on=TODAY) is intake
    not_asked = replace(intake, health={**intake.health, "thinner-unstable": "no"})
    assert intake_of_now(not_asked, (a_visit(1),), knowledge(), on=TODAY) is not_asked


def test_what_was_said_last_counts_whatever_the_order_of_the_records() -> None:
    visits = (a_visit(2, health={"fever": "no"}), a_visit(1, health={"fever": "yes", "bruise": "unsure"}))
    now = as_of_now(an_intake(), visits, knowledge())
    assert (now.health["fever"], now.health["bruise"], now.health["everything-else"]) == ("no", "unsure", "no")


@pytest.mark.parametrize(
    ("health", "open_now"),
    [
        ({"anticoagulant": "yes"}, ("thinner-unstable",)),
        ({"anticoagulant": "unsure"}, ("thinner-unstable",)),
        ({"systolic": 165, "diastolic": 80}, ("pressure-danger-symptoms", "pressure-warning-symptoms")),
        ({"anticoagulant": "yes", "thinner-unstable": "no"}, ()),
        ({"anticoagulant": "no"}, ()),
    ],
)
def test_what_was_attested_once_answers_no_question_that_only_a_visit_brought_up(health: dict[str, Any], open_now: tuple[str, ...]) -> None:
    now = as_of_now(an_intake(health={"diabetes": "yes"}), (a_visit(1, health=health),), knowledge())
    assert Answers(now, knowledge(), on=TODAY).unanswered() == open_now
    assert problems_of(now, knowledge(), on=TODAY) == ()
    asked = Answers(now, knowledge(), on=TODAY)
    assert {asked.of(fact) for fact in ("fever", "foot-wound", "diabetes-complications", "gave-birth")} == {"no"}


PRESSURE_TOLD = {"pressure-danger-symptoms": "no", "pressure-warning-symptoms": "yes"}


def test_what_was_asked_then_stays_attested() -> None:
    intake = an_intake(health={"anticoagulant": "yes"})
    for health in ({"anticoagulant": "unsure"}, {"bruise": "yes"}, {"systolic": 165, "diastolic": 80, **PRESSURE_TOLD}):
        assert as_of_now(intake, (a_visit(1, health=health),), knowledge()).health == {**intake.health, **health}


def test_where_nothing_was_attested_a_visit_attests_nothing() -> None:
    intake = replace(an_intake(), health={"diabetes": "yes"})
    now = as_of_now(intake, (a_visit(1, health={"anticoagulant": "yes"}),), knowledge())
    assert now.health == {"diabetes": "yes", "anticoagulant": "yes"}
    assert {"fever", "thinner-unstable"} <= set(Answers(now, knowledge(), on=TODAY).unanswered())


def test_answers_to_questions_that_no_longer_apply_are_left_out_of_a_new_intake() -> None:
    intake = an_intake(health={"varicose-veins": "yes", "varicose-veins-severity": "mild", "systolic": 120, "diastolic": 70})
    now = intake_of_now(intake, (a_visit(1, health={"varicose-veins": "no"}),), knowledge(), on=TODAY)
    assert now.health == {"everything-else": "no", "varicose-veins": "no", "systolic": 120, "diastolic": 70}


def test_of_answers_to_questions_that_do_not_apply_those_that_are_to_be_kept_are_kept() -> None:
    intake = replace(an_intake(), health={"anticoagulant": "no", "thinner-unstable": "no", "diabetes-complications": "no"})
    kept = without_unasked(intake, knowledge(), on=TODAY, keep=["thinner-unstable"]).health
    assert kept == {"anticoagulant": "no", "thinner-unstable": "no"}


def test_whether_a_question_came_up_is_judged_on_the_day_of_the_last_visit() -> None:
    after_a_week = [[{"fact": "anticoagulant", "is": "yes"}, {"fact": "onset-days", "at-least": 7}]]
    later = changed_knowledge(("facts.toml", "fact.thinner-unstable.asked-when", after_a_week))
    visits = (a_visit(1, health={"anticoagulant": "yes"}), a_visit(2))
    now = as_of_now(an_intake(condition="acute", onset=TODAY), visits, later)
    assert Answers(now, later, on=visits[-1].date).unanswered() == ("thinner-unstable",)
