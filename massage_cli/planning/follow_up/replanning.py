"""The rest of the course: the visits that are left, the days they are placed on anew, and their phases (planning.md 11.2 to 11.4)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import assert_never

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import MissedVisits
from massage_cli.planning.calendar import (
    DatedPhase,
    OpenDays,
    PlannedVisit,
    count_day,
    gap_before,
    has_room,
    open_days,
    settle,
    soonest,
)
from massage_cli.planning.dose import most_a_week
from massage_cli.planning.follow_up import texts as review_texts
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.decision import Rest
from massage_cli.planning.follow_up.visits import Visit, attended_of
from massage_cli.planning.texts import PlanWarning

_CAP_DAYS = 90


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """The planned visits that are left, in order of number, on the day of the review.

    to_move: True when one of them was missed, cancelled or passed by, so that all are placed anew
    next_day: the first day still to come in the plan; None where none is
    """

    course: CourseSoFar
    attended: tuple[Visit, ...]
    highest: int
    sessions: tuple[PlannedVisit, ...]
    to_move: bool
    next_day: date | None
    today: date

    @property
    def here(self) -> int:
        """The place of the phase that the last attended visit belongs to."""
        return self.course.place_of(self.attended[-1].number) if self.attended else 0


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A visit to be placed: the place of its phase, and its own gap in days where it is one of a closer block."""

    phase: int
    own_gap: int | None = None


class RestOfCourse(msgspec.Struct, frozen=True, kw_only=True):
    """The visits to come, those behind them, the phases that both make, and what was lost."""

    sessions: tuple[PlannedVisit, ...]
    past: tuple[PlannedVisit, ...]
    phases: tuple[DatedPhase, ...]
    warnings: tuple[PlanWarning, ...]


def left_of(course: CourseSoFar, visits: Sequence[Visit], *, today: date, missed: MissedVisits) -> Left:
    """The visits still to come, and with them those not attended where they are to be made up (planning.md 11.2)."""
    recorded = {visit.number for visit in visits}
    attended = attended_of(visits)
    took_place = {visit.number for visit in attended}
    from_day = max(today, attended[-1].date + timedelta(days=1)) if attended else today
    sessions = ahead = tuple(session for session in course.sessions if session.number not in recorded and session.date >= from_day)
    match missed:
        case MissedVisits.KEEP:
            pass
        case MissedVisits.SHIFT:
            not_attended = tuple(session for session in course.sessions if session.number not in took_place)
            sessions = _paid_for(not_attended, course, len(attended))
        case _:
            assert_never(missed)
    return Left(
        course=course,
        attended=attended,
        highest=max(recorded, default=0),
        sessions=sessions,
        to_move=sessions != ahead,
        next_day=ahead[0].date if ahead else None,
        today=today,
    )


def _paid_for(sessions: tuple[PlannedVisit, ...], course: CourseSoFar, attended: int) -> tuple[PlannedVisit, ...]:
    """The visits without the oldest that are too many: one given up for an extra visit is not made up as well."""
    paid = course.intake.booking.max_sessions
    return sessions if paid is None else sessions[max(0, attended + len(sessions) - paid) :]


def rest_of_course(left: Left, rest: Rest, knowledge: Knowledge, *, holidays: frozenset[date] = frozenset()) -> RestOfCourse:
    """The rest of the course as decided: untouched where it stays and nothing is made up, else placed anew. Raises NoOpenDay."""
    course = left.course
    numbers_left = {session.number for session in left.sessions}
    warnings: tuple[PlanWarning, ...] = ()
    if rest is Rest.STAYS and not left.to_move:
        days = [session.date for session in left.sessions]
        kept = _within_cap(days, left, knowledge)
        sessions = tuple(left.sessions[place] for place in kept)
        past = tuple(session for session in course.sessions if session.number not in numbers_left)
        phases = course.phases
    else:
        phases = _phases_ahead(left, rest, knowledge)
        steps, warnings = _steps(left, rest, knowledge)
        days = _place(steps, phases, left, open_days(course.intake.booking, holidays, knowledge.numbers.calendar), stays=rest is Rest.STAYS)
        kept = _within_cap(days, left, knowledge)
        sessions = _sessions([(days[place], steps[place]) for place in kept], phases, left)
        past = tuple(
            replace(session, review=session.review or _makes_up_a_review(session.number, left))
            for session in course.sessions
            if session.number not in numbers_left and session.number <= left.highest
        )
    if len(kept) < len(days):
        cap = knowledge.numbers.adaptation.cap_visits_90_days
        warnings = (*warnings, review_texts.visit_cap(len(days) - len(kept), cap=cap, days=_CAP_DAYS))
    return RestOfCourse(sessions=sessions, past=past, phases=_counted(phases, left.sessions, sessions, past), warnings=warnings)


def _makes_up_a_review(number: int, left: Left) -> bool:
    """True when a visit was reviewed for a missed one that is placed anew: it keeps the review, so that it still counts."""
    numbers = [visit.number for visit in left.attended]
    if number not in numbers:
        return False
    before = ([0, *numbers])[numbers.index(number)]
    return any(session.review and before < session.number < number for session in left.sessions)


def _phases_ahead(left: Left, rest: Rest, knowledge: Knowledge) -> tuple[DatedPhase, ...]:
    """The phases with the gaps that visits have from now on."""
    if rest is not Rest.LONGER_GAPS:
        return left.course.phases
    stretch, longest = knowledge.numbers.adaptation.maintenance_stretch_days, left.course.protocol.maintenance.interval_days_range[1]
    gap_days = (min(stretch, longest) if longest > 0 else stretch,)
    stretched = {session.phase for session in left.sessions}
    return tuple(replace(phase, gap_days=gap_days) if phase.name in stretched else phase for phase in left.course.phases)


def _steps(left: Left, rest: Rest, knowledge: Knowledge) -> tuple[list[Step], tuple[PlanWarning, ...]]:
    """The visits to be placed, in order, and whether extra ones were lost."""
    names, here, numbers = left.course.phase_names, left.here, knowledge.numbers.adaptation
    steps = [Step(phase=names.index(session.phase)) for session in left.sessions]
    match rest:
        case Rest.NOTHING:
            return [], ()
        case Rest.STAYS | Rest.LONGER_GAPS:
            return steps, ()
        case Rest.ONE_MORE:
            return steps[:1], ()
        case Rest.LATER_PHASES:
            return [step for step in steps if step.phase > here], ()
        case Rest.PHASE_BEFORE:
            return [Step(phase=here - 1)] * len(steps), ()
        case Rest.CLOSER_BLOCK:
            wanted = numbers.relapse_block_sessions
            extra = _extra(wanted, left)
            return [Step(phase=here, own_gap=numbers.relapse_block_gap_days)] * extra + steps, _cut(extra, wanted)
        case Rest.MORE_OF_PHASE:
            wanted = numbers.extra_visits_when_slight
            extra = _extra(wanted, left)
            until = next((place for place, step in enumerate(steps) if step.phase > here), len(steps))
            return [*steps[:until], *[Step(phase=here)] * extra, *steps[until:]], _cut(extra, wanted)
        case _:
            assert_never(rest)


def _extra(wanted: int, left: Left) -> int:
    """How many extra visits are paid for (planning.md 11.3)."""
    paid = left.course.intake.booking.max_sessions
    if paid is None:
        return wanted
    if paid < left.course.protocol.sessions_total:
        return 0
    return max(0, min(wanted, paid - len(left.attended) - len(left.sessions)))


def _cut(extra: int, wanted: int) -> tuple[PlanWarning, ...]:
    return (review_texts.extra_cut(extra, wanted),) if extra < wanted else ()


def _place(steps: Sequence[Step], phases: Sequence[DatedPhase], left: Left, days: OpenDays, *, stays: bool) -> list[date]:
    """The day of each step, from the last attended day on and not before today (planning.md 11.3). Raises NoOpenDay."""
    agreed = left.next_day if stays else None
    per_week = left.course.intake.booking.max_per_week
    in_phase = Counter(left.course.place_of(visit.number) for visit in left.attended)
    in_week: dict[int, int] = {}
    for visit in left.attended:
        count_day(in_week, visit.date)
    placed: list[date] = []
    day = target = left.attended[-1].date if left.attended else left.today if agreed is None else agreed
    for step in steps:
        in_phase[step.phase] += 1
        cycle = phases[step.phase].gap_days if step.own_gap is None else (step.own_gap,)
        if not placed and not left.attended:
            day = target = days.first_from(day)
        else:
            gap = gap_before(in_phase[step.phase], cycle, in_first_phase=step.phase == 0)
            if agreed is not None and not placed:
                gap = (agreed - day).days
            target = max(target + timedelta(days=gap), left.today)
            not_before = max(soonest(day, gap), left.today)
            fits = partial(has_room, in_week, most_a_week(phases[step.phase].gap_days, per_week))
            day, target = settle(days, target, not_before, fits, visit=left.highest + len(placed) + 1)
        placed.append(day)
        count_day(in_week, day)
    return placed


def _within_cap(days: Sequence[date], left: Left, knowledge: Knowledge) -> list[int]:
    """The places of the days that keep to the most visits in any 90 days (planning.md 11.4)."""
    if left.course.protocol.beyond_visit_cap:
        return list(range(len(days)))
    counted, kept = [visit.date for visit in left.attended], []
    for place, day in enumerate(days):
        first = day - timedelta(days=_CAP_DAYS - 1)
        if sum(first <= other <= day for other in counted) < knowledge.numbers.adaptation.cap_visits_90_days:
            counted.append(day)
            kept.append(place)
    return kept


def _sessions(placed: Sequence[tuple[date, Step]], phases: Sequence[DatedPhase], left: Left) -> tuple[PlannedVisit, ...]:
    """The visits placed anew, with their numbers and reviews (planning.md 11.3)."""
    ends_of_block = {
        place for place, ((_, step), (_, then)) in enumerate(pairwise(placed)) if step.own_gap is not None and then.own_gap is None
    }
    reviews = {visit - len(left.attended) - 1 for visit in left.course.protocol.review_visits} | ends_of_block | {len(placed) - 1}
    sessions = []
    for place, (day, step) in enumerate(placed):
        phase = phases[step.phase]
        is_first = place == 0 and not left.attended
        sessions.append(
            PlannedVisit(
                number=left.highest + place + 1,
                date=day,
                phase=phase.name,
                minutes=left.sessions[0].minutes if is_first else phase.minutes,
                review=place in reviews,
            )
        )
    return tuple(sessions)


def _counted(
    phases: Sequence[DatedPhase], before: Sequence[PlannedVisit], after: Sequence[PlannedVisit], past: Sequence[PlannedVisit]
) -> tuple[DatedPhase, ...]:
    """The phases that have visits, grown and shrunk by what is planned now instead of before, with their first and last day."""
    planned_before = Counter(session.phase for session in before)
    planned_now = Counter(session.phase for session in after)
    counted = []
    for phase in phases:
        days = [session.date for session in (*past, *after) if session.phase == phase.name]
        if days:
            sessions = phase.sessions + planned_now[phase.name] - planned_before[phase.name]
            counted.append(replace(phase, sessions=sessions, first=min(days), last=max(days)))
    return tuple(counted)
