"""The plan of one client, or why it is withheld: the whole way from an intake (planning.md 1 to 9)."""

from datetime import date
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.references import Advice, Measure
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from massage_cli.planning.calendar import Course, project
from massage_cli.planning.candidates import Case, case_of
from massage_cli.planning.dose import Dose, allowed_pressure, dose
from massage_cli.planning.intake import Intake
from massage_cli.planning.main_block import Session, session_of
from massage_cli.planning.protocol_choice import choose_protocol, has_permission, unmet_needs
from massage_cli.planning.screening import Screening, screen
from massage_cli.planning.texts import PlanWarning, in_order


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A course for one client, with everything it rests on."""

    intake: Intake
    on: date
    screening: Screening
    protocol: Protocol
    session: Session
    course: Course
    measures: tuple[Measure, ...]
    advice: tuple[Advice, ...]
    warnings: tuple[PlanWarning, ...]

    @property
    def outcome(self) -> OutcomeKind:
        """`clear` or `restricted`."""
        return self.screening.outcome


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """No plan: what came of the screening or of planning, as far as it came. Nothing in it says how to treat.

    `unanswered` holds the questions that keep it `incomplete`; it is empty for any other outcome.
    """

    intake: Intake
    on: date
    screening: Screening
    outcome: OutcomeKind
    unanswered: tuple[str, ...] = ()
    protocol: Protocol | None = None
    warnings: tuple[PlanWarning, ...] = ()

    @property
    def urgency(self) -> Urgency | None:
        """How fast help is due; with `refer` only."""
        return self.screening.urgency if self.outcome is OutcomeKind.REFER else None


Outcome = Plan | Withheld


def make_plan(intake: Intake, knowledge: Knowledge, *, on: date, holidays: frozenset[date] = frozenset()) -> Outcome:
    """Plan the course of one client, or say why it is withheld.

    The intake must be free of problems; `holidays` are the public holidays to keep free. Raises NoOpenDay.
    """
    screening = screen(intake, knowledge, on=on)
    if screening.outcome.withholds:
        return withhold(intake, screening, on=on)
    needs = unmet_needs(intake, knowledge, on=on)
    if needs:
        return Withheld(intake=intake, on=on, screening=screening, outcome=OutcomeKind.INCOMPLETE, unanswered=needs)
    choice = choose_protocol(intake, screening, knowledge, on=on)
    withheld = Withheld(
        intake=intake, on=on, screening=screening, outcome=OutcomeKind.CLEARANCE, protocol=choice.protocol, warnings=choice.warnings
    )
    if not has_permission(intake, screening, choice.protocol, knowledge, on=on):
        return withheld
    case, dosed, pressure_warnings = open_case(intake, screening, choice.protocol, knowledge, on=on)
    session = session_of(case)
    so_far = (*choice.warnings, *pressure_warnings, *session.warnings)
    if not session.prescriptions:
        return replace(withheld, outcome=OutcomeKind.NO_TECHNIQUE, warnings=in_order(so_far))
    course = project(dosed, choice.protocol, intake, knowledge, on=on, holidays=holidays)
    return Plan(
        intake=intake,
        on=on,
        screening=screening,
        protocol=choice.protocol,
        session=session,
        course=course,
        measures=tuple(knowledge.measure[measure] for measure in choice.protocol.measures),
        advice=_advice(choice.protocol.id, knowledge),
        warnings=in_order((*so_far, *dosed.warnings, *course.warnings)),
    )


@lru_cache(maxsize=256)
def _advice(protocol_id: str, knowledge: Knowledge) -> tuple[Advice, ...]:
    return tuple(line for line in knowledge.advice if line.always or protocol_id in line.protocols)


def open_case(
    intake: Intake, screening: Screening, protocol: Protocol, knowledge: Knowledge, *, on: date
) -> tuple[Case, Dose, tuple[PlanWarning, ...]]:
    """What the choice of techniques looks at, the dose it goes with, and what lowered the pressure (planning.md 3 to 5.1)."""
    pressure = allowed_pressure(intake, screening, protocol, knowledge, on=on)
    dosed = dose(intake, screening, protocol, knowledge)
    case = case_of(intake, screening, protocol, knowledge, pressure=pressure.level, minutes=dosed.phases[0].minutes)
    return case, dosed, pressure.warnings


def withhold(intake: Intake, screening: Screening, *, on: date) -> Withheld:
    """What the screening alone comes to, without anything that planning adds."""
    outcome = screening.outcome
    unanswered = screening.unanswered if outcome is OutcomeKind.INCOMPLETE else ()
    return Withheld(intake=intake, on=on, screening=screening, outcome=outcome, unanswered=unanswered)
