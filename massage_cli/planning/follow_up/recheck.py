"""The screening at a visit: what the answers of that day change, and whether the course may go on at all."""

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.easing import Treatment, plan_again
from massage_cli.planning.follow_up.visits import Visit, as_of_now
from massage_cli.planning.plan import Withheld, withhold
from massage_cli.planning.protocol_choice import has_permission, unmet_needs
from massage_cli.planning.screening import Screening, screen


class GoesOn(msgspec.Struct, frozen=True, kw_only=True):
    """The course goes on under this screening; `treatment` is the session planned again, or None where nothing changed."""

    screening: Screening
    treatment: Treatment | None


def recheck(course: CourseSoFar, visits: Sequence[Visit], knowledge: Knowledge, *, on: date) -> GoesOn | Withheld:
    """Screen again on the day of a visit, with everything said at visits so far, and say what that does to the rest of the course.

    The pain of the last visit that has one counts. What stops a plan stops the rest of the course just as well.
    """
    now = as_of_now(course.intake, visits, knowledge)
    pains = [visit.pain for visit in sorted(visits, key=lambda visit: (visit.date, visit.number)) if visit.pain is not None]
    today = replace(now, pain=pains[-1]) if pains else now
    screening = screen(today, knowledge, on=on)
    if screening.outcome.withholds:
        return withhold(today, screening, on=on)
    needs = unmet_needs(today, knowledge, on=on)
    stopped = Withheld(intake=today, on=on, screening=screening, outcome=OutcomeKind.CLEARANCE, protocol=course.protocol)
    if needs:
        return replace(stopped, outcome=OutcomeKind.INCOMPLETE, unanswered=needs)
    if not has_permission(today, screening, course.protocol, knowledge, on=on):
        return stopped
    if screening.limits == screen(course.intake, knowledge, on=course.on).limits:
        return GoesOn(screening=screening, treatment=None)
    treatment = plan_again(course, now, knowledge)
    if treatment is None:
        return replace(stopped, outcome=OutcomeKind.NO_TECHNIQUE)
    return GoesOn(screening=screening, treatment=treatment)
