"""Everything that is known, as one frozen value with its lookups."""

from functools import cached_property

import msgspec

from massage_cli.knowledge.body import Body, Region, Site
from massage_cli.knowledge.facts import Fact, Group
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Advice, Claim, Edition, Measure, OverlayName, Source
from massage_cli.knowledge.rule_index import RuleIndex, speaking_fact
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Tag, Technique
from massage_cli.knowledge.vocabulary import FactKind, LiftedBy


class Knowledge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab", dict=True, eq=False):
    """The knowledge pack: the entries of its files in file order, and lookups made once when first used.

    `digest` is "sha256:" and the SHA-256 over the names and bytes of the files it was read from; `overlay` names the
    clinic's own knowledge that was laid over it, if any.
    """

    edition: Edition
    digest: str
    regions: tuple[Region, ...]
    sites: tuple[Site, ...]
    groups: tuple[Group, ...]
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    tags: tuple[Tag, ...]
    techniques: tuple[Technique, ...]
    complaints: tuple[Complaint, ...]
    protocols: tuple[Protocol, ...]
    numbers: Numbers
    measures: tuple[Measure, ...]
    advice: tuple[Advice, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    overlay: OverlayName | None = None

    @cached_property
    def body(self) -> Body:
        """The body with its places in order."""
        return Body(regions=self.regions, sites=self.sites)

    @cached_property
    def fact(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def fact_order(self) -> dict[str, int]:
        """The rank of each fact in file order."""
        return {fact.id: rank for rank, fact in enumerate(self.facts)}

    @cached_property
    def facts_not_attested(self) -> tuple[Fact, ...]:
        """The facts that need an answer of their own whatever is attested: a choice or a number, and not optional (screening.md 5.1)."""
        return tuple(fact for fact in self.facts if fact.kind is not FactKind.YES_NO and not fact.optional)

    @cached_property
    def checklist_facts(self) -> frozenset[str]:
        """The yes-no facts that their group's checklist shows whenever they apply: they wait for no other of the group."""
        group_of = {fact.id: fact.group for fact in self.facts}
        waits = {
            fact.id
            for fact in self.facts
            for group in fact.asked_when or ()
            for criterion in group
            if group_of.get(criterion.fact or "") == fact.group
        }
        return frozenset(fact.id for fact in self.facts if fact.kind is FactKind.YES_NO and fact.id not in waits)

    @cached_property
    def asked_after(self) -> dict[str, frozenset[str]]:
        """For questions that are asked only after some other is answered with more than no: those others."""
        waiting = {fact.id: [speaking_fact(group) for group in fact.asked_when] for fact in self.facts if fact.asked_when is not None}
        return {fact: frozenset(name for name in names if name is not None) for fact, names in waiting.items() if None not in names}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def technique(self) -> dict[str, Technique]:
        """Techniques by id."""
        return {technique.id: technique for technique in self.techniques}

    @cached_property
    def complaint(self) -> dict[str, Complaint]:
        """Complaints by id."""
        return {complaint.id: complaint for complaint in self.complaints}

    @cached_property
    def protocol(self) -> dict[str, Protocol]:
        """Protocols by id."""
        return {protocol.id: protocol for protocol in self.protocols}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Outcome measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by key."""
        return {source.key: source for source in self.sources}

    @cached_property
    def forbidden_phrases(self) -> tuple[str, ...]:
        """The phrases of claims that are never made, in small letters."""
        return tuple(phrase.lower() for claim in self.claims for phrase in claim.phrases)

    @cached_property
    def techniques_named(self) -> dict[str, tuple[str, ...]]:
        """The techniques that a name in `excludes` stands for, in catalog order: a tag, a technique, or one that others are like."""
        named: dict[str, list[str]] = {tag.id: [] for tag in self.tags}
        for technique in self.techniques:
            for name in (technique.id, *technique.tags, *technique.like):
                named.setdefault(name, []).append(technique.id)
        return {name: tuple(techniques) for name, techniques in named.items()}

    @cached_property
    def liftable(self) -> tuple[str, ...]:
        """What a clearance may name: the rules that one lifts, and the protocols that need one."""
        rules = (rule.id for rule in self.rules if rule.clearance is LiftedBy.LIFTS_STOP)
        return (*rules, *(protocol.id for protocol in self.protocols if protocol.needs_clearance))

    @cached_property
    def rule_index(self) -> RuleIndex:
        """Which rules an answer can bring about."""
        return RuleIndex(self.rules)
