"""The review of a course after visits: how the client does, what is decided, and the rest of the course (planning.md 10 and 11)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import MissedVisits
from massage_cli.planning.calendar import DatedPhase, PlannedVisit
from massage_cli.planning.follow_up import texts as review_texts
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.decision import Decision, Rest, decide, without_visits
from massage_cli.planning.follow_up.easing import Treatment, ease_session, eased_minutes, replace_techniques, treatment_of
from massage_cli.planning.follow_up.progress import Progress, progress
from massage_cli.planning.follow_up.replanning import RestOfCourse, left_of, rest_of_course
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.texts import PlanWarning


class PhaseCount(msgspec.Struct, frozen=True, kw_only=True):
    """A phase with its visits attended and to come."""

    phase: DatedPhase
    attended: int
    to_come: int


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What a review found and proposes.

    course: the course as it goes on from here, on which the next review builds
    rest: the visits to come, in order of number
    phases: the phases of the course, each with its visits attended and to come
    attended: how many visits took place
    changed_techniques: True when techniques, pressures or minutes of the session are others than before
    """

    on: date
    progress: Progress
    decision: Decision
    course: CourseSoFar
    rest: tuple[PlannedVisit, ...]
    phases: tuple[PhaseCount, ...]
    attended: int
    changed_techniques: bool
    warnings: tuple[PlanWarning, ...]

    @property
    def total_visits(self) -> int:
        """The visits of the whole course: those attended and those to come."""
        return self.attended + len(self.rest)


def review(
    course: CourseSoFar,
    visits: Sequence[Visit],
    knowledge: Knowledge,
    *,
    today: date,
    missed: MissedVisits = MissedVisits.KEEP,
    holidays: frozenset[date] = frozenset(),
) -> Review:
    """Review the course from every visit recorded so far, and propose the rest of it.

    The visits must name measures of the knowledge; `holidays` are the public holidays to keep free. Raises NoOpenDay.
    """
    found = progress(course, visits, knowledge)
    left = left_of(course, visits, today=today, missed=missed)
    decision = decide(course, left.attended, found, knowledge)
    if not left.sessions:
        decision = without_visits(decision, found, knowledge)
    rest = rest_of_course(left, decision.rest, knowledge, holidays=holidays)
    if not rest.sessions and decision.rest is not Rest.NOTHING:
        decision = without_visits(decision, found, knowledge)
    treatment, decision = _treatment(course, decision, knowledge)
    if found.ease and rest.sessions:
        treatment, rest = _eased(treatment, rest, found, knowledge)
    after = _after(course, rest, treatment, left.attended)
    return Review(
        on=today,
        progress=found,
        decision=decision,
        course=after,
        rest=rest.sessions,
        phases=_counts(after, left.attended, rest),
        attended=len(left.attended),
        changed_techniques=(after.prescriptions, after.outline) != (course.prescriptions, course.outline),
        warnings=(*treatment.warnings, *rest.warnings),
    )


def _treatment(course: CourseSoFar, decision: Decision, knowledge: Knowledge) -> tuple[Treatment, Decision]:
    """The treatment with techniques replaced as decided; where nothing else fits, that of before, and nothing is replaced."""
    if not decision.replaced:
        return treatment_of(course), decision
    again = replace_techniques(course, decision.replaced, knowledge)
    if again is not None:
        return again, decision
    names = [knowledge.technique[technique].name for technique in decision.replaced]
    kept = replace(treatment_of(course), warnings=(review_texts.nothing_in_its_place(names),))
    return kept, replace(decision, replaced=())


def _eased(treatment: Treatment, rest: RestOfCourse, found: Progress, knowledge: Knowledge) -> tuple[Treatment, RestOfCourse]:
    """Lighter and shorter visits from now on."""
    numbers = knowledge.numbers
    said = review_texts.eased(
        numbers.adaptation.ease_minutes_percent, numbers.adaptation.ease_pressure_minus, found.now.soreness_hours or 0
    )
    lighter = ease_session(treatment, knowledge)
    shorter = replace(
        rest,
        sessions=tuple(replace(session, minutes=eased_minutes(session.minutes, numbers)) for session in rest.sessions),
        phases=tuple(replace(phase, minutes=eased_minutes(phase.minutes, numbers)) for phase in rest.phases),
    )
    return replace(lighter, warnings=(said, *lighter.warnings)), shorter


def _after(course: CourseSoFar, rest: RestOfCourse, treatment: Treatment, attended: tuple[Visit, ...]) -> CourseSoFar:
    return replace(
        course,
        intake=treatment.intake,
        phases=rest.phases,
        sessions=tuple(sorted((*rest.past, *rest.sessions), key=lambda session: session.number)),
        prescriptions=treatment.prescriptions,
        outline=treatment.outline,
        reviewed=attended[-1].number if attended else course.reviewed,
    )


def _counts(course: CourseSoFar, attended: tuple[Visit, ...], rest: RestOfCourse) -> tuple[PhaseCount, ...]:
    took_place = Counter(course.place_of(visit.number) for visit in attended)
    to_come = Counter(session.phase for session in rest.sessions)
    return tuple(
        PhaseCount(phase=phase, attended=took_place[place], to_come=to_come[phase.name]) for place, phase in enumerate(course.phases)
    )
