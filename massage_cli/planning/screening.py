"""The screening: what was found in an intake, and what may come of it (screening.md 6.5, 7, 8 and 10)."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache

import msgspec

from massage_cli.knowledge.facts import Criterion
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rule_index import IndexedGroup
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind, Position, Urgency
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import Known, Truth, count, judge, judge_group
from massage_cli.planning.intake import Clearance, Intake
from massage_cli.planning.limits import Limits, joined, limits_of

# By short names, as in criteria.py.
_FALSE, _, _UNSURE, _TRUE = Truth


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that holds for this client; not certain where the client was unsure."""

    rule: Rule
    certain: bool
    cleared: bool
    regions: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """True for a certain red flag or absolute rule: nothing is planned, whatever else is said."""
        return self.certain and self.rule.category in STOPPING

    @property
    def awaits_clearance(self) -> bool:
        """True when something has to be cleared, or made sure, before anything is planned."""
        return self.rule.category in STOPPING or (self.rule.category is Category.CLEARANCE and not self.cleared)


class UnusedClearance(msgspec.Struct, frozen=True, kw_only=True):
    """A note that does nothing: its rule was not found, or it is too old."""

    rule: str
    why: str


class Screening(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What was found, in the order of findings, the limits it sets, and the questions left open.

    `own_limits` are the limits of the particular findings alone.
    """

    requested: tuple[str, ...]
    findings: tuple[Finding, ...]
    limits: Limits
    own_limits: Limits
    precautions: tuple[str, ...]
    unanswered: tuple[str, ...]
    unused_clearances: tuple[UnusedClearance, ...]

    @cached_property
    def particular(self) -> tuple[Finding, ...]:
        """The findings that are particular to this client: all but those of standing rules."""
        return tuple([finding for finding in self.findings if not finding.rule.standing])

    @cached_property
    def outcome(self) -> OutcomeKind:
        """What may come of the intake (screening.md 10)."""
        if any(finding.stops for finding in self.findings) or self._nowhere_to_work or self._positions_clash:
            return OutcomeKind.REFER
        if self.unanswered:
            return OutcomeKind.INCOMPLETE
        if any(finding.awaits_clearance for finding in self.findings):
            return OutcomeKind.CLEARANCE
        return OutcomeKind.RESTRICTED if self.particular else OutcomeKind.CLEAR

    @property
    def urgency(self) -> Urgency | None:
        """How fast help is due; given with `refer` only."""
        if self.outcome is not OutcomeKind.REFER:
            return None
        due = {finding.rule.urgency for finding in self.findings if finding.stops}
        return next((urgency for urgency in Urgency if urgency in due), Urgency.DEFER)

    @property
    def _nowhere_to_work(self) -> bool:
        return self.limits.avoided.keys() >= set(self.requested)

    @property
    def _positions_clash(self) -> bool:
        positions = self.limits.positions
        return len(positions) > 1 and Position.SIDE_LYING in positions and Position.SEATED in positions

    def has_cleared(self, rule_id: str) -> bool:
        """True when the rule was found and a valid note lifts its stop."""
        return any(finding.cleared and finding.rule.id == rule_id for finding in self.findings)


def screen(intake: Intake, knowledge: Knowledge, *, on: date) -> Screening:
    """Screen one client on one day. The intake must be free of problems."""
    answers = Answers(intake, knowledge, on=on)
    results = judge_rules(answers, knowledge)
    found = _found(tuple(rule for rule, truth in results.items() if truth >= _UNSURE), knowledge)
    own, limits = found.limits or _own_and_all_limits(found.particular, answers, knowledge)
    valid, unused = weigh_clearances(intake.clearances, found.ids, knowledge, on=on) if intake.clearances else ((), ())
    cleared = {note.rule for note in valid}
    findings = [
        Finding(rule=rule, certain=results[rule.id] is _TRUE, cleared=rule.id in cleared, regions=limits.places_of.get(rule.id, ()))
        for rule in found.rules
    ]
    return Screening(
        requested=answers.requested,
        findings=tuple(findings),
        limits=limits,
        own_limits=own,
        precautions=_with_limits_of(valid, found.precautions),
        unanswered=answers.unanswered(),
        unused_clearances=unused,
    )


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """What rules that are found together mean for whoever they are found for.

    rules: in the order of findings
    limits: those of the particular rules alone and those of all; none where an answer names their places
    """

    ids: frozenset[str]
    rules: tuple[Rule, ...]
    particular: tuple[Rule, ...]
    precautions: tuple[str, ...]
    limits: tuple[Limits, Limits] | None


@lru_cache(maxsize=1024)
def _found(ids: tuple[str, ...], knowledge: Knowledge) -> _Found:
    """What these rules mean. The clients of one clinic share the same few, so the last ones are remembered."""
    rules = tuple(knowledge.rule[rule_id] for rule_id in sorted(ids, key=knowledge.rule_index.rank.__getitem__))
    particular = tuple(rule for rule in rules if not rule.standing)
    placed_by_answers = any(block.where is not None for rule in particular for block in rule.at)
    return _Found(
        ids=frozenset(ids),
        rules=rules,
        particular=particular,
        precautions=tuple(dict.fromkeys(line for rule in rules for line in rule.precautions)),
        limits=None if placed_by_answers else _own_and_all_limits(particular, None, knowledge),
    )


def _own_and_all_limits(particular: tuple[Rule, ...], answers: Answers | None, knowledge: Knowledge) -> tuple[Limits, Limits]:
    """The limits of the particular rules alone, and those together with what holds for everybody."""
    own = limits_of(particular, answers, knowledge)
    return own, joined(_standing_limits(knowledge), own, knowledge)


@lru_cache(maxsize=8)
def _standing_limits(knowledge: Knowledge) -> Limits:
    """The limits of the rules that hold for everybody: the same for all, as their places are fixed ones."""
    return limits_of((knowledge.rule[rule_id] for rule_id in knowledge.rule_index.standing), None, knowledge)


def judge_rules(answers: Answers, knowledge: Knowledge) -> dict[str, Truth]:
    """What each rule comes to that an answer of this client can bring about; all others do not hold."""
    index = knowledge.rule_index
    results: dict[str, Truth] = {}
    _judge_all(_not_ruled_out(answers.of("age"), answers.of("condition"), knowledge), answers.judge, results)
    for fact in answers.speaking(index.by_fact):
        _judge_all(index.by_fact[fact], answers.judge, results)
    if not index.counted.isdisjoint(results):

        def judged(criterion: Criterion) -> Truth:
            return answers.judge(criterion) if criterion.findings is None else count(criterion, results)

        _judge_all(index.counting, judged, results)
    return results


def _judge_all(groups: Iterable[IndexedGroup], judged: Callable[[Criterion], Truth], results: dict[str, Truth]) -> None:
    """Write down what each group comes to, where that is more than is known of its rule."""
    for rule_id, group in groups:
        truth = judge_group(group, judged)
        if truth > results.get(rule_id, _FALSE):
            results[rule_id] = truth


@lru_cache(maxsize=1024)
def _not_ruled_out(age: Known, condition: Known, knowledge: Knowledge) -> tuple[IndexedGroup, ...]:
    """The groups to be looked at for everybody, without those that age or condition settle, which are most of them for most clients."""
    settled = {"age": age, "condition": condition}

    def fails(criterion: Criterion) -> bool:
        known = settled.get(criterion.fact or "")
        return known is not None and judge(criterion, known, knowledge.body) is _FALSE

    return tuple((rule_id, group) for rule_id, group in knowledge.rule_index.always if not any(map(fails, group)))


def weigh_clearances(
    notes: Iterable[Clearance], found: frozenset[str], knowledge: Knowledge, *, on: date
) -> tuple[tuple[Clearance, ...], tuple[UnusedClearance, ...]]:
    """The valid notes, and those that do nothing with the reason; notes for protocols are in neither (screening.md 8)."""
    valid: list[Clearance] = []
    unused: list[UnusedClearance] = []
    for note in notes:
        rule = knowledge.rule.get(note.rule)
        if rule is None:
            continue
        if rule.id not in found:
            unused.append(UnusedClearance(rule=rule.id, why="not-needed"))
        elif (on - note.on).days > rule.clearance_valid_days:
            unused.append(UnusedClearance(rule=rule.id, why="expired"))
        else:
            valid.append(note)
    return tuple(valid), tuple(unused)


def _with_limits_of(valid: tuple[Clearance, ...], precautions: tuple[str, ...]) -> tuple[str, ...]:
    """The precautions and the limits that valid notes name, each once."""
    return tuple(dict.fromkeys((*precautions, *(note.limits for note in valid if note.limits)))) if valid else precautions
