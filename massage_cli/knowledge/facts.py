"""What the client is asked about health: groups, facts, and the criteria that test them."""

import msgspec

from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import FactKind

BUILT_IN_FACTS = ("age", "condition", "complaint", "pain", "onset-days", "goals", "regions")
"""Facts that are read off the rest of the intake (screening.md 3.1)."""


class Criterion(Value, frozen=True, kw_only=True):
    """One test of one fact, or a count of findings; exactly one test is given (screening.md 6)."""

    fact: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    is_not: str | None = None
    in_: tuple[str, ...] | None = msgspec.field(default=None, name="in")
    at_least: int | float | None = None
    at_most: int | float | None = None
    known: bool | None = None
    includes_any: tuple[str, ...] | None = None
    findings: tuple[str, ...] | None = None


class Group(Value, frozen=True, kw_only=True):
    """One checklist of the questionnaire."""

    id: str
    title: str


class Fact(Value, frozen=True, kw_only=True):
    """One thing that is asked about health."""

    id: str
    group: str
    kind: FactKind
    label: str
    ask: str
    where: bool = False
    checked_each_visit: bool = False
    choices: tuple[str, ...] = ()
    unit: str | None = None
    min: int | float | None = None
    max: int | float | None = None
    optional: bool = False
    asked_when: tuple[tuple[Criterion, ...], ...] | None = None

    @property
    def whole(self) -> bool:
        """True when only whole numbers are taken: both bounds are written without a decimal point."""
        return isinstance(self.min, int) and isinstance(self.max, int)
