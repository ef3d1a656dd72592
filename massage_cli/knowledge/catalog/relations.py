"""What hangs together in the catalog: which rules exclude a technique, who uses what, who cites a source."""

import msgspec

from massage_cli.knowledge.catalog.entries import Entry, Kind, all_entries
from massage_cli.knowledge.catalog.filters import names_excluded
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from massage_cli.knowledge.vocabulary import Condition


class Exclusion(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """That a rule excludes a technique: everywhere, or in some regions, or in the places that the client names for a fact."""

    rule: str
    title: str
    because: tuple[str, ...]
    everywhere: bool
    regions: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """That a complaint is served by a protocol for a type of condition."""

    complaint: str
    condition: Condition
    protocol: str


def exclusions_of(technique: Technique, knowledge: Knowledge) -> tuple[Exclusion, ...]:
    """The rules that exclude a technique by its id, a tag or one that it is like, heaviest first, each with the names that match.

    Rules that stop everything and places where no work is done at all bar every technique and are not repeated here.
    """
    names = (technique.id, *technique.tags, *technique.like)
    found = (_exclusion(knowledge.rule[rule], names) for rule in knowledge.rule_index.rank)
    return tuple(exclusion for exclusion in found if exclusion is not None)


def _exclusion(rule: Rule, names: tuple[str, ...]) -> Exclusion | None:
    because = tuple(name for name in names if name in names_excluded(rule))
    if not because:
        return None
    everywhere = not set(because).isdisjoint(rule.excludes)
    blocks = [block for block in rule.at if not set(because).isdisjoint(block.excludes)]
    return Exclusion(
        rule=rule.id,
        title=rule.title,
        because=because,
        everywhere=everywhere,
        regions=() if everywhere else tuple(dict.fromkeys(region for block in blocks for region in block.regions)),
        where=() if everywhere else tuple(dict.fromkeys(block.where for block in blocks if block.where is not None)),
    )


def caps_below(technique: Technique, knowledge: Knowledge) -> tuple[Rule, ...]:
    """The rules whose cap everywhere is lighter than a technique can work, heaviest first."""
    rules = (knowledge.rule[rule] for rule in knowledge.rule_index.rank)
    return tuple(rule for rule in rules if rule.pressure_max is not None and rule.pressure_max < technique.pressure.min)


def protocols_with(technique: str, knowledge: Knowledge) -> tuple[Protocol, ...]:
    """The protocols that draw on a technique."""
    return tuple(protocol for protocol in knowledge.protocols if technique in protocol.techniques)


def protocols_measured_by(measure: str, knowledge: Knowledge) -> tuple[Protocol, ...]:
    """The protocols that use an outcome measure."""
    return tuple(protocol for protocol in knowledge.protocols if measure in protocol.measures)


def uses_of(protocol: str, knowledge: Knowledge) -> tuple[Use, ...]:
    """The complaints that a protocol serves, with the condition."""
    return tuple(use for complaint in knowledge.complaints for use in uses_by(complaint) if use.protocol == protocol)


def uses_by(complaint: Complaint) -> tuple[Use, ...]:
    """The protocols that serve a complaint, by condition."""
    return tuple(Use(complaint=complaint.id, condition=condition, protocol=protocol) for condition, protocol in complaint.protocols.items())


def rules_asking(fact: str, knowledge: Knowledge) -> tuple[Rule, ...]:
    """The rules that test the answer to a question."""
    return tuple(rule for rule in knowledge.rules if any(criterion.fact == fact for group in rule.when for criterion in group))


def source_keys_of(entry: Entry) -> tuple[str, ...]:
    """The keys of the sources that an entry names, in its order; a source names itself."""
    match entry.value:
        case Technique() as technique:
            return tuple(dict.fromkeys(key for indication in technique.indication for key in indication.sources))
        case Source() as source:
            return (source.key,)
        case Complaint():
            return ()
        case Protocol() as protocol:
            return tuple(dict.fromkeys((*protocol.sources, *(exception.source for exception in protocol.exceptions))))
        case _:
            return entry.value.sources


def citing(source: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    """The entries that name a source."""
    others = (entry for entry in all_entries(knowledge) if entry.kind is not Kind.SOURCES)
    return tuple(entry for entry in others if source in source_keys_of(entry))
