"""The program beside the oracle: what each says of one client, in the same words."""

from datetime import date
from typing import Any

import msgspec

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan, withhold
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_table, knowledge, problems_of
from tests.drawn import PACK
from tests.oracle import planning as oracle_planning
from tests.oracle import screening as oracle_screening

KNOWLEDGE = knowledge()
NO_OPEN_DAY = {"error": "no-open-day"}

_ONLY_IN_FILES = ("format", "edition", "program", "planned-on", "knowledge-digest", "intake")
_WORDS_OF_RULES = ("title", "category", "urgency", "reason", "action", "sources")
"""Keys of a document that are copied from the knowledge and that the oracle leaves to the file."""


def program_plan(table: dict[str, Any], on: date, holidays: frozenset[date]) -> dict[str, Any]:
    """What the program decides of a client."""
    intake = check_intake(table, KNOWLEDGE, on=on)
    try:
        outcome = make_plan(intake, KNOWLEDGE, on=on, holidays=holidays)
    except NoOpenDay:
        return NO_OPEN_DAY
    return without_words(plain(document_of(outcome, KNOWLEDGE, program="test")))


def oracle_plan(table: dict[str, Any], on: date, holidays: frozenset[date]) -> dict[str, Any]:
    """What the oracle decides of the same client."""
    try:
        return without_words(plain(oracle_planning.plan(table, PACK, on, holidays)))
    except oracle_planning.NoOpenDay:
        return NO_OPEN_DAY


def plain(value: Any) -> Any:
    """The same value as JSON would hold it, with fractions as decimal numbers."""
    return msgspec.json.decode(msgspec.json.encode(value, enc_hook=float))


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


def oracle_problems(table: dict[str, Any], on: date) -> set[str]:
    """Where an intake is wrong, as the oracle says."""
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


def same_screening(table: dict[str, Any]) -> bool:
    """Whether both say the same of a client: the same problems, or the same screening."""
    wrong = oracle_problems(table, TODAY)
    if wrong:
        return {problem.path for problem in problems_of(table)} == wrong
    intake = check_intake(table, KNOWLEDGE, on=TODAY)
    withheld = withhold(intake, screen(intake, KNOWLEDGE, on=TODAY), on=TODAY)
    theirs = oracle_screening.screen(table, PACK, TODAY)
    expected = oracle_planning.screening_table(theirs, theirs["outcome"], theirs["unanswered"], PACK)
    shown = plain(document_of(withheld, KNOWLEDGE, program="test").screening)
    return (withheld.outcome, withheld.urgency) == (theirs["outcome"], theirs["urgency"]) and screening_without_words(
        shown
    ) == screening_without_words(plain(expected))
