"""Which rules an answer can bring about, so that screening looks at these alone.

A group of criteria holds only if every one of them does. So a group with a criterion that fails for a fact that is
answered no, not asked, not known or unanswered need only be looked at when that fact says more than this. A test holds
the short way equal to working out every rule.
"""

from functools import cached_property

from massage_cli.knowledge.facts import BUILT_IN_FACTS, Criterion
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Category, Urgency

IndexedGroup = tuple[str, tuple[Criterion, ...]]
"""The id of a rule, and one group of its `when`."""

_CATEGORY_RANK = {category: rank for rank, category in enumerate(Category)}
_URGENCY_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


class RuleIndex:
    """The groups of all rules: those that count no findings filed under the fact that has to speak for them."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules

    @cached_property
    def rank(self) -> dict[str, int]:
        """The order of findings: category, then urgency, then the order in the file (screening.md 7.3)."""

        def weight(rule: Rule) -> tuple[int, int]:
            urgency = len(_URGENCY_RANK) if rule.urgency is None else _URGENCY_RANK[rule.urgency]
            return _CATEGORY_RANK[rule.category], urgency

        return {rule.id: rank for rank, rule in enumerate(sorted(self._rules, key=weight))}

    @cached_property
    def standing(self) -> tuple[str, ...]:
        """The rules that hold for everybody, in the order of findings."""
        return tuple(sorted((rule.id for rule in self._rules if rule.standing), key=self.rank.__getitem__))

    @cached_property
    def counting(self) -> tuple[IndexedGroup, ...]:
        """The groups that count the findings of other rules; they are worked out last."""
        return tuple((rule.id, group) for rule in self._rules for group in rule.when if _counts(group))

    @cached_property
    def counted(self) -> frozenset[str]:
        """The rules whose findings are counted; without one of them no count comes to anything."""
        return frozenset(rule_id for _, group in self.counting for criterion in group for rule_id in criterion.findings or ())

    @cached_property
    def by_fact(self) -> dict[str, tuple[IndexedGroup, ...]]:
        """The groups that can hold only when the fact has an answer other than no."""
        return {fact: tuple(groups) for fact, groups in self._filed.items() if fact is not None}

    @cached_property
    def always(self) -> tuple[IndexedGroup, ...]:
        """The groups that have to be looked at for everybody."""
        return tuple(self._filed.get(None, ()))

    @cached_property
    def _filed(self) -> dict[str | None, list[IndexedGroup]]:
        filed: dict[str | None, list[IndexedGroup]] = {}
        for rule in self._rules:
            for group in rule.when:
                if not _counts(group):
                    filed.setdefault(speaking_fact(group), []).append((rule.id, group))
        return filed


def _counts(group: tuple[Criterion, ...]) -> bool:
    return any(criterion.findings is not None for criterion in group)


def speaking_fact(group: tuple[Criterion, ...]) -> str | None:
    """The fact that has to say more than no for the group to hold, or none where the group may hold in silence."""
    return next((criterion.fact for criterion in group if _fails_in_silence(criterion)), None)


def _fails_in_silence(criterion: Criterion) -> bool:
    """True when the criterion cannot hold for a fact that is answered no, not asked, not known or unanswered."""
    if criterion.fact is None or criterion.fact in BUILT_IN_FACTS:
        return False
    if criterion.is_ is not None:
        return criterion.is_ != "no"
    if criterion.in_ is not None:
        return "no" not in criterion.in_
    return criterion.at_least is not None or criterion.at_most is not None
