"""What is done about the course after a visit: the first row of the table that holds (planning.md 11.1)."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.named import PAIN_SCALE
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Action, ProgressClass
from massage_cli.planning.follow_up import texts
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.progress import Basis, Progress, Standing
from massage_cli.planning.follow_up.visits import Visit


class Rest(StrEnum):
    """What becomes of the visits that are left."""

    NOTHING = "nothing"
    STAYS = "stays"
    ONE_MORE = "one-more"
    LATER_PHASES = "later-phases"
    CLOSER_BLOCK = "closer-block"
    LONGER_GAPS = "longer-gaps"
    PHASE_BEFORE = "phase-before"
    MORE_OF_PHASE = "more-of-phase"


class Replaced(StrEnum):
    """Which techniques are replaced."""

    NOTHING = "nothing"
    LAST = "last"
    ALL_BUT_CARRIER = "all-but-carrier"


class Stage(StrEnum):
    """What a phase is for."""

    ACTIVE = "active"
    TAPER = "taper"
    UPKEEP = "upkeep"


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of the table look at.

    settled_in: enough visits of this phase were attended to step down
    relapsed: the last pain is up on the first
    stable_before: this is at least the second review, and the one before showed a slight gain or none
    extended: the plan's phase has more visits than the protocol's
    stop_reached: a gain should have shown by now
    underdosed: visits are shorter than the protocol's minimum of this phase, or further apart than it means
    """

    class_: ProgressClass
    review_due: bool
    first_review: bool
    stage: Stage
    in_first_phase: bool
    in_last_phase: bool
    settled_in: bool
    relapsed: bool
    stable_before: bool
    extended: bool
    stop_reached: bool
    underdosed: bool


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What is done and why; `replaced` are ids of techniques, `sources` those of the class it rests on."""

    class_: ProgressClass
    action: Action
    rest: Rest
    replaced: tuple[str, ...]
    because: str
    sources: tuple[str, ...]


class Row(msgspec.Struct, frozen=True):
    """A row of the table: when it holds, and what is then done."""

    holds: Callable[[Situation], bool]
    action: Action
    rest: Rest
    words: str
    replaced: Replaced = Replaced.NOTHING


_MUCH = ProgressClass.MUCH_IMPROVED
_SLIGHT = ProgressClass.SLIGHT

TABLE: tuple[Row, ...] = (
    Row(lambda now: now.class_ is ProgressClass.WORSE, Action.STOP_REFER, Rest.NOTHING, texts.STOP_WORSE),
    Row(lambda now: now.class_ is ProgressClass.RESOLVED, Action.DISCHARGE, Rest.NOTHING, texts.RESOLVED),
    Row(lambda now: now.class_ is ProgressClass.UNKNOWN, Action.CONTINUE, Rest.STAYS, texts.NOT_KNOWN),
    Row(lambda now: not now.review_due, Action.CONTINUE, Rest.STAYS, texts.NOT_DUE),
    Row(
        lambda now: now.class_ is _MUCH and (now.stage is not Stage.ACTIVE or now.in_last_phase),
        Action.DISCHARGE,
        Rest.ONE_MORE,
        texts.ONE_MORE,
    ),
    Row(lambda now: now.class_ is _MUCH and now.settled_in, Action.STEP_DOWN, Rest.LATER_PHASES, texts.STEP_DOWN),
    Row(lambda now: now.class_ is _MUCH, Action.CONTINUE, Rest.STAYS, texts.TOO_EARLY),
    Row(lambda now: now.stage is Stage.UPKEEP and now.relapsed, Action.RAISE_DOSE, Rest.CLOSER_BLOCK, texts.RELAPSE),
    Row(lambda now: now.class_ is ProgressClass.IMPROVED, Action.CONTINUE, Rest.STAYS, texts.IMPROVED),
    Row(lambda now: now.stage is Stage.UPKEEP and now.stable_before, Action.LENGTHEN, Rest.LONGER_GAPS, texts.STABLE_AGAIN),
    Row(lambda now: now.stage is Stage.UPKEEP, Action.CONTINUE, Rest.STAYS, texts.STABLE),
    Row(
        lambda now: now.class_ is _SLIGHT and now.stage is Stage.TAPER and not now.in_first_phase,
        Action.HOLD,
        Rest.PHASE_BEFORE,
        texts.BACK_A_PHASE,
    ),
    Row(lambda now: now.class_ is _SLIGHT and now.stage is Stage.TAPER, Action.HOLD, Rest.STAYS, texts.HOLD_TAPER),
    Row(lambda now: now.class_ is _SLIGHT and now.first_review, Action.HOLD, Rest.STAYS, texts.HOLD_AND_REPLACE, Replaced.LAST),
    Row(lambda now: now.class_ is _SLIGHT and now.extended, Action.STOP_REFER, Rest.NOTHING, texts.EXTENDED_BEFORE),
    Row(lambda now: now.class_ is _SLIGHT, Action.HOLD, Rest.MORE_OF_PHASE, texts.HOLD),
    Row(lambda now: now.stage is Stage.TAPER or now.stop_reached, Action.STOP_REFER, Rest.NOTHING, texts.NO_GAIN),
    Row(lambda now: now.underdosed, Action.RAISE_DOSE, Rest.STAYS, texts.UNDERDOSED),
    Row(lambda _: True, Action.CHANGE_TECHNIQUES, Rest.STAYS, texts.CHANGE_TECHNIQUES, Replaced.ALL_BUT_CARRIER),
)
"""The table of planning.md 11.1 in its order; the last four rows are those without a gain."""


def situation_of(course: CourseSoFar, attended: tuple[Visit, ...], found: Progress, knowledge: Knowledge) -> Situation:
    """What the rows look at, from the attended visits, oldest first. The phase is that of the last one."""
    numbers, protocol = knowledge.numbers.adaptation, course.protocol
    place = course.place_of(attended[-1].number) if attended else 0
    phase = course.phases[place]
    meant = next((each for each in protocol.phase if each.name == phase.name), None)
    in_phase = sum(course.place_of(visit.number) == place for visit in attended)
    mean_gap = Fraction(sum(phase.gap_days), len(phase.gap_days))
    return Situation(
        class_=found.now.class_,
        review_due=found.review_due,
        first_review=found.reviews == 1,
        stage=stage_of(phase.name, knowledge),
        in_first_phase=place == 0,
        in_last_phase=place == len(course.phases) - 1,
        settled_in=in_phase >= numbers.min_visits_before_step_down,
        relapsed=found.now.pain.relapsed,
        stable_before=found.reviews >= numbers.maintenance_stable_reviews and found.class_before in (ProgressClass.NONE, _SLIGHT),
        extended=meant is not None and phase.sessions > meant.sessions,
        stop_reached=len(attended) >= protocol.stop_after,
        underdosed=meant is not None
        and (phase.minutes < meant.minutes.min or mean_gap > Fraction(sum(meant.gap_days), len(meant.gap_days))),
    )


def stage_of(phase: str, knowledge: Knowledge) -> Stage:
    """The stage that a phase of this name is."""
    numbers = knowledge.numbers.adaptation
    if phase in numbers.taper_phases:
        return Stage.TAPER
    return Stage.UPKEEP if phase in numbers.upkeep_phases else Stage.ACTIVE


def decide(course: CourseSoFar, attended: tuple[Visit, ...], found: Progress, knowledge: Knowledge) -> Decision:
    """What the table says, as if visits were left: `without_visits` says what it comes to where none are."""
    numbers = knowledge.numbers.adaptation
    now = situation_of(course, attended, found, knowledge)
    row = next(row for row in TABLE if row.holds(now))
    replaced = _replaced(row.replaced, course)
    words = row.words.format(
        min_visits=numbers.min_visits_before_step_down,
        extra=numbers.extra_visits_when_slight,
        attended=len(attended),
        replaced=texts.in_a_list([knowledge.technique[technique].name for technique in replaced]) or texts.THE_TECHNIQUES,
    )
    return Decision(
        class_=now.class_,
        action=row.action,
        rest=row.rest,
        replaced=replaced,
        because=f"{_class_words(found.now, knowledge)} {words}",
        sources=_sources(found.now, knowledge),
    )


def _replaced(which: Replaced, course: CourseSoFar) -> tuple[str, ...]:
    """The techniques of the plan to be replaced, best first; the only one where there is no other."""
    techniques = [block.candidate.technique for block in course.prescriptions]
    match which:
        case Replaced.NOTHING:
            return ()
        case Replaced.LAST:
            return tuple(technique.id for technique in techniques[-1:])
        case Replaced.ALL_BUT_CARRIER:
            carrier = next((technique for technique in techniques if technique.carrier), None)
            return tuple(technique.id for technique in techniques if technique is not carrier or len(techniques) == 1)
        case _:
            assert_never(which)


def _class_words(now: Standing, knowledge: Knowledge) -> str:
    pain, function, hours = now.pain, now.function, now.soreness_hours
    if now.basis is Basis.PAIN and pain.baseline is not None and pain.previous is not None and pain.last is not None:
        return texts.pain_words(pain.baseline, pain.previous, pain.last)
    if now.basis is Basis.FUNCTION and function is not None and function.steps is not None:
        return texts.function_words(function.measure.name, function.scores[0], function.scores[-1], function.steps)
    if now.basis is Basis.SORENESS and hours is not None:
        return texts.soreness_words(hours, most=knowledge.numbers.adaptation.worse_hours)
    return texts.nothing_to_compare()


def _sources(now: Standing, knowledge: Knowledge) -> tuple[str, ...]:
    match now.basis:
        case Basis.PAIN:
            return knowledge.measure[PAIN_SCALE].sources
        case Basis.FUNCTION:
            return () if now.function is None else now.function.measure.sources
        case Basis.SORENESS | Basis.NOTHING:
            return ()
        case _:
            assert_never(now.basis)


def without_visits(decision: Decision, found: Progress, knowledge: Knowledge) -> Decision:
    """What a decision comes to when a review is due and no visit is left; the same decision otherwise."""
    if not found.review_due:
        return decision
    match decision.action:
        case Action.CONTINUE | Action.STEP_DOWN:
            action, words = Action.DISCHARGE, texts.NONE_LEFT_DISCHARGE
        case Action.HOLD | Action.RAISE_DOSE | Action.CHANGE_TECHNIQUES:
            action, words = Action.STOP_REFER, texts.NONE_LEFT_REFER
        case Action.DISCHARGE if decision.rest is Rest.ONE_MORE:
            action, words = Action.DISCHARGE, texts.NONE_LEFT_DISCHARGE
        case Action.DISCHARGE | Action.STOP_REFER | Action.LENGTHEN:
            return decision
        case _:
            assert_never(decision.action)
    because = f"{_class_words(found.now, knowledge)} {words}"
    return replace(decision, action=action, rest=Rest.NOTHING, replaced=(), because=because)
