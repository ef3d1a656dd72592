"""Worked clients that a therapist can read: each gives what it says, and every rule has a hit and a near miss among them."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from massage_cli.files.intake_file import check_intake
from massage_cli.files.plan_document import PlanDocument, document_of
from massage_cli.knowledge.vocabulary import MissedVisits
from massage_cli.planning.follow_up.course import course_of
from massage_cli.planning.follow_up.review import Review, review
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.plan import Plan, make_plan
from massage_cli.planning.screening import Screening, screen
from tests.builders import CASES, knowledge, problems_of

Expected = Any
Given = Callable[[Any, Expected], object]
"""What a result gives for a key of `[expect]`; the case holds when that equals what is expected."""

REVIEWED = 8
"""At least so many cases tell of visits and what a review makes of them."""


@cache
def case_at(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cases_in(folder: str, *, reviewed: bool = False) -> list[Path]:
    return [path for path in sorted((CASES / folder).glob("*.toml")) if ("visits" in case_at(path)) is reviewed]


def _rules_found(screening: Screening, *, where: str = "rule") -> list[str]:
    return [finding.rule.id for finding in screening.particular if where == "rule" or getattr(finding, where)]


def _uncertain(screening: Screening) -> list[str]:
    return [finding.rule.id for finding in screening.particular if not finding.certain]


def _out_at(screening: Screening, place: str) -> list[str]:
    return [technique for technique, places in screening.limits.excluded_at.items() if place in places]


def _those_in(names: Expected, present: Any) -> list[str]:
    return [name for name in names if name in present]


def _those_missing(names: Expected, present: Any) -> list[str]:
    return [name for name in names if name not in present]


SCREENING: dict[str, Given] = {
    "outcome": lambda screening, _: screening.outcome,
    "urgency": lambda screening, _: screening.urgency,
    "only": lambda screening, expected: _same_names(expected, _rules_found(screening)),
    "found": lambda screening, expected: _those_in(expected, _rules_found(screening)),
    "not-found": lambda screening, expected: _those_missing(expected, _rules_found(screening)),
    "uncertain": lambda screening, expected: _same_names(expected, _uncertain(screening)),
    "cleared": lambda screening, expected: _same_names(expected, _rules_found(screening, where="cleared")),
    "excluded": lambda screening, expected: _those_in(expected, screening.limits.excluded),
    "excluded-at": lambda screening, expected: {place: _those_in(names, _out_at(screening, place)) for place, names in expected.items()},
    "free": lambda screening, expected: _those_missing(expected, screening.limits.excluded),
    "avoid": lambda screening, expected: _same_names(expected, screening.limits.avoided),
    "pressure-max": lambda screening, _: screening.limits.pressure_max,
    "pressure-max-at": lambda screening, _: screening.limits.pressure_max_at,
    "minutes-max": lambda screening, _: screening.limits.minutes_max,
    "positions": lambda screening, _: list(screening.limits.positions),
    "unused": lambda screening, _: [{"rule": note.rule, "why": note.why} for note in screening.unused_clearances],
}


def _same_names(expected: Expected, names: Any) -> list[str]:
    """The names in the order of the case, which need not be that of the program, and then any others."""
    return [*_those_in(expected, names), *_those_missing(names, expected)]


PLANNING: dict[str, Given] = {
    "outcome": lambda plan, _: plan.outcome,
    "urgency": lambda plan, _: plan.urgency,
    "protocol": lambda plan, _: plan.protocol and plan.protocol.id,
    "techniques": lambda plan, _: [f"{each.id} {each.minutes} at {each.pressure}" for each in plan.techniques],
    "technique-ids": lambda plan, _: [each.id for each in plan.techniques],
    "scores": lambda plan, _: [each.score for each in plan.techniques],
    "because": lambda plan, _: [each.because for each in plan.techniques],
    "outline": lambda plan, _: [part.minutes for part in plan.outline],
    "phases": lambda plan, _: [
        f"{each.name} {each.sessions} every {'-'.join(map(str, each.gap_days))} of {each.minutes}" for each in plan.phases
    ],
    "phase-ends": lambda plan, _: [[phase.first, phase.last] for phase in plan.phases],
    "dates": lambda plan, _: [visit.date for visit in plan.sessions],
    "reviews": lambda plan, _: [visit.number for visit in plan.sessions if visit.review],
    "visits": lambda plan, _: len(plan.sessions),
    "first-minutes": lambda plan, _: plan.sessions[0].minutes,
    "warning-ids": lambda plan, _: [warning.id for warning in plan.warnings],
    "warning-ids-include": lambda plan, expected: _those_in(expected, [warning.id for warning in plan.warnings]),
    "warning-ids-without": lambda plan, expected: _those_missing(expected, [warning.id for warning in plan.warnings]),
    "warnings-include": lambda plan, expected: _those_in(expected, [warning.text for warning in plan.warnings]),
}


REVIEW: dict[str, Given] = {
    "review-class": lambda review, _: review.decision.class_,
    "review-action": lambda review, _: review.decision.action,
    "review-numbers": lambda review, _: [session.number for session in review.rest],
    "review-dates": lambda review, _: [session.date for session in review.rest],
    "review-phases": lambda review, _: [session.phase for session in review.rest],
    "review-minutes": lambda review, _: [session.minutes for session in review.rest],
    "review-reviews": lambda review, _: [session.number for session in review.rest if session.review],
    "review-replaced": lambda review, _: list(review.decision.replaced),
    "review-techniques": lambda review, _: [
        f"{block.candidate.technique.id} {block.minutes} at {block.pressure}" for block in review.course.prescriptions
    ],
    "review-pressures": lambda review, _: [block.pressure for block in review.course.prescriptions],
    "review-ease": lambda review, _: review.progress.ease,
    "review-warning-ids": lambda review, _: [warning.id for warning in review.warnings],
}


def _screened(case: dict[str, Any]) -> Screening:
    return screen(check_intake(case["intake"], knowledge(), on=case["on"]), knowledge(), on=case["on"])


def _planned(case: dict[str, Any]) -> PlanDocument:
    intake = check_intake(case["intake"], knowledge(), on=case["on"])
    outcome = make_plan(intake, knowledge(), on=case["on"], holidays=frozenset(case.get("holidays", ())))
    return document_of(outcome, knowledge(), program="test")


def _reviewed(case: dict[str, Any]) -> Review:
    holidays = frozenset(case.get("holidays", ()))
    plan = make_plan(check_intake(case["intake"], knowledge(), on=case["on"]), knowledge(), on=case["on"], holidays=holidays)
    assert isinstance(plan, Plan)
    visits = msgspec.convert(case["visits"], tuple[Visit, ...])
    missed = MissedVisits(case.get("missed", "keep"))
    return review(course_of(plan), visits, knowledge(), today=case["today"], missed=missed, holidays=holidays)


def _given(result: object, expected: dict[str, Expected], keys: dict[str, Given]) -> dict[str, object]:
    return {key: keys[key](result, value) for key, value in expected.items()}


@pytest.mark.parametrize("path", cases_in("screening"), ids=lambda path: path.stem)
def test_a_screening_case_gives_what_it_says(path: Path) -> None:
    case = case_at(path)
    expected = case["expect"]
    if "errors" in expected:
        assert [problem.path for problem in problems_of(case["intake"], on=case["on"])] == expected["errors"]
    else:
        assert _given(_screened(case), expected, SCREENING) == expected


@pytest.mark.parametrize("path", cases_in("planning"), ids=lambda path: path.stem)
def test_a_planning_case_gives_what_it_says(path: Path) -> None:
    case = case_at(path)
    expected = case["expect"]
    if "problems" in expected:
        paths = [problem.path.removeprefix("booking.") for problem in problems_of(case["intake"], on=case["on"])]
        assert paths == expected["problems"]
    else:
        assert _given(_planned(case), expected, PLANNING) == expected


@pytest.mark.parametrize("path", cases_in("planning", reviewed=True), ids=lambda path: path.stem)
def test_a_review_case_gives_what_it_says(path: Path) -> None:
    case = case_at(path)
    about_review = {key: value for key, value in case["expect"].items() if key.startswith("review-")}
    about_plan = {key: value for key, value in case["expect"].items() if key not in about_review}
    assert _given(_reviewed(case), about_review, REVIEW) == about_review
    assert _given(_planned(case), about_plan, PLANNING) == about_plan


def test_each_rule_has_a_hit_and_a_near_miss() -> None:
    expected = [case_at(path)["expect"] for path in cases_in("screening")]
    hits = {rule for each in expected for rule in (*each.get("only", ()), *each.get("found", ()))}
    misses = {rule for each in expected for rule in each.get("not-found", ())}
    rules = {rule.id for rule in knowledge().rules if not rule.standing}
    assert (rules - hits, rules - misses) == (set(), set())


def test_a_near_miss_and_its_hit_are_not_the_same_client() -> None:
    for miss in (CASES / "screening").glob("r-*-miss.toml"):
        hit = miss.with_name(miss.name.replace("-miss.", "-hit."))
        if hit.exists():
            assert {**case_at(hit)["intake"], "client": ""} != {**case_at(miss)["intake"], "client": ""}, miss.name


def test_reviews_have_their_cases() -> None:
    assert len(cases_in("planning", reviewed=True)) >= REVIEWED
    assert cases_in("screening", reviewed=True) == []
