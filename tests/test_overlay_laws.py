"""A clinic's own knowledge, whatever it is, never lets a client have what the built-in knowledge forbids."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Condition, OutcomeKind, Urgency
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.intake import Intake
from massage_cli.planning.limits import Limits
from massage_cli.planning.plan import Outcome, Plan, make_plan, open_case
from massage_cli.planning.protocol_choice import most_minutes
from massage_cli.planning.screening import Screening, screen
from tests.builders import knowledge
from tests.drawn import drawn_holidays, drawn_intake, seeds
from tests.drawn_overlays import Edit, drawn_overlay
from tests.test_laws import allowed, newly_allowed

BUILT_IN = knowledge()
STRICTNESS = (OutcomeKind.REFER, OutcomeKind.INCOMPLETE, OutcomeKind.CLEARANCE, OutcomeKind.RESTRICTED, OutcomeKind.CLEAR)
"""Strictest first."""

CLIENTS = 6


def looser_limits(before: Limits, after: Limits) -> list[str]:
    """The limits of the built-in screening that do not hold any more."""
    gone = [f"excludes {technique}" for technique in before.excluded if technique not in after.excluded]
    gone += [
        f"excludes {technique} at {place}"
        for technique, places in before.excluded_at.items()
        for place in places
        if technique not in after.excluded and place not in after.excluded_at.get(technique, {})
    ]
    gone += [f"avoids {place}" for place in before.avoided if place not in after.avoided]
    gone += [f"position {position}" for position in before.positions if position not in after.positions]
    gone += [f"pressure at {place}" for place in BUILT_IN.body.order if after.pressure_at(place) > before.pressure_at(place)]
    if before.minutes_max is not None and (after.minutes_max or 999) > before.minutes_max:
        gone.append("minutes")
    return gone


def looser_screening(before: Screening, after: Screening) -> list[str]:
    """What the screening with a clinic's own knowledge allows and the built-in one does not."""
    loose = [*looser_limits(before.limits, after.limits), *newly_allowed(allowed(before), allowed(after))]
    if STRICTNESS.index(after.outcome) > STRICTNESS.index(before.outcome):
        loose.append(f"{before.outcome} became {after.outcome}")
    if before.urgency and after.urgency and tuple(Urgency).index(after.urgency) > tuple(Urgency).index(before.urgency):
        loose.append(f"{before.urgency} became {after.urgency}")
    now = {finding.rule.id: finding for finding in after.findings}
    loose += [f"{finding.rule.id} is not found" for finding in before.findings if finding.rule.id not in now]
    loose += [
        f"{finding.rule.id} is less"
        for finding in before.findings
        if (found := now.get(finding.rule.id)) and ((found.cleared and not finding.cleared) or (finding.certain and not found.certain))
    ]
    loose += [f"{fact} need not be answered" for fact in before.unanswered if fact not in after.unanswered]
    loose += [f"line gone: {line}" for line in before.precautions if line not in after.precautions and not _of_a_note(line, before)]
    return loose


def _of_a_note(line: str, screening: Screening) -> bool:
    """Notes that have become too old say nothing any more; their stop stands instead."""
    return not any(line in finding.rule.precautions for finding in screening.findings)


def unlike(screening: Screening, merged: Knowledge) -> list[str]:
    """Own techniques that are free where one that they are like is out."""
    limits, free = screening.limits, []
    for technique in merged.techniques:
        for name in technique.like:
            if name in limits.excluded and technique.id not in limits.excluded:
                free.append(technique.id)
            places = limits.excluded_at.get(name, {})
            out_at = limits.excluded_at.get(technique.id, {})
            free += [f"{technique.id} at {place}" for place in places if technique.id not in limits.excluded and place not in out_at]
    return free


def outcome_of(intake: Intake, known: Knowledge, seed: int, *, on: date) -> Outcome | None:
    try:
        return make_plan(intake, known, on=on, holidays=drawn_holidays(seed))
    except NoOpenDay:
        return None


def looser_plan(plan: Plan, by: Plan, *, on: date) -> list[str]:
    """What a plan has that the built-in plan may not have."""
    case, _, _ = open_case(by.intake, by.screening, by.protocol, BUILT_IN, on=on)
    loose: list[str] = []
    for block in plan.session.prescriptions:
        technique, known = block.candidate.technique, BUILT_IN.technique.get(block.candidate.technique.id)
        loose += [f"{technique.id} too hard" for place in block.candidate.regions if block.pressure > case.pressures[place]]
        if known is None:
            continue
        places = by.screening.limits.excluded_at.get(technique.id, {})
        loose += [f"{technique.id} at {place}" for place in block.candidate.regions if place in places]
        if technique.id in by.screening.limits.excluded or (known.extra_training and technique.id not in by.intake.booking.trained_in):
            loose.append(technique.id)
        if block.pressure < known.pressure.min or block.minutes > max(known.minutes.max, technique.minutes.max):
            loose.append(f"{technique.id} beyond itself")
    rest = by.protocol.not_before_injury_day
    if by.intake.condition is Condition.INJURY_RECOVERY:
        rest = max(rest, BUILT_IN.numbers.calendar.injury_not_before_day)
    days = [visit.date for visit in plan.course.visits]
    if by.intake.onset is not None and days[0] < by.intake.onset + timedelta(days=rest):
        loose.append("before the tissue has rested")
    least = -(-min(gap for phase in by.protocol.phase for gap in phase.gap_days) // 2)
    loose += [f"{later} too soon" for earlier, later in pairwise(days) if (later - earlier).days < least]
    longest = most_minutes(by.intake, by.screening, BUILT_IN)
    return loose + [f"{phase.name} too long" for phase in plan.course.phases if phase.minutes > longest]


def looser(intake: Intake, table: dict[str, Any], merged: Knowledge, seed: int, *, on: date) -> list[str]:
    """Everything that a clinic's own knowledge lets this client have, and the built-in knowledge does not."""
    try:
        check_intake(table, merged, on=on)
    except Unreadable:
        return []  # an intake that is refused, like a note for a rule that no note lifts any more, allows nothing
    before, after = screen(intake, BUILT_IN, on=on), screen(intake, merged, on=on)
    loose = [*looser_screening(before, after), *unlike(after, merged)]
    plan, by = outcome_of(intake, merged, seed, on=on), outcome_of(intake, BUILT_IN, seed, on=on)
    if isinstance(plan, Plan) and isinstance(by, Plan):
        return loose + looser_plan(plan, by, on=on)
    if isinstance(plan, Plan) and by is not None and by.outcome is not OutcomeKind.NO_TECHNIQUE:
        loose.append(f"planned, not {by.outcome}")
    return loose


def looser_for_clients(seed: int) -> list[tuple[list[str], list[Edit]]]:
    """What any of a few clients may have under a random overlay that bears on them, and what stands in it."""
    clients = [(*drawn_intake(client), client) for client in range(seed, seed + CLIENTS)]
    intakes = [check_intake(table, BUILT_IN, on=on) for table, on, _ in clients]
    found = [
        finding.rule for intake, (_, on, _) in zip(intakes, clients, strict=True) for finding in screen(intake, BUILT_IN, on=on).findings
    ]
    merged, edits = drawn_overlay(seed, found)
    loose = (looser(intake, table, merged, client, on=on) for intake, (table, on, client) in zip(intakes, clients, strict=True))
    return [(each, edits) for each in loose if each]


@given(seeds)
@settings(max_examples=10)
def test_no_overlay_that_loads_lets_a_client_have_what_is_forbidden(seed: int) -> None:
    assert looser_for_clients(seed) == []
