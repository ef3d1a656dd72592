"""Whether criteria hold, exactly as screening.md 6 says: true, unsure, missing or false."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, IntEnum

from massage_cli.knowledge.body import Body
from massage_cli.knowledge.facts import Criterion


class State(Enum):
    """What is known of a fact that has no value (screening.md 5)."""

    UNSURE = "unsure"
    NOT_KNOWN = "not known"
    NOT_ASKED = "not asked"
    UNANSWERED = "unanswered"


Known = str | int | float | Sequence[str] | State
"""A value (yes, no, a choice, a number, a list), or why there is none."""


class Truth(IntEnum):
    """What a criterion, a group or a rule comes to; of two that may make a rule hold, the greater counts."""

    FALSE = 0
    MISSING = 1
    UNSURE = 2
    TRUE = 3


# The members by short names: Python 3.11 takes eight times as long to look them up in their classes, a hundred times a plan.
_FALSE, _MISSING, _UNSURE, _TRUE = Truth
_IS_UNSURE, _IS_UNANSWERED = State.UNSURE, State.UNANSWERED
_NUMBER = (int, float)


def judge(criterion: Criterion, known: Known, body: Body) -> Truth:
    """What one test of one fact comes to (screening.md 6.1, 6.2)."""
    if criterion.is_ is not None and isinstance(known, str):  # most criteria and answers, so it is looked at first
        return _TRUE if known == criterion.is_ else _FALSE
    if known is _IS_UNANSWERED:
        return _MISSING
    if criterion.known is not None:
        holds = isinstance(known, State) != criterion.known
    elif isinstance(known, State):
        if known is _IS_UNSURE:
            return _UNSURE
        holds = criterion.is_not is not None
    else:
        holds = _compare(criterion, known, body)
    return _TRUE if holds else _FALSE


def _compare(criterion: Criterion, value: Known, body: Body) -> bool:
    if criterion.at_least is not None and isinstance(value, _NUMBER):  # the age of everybody is compared, so it is looked at first
        return value >= criterion.at_least
    if criterion.at_most is not None and isinstance(value, _NUMBER):
        return value <= criterion.at_most
    if criterion.is_not is not None:
        return value != criterion.is_not
    if criterion.in_ is not None:
        return value in criterion.in_
    if criterion.includes_any is not None and isinstance(value, tuple | frozenset):
        wanted = criterion.includes_any
        if criterion.fact == "regions":
            wanted = body.expand(wanted)
        return any(name in value for name in wanted)
    raise TypeError(f"the criterion on {criterion.fact} has no test for this kind of value")


def judge_group(group: Sequence[Criterion], judged: Callable[[Criterion], Truth]) -> Truth:
    """False if any criterion is; else missing; else unsure; else true, as an empty group is (screening.md 6.3)."""
    result = _TRUE
    for criterion in group:
        truth = judged(criterion)
        if truth is _FALSE:
            return truth
        if truth is _MISSING or (truth is _UNSURE and result is _TRUE):
            result = truth
    return result


def judge_when(when: Sequence[Sequence[Criterion]], judged: Callable[[Criterion], Truth]) -> Truth:
    """True if any group is; else unsure; else missing; else false (screening.md 6.4)."""
    result = _FALSE
    for group in when:
        result = max(result, judge_group(group, judged))
        if result is _TRUE:
            break
    return result


def count(criterion: Criterion, results: Mapping[str, Truth]) -> Truth:
    """What a count of findings comes to (screening.md 6.5); a rule without a result is false."""
    counted = [results[rule] for rule in criterion.findings or () if rule in results]
    enough = criterion.at_least or 0
    if len(counted) < enough:
        return _FALSE
    for least in (_TRUE, _UNSURE, _MISSING):
        if len([result for result in counted if result >= least]) >= enough:
            return least
    return _FALSE
