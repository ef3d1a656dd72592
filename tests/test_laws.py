"""What holds for every client: bad news never allows more, and a plan keeps to its screening, its minutes and the calendar."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.intake_file import check_intake, read_intake
from massage_cli.files.plan_document import PlanDocument, document_of
from massage_cli.files.plan_file import to_json, to_toml
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.vocabulary import FactKind, OutcomeKind, Weekday
from massage_cli.planning.answers import Answers
from massage_cli.planning.calendar import NoOpenDay, _monday
from massage_cli.planning.criteria import Truth, count, judge_when
from massage_cli.planning.intake import Intake, Placed, Reply
from massage_cli.planning.plan import Outcome, Plan, Withheld, make_plan
from massage_cli.planning.screening import Screening, judge_rules, screen
from tests.builders import knowledge
from tests.drawn import PACK, drawn_holidays, drawn_intake, seeds
from tests.oracle.generate import random_choice_or_number, random_region_names

KNOWLEDGE = knowledge()
WEEKDAYS = tuple(Weekday)

GOOD_NEWS = frozenset({"guardian-consent", "head-injury-checked", "surgeon-agrees"})
"""Questions where yes is the good answer."""

NAMES_A_PLACE = frozenset({"injury", "numbness"})
"""Questions where a place that is named frees the others: before, the worst was taken of every region requested."""


def intake_of(seed: int) -> tuple[Intake, date]:
    table, on = drawn_intake(seed)
    return check_intake(table, KNOWLEDGE, on=on), on


def outcome_of(seed: int) -> Outcome | None:
    """The plan, or the withheld plan; None where no day is open."""
    intake, on = intake_of(seed)
    try:
        return make_plan(intake, KNOWLEDGE, on=on, holidays=drawn_holidays(seed))
    except NoOpenDay:
        return None


def plan_of(seed: int) -> Plan | None:
    outcome = outcome_of(seed)
    return outcome if isinstance(outcome, Plan) else None


# Bad news never allows more


def allowed(screening: Screening) -> dict[str, object]:
    """Everything that may be done, each as a set or a number that is greater the more is allowed."""
    if screening.outcome.withholds:
        return {"outcome": 0, "work": frozenset(), "pressure": frozenset(), "minutes": 0, "positions": frozenset()}
    limits = screening.limits
    places = [place for place in KNOWLEDGE.body.order if place not in limits.avoided]
    return {
        "outcome": 2 if screening.outcome is OutcomeKind.CLEAR else 1,
        "work": frozenset(
            (technique, place)
            for technique in KNOWLEDGE.technique
            if technique not in limits.excluded
            for place in places
            if place not in limits.excluded_at.get(technique, {})
        ),
        "pressure": frozenset((place, level) for place in places for level in range(1, limits.pressure_at(place) + 1)),
        "minutes": KNOWLEDGE.numbers.longest_minutes if limits.minutes_max is None else limits.minutes_max,
    }


def newly_allowed(before: Screening, after: Screening) -> list[str]:
    """What is allowed after and was not before."""
    earlier, later = allowed(before), allowed(after)
    return [what for what in earlier if not later[what] <= earlier[what]]  # type: ignore[operator]


def worse_replies(fact: Fact, rng: random.Random) -> Iterable[Reply]:
    for answer in ("yes", "unsure"):
        if answer == "unsure" or fact.id not in GOOD_NEWS:
            yield answer
        if fact.where and (answer == "unsure" or fact.id not in NAMES_A_PLACE):
            yield Placed(answer=answer, regions=tuple(random_region_names(rng, PACK, 2)))


def with_reply(intake: Intake, fact_id: str, reply: Reply, rng: random.Random, *, on: date) -> Screening:
    """The screening once this is answered, and every choice and number that becomes asked by it."""
    facts = {fact["id"]: fact for fact in PACK["facts"]}
    left_open = screen(intake, KNOWLEDGE, on=on).unanswered
    changed = replace(intake, health={**intake.health, fact_id: reply})
    while True:
        screening = screen(changed, KNOWLEDGE, on=on)
        asked = [name for name in screening.unanswered if name not in left_open]
        if not asked:
            return screening
        replies = {name: random_choice_or_number(rng, facts[name], PACK, "wild") for name in asked}
        changed = replace(changed, health={**changed.health, **replies})


@given(seeds)
@settings(max_examples=120)
def test_yes_or_unsure_in_place_of_no_never_allows_more(seed: int) -> None:
    intake, on = intake_of(seed)
    intake = replace(intake, health={**intake.health, "everything-else": "no"})
    before = screen(intake, KNOWLEDGE, on=on)
    answers = Answers(intake, KNOWLEDGE, on=on)
    rng = random.Random(seed)
    said_no = [fact for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO and answers.of(fact.id) == "no"]
    for fact in rng.sample(said_no, 25):
        for reply in worse_replies(fact, rng):
            after = with_reply(intake, fact.id, reply, rng, on=on)
            assert newly_allowed(before, after) == [], (fact.id, reply)
