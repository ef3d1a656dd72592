"""The program and the oracle, written apart from the same two texts, give the same plans, problems and screenings."""

from collections.abc import Iterator
from itertools import combinations, islice

from hypothesis import given, settings

from massage_cli.knowledge.vocabulary import FactKind
from tests.builders import problems_of
from tests.compared import KNOWLEDGE, answered_yes, oracle_plan, oracle_problems, program_plan, same_screening
from tests.drawn import damaged_intake, drawn_holidays, drawn_intake, seeds

STRIDE = 6
"""Every so many pairs of answers are looked at; `python -m tests.soak subsets` looks at all, and at all three at once."""


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


def pairs() -> Iterator[tuple[str, str]]:
    return combinations((fact.id for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO), 2)


def test_pairs_of_answers_are_screened_as_by_the_oracle() -> None:
    differing = [pair for pair in islice(pairs(), 0, None, STRIDE) if not same_screening(answered_yes(*pair))]
    assert differing == []


def test_most_pairs_of_answers_can_be_given_by_one_client() -> None:
    looked_at = list(islice(pairs(), 0, None, 20 * STRIDE))
    sound = [pair for pair in looked_at if not problems_of(answered_yes(*pair))]
    assert len(sound) > 0.9 * len(looked_at)
