"""Worked clients: cases that say what must come of an intake, and what comes of it instead."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.files.cases.case_keys import PLANNING, REVIEW, SCREENING, Given
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.reading import read_bytes
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import MissedVisits
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.follow_up.course import course_of
from massage_cli.planning.follow_up.review import Review, review
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import Plan, make_plan
from massage_cli.planning.screening import Screening, screen

Case = Mapping[str, Any]
FOLDERS = ("screening", "planning")
"""Where cases of each sort lie, inside the folder of cases."""

_KEYS = ("about", "why", "on", "today", "missed", "holidays", "visits", "intake", "expect")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A key of `[expect]` that does not hold: what was expected, and what came."""

    key: str
    expected: Any
    came: Any


def read_case(content: bytes, name: str) -> Case:
    """The case that a file holds. Raises Unreadable."""
    try:
        case = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable([Problem(file=name, path="", message=f"is not TOML: {error}")]) from None
    wanted = {"on": (date, "a date"), "intake": (dict, "a table"), "expect": (dict, "a table")}
    problems = [
        Problem(file=name, path=key, message=f"is missing, or not {what}")
        for key, (kind, what) in wanted.items()
        if not isinstance(case.get(key), kind)
    ]
    problems += [Problem(file=name, path=key, message=f"is not one of {', '.join(_KEYS)}") for key in case if key not in _KEYS]
    if problems:
        raise Unreadable(problems)
    return case


def cases_below(folder: Path) -> list[Path]:
    """Every case of a folder, those of screening first, by name."""
    return [path for sort in FOLDERS for path in sorted((folder / sort).glob("*.toml"))]


def check_case_file(path: Path, knowledge: Knowledge) -> tuple[Case, tuple[Difference, ...]]:
    """The case of a file, and where it does not hold; which sort it is its folder says. Raises Unreadable."""
    case = read_case(read_bytes(path), str(path))
    try:
        return case, differences(case, knowledge, planning=path.parent.name == FOLDERS[1])
    except Unreadable as broken:
        raise Unreadable(replace(problem, file=str(path)) for problem in broken.problems) from None
    except (msgspec.ValidationError, NoOpenDay, TypeError, AttributeError, KeyError, IndexError) as error:
        message = f"cannot be worked out ({type(error).__name__}); compare it with the cases that come with the program"
        raise Unreadable([Problem(file=str(path), path="expect", message=message)]) from None


def differences(case: Case, knowledge: Knowledge, *, planning: bool) -> tuple[Difference, ...]:
    """Every key of `[expect]` that does not hold for what the knowledge makes of the case. Raises Unreadable for a key that is none."""
    expected = dict(case["expect"])
    wrong_paths = "problems" if planning else "errors"
    if wrong_paths in expected:
        return _compared(expected, {wrong_paths: lambda _result, _expected: _problem_paths(case, knowledge, planning=planning)}, None)
    if not planning:
        return _compared(expected, SCREENING, _screened(case, knowledge))
    about_review = {key: value for key, value in expected.items() if key.startswith("review-")}
    about_plan = {key: value for key, value in expected.items() if key not in about_review}
    of_plan = _compared(about_plan, PLANNING, _planned(case, knowledge))
    return (*of_plan, *_compared(about_review, REVIEW, _reviewed(case, knowledge))) if about_review else of_plan


def _compared(expected: Mapping[str, Any], keys: Mapping[str, Given], result: object) -> tuple[Difference, ...]:
    unknown = [key for key in expected if key not in keys]
    if unknown:
        raise Unreadable(Problem(path=f"expect.{key}", message=f"is not one of {', '.join(keys)}") for key in unknown)
    came = {key: keys[key](result, value) for key, value in expected.items()}
    return tuple(Difference(key=key, expected=value, came=came[key]) for key, value in expected.items() if came[key] != value)


def _problem_paths(case: Case, knowledge: Knowledge, *, planning: bool) -> list[str]:
    try:
        check_intake(case["intake"], knowledge, on=case["on"])
    except Unreadable as broken:
        return [problem.path.removeprefix("booking.") if planning else problem.path for problem in broken.problems]
    return []


def _screened(case: Case, knowledge: Knowledge) -> Screening:
    return screen(check_intake(case["intake"], knowledge, on=case["on"]), knowledge, on=case["on"])


def _planned(case: Case, knowledge: Knowledge) -> PlanDocument:
    intake = check_intake(case["intake"], knowledge, on=case["on"])
    outcome = make_plan(intake, knowledge, on=case["on"], holidays=frozenset(case.get("holidays", ())))
    return document_of(outcome, knowledge, program="case")


def _reviewed(case: Case, knowledge: Knowledge) -> Review:
    holidays = frozenset(case.get("holidays", ()))
    plan = make_plan(check_intake(case["intake"], knowledge, on=case["on"]), knowledge, on=case["on"], holidays=holidays)
    if not isinstance(plan, Plan):
        raise Unreadable([Problem(path="expect", message=f"there is nothing to review: the plan is withheld ({plan.outcome})")])
    visits = msgspec.convert(case["visits"], tuple[Visit, ...])
    missed = MissedVisits(case.get("missed", "keep"))
    return review(course_of(plan), visits, knowledge, today=case["today"], missed=missed, holidays=holidays)
