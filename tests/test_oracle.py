"""The program and the oracle, written apart from the same two texts, give the same plans, problems and screenings."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

import msgspec
from hypothesis import given, settings

from massage_cli.files.intake_file import check_intake
from massage_cli.files.plan_document import document_of
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan, withhold
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_table, knowledge, problems_of
from tests.drawn import PACK, damaged_intake, drawn_holidays, drawn_intake, seeds
from tests.oracle import planning as oracle_planning
from tests.oracle import screening as oracle_screening

KNOWLEDGE = knowledge()
NO_OPEN_DAY = {"error": "no-open-day"}

_ONLY_IN_FILES = ("format", "edition", "program", "planned-on", "knowledge-digest", "intake")
_WORDS_OF_RULES = ("title", "category", "urgency", "reason", "action", "sources")
"""Keys of a document that are copied from the knowledge and that the oracle leaves to the file."""

STRIDE = 6
"""Every so many pairs of answers are looked at."""


def program_plan(table: dict[str, Any], on: date, holidays: frozenset[date]) -> dict[str, Any]:
    intake = check_intake(table, KNOWLEDGE, on=on)
    try:
        outcome = make_plan(intake, KNOWLEDGE, on=on, holidays=holidays)
    except NoOpenDay:
        return NO_OPEN_DAY
    return without_words(plain(msgspec.to_builtins(document_of(outcome, KNOWLEDGE, program="test"))))


def oracle_plan(table: dict[str, Any], on: date, holidays: frozenset[date]) -> dict[str, Any]:
    try:
        return without_words(plain(oracle_planning.plan(table, PACK, on, holidays)))
    except oracle_planning.NoOpenDay:
        return NO_OPEN_DAY


def plain(value: Any) -> Any:
    """The same value as JSON would hold it."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case Fraction():
            return float(value)
        case _:
            return value


def without_words(document: dict[str, Any]) -> dict[str, Any]:
    """What was decided, without what only repeats the knowledge."""
    document = without(document, *_ONLY_IN_FILES, "reviewed-by-clinician")
    for key in ("techniques", "measures"):
        if key in document:
            document[key] = [without(entry, "name") for entry in document[key]]
    if "protocol" in document:
        document["protocol"] = document["protocol"]["id"]
    document["screening"] = screening_without_words(document["screening"])
    return document


def screening_without_words(screening: dict[str, Any]) -> dict[str, Any]:
    findings = [without(finding, *_WORDS_OF_RULES) for finding in screening.get("findings", ())]
    return {**screening, "findings": findings}


def without(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


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


def oracle_problems(table: dict[str, Any], on: date) -> set[str]:
    return {*oracle_screening.problems(table, PACK, on), *oracle_planning.problems(table, PACK, on)}


def answered_yes(*names: str) -> dict[str, Any]:
    """A valid intake where these questions are answered yes, as far as one client can be asked them all."""
    table = a_table(regions=["neck", "lower-back", "left-thigh"], health={})
    for name in names:
        _answer(table, name, "yes")
    return table


def _answer(table: dict[str, Any], name: str, reply: object) -> None:
    """Answer a question, and first what makes it asked."""
    fact = KNOWLEDGE.fact[name]
    for criterion in (fact.asked_when or ((),))[0]:
        bound = criterion.at_least if criterion.at_least is not None else criterion.at_most
        if criterion.fact in ("age", "pain"):
            table[criterion.fact] = bound
        elif criterion.fact not in table["health"]:
            _answer(table, criterion.fact or "", criterion.is_ or bound or 120)
    table["health"][name] = reply


def pairs() -> Iterator[tuple[str, str]]:
    return combinations((fact.id for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO), 2)


def test_pairs_of_answers_are_screened_as_by_the_oracle() -> None:
    differing = [pair for pair in islice(pairs(), 0, None, STRIDE) if not same_screening(answered_yes(*pair))]
    assert differing == []


def test_most_pairs_of_answers_can_be_given_by_one_client() -> None:
    looked_at = list(islice(pairs(), 0, None, 20 * STRIDE))
    sound = [pair for pair in looked_at if not problems_of(answered_yes(*pair))]
    assert len(sound) > 0.9 * len(looked_at)


def same_screening(table: dict[str, Any]) -> bool:
    wrong = oracle_problems(table, TODAY)
    if wrong:
        return {problem.path for problem in problems_of(table)} == wrong
    intake = check_intake(table, KNOWLEDGE, on=TODAY)
    withheld = withhold(intake, screen(intake, KNOWLEDGE, on=TODAY), on=TODAY)
    theirs = oracle_screening.screen(table, PACK, TODAY)
    expected = oracle_planning.screening_table(theirs, theirs["outcome"], theirs["unanswered"], PACK)
    shown = plain(msgspec.to_builtins(document_of(withheld, KNOWLEDGE, program="test").screening))
    return (withheld.outcome, withheld.urgency) == (theirs["outcome"], theirs["urgency"]) and screening_without_words(
        shown
    ) == screening_without_words(plain(expected))
