"""How the client does: pain, function and soreness over the visits, and whether a review is due (planning.md 10)."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import msgspec

from massage_cli.knowledge.named import MIGRAINE
from massage_cli.knowledge.numbers import Adaptation
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.references import Measure
from massage_cli.knowledge.vocabulary import Better, ProgressClass
from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.visits import Visit, attended_of
from massage_cli.planning.intake import Intake

_WHOLE = 100
"""Percentages are compared as hundredths of a whole."""


_ENOUGH = 2
"""A change needs two scores."""


_BEST_FIRST = tuple(ProgressClass)


class Basis(StrEnum):
    """What the overall class rests on."""

    PAIN = "pain"
    FUNCTION = "function"
    SORENESS = "soreness"
    NOTHING = "nothing"


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """Scores of one kind, oldest first, and the class they come to; None where they come to none."""

    scores: tuple[int | float, ...]
    class_: ProgressClass | None

    @property
    def baseline(self) -> int | float | None:
        """The first score; None without any."""
        return self.scores[0] if self.scores else None

    @property
    def previous(self) -> int | float | None:
        """The last score but one; None where there are fewer than two."""
        return self.scores[-2] if len(self.scores) > 1 else None

    @property
    def last(self) -> int | float | None:
        """The last score; None without any."""
        return self.scores[-1] if self.scores else None


class Pain(Scores, frozen=True, kw_only=True):
    """Pain scores, 0 to 10."""

    relapsed: bool
    """True when the last score alone is up on the first as far as a worse class asks for."""


class Function(Scores, frozen=True, kw_only=True):
    """Scores of the measure scored last, and its change in steps of its smallest important change; None where that is not known."""

    measure: Measure
    steps: Fraction | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the client stands at the last attended visit; `function` is None where no measure was scored."""

    pain: Pain
    function: Function | None
    soreness_hours: int | None
    class_: ProgressClass
    basis: Basis


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How the client does, and where the course is in its reviews.

    ease: True when soreness asks for lighter and shorter visits (planning.md 10.4), and no review of that visit has eased them
    review_due: True when the last attended visit has, or makes up, a review
    (neither holds once more at a visit that a decision was already taken on)
    reviews: how many attended visits had a review due
    class_before: the class at the review before the last one; None where there was none
    """

    now: Standing
    ease: bool
    review_due: bool
    reviews: int
    class_before: ProgressClass | None


def progress(course: CourseSoFar, visits: Sequence[Visit], knowledge: Knowledge) -> Progress:
    """How the client does, from the visits recorded so far."""
    attended = attended_of(visits)
    numbers = knowledge.numbers.adaptation
    now = standing(course.intake, attended, knowledge)
    reviewed = reviews_at(course, attended)
    fresh = bool(attended) and attended[-1].number != course.reviewed
    due = fresh and bool(reviewed) and reviewed[-1] == len(attended) - 1
    before = standing(course.intake, attended[: reviewed[-2] + 1], knowledge).class_ if len(reviewed) > 1 else None
    hours = now.soreness_hours
    ease = fresh and hours is not None and numbers.ease_hours < hours <= numbers.worse_hours
    return Progress(now=now, ease=ease, review_due=due, reviews=len(reviewed), class_before=before)


def reviews_at(course: CourseSoFar, attended: Sequence[Visit]) -> tuple[int, ...]:
    """The places among the attended visits, from 0, where a review was due; a missed one is made up at the next (planning.md 10.5)."""
    flags = [session.number for session in course.sessions if session.review]
    before = (0, *(visit.number for visit in attended))
    return tuple(place for place, visit in enumerate(attended) if any(before[place] < flag <= visit.number for flag in flags))


def standing(intake: Intake, attended: Sequence[Visit], knowledge: Knowledge) -> Standing:
    """How the client stands at the last of the visits given, which are oldest first (planning.md 10.2 to 10.4)."""
    numbers = knowledge.numbers.adaptation
    pain = judge_pain(_pain_scores(intake, attended), numbers)
    function = _function(intake, attended, knowledge)
    hours = attended[-1].soreness_hours if attended else None
    known = {Basis.PAIN: pain.class_, Basis.FUNCTION: None if function is None else function.class_}
    classes = {basis: class_ for basis, class_ in known.items() if class_ is not None}
    if hours is not None and hours > numbers.worse_hours:
        classes.setdefault(Basis.SORENESS, ProgressClass.WORSE)
    basis, class_ = Basis.NOTHING, ProgressClass.UNKNOWN
    if ProgressClass.WORSE in classes.values():
        basis, class_ = next((basis, class_) for basis, class_ in classes.items() if class_ is ProgressClass.WORSE)
    elif classes:
        basis, class_ = min(classes.items(), key=lambda judged: _BEST_FIRST.index(judged[1]))
    return Standing(pain=pain, function=function, soreness_hours=hours, class_=class_, basis=basis)


def _pain_scores(intake: Intake, attended: Sequence[Visit]) -> tuple[int, ...]:
    """All scores of pain; that of the intake stands for the first attended visit where it has none."""
    scores = tuple(visit.pain for visit in attended if visit.pain is not None)
    if attended and attended[0].pain is None and intake.pain is not None:
        return (intake.pain, *scores)
    return scores


def judge_pain(scores: tuple[int, ...], numbers: Adaptation) -> Pain:
    """The class that pain scores come to, oldest first (planning.md 10.2)."""
    if len(scores) < _ENOUGH:
        return Pain(scores=scores, class_=None, relapsed=False)
    baseline, previous, last = scores[0], scores[-2], scores[-1]
    relapsed = _is_up(baseline, last, numbers)
    if relapsed and _is_up(baseline, previous, numbers):
        class_: ProgressClass | None = ProgressClass.WORSE
    elif baseline <= numbers.resolved_pain_max:
        class_ = None
    elif max(previous, last) <= numbers.resolved_pain_max:
        class_ = ProgressClass.RESOLVED
    else:
        class_ = _pain_gain(baseline, baseline - Fraction(previous + last, 2), numbers)
    return Pain(scores=scores, class_=class_, relapsed=relapsed)


def _is_up(baseline: int, score: int, numbers: Adaptation) -> bool:
    """True when a score is up on the first by the points or, from a first score that leaves room to improve, by the percentage."""
    up = score - baseline
    return up >= numbers.worse_points or (baseline > numbers.resolved_pain_max and _WHOLE * up >= numbers.worse_percent * baseline)


def _pain_gain(baseline: int, gain: Fraction, numbers: Adaptation) -> ProgressClass:
    """The class of a gain in points."""
    important = next(band.points for band in numbers.pain_mcid_by_baseline if band.from_ <= baseline <= band.to)
    if _WHOLE * gain >= numbers.much_improved_percent * baseline:
        return ProgressClass.MUCH_IMPROVED
    if _WHOLE * gain >= numbers.improved_percent * baseline and gain >= important:
        return ProgressClass.IMPROVED
    if _WHOLE * gain >= numbers.slight_percent * baseline and gain >= numbers.slight_points:
        return ProgressClass.SLIGHT
    return ProgressClass.NONE


def _function(intake: Intake, attended: Sequence[Visit], knowledge: Knowledge) -> Function | None:
    """How the measure scored last has changed; None where none was scored (planning.md 10.3)."""
    scored = [(visit.measure, visit.score) for visit in attended if visit.measure is not None and visit.score is not None]
    if not scored:
        return None
    measure = knowledge.measure[scored[-1][0]]
    scores = tuple(score for name, score in scored if name == measure.id)
    return judge_function(scores, measure, knowledge.numbers.adaptation, migraine=intake.complaint == MIGRAINE)


def judge_function(scores: tuple[int | float, ...], measure: Measure, numbers: Adaptation, *, migraine: bool) -> Function:
    """The class that scores of a measure come to, oldest first."""
    if len(scores) < _ENOUGH:
        return Function(scores=scores, class_=None, measure=measure, steps=None)
    baseline, previous, last = exact(scores[0]), exact(scores[-2]), exact(scores[-1])
    step = _step(baseline, measure, migraine=migraine)
    if step is None:
        return Function(scores=scores, class_=None, measure=measure, steps=None)
    steps = (baseline - last if measure.better is Better.LOWER else last - baseline) / step
    recovered = None if measure.recovered is None else exact(measure.recovered)
    if steps <= -exact(numbers.improved_steps):
        class_ = ProgressClass.WORSE
    elif recovered is not None and baseline > recovered and max(previous, last) <= recovered:
        class_ = ProgressClass.RESOLVED
    else:
        class_ = _function_gain(steps, numbers)
    return Function(scores=scores, class_=class_, measure=measure, steps=steps)


def _step(baseline: Fraction, measure: Measure, *, migraine: bool) -> Fraction | None:
    """The smallest important change from this first score; None where the measure has none above 0."""
    points = measure.important_change
    if migraine and measure.important_change_migraine is not None:
        points = measure.important_change_migraine
    given = [] if points is None else [exact(points)]
    if measure.important_change_percent is not None:
        given.append(baseline * measure.important_change_percent / _WHOLE)
    return min((step for step in given if step > 0), default=None)


def _function_gain(steps: Fraction, numbers: Adaptation) -> ProgressClass:
    if steps >= exact(numbers.much_improved_steps):
        return ProgressClass.MUCH_IMPROVED
    if steps >= exact(numbers.improved_steps):
        return ProgressClass.IMPROVED
    return ProgressClass.SLIGHT if steps >= exact(numbers.slight_steps) else ProgressClass.NONE


def exact(number: int | float) -> Fraction:
    """A number as it is written: 10.2 is 102 tenths, not the nearest binary number."""
    return Fraction(str(number))
