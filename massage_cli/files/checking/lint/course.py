"""Faults of the dated course in a plan file: days, rests, reviews and totals."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import Action, Condition
from massage_cli.planning.calendar import PlannedVisit, open_days
from massage_cli.planning.dose import most_a_week
from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.schedule import Schedule, Slot, Stretch
from massage_cli.planning.lint.schedule_faults import text_faults
from massage_cli.planning.lint.slots import number_faults, order_faults
from massage_cli.planning.lint.stretches import often, rise_faults

_CLOSER = (Action.RAISE_DOSE, Action.HOLD)
"""What a review may decide that brings visits closer again."""


def course_faults(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Everything that is wrong with the visits that are planned, and of a later version with those still to come."""
    slots = tuple(_slots(document))
    yield from order_faults(slots)
    yield from number_faults(Schedule(path="sessions", slots=slots, numbered_from_one=document.version is None))
    yield from _closed(document, knowledge)
    yield from _rests(document, knowledge)
    yield from _phases(document)
    tightened = document.decision is not None and document.decision.action in _CLOSER
    if not tightened:
        yield from rise_faults(_stretches(document))
    yield from _budget(document)
    if document.version is None:
        protocol = None if document.protocol is None else knowledge.protocol.get(document.protocol.id)
        yield from _start(document, protocol, knowledge)
        yield from _overlaps(document)
        yield from _weeks(document)
        yield from _long_gaps(document, knowledge)
        texts = tuple((f"warnings[{place}].text", warning.text) for place, warning in enumerate(document.warnings))
        yield from text_faults(Schedule(path="sessions", slots=slots, texts=texts))
        if protocol is not None:
            yield from _reviews(document, protocol)
            yield from _upkeep(document, protocol)
    elif ahead(document) and not ahead(document)[-1].review:
        place = document.sessions.index(ahead(document)[-1])
        yield fault(FaultKind.REVIEW_MISSING, f"sessions[{place}].review", "the last visit is no review", "a review at the last visit")


def ahead(document: PlanDocument) -> tuple[PlannedVisit, ...]:
    """The visits that nothing is recorded of, after the last one recorded; of a first version every visit."""
    last = max((visit.date for visit in document.visits), default=date.min)
    recorded = {visit.number for visit in document.visits}
    return tuple(session for session in document.sessions if session.number not in recorded and session.date > last)


def _slots(document: PlanDocument) -> Iterator[Slot]:
    still = frozenset(ahead(document))
    for place, session in enumerate(document.sessions):
        if session in still:
            path = f"sessions[{place}]"
            yield Slot(path=path, day=session.date, number=session.number, minutes=session.minutes, review=session.review)


def _stretches(document: PlanDocument) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(path=f"phases[{place}]", rate=Fraction(len(phase.gap_days), sum(phase.gap_days)))
        for place, phase in enumerate(document.phases)
        if phase.gap_days
    )


def _closed(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    days = open_days(document.intake.booking, frozenset(document.holidays), knowledge.numbers.calendar)
    for place, session in enumerate(document.sessions):
        if not days.is_open(session.date):
            named = session.date in document.intake.booking.closed or session.date in document.holidays
            why = "a closed day" if named else f"a {session.date:%A}, which is not worked"
            found = f"visit {session.number} on {session.date}, {why}"
            yield fault(FaultKind.CLOSED_DAY, f"sessions[{place}].date", found, "a day on which the practice is open")


def _rests(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Visits closer than half their gap; of a later version, half the shortest gap there is, as a review may move phases."""
    gaps = {phase.name: phase.gap_days for phase in document.phases}
    shortest = min((min(cycle) for cycle in gaps.values() if cycle), default=1)
    shortest = min(shortest, knowledge.numbers.adaptation.relapse_block_gap_days)
    places = {session: place for place, session in enumerate(document.sessions)}
    for before, session in pairwise(ahead(document)):
        gap = shortest if document.version is not None else min(gaps.get(session.phase, ()), default=1)
        least = -(-gap // 2)
        rest = (session.date - before.date).days
        if 0 < rest < least:
            found = f"{rest} day{'' if rest == 1 else 's'} between visits {before.number} and {session.number}"
            path = f"sessions[{places[session]}].date"
            yield fault(FaultKind.SHORT_REST, path, found, f"{least} days or more, half the gap of {gap}")


def _phases(document: PlanDocument) -> Iterator[Fault]:
    names = [phase.name for phase in document.phases]
    counted = Counter(session.phase for session in document.sessions)
    for place, session in enumerate(document.sessions):
        if session.phase not in names:
            found = f"'{session.phase}' is none of the phases"
            yield fault(FaultKind.PHASE_UNKNOWN, f"sessions[{place}].phase", found, ", ".join(names) or "a phase")
    for place, phase in enumerate(document.phases):
        days = [session.date for session in document.sessions if session.phase == phase.name]
        visits = counted[phase.name]
        # visits that nobody came to are cut when a later version is placed anew, so it may have fewer
        if visits > phase.sessions or (document.version is None and visits < phase.sessions):
            found = f"{phase.sessions} visits in phase {phase.name}, and {visits} are dated"
            yield fault(FaultKind.PHASE_COUNT, f"phases[{place}].sessions", found, "as many visits as are dated")
        for key, day, meant in (("first", phase.first, min), ("last", phase.last, max)):
            if days and day != meant(days):
                found = f"{day}, and the {key} visit of phase {phase.name} is on {meant(days)}"
                yield fault(FaultKind.PHASE_DATES, f"phases[{place}].{key}", found, str(meant(days)))


def _overlaps(document: PlanDocument) -> Iterator[Fault]:
    for place, (phase, after) in enumerate(pairwise(document.phases), start=1):
        if after.first <= phase.last:
            found = f"begins on {after.first}, while phase {phase.name} runs to {phase.last}"
            yield fault(FaultKind.OVERLAP, f"phases[{place}].first", found, f"a day after {phase.last}")


def _budget(document: PlanDocument) -> Iterator[Fault]:
    paid = document.intake.booking.max_sessions
    attended = sum(visit.status == "attended" for visit in document.visits)
    planned = attended + len(ahead(document))
    if paid is not None and planned > paid:
        yield fault(FaultKind.OVER_BUDGET, "sessions", f"{planned} visits, and {paid} are paid for", f"{paid} visits at most")


def _start(document: PlanDocument, protocol: Protocol | None, knowledge: Knowledge) -> Iterator[Fault]:
    intake = document.intake
    earliest, why = document.planned_on, "the day of planning"
    if intake.booking.start is not None and intake.booking.start > earliest:
        earliest, why = intake.booking.start, "the start that is booked"
    if intake.onset is not None:
        rest = 0 if protocol is None else protocol.not_before_injury_day
        if intake.condition is Condition.INJURY_RECOVERY:
            rest = max(rest, knowledge.numbers.calendar.injury_not_before_day)
        rested = intake.onset + timedelta(days=rest)
        if rested > earliest:
            earliest, why = rested, f"{rest} days of rest after the injury"
    for place, session in enumerate(document.sessions):
        if session.date < earliest:
            yield fault(FaultKind.TOO_EARLY, f"sessions[{place}].date", f"{session.date} is before {why}", f"{earliest} or later")


def _weeks(document: PlanDocument) -> Iterator[Fault]:
    most = {phase.name: most_a_week(phase.gap_days, document.intake.booking.max_per_week) for phase in document.phases if phase.gap_days}
    in_week: Counter[date] = Counter()
    for place, session in enumerate(document.sessions):
        monday = session.date - timedelta(days=session.date.weekday())
        in_week[monday] += 1
        if in_week[monday] > most.get(session.phase, in_week[monday]):
            found = f"visit {in_week[monday]} of the week of {monday}"
            yield fault(FaultKind.WEEK_FULL, f"sessions[{place}].date", found, f"{most[session.phase]} a week at most in this phase")


def _long_gaps(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Visits far later than their gap, though open days lay between."""
    days = open_days(document.intake.booking, frozenset(document.holidays), knowledge.numbers.calendar)
    gaps = {phase.name: phase.gap_days for phase in document.phases if phase.gap_days}
    for place, (before, session) in enumerate(pairwise(document.sessions), start=1):
        gap = max(gaps.get(session.phase, (366,)))
        late = range(gap + 1, (session.date - before.date).days)
        free = sum(days.is_open(before.date + timedelta(days=day)) for day in late if day <= 2 * knowledge.numbers.calendar.search_days)
        worked = len(document.intake.booking.weekdays or knowledge.numbers.calendar.default_weekdays)
        if len(late) > gap + 7 and free > worked:
            found = f"{(session.date - before.date).days} days between visits {before.number} and {session.number}"
            expected = f"about {gap} days, {often(Fraction(1, gap))}; {free} open days lie between"
            yield fault(FaultKind.LONG_GAP, f"sessions[{place}].date", found, expected)


def _reviews(document: PlanDocument, protocol: Protocol) -> Iterator[Fault]:
    last = len(document.sessions)
    for place, session in enumerate(document.sessions):
        meant = session.number in protocol.review_visits or place + 1 == last
        if meant and not session.review:
            found = f"visit {session.number} is no review"
            yield fault(FaultKind.REVIEW_MISSING, f"sessions[{place}].review", found, "true, as the protocol or the end of the course asks")
        if session.review and not meant:
            expected = f"false; the protocol reviews at {', '.join(map(str, protocol.review_visits))} and at the end"
            yield fault(FaultKind.REVIEW_EXTRA, f"sessions[{place}].review", f"visit {session.number} is a review", expected)


def _upkeep(document: PlanDocument, protocol: Protocol) -> Iterator[Fault]:
    upkeep = document.maintenance
    meant = protocol.maintenance.interval_days if protocol.maintenance.offer else 0
    if upkeep is not None and (upkeep.offered != protocol.maintenance.offer or upkeep.every_days != meant):
        found = f"{'offered' if upkeep.offered else 'not offered'}, every {upkeep.every_days} days"
        yield fault(FaultKind.MAINTENANCE, "maintenance", found, f"every {meant} days" if meant else "nothing is offered")
