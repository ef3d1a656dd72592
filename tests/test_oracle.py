"""The program and the oracle, written apart from the same two texts, give the same plans, problems and screenings."""

from collections.abc import Iterator
from itertools import combinations, islice

import pytest
from hypothesis import given, settings

from massage_cli.knowledge.vocabulary import FactKind
from tests.builders import problems_of
from tests.compared import KNOWLEDGE, answered_yes, oracle_plan, oracle_problems, program_plan, same_screening
from tests.drawn import damaged_intake, drawn_holidays, drawn_intake, seeds

STRIDE = 997
"""Every so many times three answers are looked at; `python -m tests.soak subsets` looks at all 374,660."""


@given(seeds)
@settings(max_examples=400)
def test_plans_are_those_of_the_oracle(seed: int) -> None:
    (table, on), holidays = drawn_intake(seed), drawn_holidays(seed)
    assert program_plan(table, on, holidays) == oracle_plan(table, on, holidays)


@given(seeds)
@settings(max_examples=1000)
def test_problems_are_those_of_the_oracle(seed: int) -> None:
    table, on = damaged_intake(seed)
    paths = [problem.path for problem in problems_of(table, on=on)]
    assert len(set(paths)) == len(paths)
    assert set(paths) == oracle_problems(table, on)


def subsets(size: int) -> Iterator[tuple[str, ...]]:
    return combinations((fact.id for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO), size)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_every_answer_and_pair_of_answers_is_screened_as_by_the_oracle(size: int) -> None:
    assert [names for names in subsets(size) if not same_screening(answered_yes(*names))] == []


def test_three_answers_are_screened_as_by_the_oracle() -> None:
    some = islice(subsets(3), 0, None, STRIDE)
    assert [names for names in some if not same_screening(answered_yes(*names))] == []


def test_most_pairs_of_answers_can_be_given_by_one_client() -> None:
    looked_at = list(islice(subsets(2), 0, None, 120))
    sound = [pair for pair in looked_at if not problems_of(answered_yes(*pair))]
    assert len(sound) > 0.9 * len(looked_at)
