"""The main block of a session: which techniques, how hard, how long; and the outline around it (planning.md 6)."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from massage_cli.knowledge.named import DRAINAGE
from massage_cli.knowledge.numbers import Numbers, SessionSplit
from massage_cli.planning import texts
from massage_cli.planning.candidates import Candidate, Candidates, Case, candidates
from massage_cli.planning.texts import PlanWarning


class Prescription(msgspec.Struct, frozen=True, kw_only=True):
    """A technique in the main block: where, at what pressure, for how many minutes."""

    candidate: Candidate
    pressure: int
    minutes: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The main block best first, and the outline as parts with their minutes."""

    prescriptions: tuple[Prescription, ...]
    outline: tuple[tuple[str, int], ...]
    warnings: tuple[PlanWarning, ...]


@lru_cache(maxsize=1024)
def session_of(case: Case) -> Session:
    """The session of a case, with every warning about techniques; it has no prescriptions where no technique is left.

    The clients of one clinic share the same few, so the last ones are remembered.
    """
    found = candidates(case)
    if not found.ranked:
        return Session(prescriptions=(), outline=(), warnings=found.warnings)
    session = build_session(found, case)
    return msgspec.structs.replace(session, warnings=(*found.warnings, *session.warnings))


def build_session(found: Candidates, case: Case) -> Session:
    """The session that the candidates make, adding up to its minutes. There must be a candidate."""
    numbers, body = case.knowledge.numbers, case.knowledge.body
    taken, passed_over = _take(found.ranked, case)
    warnings = [texts.technique_drainage(candidate.technique.name) for candidate in passed_over]
    warnings += [
        texts.technique_outranked(candidate.technique.name)
        for candidate in found.ranked
        if candidate.asked_for and candidate not in taken and candidate not in passed_over
    ]
    pressures = {candidate.technique.id: _pressure(candidate, taken, case) for candidate in taken}
    filled = fill([(candidate, pressures[candidate.technique.id]) for candidate in taken], case.minutes, numbers)
    uncovered = uncovered_by(filled.prescriptions, found.targets)
    warnings += filled.warnings
    if uncovered:
        warnings.append(texts.region_uncovered(body.merge(uncovered)))
    if not has_carrier(filled.prescriptions):
        warnings.append(texts.no_carrier())
    return msgspec.structs.replace(filled, warnings=tuple(warnings))


def fill(taken: Sequence[tuple[Candidate, int]], minutes: int, numbers: Numbers) -> Session:
    """The session of so many minutes that techniques make at these pressures, with a warning for each dropped (planning.md 6.6, 6.7)."""
    split = _split(minutes, numbers)
    blocks, dropped = share_out([candidate for candidate, _ in taken], split.main, numbers)
    pressures = {candidate.technique.id: pressure for candidate, pressure in taken}
    main = sum(minutes for _, minutes in blocks)
    outline = (
        ("assess", split.assess),
        ("warm-up", split.warm_up),
        ("main", main),
        ("integrate", split.integrate + split.main - main),
        ("close", split.close),
    )
    return Session(
        prescriptions=tuple(
            Prescription(candidate=candidate, pressure=pressures[candidate.technique.id], minutes=minutes) for candidate, minutes in blocks
        ),
        outline=outline,
        warnings=tuple(texts.technique_short(candidate.technique.name, numbers.smallest_block_minutes) for candidate in dropped),
    )


def uncovered_by(prescriptions: Sequence[Prescription], targets: Sequence[str]) -> tuple[str, ...]:
    """The targets that no block works on."""
    worked_on = {place for block in prescriptions for place in block.candidate.regions}
    return tuple(place for place in targets if place not in worked_on)


def has_carrier(prescriptions: Sequence[Prescription]) -> bool:
    """True when a broad technique is among the blocks."""
    return any(block.candidate.technique.carrier for block in prescriptions)


def _take(ranked: Sequence[Candidate], case: Case) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates taken, and those passed over for a clash with one of them (planning.md 6.1 to 6.3)."""
    if ranked[0].technique.stands_alone:
        return [ranked[0]], []
    rows = case.knowledge.numbers.techniques_by_minutes
    wanted = next((row.techniques for row in rows if case.minutes <= row.up_to), rows[-1].techniques)
    sociable = [candidate for candidate in ranked if not candidate.technique.stands_alone]
    taken: list[Candidate] = []
    passed_over: list[Candidate] = []
    for candidate in sociable:
        if len(taken) == wanted:
            break
        clashes = any(_clash(candidate, other, case) for other in taken)
        (passed_over if clashes else taken).append(candidate)
    if wanted > 1 and not any(candidate.technique.carrier for candidate in taken):
        kept = taken[: wanted - 1]
        carriers = (candidate for candidate in sociable if candidate.technique.carrier)
        carrier = next((candidate for candidate in carriers if not any(_clash(candidate, other, case) for other in kept)), None)
        if carrier is not None:
            taken = [*kept, carrier]
    return taken, passed_over


def _clash(one: Candidate, other: Candidate, case: Case) -> bool:
    if (one.technique.id == DRAINAGE) == (other.technique.id == DRAINAGE):
        return False
    beside = other if one.technique.id == DRAINAGE else one
    neighbor_max = case.knowledge.numbers.pressure.drainage_neighbor_max
    return beside.technique.pressure.min > neighbor_max and not set(one.regions).isdisjoint(other.regions)


def _pressure(candidate: Candidate, taken: Sequence[Candidate], case: Case) -> int:
    """The pressure of a block (planning.md 6.5)."""
    level = min(candidate.technique.pressure.max, *map(case.pressures.__getitem__, candidate.regions))
    drained = {place for other in taken if other.technique.id == DRAINAGE and other is not candidate for place in other.regions}
    if drained.isdisjoint(candidate.regions):
        return level
    return min(level, case.knowledge.numbers.pressure.drainage_neighbor_max)


def _split(minutes: int, numbers: Numbers) -> SessionSplit:
    """The outline of a session of so many minutes; the difference to the table goes to main (planning.md 6.6)."""
    rows = numbers.session_split
    row = next((row for row in reversed(rows) if row.minutes <= minutes), rows[0])
    return msgspec.structs.replace(row, minutes=minutes, main=row.main + minutes - row.minutes)


def share_out(taken: Sequence[Candidate], main: int, numbers: Numbers) -> tuple[list[tuple[Candidate, int]], list[Candidate]]:
    """The minutes of each technique, and those dropped for too short a share (planning.md 6.7)."""
    kept = list(taken)
    dropped: list[Candidate] = []
    while True:
        shares = numbers.main_block_shares[len(kept) - 1]
        minutes = [min(main * share // 100, candidate.technique.minutes.max) for share, candidate in zip(shares, kept, strict=True)]
        carrier = next((place for place, candidate in enumerate(kept) if candidate.technique.carrier), None)
        too_short = [
            place
            for place, candidate in enumerate(kept)
            if minutes[place] < numbers.smallest_block_minutes
            and place != carrier
            and candidate.technique.id not in numbers.short_by_nature
        ]
        if not too_short or len(kept) == 1:
            break
        dropped.append(kept.pop(too_short[-1]))
    left = main - sum(minutes)
    for place in ([] if carrier is None else [carrier]) + [place for place in range(len(kept)) if place != carrier]:
        more = min(left, kept[place].technique.minutes.max - minutes[place])
        minutes[place] += more
        left -= more
    return list(zip(kept, minutes, strict=True)), dropped
