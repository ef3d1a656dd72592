"""What a case may expect: for each key of its `[expect]`, what a result gives."""

from collections.abc import Callable
from typing import Any

from massage_cli.planning.screening import Screening

Expected = Any
Given = Callable[[Any, Expected], object]
"""What a result gives for a key of `[expect]`; the case holds when that equals what is expected."""


def _rules_found(screening: Screening, *, where: str = "rule") -> list[str]:
    return [finding.rule.id for finding in screening.particular if where == "rule" or getattr(finding, where)]


def _uncertain(screening: Screening) -> list[str]:
    return [finding.rule.id for finding in screening.particular if not finding.certain]


def _out_at(screening: Screening, place: str) -> list[str]:
    return [technique for technique, places in screening.limits.excluded_at.items() if place in places]


def _those_in(names: Expected, present: Any) -> list[str]:
    return [name for name in names if name in present]


def _those_missing(names: Expected, present: Any) -> list[str]:
    return [name for name in names if name not in present]


SCREENING: dict[str, Given] = {
    "outcome": lambda screening, _: screening.outcome,
    "urgency": lambda screening, _: screening.urgency,
    "only": lambda screening, expected: _same_names(expected, _rules_found(screening)),
    "found": lambda screening, expected: _those_in(expected, _rules_found(screening)),
    "not-found": lambda screening, expected: _those_missing(expected, _rules_found(screening)),
    "uncertain": lambda screening, expected: _same_names(expected, _uncertain(screening)),
    "cleared": lambda screening, expected: _same_names(expected, _rules_found(screening, where="cleared")),
    "excluded": lambda screening, expected: _those_in(expected, screening.limits.excluded),
    "excluded-at": lambda screening, expected: {place: _those_in(names, _out_at(screening, place)) for place, names in expected.items()},
    "free": lambda screening, expected: _those_missing(expected, screening.limits.excluded),
    "avoid": lambda screening, expected: _same_names(expected, screening.limits.avoided),
    "pressure-max": lambda screening, _: screening.limits.pressure_max,
    "pressure-max-at": lambda screening, _: screening.limits.pressure_max_at,
    "minutes-max": lambda screening, _: screening.limits.minutes_max,
    "positions": lambda screening, _: list(screening.limits.positions),
    "unused": lambda screening, _: [{"rule": note.rule, "why": note.why} for note in screening.unused_clearances],
}


def _same_names(expected: Expected, names: Any) -> list[str]:
    """The names in the order of the case, which need not be that of the program, and then any others."""
    return [*_those_in(expected, names), *_those_missing(names, expected)]


PLANNING: dict[str, Given] = {
    "outcome": lambda plan, _: plan.outcome,
    "urgency": lambda plan, _: plan.urgency,
    "protocol": lambda plan, _: plan.protocol and plan.protocol.id,
    "techniques": lambda plan, _: [f"{each.id} {each.minutes} at {each.pressure}" for each in plan.techniques],
    "technique-ids": lambda plan, _: [each.id for each in plan.techniques],
    "scores": lambda plan, _: [each.score for each in plan.techniques],
    "because": lambda plan, _: [each.because for each in plan.techniques],
    "outline": lambda plan, _: [part.minutes for part in plan.outline],
    "phases": lambda plan, _: [
        f"{each.name} {each.sessions} every {'-'.join(map(str, each.gap_days))} of {each.minutes}" for each in plan.phases
    ],
    "phase-ends": lambda plan, _: [[phase.first, phase.last] for phase in plan.phases],
    "dates": lambda plan, _: [visit.date for visit in plan.sessions],
    "reviews": lambda plan, _: [visit.number for visit in plan.sessions if visit.review],
    "visits": lambda plan, _: len(plan.sessions),
    "first-minutes": lambda plan, _: plan.sessions[0].minutes,
    "warning-ids": lambda plan, _: [warning.id for warning in plan.warnings],
    "warning-ids-include": lambda plan, expected: _those_in(expected, [warning.id for warning in plan.warnings]),
    "warning-ids-without": lambda plan, expected: _those_missing(expected, [warning.id for warning in plan.warnings]),
    "warnings-include": lambda plan, expected: _those_in(expected, [warning.text for warning in plan.warnings]),
}


REVIEW: dict[str, Given] = {
    "review-class": lambda review, _: review.decision.class_,
    "review-action": lambda review, _: review.decision.action,
    "review-numbers": lambda review, _: [session.number for session in review.rest],
    "review-dates": lambda review, _: [session.date for session in review.rest],
    "review-phases": lambda review, _: [session.phase for session in review.rest],
    "review-minutes": lambda review, _: [session.minutes for session in review.rest],
    "review-reviews": lambda review, _: [session.number for session in review.rest if session.review],
    "review-replaced": lambda review, _: list(review.decision.replaced),
    "review-techniques": lambda review, _: [
        f"{block.candidate.technique.id} {block.minutes} at {block.pressure}" for block in review.course.prescriptions
    ],
    "review-pressures": lambda review, _: [block.pressure for block in review.course.prescriptions],
    "review-ease": lambda review, _: review.progress.ease,
    "review-warning-ids": lambda review, _: [warning.id for warning in review.warnings],
}
