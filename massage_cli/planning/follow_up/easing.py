"""Other techniques in place of some, and lighter, shorter visits (planning.md 11.1 and 11.5)."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning import texts
from massage_cli.planning.follow_up import texts as review_texts
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.intake import Intake
from massage_cli.planning.main_block import Prescription, Session, fill, has_carrier, session_of, uncovered_by
from massage_cli.planning.plan import open_case
from massage_cli.planning.screening import screen
from massage_cli.planning.texts import PlanWarning, in_order

_WHOLE = 100


class Treatment(msgspec.Struct, frozen=True, kw_only=True):
    """The intake and the session of visits to come, and what was lost on the way."""

    intake: Intake
    prescriptions: tuple[Prescription, ...]
    outline: tuple[tuple[str, int], ...]
    warnings: tuple[PlanWarning, ...] = ()


def treatment_of(course: CourseSoFar) -> Treatment:
    """The treatment as it is."""
    return Treatment(intake=course.intake, prescriptions=course.prescriptions, outline=course.outline)


def replace_techniques(course: CourseSoFar, declined: Sequence[str], knowledge: Knowledge) -> Treatment | None:
    """The treatment planned again without some techniques, as light and short as it was eased to; None where nothing is left."""
    return plan_again(course, replace(course.intake, declines=tuple(dict.fromkeys((*course.intake.declines, *declined)))), knowledge)


def plan_again(course: CourseSoFar, intake: Intake, knowledge: Knowledge) -> Treatment | None:
    """The treatment planned again for a changed intake, as light and short as it was eased to; None where no technique is left for that."""
    before, again = _planned(course.intake, course, knowledge), _planned(intake, course, knowledge)
    if again is None:
        return None
    known = () if before is None else before.warnings
    treatment = Treatment(
        intake=intake,
        prescriptions=again.prescriptions,
        outline=again.outline,
        warnings=in_order(warning for warning in again.warnings if warning not in known),
    )
    for _ in range(0 if before is None else _times_eased(course, before, knowledge.numbers)):
        treatment = ease_session(treatment, knowledge)
        if not treatment.prescriptions:
            return None
    return treatment


def _planned(intake: Intake, course: CourseSoFar, knowledge: Knowledge) -> Session | None:
    """The session as on the day of planning, with every warning about techniques; None where no technique is left."""
    screening = screen(intake, knowledge, on=course.on)
    case, _, _ = open_case(intake, screening, course.protocol, knowledge, on=course.on)
    session = session_of(case)
    return session if session.prescriptions else None


def _times_eased(course: CourseSoFar, planned: Session, numbers: Numbers) -> int:
    """How often the session was eased since it was planned: what its minutes, and the pressures of techniques it kept, have lost."""
    minutes, times = sum(minutes for _, minutes in planned.outline), 0
    while minutes > course.minutes and eased_minutes(minutes, numbers) < minutes:
        minutes, times = eased_minutes(minutes, numbers), times + 1
    pressures = {block.candidate.technique.id: block.pressure for block in course.prescriptions}
    lost = [block.pressure - pressures.get(block.candidate.technique.id, block.pressure) for block in planned.prescriptions]
    return max(times, -(-max(lost) // max(1, numbers.adaptation.ease_pressure_minus)))


def eased_minutes(minutes: int, numbers: Numbers) -> int:
    """The minutes of an eased visit: a share, down to a whole step, no shorter than the shortest visit (planning.md 11.5)."""
    less = minutes * numbers.adaptation.ease_minutes_percent // _WHOLE
    return min(minutes, max(less - less % numbers.pressure.frail_minutes_step, numbers.booking.shortest_minutes))


def ease_session(treatment: Treatment, knowledge: Knowledge) -> Treatment:
    """The session with less pressure and fewer minutes; techniques that cannot be that light are left out (planning.md 11.5)."""
    numbers, warnings = knowledge.numbers, list(treatment.warnings)
    lighter = []
    for block in treatment.prescriptions:
        technique, pressure = block.candidate.technique, max(1, block.pressure - numbers.adaptation.ease_pressure_minus)
        if technique.pressure.min > pressure:
            why = f"it needs pressure {technique.pressure.min}, and {pressure} is the most allowed"
            warnings.append(texts.technique_left_out("technique-pressure", technique.name, asked_for=False, why=why))
        else:
            lighter.append((block.candidate, pressure))
    if not lighter:
        return replace(treatment, prescriptions=(), outline=(), warnings=(*warnings, review_texts.none_light_enough()))
    session = fill(lighter, eased_minutes(sum(minutes for _, minutes in treatment.outline), numbers), numbers)
    worked_on = knowledge.body.sort({place for block in treatment.prescriptions for place in block.candidate.regions})
    uncovered = uncovered_by(session.prescriptions, worked_on)
    warnings += session.warnings
    if uncovered:
        warnings.append(texts.region_uncovered(knowledge.body.merge(uncovered)))
    if has_carrier(treatment.prescriptions) and not has_carrier(session.prescriptions):
        warnings.append(texts.no_carrier())
    return replace(treatment, prescriptions=session.prescriptions, outline=session.outline, warnings=tuple(warnings))
