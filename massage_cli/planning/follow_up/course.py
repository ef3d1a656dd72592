"""The course as it stands when visits are reviewed: a plan's own, or that of a later version of it."""

from datetime import date

import msgspec

from massage_cli.knowledge.protocols import Protocol
from massage_cli.planning.calendar import DatedPhase, PlannedVisit
from massage_cli.planning.intake import Intake
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.plan import Plan


class CourseSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a plan that a review looks at and may change.

    on: the day of planning, from which techniques are planned again
    phases: as they are now; one that was extended has more sessions than the protocol's
    sessions: every planned visit that still counts, recorded or to come, in order of number
    reviewed: the number of the last attended visit that a decision was already taken on, which is not judged again as due and does not
        ease the visits to come once more; None before the first decision
    """

    intake: Intake
    on: date
    protocol: Protocol
    phases: tuple[DatedPhase, ...]
    sessions: tuple[PlannedVisit, ...]
    prescriptions: tuple[Prescription, ...]
    outline: tuple[tuple[str, int], ...]
    reviewed: int | None = None

    @property
    def minutes(self) -> int:
        """The minutes of an ordinary visit, which the outline adds up to."""
        return sum(minutes for _, minutes in self.outline)

    @property
    def phase_names(self) -> tuple[str, ...]:
        """The names of the phases, in order."""
        return tuple(phase.name for phase in self.phases)

    def place_of(self, number: int) -> int:
        """The place among the phases of a visit, counted from 0; a visit beside the plan belongs where the one before it does."""
        names = self.phase_names
        until = [names.index(session.phase) for session in self.sessions if session.number <= number and session.phase in names]
        return until[-1] if until else 0


def course_of(plan: Plan) -> CourseSoFar:
    """The course of a plan that nothing has happened to yet."""
    return CourseSoFar(
        intake=plan.intake,
        on=plan.on,
        protocol=plan.protocol,
        phases=plan.course.phases,
        sessions=plan.course.visits,
        prescriptions=plan.session.prescriptions,
        outline=plan.session.outline,
    )
