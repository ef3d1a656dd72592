"""Everything that can be wrong with a visit to be recorded (planning.md 10.1)."""

from datetime import date
from typing import Any

import pytest

from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visit_problems import visit_problems
from tests.builders import TODAY, a_course, a_visit, attended, knowledge

NOW = date(2026, 12, 7)
GONE = VisitStatus.CANCELLED


def problems(number: int = 3, *, today: date = NOW, **changes: Any) -> tuple[Problem, ...]:
    course = a_course()
    visit = a_visit(number, **changes)
    return visit_problems(visit, attended(course, 5, 5), course.sessions, knowledge(), planned_on=TODAY, today=today)


def paths(number: int = 3, **changes: Any) -> list[str]:
    return [problem.path for problem in problems(number, **changes)]


def test_the_next_visit_of_the_plan_has_no_problems() -> None:
    assert paths(pain=4, measure="rmdq", score=8, soreness_hours=12, note="x", health={"fever": "no"}) == []


@pytest.mark.parametrize(
    ("number", "changes", "wrong"),
    [
        (2, {"date": NOW}, ["number"]),
        (11, {"date": NOW}, ["number"]),
        (4, {}, ["date"]),
        (4, {"status": VisitStatus.MISSED}, ["date"]),
        (4, {"status": GONE}, []),
        (3, {"date": date(2026, 11, 20)}, ["date"]),
        (3, {"date": TODAY}, []),
        (3, {"status": GONE, "date": date(2026, 11, 20)}, ["date"]),
        (3, {"date": date(2026, 11, 30)}, ["date"]),
        (3, {"date": date(2026, 11, 30), "status": VisitStatus.MISSED}, []),
        (3, {"status": VisitStatus.MISSED, "pain": 0}, ["pain"]),
        (3, {"status": GONE, "soreness_hours": 0}, ["soreness-hours"]),
        (3, {"status": GONE, "note": "ill", "health": {"fever": "yes"}}, []),
        (3, {"measure": "rmdq"}, ["measure"]),
        (3, {"score": 0}, ["measure"]),
        (3, {"measure": "nope", "score": 3}, ["measure"]),
        (3, {"measure": "rmdq", "score": 24}, []),
        (3, {"measure": "rmdq", "score": 24.5}, ["score"]),
        (3, {"measure": "rmdq", "score": -1}, ["score"]),
        (3, {"measure": "rmdq", "score": 0}, []),
        (
            2,
            {"date": date(2027, 1, 1), "status": VisitStatus.MISSED, "pain": 3, "score": 3},
            ["number", "date", "pain", "score", "measure"],
        ),
    ],
)
def test_every_problem_is_named_by_its_key(number: int, changes: dict[str, Any], wrong: list[str]) -> None:
    assert paths(number, **changes) == wrong


@pytest.mark.parametrize(
    ("number", "changes", "value", "said"),
    [
        (2, {"date": NOW}, 2, "visit 2 is recorded already"),
        (11, {"date": NOW}, 11, "11 is not a visit of the plan; it has 1 to 10"),
        (4, {}, date(2026, 12, 14), "2026-12-14 is after today, 2026-12-07"),
        (3, {"date": date(2026, 11, 20)}, date(2026, 11, 20), f"2026-11-20 is before the day of planning, {TODAY}"),
        (3, {"date": date(2026, 11, 30)}, date(2026, 11, 30), "a visit on 2026-11-30 is recorded already"),
        (3, {"status": GONE, "pain": 0}, 0, "belongs to a visit that was attended, and this one was cancelled"),
        (3, {"measure": "rmdq"}, "rmdq", "a measure and its score go together"),
        (3, {"measure": "nope", "score": 3}, "nope", f"'nope' is not one of {', '.join(knowledge().measure)}"),
        (3, {"measure": "rmdq", "score": 24.5}, 24.5, "24.5 is not between 0 and 24"),
    ],
)
def test_a_problem_says_what_is_allowed_and_carries_what_was_found(number: int, changes: dict[str, Any], value: Any, said: str) -> None:
    (problem,) = problems(number, **changes)
    assert (problem.value, problem.message) == (value, said)


def test_the_measures_are_kept_apart_by_key_where_a_visit_was_not_attended() -> None:
    assert paths(3, status=GONE, pain=1, measure="rmdq", score=2, soreness_hours=3) == ["pain", "measure", "score", "soreness-hours"]


def test_a_plan_without_visits_has_none_to_record() -> None:
    found = visit_problems(a_visit(1), (), (), knowledge(), planned_on=TODAY, today=NOW)
    assert [problem.message for problem in found] == ["1 is not a visit of the plan; it has none"]
