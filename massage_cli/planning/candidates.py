"""Which techniques can be used on which regions, and how they rank (planning.md 5)."""

from functools import cached_property

import msgspec

from massage_cli.knowledge.body import WHOLE_BODY
from massage_cli.knowledge.named import PREGNANCY, PRENATAL
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.techniques import Indication, Technique
from massage_cli.knowledge.vocabulary import Goal
from massage_cli.planning import texts
from massage_cli.planning.intake import Intake
from massage_cli.planning.limits import Limits
from massage_cli.planning.screening import Screening
from massage_cli.planning.texts import PlanWarning


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A technique that may be used, where, and how it scores for this client."""

    technique: Technique
    regions: tuple[str, ...]
    score: float
    because: str
    sources: tuple[str, ...]
    asked_for: bool


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """The regions to be treated, the candidates best first, and why others were lost."""

    targets: tuple[str, ...]
    ranked: tuple[Candidate, ...]
    warnings: tuple[PlanWarning, ...]


class Case(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that the choice of techniques depends on, and nothing else: equal cases have the same session.

    requested: the sided regions asked for, in body order
    pregnancy_cleared: a pregnancy was found, and a valid note lifts its stop
    """

    pressure: int
    minutes: int
    requested: tuple[str, ...]
    goals: tuple[Goal, ...]
    prefers: tuple[str, ...]
    declines: tuple[str, ...]
    trained_in: tuple[str, ...]
    pregnancy_cleared: bool
    protocol: Protocol
    limits: Limits
    knowledge: Knowledge

    def __hash__(self) -> int:
        """Of what tells most cases apart; the whole would take longer than it saves."""
        return hash((self.protocol.id, self.pressure, self.minutes, self.requested, self.goals, self.limits))

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The regions requested that are not avoided (planning.md 5.1)."""
        return tuple(place for place in self.requested if place not in self.limits.avoided)

    def asked_for(self, technique: Technique) -> bool:
        """True when the therapist asked for the technique."""
        return technique.id in self.prefers

    @cached_property
    def pressures(self) -> dict[str, int]:
        """The pressure allowed at each target, at least 1 (planning.md 4.3)."""
        most = min(self.pressure, self.limits.pressure_max)
        return {place: max(1, min(most, self.limits.pressure_max_at.get(place, most))) for place in self.targets}

    @cached_property
    def least_pressure(self) -> int:
        """The pressure that is allowed at every target."""
        return min(self.pressures.values())

    @cached_property
    def target_regions(self) -> frozenset[str]:
        """The targets without their sides."""
        region_of = self.knowledge.body.region_of
        return frozenset(region_of[place] for place in self.targets)


def case_of(intake: Intake, screening: Screening, protocol: Protocol, knowledge: Knowledge, *, pressure: int, minutes: int) -> Case:
    """What the choice of techniques looks at, for a session of so many minutes at this pressure at most."""
    return Case(
        pressure=pressure,
        minutes=minutes,
        requested=screening.requested,
        goals=intake.goals,
        prefers=intake.prefers,
        declines=intake.declines,
        trained_in=intake.booking.trained_in,
        pregnancy_cleared=screening.has_cleared(PREGNANCY),
        protocol=protocol,
        limits=screening.limits,
        knowledge=knowledge,
    )


def candidates(case: Case) -> Candidates:
    """Test every candidate and rank those that survive (planning.md 5.2 to 5.5)."""
    body, techniques = case.knowledge.body, case.knowledge.technique
    warnings: list[PlanWarning] = []
    left_out = tuple(place for place in case.requested if place not in case.targets)
    if left_out:
        warnings.append(texts.region_avoided(body.merge(left_out)))
    survivors = []
    for technique_id in dict.fromkeys((*case.protocol.techniques, *case.prefers)):
        tested = usable_regions(techniques[technique_id], case)
        if isinstance(tested, PlanWarning):
            warnings.append(tested)
        elif tested:
            survivors.append(_score(techniques[technique_id], tested, case))
    ranked = tuple(sorted(survivors, key=lambda candidate: -candidate.score))
    return Candidates(targets=case.targets, ranked=ranked, warnings=tuple(warnings))


def usable_regions(technique: Technique, case: Case) -> tuple[str, ...] | PlanWarning:
    """The regions a candidate may be used on; empty or a warning when it is removed (planning.md 5.3)."""
    asked_for = case.asked_for(technique)
    if technique.id in case.declines:
        return ()
    if technique.stands_alone and technique.id != case.protocol.techniques[0] and not asked_for:
        return ()
    barred = _barred_everywhere(technique, case)
    if barred is not None:
        return barred
    covered = covered_by(technique, case)
    if not covered:
        return _left_out("technique-region", technique, case, "it is not used on these regions") if asked_for else ()
    usable = _usable(technique, covered, case)
    if isinstance(usable, tuple) and technique.stands_alone and technique.minutes.min > case.minutes:
        return _left_out("technique-minutes", technique, case, f"it needs {technique.minutes.min} minutes") if asked_for else ()
    return usable


def _left_out(warning_id: str, technique: Technique, case: Case, why: str) -> PlanWarning:
    return texts.technique_left_out(warning_id, technique.name, asked_for=case.asked_for(technique), why=why)


def _barred_everywhere(technique: Technique, case: Case) -> PlanWarning | None:
    """Tests 3 to 5: what bars a technique wherever it would be used."""
    excluded_by = case.limits.excluded.get(technique.id)
    if excluded_by is not None:
        return _left_out("technique-excluded", technique, case, f"screening excludes it ({', '.join(sorted(excluded_by))})")
    if technique.id == PRENATAL and not case.pregnancy_cleared:
        return _left_out("technique-prenatal", technique, case, "it is for a cleared pregnancy only")
    if technique.extra_training and technique.id not in case.trained_in:
        return _left_out("technique-untrained", technique, case, "it needs extra training")
    return None


def _usable(technique: Technique, covered: tuple[str, ...], case: Case) -> tuple[str, ...] | PlanWarning:
    """Tests 7 and 8: the covered regions where screening and pressure allow the technique."""
    excluded_at = case.limits.excluded_at.get(technique.id, {})
    free = covered if excluded_at.keys().isdisjoint(covered) else tuple(place for place in covered if place not in excluded_at)
    if not free:
        rules = sorted({rule for place in covered for rule in excluded_at[place]})
        return _left_out("technique-excluded", technique, case, f"screening excludes it there ({', '.join(rules)})")
    if technique.pressure.min <= case.least_pressure:
        return free
    usable = tuple(place for place in free if technique.pressure.min <= case.pressures[place])
    if usable:
        return usable
    most = max(case.pressures[place] for place in free)
    return _left_out("technique-pressure", technique, case, f"it needs pressure {technique.pressure.min}, and {most} is the most allowed")


def covered_by(technique: Technique, case: Case) -> tuple[str, ...]:
    """The targets that a technique covers (planning.md 5.3)."""
    if WHOLE_BODY in technique.regions or case.target_regions.issubset(technique.regions):
        return case.targets
    region_of = case.knowledge.body.region_of
    return tuple(place for place in case.targets if region_of[place] in technique.regions)


class Merits(msgspec.Struct, frozen=True, kw_only=True):
    """What a technique's score is made of, before the weights (planning.md 5.4)."""

    indication: Indication | None
    evidence: float
    goal: Goal | None
    goal_fit: int
    covers_all: bool
    asked_for: bool

    @property
    def region(self) -> int:
        """What covering every target counts for, or some of them."""
        return 2 if self.covers_all else 1


def merits_of(technique: Technique, regions: tuple[str, ...], case: Case) -> Merits:
    """What speaks for a technique that may be used on these regions."""
    numbers = case.knowledge.numbers
    indication = _indication(technique, case.protocol)
    goal, goal_fit = _best_goal(technique, case.goals)
    evidence = 0.0
    if indication is not None:
        evidence = numbers.evidence_scores[indication.certainty] * numbers.direction_factors[indication.direction]
    return Merits(
        indication=indication,
        evidence=evidence,
        goal=goal,
        goal_fit=goal_fit,
        covers_all=regions == case.targets,
        asked_for=case.asked_for(technique),
    )


def _score(technique: Technique, regions: tuple[str, ...], case: Case) -> Candidate:
    merits, weights = merits_of(technique, regions, case), case.knowledge.numbers.weights
    indication = merits.indication
    score = (
        weights.evidence * merits.evidence
        + weights.goal * merits.goal_fit
        + weights.region * merits.region
        + weights.preference * merits.asked_for
    )
    reasons = [
        texts.evidence_words(indication.certainty, indication.direction) if indication else texts.NO_EVIDENCE,
        texts.goal_words(merits.goal, merits.goal_fit),
        texts.region_words(covers_all=merits.covers_all),
    ]
    if merits.asked_for:
        reasons.append("asked for")
    return Candidate(
        technique=technique,
        regions=regions,
        score=float(score),
        because="; ".join(reasons) + ".",
        sources=() if indication is None else indication.sources,
        asked_for=merits.asked_for,
    )


def _indication(technique: Technique, protocol: Protocol) -> Indication | None:
    served = protocol.evidence_from or protocol.id
    for indication in technique.indication:
        if indication.for_ == served:
            return indication
    return None


def _best_goal(technique: Technique, goals: tuple[Goal, ...]) -> tuple[Goal | None, int]:
    if not goals:
        return None, 0
    best = max(goals, key=lambda goal: technique.goals[goal])
    return best, technique.goals[best]
