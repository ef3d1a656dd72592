"""How hard and how long, step by step: what raises, lowers and caps them (planning.md 3, 4, 6.5 and 6.7)."""

from datetime import timedelta

import msgspec

from massage_cli.knowledge.named import DRAINAGE
from massage_cli.knowledge.protocols import Phase, Protocol
from massage_cli.planning.dose import is_fresh
from massage_cli.planning.explaining.basis import Basis
from massage_cli.planning.explaining.techniques import Choice
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.texts import listed


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """A level or a number of minutes that is not exceeded, why, and the answers and rules behind it."""

    level: int
    why: str
    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def pressure_caps(basis: Basis, protocol: Protocol) -> tuple[Cap, ...]:
    """What the pressure of a whole session is the lowest of, the wish first (planning.md 4.1, 4.2)."""
    intake, numbers, screening = basis.intake, basis.knowledge.numbers.pressure, basis.screening
    fresh = is_fresh(intake, numbers, on=basis.on)
    caps = [_start(basis, fresh=fresh), Cap(level=numbers.highest_ever, why=f"no more than {numbers.highest_ever} is ever planned")]
    if screening.limits.pressure_max < NO_CAP:
        rules = tuple(found.rule.id for found in screening.findings if found.rule.pressure_max == screening.limits.pressure_max)
        caps.append(Cap(level=screening.limits.pressure_max, why=f"the screening caps it ({', '.join(rules)})", rules=rules))
    if fresh and intake.onset is not None:
        until = intake.onset + timedelta(days=numbers.acute_days)
        caps.append(Cap(level=numbers.acute_cap, why=f"it is fresh until {until}", facts=("onset-days", "condition")))
    if protocol.pressure_max is not None:
        caps.append(Cap(level=protocol.pressure_max, why=f"{protocol.name} caps it"))
    if intake.age >= numbers.frail_age:
        caps.append(Cap(level=numbers.frail_cap, why=f"age {numbers.frail_age} or more", facts=("age",)))
    if intake.is_first_visit:
        caps.append(Cap(level=numbers.first_visit_cap, why="this is the first visit"))
    return tuple(caps)


def _start(basis: Basis, *, fresh: bool) -> Cap:
    """What was wished for, less what pain and freshness take."""
    intake, numbers = basis.intake, basis.knowledge.numbers.pressure
    level: int = getattr(numbers, intake.wish)
    wished = "asked for" if intake.pressure is not None else "taken where nothing is asked for"
    why, facts = [f"{intake.wish} is {wished}, which is {level}"], []
    if intake.pain is not None and intake.pain >= numbers.severe_pain_from:
        level -= numbers.severe_pain_minus
        why.append(f"{numbers.severe_pain_minus} less for pain of {numbers.severe_pain_from} or more")
        facts.append("pain")
    if fresh:
        level -= numbers.acute_minus
        why.append(f"{numbers.acute_minus} less while it is fresh")
        facts += ["onset-days", "condition"]
    return Cap(level=max(1, level), why=", ".join(why), facts=tuple(facts))


def block_caps(block: Prescription, basis: Basis, choice: Choice) -> tuple[Cap, ...]:
    """What the pressure of one block is the lowest of (planning.md 6.5)."""
    technique, regions, limits = block.candidate.technique, block.candidate.regions, basis.screening.limits
    caps = [*pressure_caps(basis, choice.case.protocol)]
    caps.append(Cap(level=technique.pressure.max, why=f"{technique.name} works at {technique.pressure.min} to {technique.pressure.max}"))
    at = {place: limits.pressure_max_at[place] for place in regions if place in limits.pressure_max_at}
    if at:
        lowest = min(at.values())
        places = [place for place, level in at.items() if level == lowest]
        why = f"the screening caps it on {listed(basis.knowledge.body.merge(places))}"
        caps.append(Cap(level=lowest, why=why, rules=capping_at(places[0], lowest, basis)))
    drained = choice.chosen(DRAINAGE)
    if drained is not None and technique.id != DRAINAGE and not set(drained.candidate.regions).isdisjoint(regions):
        caps.append(Cap(level=basis.knowledge.numbers.pressure.drainage_neighbor_max, why="it shares a region with lymphatic drainage"))
    return tuple(caps)


def capping_at(place: str, level: int, basis: Basis) -> tuple[str, ...]:
    """The rules that set this cap at a place."""
    return tuple(
        finding.rule.id
        for finding in basis.screening.findings
        if place in finding.regions and any(block.pressure_max == level for block in finding.rule.at)
    )


def level_words(caps: tuple[Cap, ...]) -> str:
    """The lowest of some caps, and which of them binds, the others behind."""
    lowest = min(cap.level for cap in caps)
    binding = [cap.why for cap in caps if cap.level == lowest]
    others = [cap.why for cap in caps if cap.level > lowest]
    rest = f" Others leave room for more: {'; '.join(others)}." if others else ""
    return f"{lowest}, as {'; '.join(binding)}.{rest}"


def minutes_caps(phase: Phase, basis: Basis) -> tuple[Cap, ...]:
    """What the minutes of a phase's visits are the lowest of (planning.md 3)."""
    intake, numbers, limits = basis.intake, basis.knowledge.numbers.pressure, basis.screening.limits
    typical, why = phase.minutes.typical, f"the protocol's {phase.name} visits have {phase.minutes.typical}"
    facts: tuple[str, ...] = ()
    if intake.age >= numbers.frail_age:
        typical = typical * numbers.frail_minutes_percent // 100
        typical -= typical % numbers.frail_minutes_step
        why, facts = f"{why}, and from age {numbers.frail_age} on {numbers.frail_minutes_percent} percent of them", ("age",)
    caps = [Cap(level=typical, why=why, facts=facts)]
    if intake.booking.minutes is not None:
        caps.append(Cap(level=intake.booking.minutes, why=f"{intake.booking.minutes} is the longest visit offered"))
    if limits.minutes_max is not None:
        rules = tuple(found.rule.id for found in basis.screening.findings if found.rule.minutes_max == limits.minutes_max)
        caps.append(Cap(level=limits.minutes_max, why=f"the screening caps it ({', '.join(rules)})", rules=rules))
    return tuple(caps)


def block_minutes_words(block: Prescription, choice: Choice) -> str:
    """How the main part of a session came to be shared out (planning.md 6.6, 6.7)."""
    blocks, numbers = choice.session.prescriptions, choice.case.knowledge.numbers
    main = next(minutes for part, minutes in choice.session.outline if part == "main")
    share = numbers.main_block_shares[len(blocks) - 1][blocks.index(block)]
    most = block.candidate.technique.minutes.max
    more = ", and what is left goes to the broad technique first" if len(blocks) > 1 else ""
    return f"Its share is {share} percent of the main part, which has {main} minutes; it takes {most} at most{more}."
