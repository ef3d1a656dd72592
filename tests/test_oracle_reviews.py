"""The program and the oracle, written apart from the same text, review courses alike: one review after the other of the same client."""

import os
import random
from functools import cache
from typing import Any

import pytest
from msgspec import convert
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.loading import parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import MissedVisits
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.follow_up.course import CourseSoFar, course_of
from massage_cli.planning.follow_up.review import Review, review
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import Plan, make_plan
from tests.builders import changed_files, knowledge
from tests.drawn import PACK
from tests.oracle import generate_visits
from tests.oracle import planning as oracle_planning
from tests.oracle import review as oracle

DRAWS = int(os.environ.get("REVIEW_DRAWS", "600"))
"""How many clients are reviewed, with one to four reviews each."""

AT_ONCE = 50
NO_OPEN_DAY = {"error": "no-open-day"}
STEP = ("visits", "today", "missed")


@cache
def knowledge_named(name: str | None) -> tuple[Knowledge, dict[str, Any]]:
    """The knowledge that a draw uses, as the program and as the oracle read it."""
    if name is None:
        return knowledge(), PACK
    pack = generate_visits.tapering_training(PACK)
    lists = {key: pack["numbers"]["adaptation"][key] for key in ("upkeep-phases", "taper-phases")}
    return parse(changed_files(*(("planning.toml", f"adaptation.{key}", names) for key, names in lists.items()))), pack


def planned(course: dict[str, Any], known: Knowledge, holidays: frozenset[Any]) -> CourseSoFar:
    plan = make_plan(check_intake(course["intake"], known, on=course["on"]), known, on=course["on"], holidays=holidays)
    assert isinstance(plan, Plan)
    return course_of(plan)


def by_program(found: Review) -> dict[str, Any]:
    now, course = found.progress.now, found.course
    return {
        "pain-class": now.pain.class_,
        "function-class": now.function and now.function.class_,
        "class": now.class_,
        "ease": found.progress.ease,
        "due": found.progress.review_due,
        "action": found.decision.action,
        "replaced": list(found.decision.replaced),
        "rest": [(each.number, each.date, each.phase, each.minutes, each.review) for each in found.rest],
        "phases": [(each.name, each.sessions, list(each.gap_days), each.minutes) for each in course.phases],
        "techniques": [(each.candidate.technique.id, each.minutes, each.pressure) for each in course.prescriptions],
        "sessions": [(each.number, each.date, each.phase, each.review) for each in course.sessions],
        "declines": set(course.intake.declines),
    }


def by_oracle(result: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    keys = ("pain-class", "function-class", "class", "ease", "due", "action", "replaced")
    return {key: result[key] for key in keys} | {
        "rest": [tuple(each[key] for key in ("number", "date", "phase", "minutes", "review")) for each in result["rest"]],
        "phases": [tuple(each[key] for key in ("name", "sessions", "gap-days", "minutes")) for each in result["phases"]],
        "techniques": [tuple(each[key] for key in ("id", "minutes", "pressure")) for each in result["techniques"]],
        "sessions": [tuple(each[key] for key in ("number", "date", "phase", "review")) for each in after["sessions"]],
        "declines": set(after["intake"].get("declines", ())),
    }


def reviews_of(seed: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What the program and the oracle say of each review of a drawn client, each on the course that its own review before left."""
    draw = generate_visits.random_review(random.Random(seed), PACK)
    known, pack = knowledge_named(draw["knowledge"])
    steps = [*draw["before"], draw]
    holidays, theirs = draw["holidays"], steps[0]["course"]
    ours = planned(theirs, known, holidays)
    said = []
    for visits, today, missed in (tuple(step[key] for key in STEP) for step in steps):
        try:
            found = review(ours, convert(visits, tuple[Visit, ...]), known, today=today, missed=MissedVisits(missed), holidays=holidays)
        except NoOpenDay:
            program = NO_OPEN_DAY
        else:
            program, ours = by_program(found), replace(found.course, reviewed=None)
        try:
            result = oracle.review(theirs, pack, visits, today, missed, holidays)
        except oracle_planning.NoOpenDay:
            expected = NO_OPEN_DAY
        else:
            theirs = oracle.course_after(theirs, result)
            expected = by_oracle(result, theirs)
        said.append((program, expected))
    return said


@pytest.mark.parametrize("first", range(0, DRAWS, AT_ONCE))
def test_reviews_are_those_of_the_oracle(first: int) -> None:
    for seed in range(first, min(first + AT_ONCE, DRAWS)):
        for program, expected in reviews_of(seed):
            assert program == expected, f"client {seed}"
