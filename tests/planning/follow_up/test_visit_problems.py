"""Everything that can be wrong with a visit to be recorded (planning.md 10.1)."""

from datetime import date
from typing import Any

import pytest

from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visit_problems import visit_problems
from tests.builders import TODAY, a_course, a_visit, attended, knowledge

NOW = date(2026, 12, 7)
GONE = VisitStatus.CANCELLED


def paths(number: int = 3, *, today: date = NOW, **changes: Any) -> list[str]:
    course = a_course()
    visit = a_visit(number, **changes)
    found = visit_problems(visit, attended(course, 5, 5), course.sessions, knowledge(), planned_on=TODAY, today=today)
    return [problem.path for problem in found]


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


def test_a_plan_without_visits_has_none_to_record() -> None:
    found = visit_problems(a_visit(1), (), (), knowledge(), planned_on=TODAY, today=NOW)
    assert [problem.message for problem in found] == ["1 is not a visit of the plan; it has none"]
