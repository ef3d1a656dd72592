"""The screening rules: when each one holds, and what it then does to the plan."""

from typing import Annotated

from msgspec import Meta

from massage_cli.knowledge.facts import Criterion
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Category, LiftedBy, Position, Urgency

Pressure = Annotated[int, Meta(ge=1, le=5)]
"""A pressure level after Walton: 1 lotioning, 2 heavy lotioning, 3 medium, 4 strong, 5 deep."""


class RuleAt(Value, frozen=True, kw_only=True):
    """What a rule does in some places only: fixed ones, or those the client named for a fact."""

    regions: tuple[str, ...] = ()
    where: str | None = None
    downstream: bool = False
    excludes: tuple[str, ...] = ()
    avoid: bool = False
    pressure_max: Pressure | None = None


class Rule(Value, frozen=True, kw_only=True):
    """A contraindication rule with its limits, its words and its sources."""

    id: str
    title: str
    category: Category
    when: tuple[tuple[Criterion, ...], ...]
    reason: str
    action: str
    sources: tuple[str, ...]
    tier: str
    checked: bool
    note: str = ""
    urgency: Urgency | None = None
    excludes: tuple[str, ...] = ()
    pressure_max: Pressure | None = None
    minutes_max: Annotated[int, Meta(ge=1)] | None = None
    positions: tuple[Position, ...] = ()
    precautions: tuple[str, ...] = ()
    clearance: LiftedBy = LiftedBy.NONE
    clearance_valid_days: Annotated[int, Meta(ge=0)] = 0
    at: tuple[RuleAt, ...] = ()

    @property
    def standing(self) -> bool:
        """True when the rule holds for everybody and never changes the outcome (screening.md 7.2)."""
        return () in self.when

    @property
    def counts(self) -> bool:
        """True when a criterion of the rule counts the findings of other rules (screening.md 6.5)."""
        return any(criterion.findings is not None for group in self.when for criterion in group)
