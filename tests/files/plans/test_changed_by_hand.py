"""Plans with visits that somebody changed by hand: read or refused by everything that works on courses, never a bug."""

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from massage_cli.files.courses.caseload import due_of, work_by_day
from massage_cli.files.courses.course_file import review_of, with_review, with_visit
from massage_cli.files.courses.summary import summary_of
from massage_cli.files.plans.changes import changes_between
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_toml
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import MissedVisits, VisitStatus
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.questionnaire.visit import visit_begins
from tests.builders import knowledge
from tests.saved import a_document, applied, course_of_file, missed, visited
from tests.terminal.display.test_page import ODD, places_in, plain, with_change

KNOWLEDGE = knowledge()
LAST = datetime.date(2026, 12, 28)
_MORE: dict[type, tuple[Any, ...]] = {**ODD, str: ("nowhere", "yes", "unsure", "attended"), int: (0, 3, 10**6), list: ([], ["nowhere"])}


@cache
def a_long_story() -> PlanDocument:
    """A plan with every kind of visit and a decision."""
    document = applied(visited(a_document(clearances=[]), 6, 6, 5, 5, measure="rmdq", score=8, note="x", health={"varicose-veins": "no"}))
    document = visited(missed(document, 5), 4, soreness_hours=12, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    return missed(document, 7, status=VisitStatus.CANCELLED)


def reviewed(document: PlanDocument) -> None:
    for way in MissedVisits:
        found = review_of(document, KNOWLEDGE, today=LAST, missed=way, called="x")
        to_toml(with_review(document, found, KNOWLEDGE))


def visited_again(document: PlanDocument) -> None:
    visit = Visit(number=99, date=LAST, status=VisitStatus.ATTENDED, pain=4, health={"varicose-veins": "no"})
    to_toml(with_visit(document, visit, KNOWLEDGE, called="x"))


def due(document: PlanDocument) -> None:
    due_of(Version(path=Path("x"), digest="", document=document), KNOWLEDGE, today=LAST, within_days=14)
    work_by_day([document], first=LAST, last=LAST)


WORK: dict[str, Callable[[PlanDocument], object]] = {
    "review": reviewed,
    "visit": visited_again,
    "interview": lambda document: visit_begins(course_of_file(document).intake, KNOWLEDGE, on=LAST),
    "due and week": due,
    "discharge": lambda document: summary_of(document, KNOWLEDGE, today=LAST, called="x"),
    "diff": lambda document: changes_between(a_long_story(), document),
}


@pytest.mark.parametrize("key", ["intake", "protocol", "techniques", "outline", "phases", "sessions", "visits", "decision", "outcome"])
def test_a_course_changed_by_hand_is_worked_on_or_refused(key: str) -> None:
    table = plain(a_long_story())
    changes = [(path, odd) for path, value in places_in(table) if path[0] == key for odd in (*_MORE[type(value)], None)]
    bugs = []
    for path, odd in changes:
        try:
            document = read_plan(tomli_w.dumps(with_change(table, path, odd)).encode(), "plan.toml")
        except Unreadable:
            continue
        for name, work in WORK.items():
            try:
                work(document)
            except Unreadable:
                pass
            except Exception as error:  # noqa: BLE001  # whatever comes is the point
                bugs.append((name, path, odd, repr(error)[:80]))
    assert bugs == []


def test_the_story_is_worked_on_as_it_is() -> None:
    for work in WORK.values():
        work(a_long_story())
