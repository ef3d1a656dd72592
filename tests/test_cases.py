"""Worked clients that a therapist can read: each gives what it says, and every rule has a hit and a near miss among them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from massage_cli.files.cases.worked_cases import differences
from tests.builders import CASES, knowledge

REVIEWED = 8
"""At least so many cases tell of visits and what a review makes of them."""


@cache
def case_at(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cases_in(folder: str, *, reviewed: bool = False) -> list[Path]:
    return [path for path in sorted((CASES / folder).glob("*.toml")) if ("visits" in case_at(path)) is reviewed]


@pytest.mark.parametrize("path", cases_in("screening"), ids=lambda path: path.stem)
def test_a_screening_case_gives_what_it_says(path: Path) -> None:
    assert differences(case_at(path), knowledge(), planning=False) == ()


@pytest.mark.parametrize("path", cases_in("planning"), ids=lambda path: path.stem)
def test_a_planning_case_gives_what_it_says(path: Path) -> None:
    assert differences(case_at(path), knowledge(), planning=True) == ()


@pytest.mark.parametrize("path", cases_in("planning", reviewed=True), ids=lambda path: path.stem)
def test_a_review_case_gives_what_it_says(path: Path) -> None:
    assert differences(case_at(path), knowledge(), planning=True) == ()


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
