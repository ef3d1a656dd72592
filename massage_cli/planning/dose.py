"""How long, how hard and how often: minutes of a visit, pressure, and the phases that fit the booking (planning.md 3, 4, 7)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from massage_cli.knowledge.numbers import PressureNumbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.vocabulary import Condition
from massage_cli.planning import texts
from massage_cli.planning.intake import Intake
from massage_cli.planning.protocol_choice import most_minutes
from massage_cli.planning.screening import Screening
from massage_cli.planning.texts import PlanWarning

_DAYS_A_WEEK = 7


class AllowedPressure(msgspec.Struct, frozen=True, kw_only=True):
    """The pressure allowed for this client, level 1 to 5, before the caps of single places."""

    level: int
    warnings: tuple[PlanWarning, ...]


def allowed_pressure(intake: Intake, screening: Screening, protocol: Protocol, knowledge: Knowledge, *, on: date) -> AllowedPressure:
    """The pressure allowed after wish, pain, freshness, age and every cap (planning.md 4.1 and 4.2)."""
    numbers = knowledge.numbers.pressure
    fresh = is_fresh(intake, numbers, on=on)
    start: int = getattr(numbers, intake.wish)
    if intake.pain is not None and intake.pain >= numbers.severe_pain_from:
        start -= numbers.severe_pain_minus
    caps = [numbers.highest_ever, screening.limits.pressure_max]
    if fresh:
        start -= numbers.acute_minus
        caps.append(numbers.acute_cap)
    if protocol.pressure_max is not None:
        caps.append(protocol.pressure_max)
    if intake.age >= numbers.frail_age:
        caps.append(numbers.frail_cap)
    level = max(1, min(start, *caps))
    warnings: tuple[PlanWarning, ...] = ()
    if fresh and intake.onset is not None:
        warnings = (texts.pressure_fresh(level, intake.onset + timedelta(days=numbers.acute_days)),)
    if intake.is_first_visit and level > numbers.first_visit_cap:
        warnings = (*warnings, texts.pressure_first_visit(numbers.first_visit_cap, level))
        level = numbers.first_visit_cap
    return AllowedPressure(level=level, warnings=warnings)


def is_fresh(intake: Intake, numbers: PressureNumbers, *, on: date) -> bool:
    """True when an acute condition or an injury is so recent that pressure stays low (planning.md 4.1)."""
    days = intake.days_since_onset(on)
    hurt = intake.condition in (Condition.ACUTE, Condition.INJURY_RECOVERY)
    return hurt and days is not None and days < numbers.acute_days


class DosedPhase(msgspec.Struct, frozen=True, kw_only=True):
    """A phase as it is planned: its visits, its cycle of gaps in days, and the minutes of a visit."""

    name: str
    sessions: int
    gap_days: tuple[int, ...]
    protocol_gap_days: tuple[int, ...]
    minutes: int


class Dose(msgspec.Struct, frozen=True, kw_only=True):
    """The phases with visits, in order, and the extra minutes of the first visit."""

    phases: tuple[DosedPhase, ...]
    first_visit_extra_minutes: int
    warnings: tuple[PlanWarning, ...]


def visit_minutes(typical: int, intake: Intake, screening: Screening, knowledge: Knowledge) -> int:
    """The minutes of a visit: the phase's own, less for the frail, as far as booking and screening leave room (planning.md 3)."""
    numbers = knowledge.numbers.pressure
    return _visit_minutes(typical, numbers, frail=intake.age >= numbers.frail_age, most=most_minutes(intake, screening, knowledge))


def _visit_minutes(typical: int, numbers: PressureNumbers, *, frail: bool, most: int) -> int:
    minutes = typical
    if frail:
        minutes = typical * numbers.frail_minutes_percent // 100
        minutes -= minutes % numbers.frail_minutes_step
    return min(minutes, most)


class _Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the dose depends on, and nothing else: equal terms have the same dose."""

    protocol: Protocol
    knowledge: Knowledge
    frail: bool
    first_visit: bool
    most_minutes: int
    offered_minutes: int | None
    max_sessions: int | None
    max_per_week: int | None

    def __hash__(self) -> int:
        """Of what tells terms apart; the whole protocol would take longer than it saves."""
        booked = (self.offered_minutes, self.max_sessions, self.max_per_week)
        return hash((self.protocol.id, self.frail, self.first_visit, self.most_minutes, booked))


def dose(intake: Intake, screening: Screening, protocol: Protocol, knowledge: Knowledge) -> Dose:
    """How many visits, how far apart and how long, fitted to the booking (planning.md 3 and 7)."""
    booking = intake.booking
    return _dose(
        _Terms(
            protocol=protocol,
            knowledge=knowledge,
            frail=intake.age >= knowledge.numbers.pressure.frail_age,
            first_visit=intake.is_first_visit,
            most_minutes=most_minutes(intake, screening, knowledge),
            offered_minutes=booking.minutes,
            max_sessions=booking.max_sessions,
            max_per_week=booking.max_per_week,
        )
    )


@lru_cache(maxsize=1024)
def _dose(terms: _Terms) -> Dose:
    """The dose that terms come to. The clients of one clinic share the same few, so the last ones are remembered."""
    protocol, per_week, warnings = terms.protocol, terms.max_per_week, []
    counts = fit_to_budget(tuple(phase.sessions for phase in protocol.phase), terms.max_sessions)
    phases = []
    for phase, sessions in zip(protocol.phase, counts, strict=True):
        if not sessions:
            continue
        minutes = _visit_minutes(phase.minutes.typical, terms.knowledge.numbers.pressure, frail=terms.frail, most=terms.most_minutes)
        if minutes < phase.minutes.min:
            warnings.append(texts.minutes_short(phase.name, minutes, phase.minutes.min))
        gap_days = widen(phase.gap_days, per_week)
        if gap_days != phase.gap_days and per_week is not None:
            warnings.append(texts.gaps_widened(phase.name, per_week, gap_days, phase.gap_days))
        phases.append(DosedPhase(name=phase.name, sessions=sessions, gap_days=gap_days, protocol_gap_days=phase.gap_days, minutes=minutes))
    extra, extra_warnings = _first_visit_extra(terms, phases[0].minutes)
    planned = sum(counts)
    if planned < protocol.sessions_total:
        warnings.append(texts.sessions_cut(planned, protocol.sessions_total))
        if planned < protocol.stop_after:
            warnings.append(texts.sessions_few(protocol.stop_after))
    return Dose(phases=tuple(phases), first_visit_extra_minutes=extra, warnings=(*extra_warnings, *warnings))


def fit_to_budget(counts: Sequence[int], budget: int | None) -> tuple[int, ...]:
    """The visits of each phase when only so many are paid for, by largest remainder (planning.md 7.1)."""
    total, phases = sum(counts), len(counts)
    if budget is None or budget >= total:
        return tuple(counts)
    if budget <= phases:
        return tuple(1 if place < budget else 0 for place in range(phases))
    shares = [divmod((budget - phases) * (count - 1), total - phases) for count in counts]
    fitted = [1 + whole for whole, _ in shares]
    by_remainder = sorted(range(phases), key=lambda place: -shares[place][1])
    for place in by_remainder[: budget - sum(fitted)]:
        fitted[place] += 1
    return tuple(fitted)


def widen(gap_days: tuple[int, ...], per_week: int | None) -> tuple[int, ...]:
    """The cycle of gaps when at most so many visits a week are wanted (planning.md 7.3)."""
    if per_week is None or _DAYS_A_WEEK * len(gap_days) <= per_week * sum(gap_days):
        return gap_days
    return tuple(_DAYS_A_WEEK * (step + 1) // per_week - _DAYS_A_WEEK * step // per_week for step in range(per_week))


def most_a_week(gap_days: tuple[int, ...], per_week: int | None) -> int:
    """The most visits in one week: what the cycle means, rounded up, and no more than are wanted (planning.md 8.3)."""
    meant = -(-_DAYS_A_WEEK * len(gap_days) // sum(gap_days))
    return meant if per_week is None else min(per_week, meant)


def _first_visit_extra(terms: _Terms, minutes: int) -> tuple[int, tuple[PlanWarning, ...]]:
    if not terms.first_visit:
        return 0, ()
    wanted, offered = terms.knowledge.numbers.first_visit_extra_minutes, terms.offered_minutes
    extra = wanted if offered is None else min(wanted, offered - minutes)
    return extra, (texts.first_visit_short(wanted, extra),) if extra < wanted else ()
