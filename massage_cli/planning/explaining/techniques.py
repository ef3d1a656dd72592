"""Why a technique is in a session or not, and what its score is made of (planning.md 5 and 6)."""

from enum import StrEnum

import msgspec

from massage_cli.knowledge.techniques import Technique
from massage_cli.planning import texts
from massage_cli.planning.candidates import Candidate, Candidates, Case, covered_by, merits_of, usable_regions
from massage_cli.planning.main_block import Prescription, Session
from massage_cli.planning.texts import PlanWarning, counted, listed


class Standing(StrEnum):
    """What became of a technique; those of `candidates` are named as their warnings are, where there is one."""

    CHOSEN = "chosen"
    NO_CANDIDATE = "no-candidate"
    DECLINED = "declined"
    EXCLUDED = "technique-excluded"
    PRENATAL = "technique-prenatal"
    UNTRAINED = "technique-untrained"
    REGION = "technique-region"
    PRESSURE = "technique-pressure"
    MINUTES = "technique-minutes"
    ALONE = "stands-alone"
    DRAINAGE = "technique-drainage"
    SHORT = "technique-short"
    OUTSCORED = "outscored"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A technique with what became of it and why; `candidate` where it came as far as a score."""

    technique: Technique
    standing: Standing
    because: tuple[str, ...]
    candidate: Candidate | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The whole choice of techniques, as the engine makes it."""

    case: Case
    found: Candidates
    session: Session

    def chosen(self, technique_id: str) -> Prescription | None:
        """The block of a technique, or none."""
        return next((block for block in self.session.prescriptions if block.candidate.technique.id == technique_id), None)

    def verdict(self, technique: Technique) -> Verdict:
        """What became of a technique of the catalog."""
        case = self.case
        if technique.id not in (*case.protocol.techniques, *case.prefers):
            why = f"It is not among the techniques of {case.protocol.name}, and nobody asked for it."
            return Verdict(technique=technique, standing=Standing.NO_CANDIDATE, because=(why,))
        candidate = next((one for one in self.found.ranked if one.technique.id == technique.id), None)
        if candidate is None:
            return _removed(technique, case)
        standing, because = self._ranked(candidate)
        return Verdict(technique=technique, standing=standing, because=(*because, score_words(candidate, case)), candidate=candidate)

    def _ranked(self, candidate: Candidate) -> tuple[Standing, tuple[str, ...]]:
        technique, ranked = candidate.technique, self.found.ranked
        place = f"It ranks {ranked.index(candidate) + 1} of {len(ranked)}."
        if self.chosen(technique.id) is not None:
            return Standing.CHOSEN, (place, *self._carries(candidate))
        for standing, warning in (
            (Standing.DRAINAGE, texts.technique_drainage(technique.name)),
            (Standing.SHORT, texts.technique_short(technique.name, self.case.knowledge.numbers.smallest_block_minutes)),
        ):
            if warning in self.session.warnings:
                return standing, (warning.text, place)
        if ranked[0].technique.stands_alone:
            return Standing.ALONE, (f"{ranked[0].technique.name} is best and stands alone: nothing is done beside it.", place)
        if technique.stands_alone:
            return Standing.ALONE, ("It stands alone, and it is not the best of those left.", place)
        last = min(block.candidate.score for block in self.session.prescriptions)
        taken = len(self.session.prescriptions)
        if candidate.score > last:
            why = "It gave way to a broad technique, which every session of two or more techniques has where one is left."
        else:
            fit = counted(taken, "technique fits", "techniques fit")
            why = f"{fit} a visit of {self.case.minutes} minutes, and others score as much or more."
        return Standing.OUTSCORED, (why, place)

    def _carries(self, candidate: Candidate) -> tuple[str, ...]:
        blocks = [block.candidate for block in self.session.prescriptions]
        better = [one for one in self.found.ranked if one.score > candidate.score and one not in blocks and not one.technique.stands_alone]
        if candidate.technique.carrier and better and sum(one.technique.carrier for one in blocks) == 1:
            return ("It is taken as the broad technique that carries the session.",)
        return ()


def _removed(technique: Technique, case: Case) -> Verdict:
    """A candidate that one of the tests removed (planning.md 5.3)."""
    tested = usable_regions(technique, case)
    if isinstance(tested, PlanWarning):
        because = [tested.text]
        if tested.id == Standing.UNTRAINED:
            because.append(f"The training it takes: {technique.training}; name it under booking.trained-in where the therapist has it.")
        return Verdict(technique=technique, standing=Standing(tested.id), because=tuple(because))
    if technique.id in case.declines:
        return Verdict(technique=technique, standing=Standing.DECLINED, because=("It was declined.",))
    if technique.stands_alone and technique.id != case.protocol.techniques[0]:  # what was asked for has its warning
        because = ["It stands alone: it would be the whole session, so it is taken only where it is asked for."]
        return Verdict(technique=technique, standing=Standing.ALONE, because=tuple(because))
    if covered_by(technique, case):
        why = f"It stands alone and needs {technique.minutes.min} minutes; a visit has {case.minutes}."
        return Verdict(technique=technique, standing=Standing.MINUTES, because=(why,))
    return Verdict(technique=technique, standing=Standing.REGION, because=(_no_region(case),))


def _no_region(case: Case) -> str:
    if not case.targets:
        return "No region is left to be treated."
    return f"It is not used on {listed(case.knowledge.body.merge(case.targets))}."


def score_words(candidate: Candidate, case: Case) -> str:
    """A score with its parts: each weight, times what it weighs."""
    merits, weights = merits_of(candidate.technique, candidate.regions, case), case.knowledge.numbers.weights
    parts = [
        f"evidence {weights.evidence} x {merits.evidence:g}",
        f"goal {weights.goal} x {merits.goal_fit}",
        f"regions {weights.region} x {merits.region}",
        f"asked for {weights.preference} x {int(merits.asked_for)}",
    ]
    return f"Score {candidate.score:g}: {', '.join(parts)}."
