"""What holds for every client: bad news never allows more, and a plan keeps to its screening, its minutes and the calendar."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.vocabulary import Condition, FactKind, OutcomeKind, Weekday
from massage_cli.planning.answers import Answers
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.criteria import Truth, count, judge_when
from massage_cli.planning.intake import Intake, Placed, Reply
from massage_cli.planning.plan import Outcome, Plan, make_plan
from massage_cli.planning.screening import Screening, judge_rules, screen
from tests.builders import TODAY, an_intake, knowledge
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


def allowed(screening: Screening) -> dict[str, Any]:
    """Everything that may be done, each as a set or a number that is greater the more is allowed."""
    if screening.outcome.withholds:
        return {"outcome": 0, "work": frozenset(), "pressure": frozenset(), "minutes": 0}
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


def newly_allowed(earlier: dict[str, Any], later: dict[str, Any]) -> list[str]:
    """What is allowed later and was not earlier."""
    return [what for what in earlier if not later[what] <= earlier[what]]


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
    before = allowed(screen(intake, KNOWLEDGE, on=on))
    answers = Answers(intake, KNOWLEDGE, on=on)
    rng = random.Random(seed)
    said_no = [fact for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO and answers.of(fact.id) == "no"]
    for fact in rng.sample(said_no, 25):
        for reply in worse_replies(fact, rng):
            after = allowed(with_reply(intake, fact.id, reply, rng, on=on))
            assert newly_allowed(before, after) == [], (fact.id, reply)


def test_only_these_questions_name_a_place_for_what_counted_everywhere() -> None:
    holds_on_no = {criterion.fact for rule in KNOWLEDGE.rules for group in rule.when for criterion in group if criterion.is_ == "no"}
    assert {fact.id for fact in KNOWLEDGE.facts if fact.where and fact.id in holds_on_no} == NAMES_A_PLACE


@pytest.mark.parametrize(
    ("changes", "health", "place"),
    [
        (
            {"condition": "injury-recovery", "onset": TODAY, "regions": ["lower-back", "neck"]},
            {"injury": {"answer": "yes", "regions": ["neck"]}, "injury-stage": "under-3-days"},
            "lower-back",
        ),
        (
            {"regions": ["lower-back", "neck"]},
            {"spinal-cord-injury": "yes", "numbness": {"answer": "yes", "regions": ["neck"]}},
            "lower-back",
        ),
    ],
    ids=["injury", "numbness"],
)
def test_a_named_place_frees_the_others(changes: dict[str, Any], health: dict[str, Any], place: str) -> None:
    gate = {name: reply for name, reply in health.items() if name == "spinal-cord-injury"}
    unnamed = screen(an_intake(**changes, health=gate), KNOWLEDGE, on=TODAY).limits
    named = screen(an_intake(**changes, health=health), KNOWLEDGE, on=TODAY).limits
    assert (place in unnamed.avoided, unnamed.pressure_at(place)) != (place in named.avoided, named.pressure_at(place))


# What a plan keeps to


def test_the_drawn_intakes_end_in_every_way() -> None:
    ends = {None if outcome is None else outcome.outcome for outcome in map(outcome_of, range(200))}
    assert ends >= set(OutcomeKind)


@given(seeds)
def test_what_screening_excludes_is_in_no_plan(seed: int) -> None:
    plan = plan_of(seed)
    limits = None if plan is None else plan.screening.limits
    for block in () if plan is None else plan.session.prescriptions:
        technique, regions = block.candidate.technique.id, set(block.candidate.regions)
        assert technique not in limits.excluded
        assert regions.isdisjoint(limits.excluded_at.get(technique, {}))
        assert regions.isdisjoint(limits.avoided)
        assert regions.issubset(plan.screening.requested)


@given(seeds)
def test_what_was_declined_is_in_no_plan(seed: int) -> None:
    plan = plan_of(seed)
    blocks = () if plan is None else plan.session.prescriptions
    assert all(block.candidate.technique.id not in plan.intake.declines for block in blocks)


@given(seeds)
def test_no_pressure_is_above_any_cap(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    numbers, limits = KNOWLEDGE.numbers.pressure, plan.screening.limits
    caps = [numbers.highest_ever, getattr(numbers, plan.intake.wish)]
    caps += [numbers.first_visit_cap] if plan.intake.is_first_visit else []
    caps += [numbers.frail_cap] if plan.intake.age >= numbers.frail_age else []
    onset = plan.intake.days_since_onset(plan.on)
    hurt = plan.intake.condition in (Condition.ACUTE, Condition.INJURY_RECOVERY)
    caps += [numbers.acute_cap] if hurt and onset is not None and onset < numbers.acute_days else []
    caps += [] if plan.protocol.pressure_max is None else [plan.protocol.pressure_max]
    for block in plan.session.prescriptions:
        here = [limits.pressure_at(place) for place in block.candidate.regions]
        assert 1 <= block.pressure <= min(block.candidate.technique.pressure.max, *caps, *here)
        assert block.pressure >= min(block.candidate.technique.pressure.min, numbers.drainage_neighbor_max)


@given(seeds)
def test_minutes_add_up(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    outline = dict(plan.session.outline)
    assert sum(outline.values()) == plan.course.phases[0].minutes
    assert sum(block.minutes for block in plan.session.prescriptions) == outline["main"]
    assert min(outline.values()) >= 0
    assert all(0 < block.minutes <= block.candidate.technique.minutes.max for block in plan.session.prescriptions)


@given(seeds)
def test_no_visit_is_longer_than_offered(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    longest = KNOWLEDGE.numbers.longest_minutes
    offered = plan.intake.booking.minutes or longest
    assert all(visit.minutes <= offered for visit in plan.course.visits)
    assert all(visit.minutes <= (plan.screening.limits.minutes_max or longest) for visit in plan.course.visits[1:])


@given(seeds)
def test_dates_rise_and_fall_on_open_days_from_the_start_on(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    booking = plan.intake.booking
    worked = KNOWLEDGE.numbers.calendar.default_weekdays if booking.weekdays is None else booking.weekdays
    dates = [visit.date for visit in plan.course.visits]
    assert all(earlier < later for earlier, later in pairwise(dates))
    assert dates[0] >= max(plan.on, booking.start or plan.on)
    assert {WEEKDAYS[day.weekday()] for day in dates} <= set(worked)
    assert drawn_holidays(seed).union(booking.closed).isdisjoint(dates)


@given(seeds)
def test_no_visit_falls_before_an_injury_has_rested(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None or plan.intake.onset is None:
        return
    rested = plan.intake.onset + timedelta(days=plan.protocol.not_before_injury_day)
    assert plan.course.visits[0].date >= rested


@given(seeds)
def test_visits_are_counted_and_the_last_is_a_review(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    visits, phases = plan.course.visits, plan.course.phases
    assert [visit.number for visit in visits] == list(range(1, len(visits) + 1))
    assert len(visits) == sum(phase.sessions for phase in phases)
    assert len(visits) == min(plan.protocol.sessions_total, plan.intake.booking.max_sessions or plan.protocol.sessions_total)
    assert [visit.phase for visit in visits] == [phase.name for phase in phases for _ in range(phase.sessions)]
    assert visits[-1].review


@given(seeds)
def test_no_week_holds_more_visits_than_booked_or_meant(seed: int) -> None:
    plan = plan_of(seed)
    if plan is None:
        return
    weeks = Counter(visit.date - timedelta(days=visit.date.weekday()) for visit in plan.course.visits)
    meant = max(-(-7 * len(phase.gap_days) // sum(phase.gap_days)) for phase in plan.course.phases)
    assert max(weeks.values()) <= min(meant, plan.intake.booking.max_per_week or 7)


@given(seeds)
def test_a_course_tapers(seed: int) -> None:
    plan = plan_of(seed)
    phases = () if plan is None else plan.course.phases
    assert all(
        len(later.gap_days) * sum(earlier.gap_days) <= len(earlier.gap_days) * sum(later.gap_days) for earlier, later in pairwise(phases)
    )


# What is withheld, and how results are reached


def document(seed: int) -> PlanDocument | None:
    outcome = outcome_of(seed)
    return None if outcome is None else document_of(outcome, KNOWLEDGE, program="test")


@given(seeds)
def test_a_withheld_plan_says_nothing_of_how_to_treat(seed: int) -> None:
    shown = document(seed)
    if shown is None or not shown.outcome.withholds:
        return
    assert shown.techniques == shown.outline == shown.phases == shown.sessions == shown.measures == shown.advice == ()
    assert shown.maintenance is None


@given(seeds)
def test_every_finding_and_warning_of_a_document_has_its_words(seed: int) -> None:
    shown = document(seed)
    if shown is None:
        return
    assert all(finding.reason and finding.action and finding.sources for finding in shown.screening.findings)
    assert all(warning.text.endswith(".") for warning in shown.warnings)


@given(seeds)
def test_the_short_way_equals_judging_every_rule(seed: int) -> None:
    intake, on = intake_of(seed)
    answers = Answers(intake, KNOWLEDGE, on=on)
    results = {rule.id: judge_when(rule.when, answers.judge) for rule in KNOWLEDGE.rules if not rule.counts}
    for rule in KNOWLEDGE.rules:
        if rule.counts:
            results[rule.id] = judge_when(
                rule.when, lambda criterion: answers.judge(criterion) if criterion.findings is None else count(criterion, results)
            )
    found = {rule: truth for rule, truth in results.items() if truth in (Truth.TRUE, Truth.UNSURE)}
    short = judge_rules(Answers(intake, KNOWLEDGE, on=on), KNOWLEDGE)
    assert {rule: truth for rule, truth in short.items() if truth in (Truth.TRUE, Truth.UNSURE)} == found


@given(seeds)
def test_the_same_input_gives_the_same_bytes(seed: int) -> None:
    once, again = document(seed), document(seed)
    if once is not None and again is not None:
        assert to_json(once) == to_json(again)
        assert to_toml(once) == to_toml(again)


@given(seeds)
def test_a_plan_made_again_from_itself_is_the_same(seed: int) -> None:
    shown = document(seed)
    if shown is None:
        return
    on = shown.planned_on
    intake = read_intake(to_toml(shown).encode(), "plan.toml", KNOWLEDGE, on=on)
    again = make_plan(intake, KNOWLEDGE, on=on, holidays=drawn_holidays(seed))
    assert document_of(again, KNOWLEDGE, program="test") == shown
