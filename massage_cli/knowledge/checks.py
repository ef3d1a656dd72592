"""What has to hold across the knowledge files: ids, references, criteria, ranges, gates without cycles, sources."""

import re
from collections.abc import Iterator

from massage_cli.knowledge import named
from massage_cli.knowledge.check_claims import check_claims
from massage_cli.knowledge.check_courses import check_complaints, check_protocols
from massage_cli.knowledge.check_criteria import check_gates, check_rule_criteria
from massage_cli.knowledge.check_numbers import check_numbers
from massage_cli.knowledge.check_references import missing
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Category, FactKind, Goal, LiftedBy

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LABEL_LENGTH = 60


def check(knowledge: Knowledge) -> tuple[Problem, ...]:
    """Every problem across the files; nothing when the knowledge is sound."""
    return (*check_entries(knowledge), *check_claims(knowledge))


def check_entries(knowledge: Knowledge) -> tuple[Problem, ...]:
    """Every problem across the files but the claims that their texts make."""
    return (
        *_ids(knowledge),
        *_sources(knowledge),
        *_places(knowledge),
        *_facts(knowledge),
        *check_gates(knowledge),
        *check_rule_criteria(knowledge),
        *_rules(knowledge),
        *_techniques(knowledge),
        *check_complaints(knowledge),
        *check_protocols(knowledge),
        *check_numbers(knowledge),
        *_measures_and_advice(knowledge),
        *_named(knowledge),
    )


def _ids(knowledge: Knowledge) -> Iterator[Problem]:
    by_kind = (
        ("regions.toml", "region", [region.id for region in knowledge.regions] + [site.id for site in knowledge.sites]),
        ("facts.toml", "group", [group.id for group in knowledge.groups]),
        ("facts.toml", "fact", [fact.id for fact in knowledge.facts]),
        (
            "contraindications.toml",
            "rule",
            [rule.id for rule in knowledge.rules] + [protocol.id for protocol in knowledge.protocols if protocol.needs_clearance],
        ),
        ("techniques.toml", "technique", [tag.id for tag in knowledge.tags] + [technique.id for technique in knowledge.techniques]),
        ("complaints.toml", "complaint", [complaint.id for complaint in knowledge.complaints]),
        ("protocols.toml", "protocol", [protocol.id for protocol in knowledge.protocols]),
        ("measures.toml", "measure", [measure.id for measure in knowledge.measures]),
        ("advice.toml", "advice", [advice.id for advice in knowledge.advice]),
        ("claims.toml", "claim", [claim.id for claim in knowledge.claims]),
    )
    for file, kind, ids in by_kind:
        seen: set[str] = set()
        for name in ids:
            if not _ID.match(name):
                yield Problem(file=file, path=f"{kind}.{name}", message="is not a kebab-case id")
            if name in seen:
                yield Problem(file=file, path=f"{kind}.{name}", message="stands twice")
            seen.add(name)
    keys = [source.key for source in knowledge.sources]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem(file="sources.toml", path=f"source.{key}", message="stands twice")


def _named(knowledge: Knowledge) -> Iterator[Problem]:
    for file, kind, wanted, there in (
        ("complaints.toml", "complaint", named.COMPLAINTS, knowledge.complaint),
        ("protocols.toml", "protocol", named.PROTOCOLS, knowledge.protocol),
        ("contraindications.toml", "rule", named.RULES, knowledge.rule),
        ("techniques.toml", "technique", named.TECHNIQUES, knowledge.technique),
        ("measures.toml", "measure", named.MEASURES, knowledge.measure),
    ):
        for name in wanted:
            if name not in there:
                yield Problem(file=file, path=f"{kind}.{name}", message="is missing; planning goes by this id")


def _sources(knowledge: Knowledge) -> Iterator[Problem]:
    cited: list[tuple[str, str, tuple[str, ...]]] = [
        *(("regions.toml", f"site.{site.id}.sources", site.sources) for site in knowledge.sites),
        *(("contraindications.toml", f"rule.{rule.id}.sources", rule.sources) for rule in knowledge.rules),
        *(("protocols.toml", f"protocol.{protocol.id}.sources", protocol.sources) for protocol in knowledge.protocols),
        *(("measures.toml", f"measure.{measure.id}.sources", measure.sources) for measure in knowledge.measures),
        *(("advice.toml", f"advice.{advice.id}.sources", advice.sources) for advice in knowledge.advice),
        *(("claims.toml", f"claim.{claim.id}.sources", claim.sources) for claim in knowledge.claims),
        *(
            ("techniques.toml", f"technique.{technique.id}.indication.{indication.for_}.sources", indication.sources)
            for technique in knowledge.techniques
            for indication in technique.indication
        ),
        *(
            ("protocols.toml", f"protocol.{protocol.id}.exceptions.source", (exception.source,))
            for protocol in knowledge.protocols
            for exception in protocol.exceptions
        ),
    ]
    unchecked = {f"measure.{measure.id}.sources" for measure in knowledge.measures if not measure.checked}
    for file, path, sources in cited:
        if not sources and path not in unchecked:
            yield Problem(file=file, path=path, message="names no source")
        yield from missing(file, path, sources, knowledge.source, what="a source")


def _places(knowledge: Knowledge) -> Iterator[Problem]:
    regions = tuple(region.id for region in knowledge.regions)
    for site in knowledge.sites:
        path = f"site.{site.id}"
        yield from missing("regions.toml", f"{path}.region", [site.region], regions, what="a region")
        yield from missing("regions.toml", f"{path}.excludes", site.excludes, knowledge.techniques_named, what="a tag or technique")
        blocks = [block for rule in knowledge.rules if rule.standing for block in rule.at if site.id in block.regions]
        excluded = {name for block in blocks for name in block.excludes}
        if excluded != set(site.excludes) or any(block.avoid for block in blocks) != site.avoid:
            yield Problem(file="regions.toml", path=path, message="does not agree with the standing rule for this site")
    for region in knowledge.regions:
        if region.limb is not None and not region.paired:
            yield Problem(file="regions.toml", path=f"region.{region.id}.limb", message="a region on a limb has two sides")
    limbs = [region.limb for region in knowledge.regions]
    for limb in {limb for limb in limbs if limb is not None}:
        first, count = limbs.index(limb), limbs.count(limb)
        if limbs[first : first + count] != [limb] * count:
            yield Problem(
                file="regions.toml", path=f"region.{regions[first]}.limb", message=f"the regions of the {limb} do not follow each other"
            )


def _facts(knowledge: Knowledge) -> Iterator[Problem]:
    groups = tuple(group.id for group in knowledge.groups)
    for fact in knowledge.facts:
        path = f"fact.{fact.id}"
        yield from missing("facts.toml", f"{path}.group", [fact.group], groups, what="a group")
        if len(fact.label) > _LABEL_LENGTH:
            yield Problem(file="facts.toml", path=f"{path}.label", message=f"is longer than {_LABEL_LENGTH} characters")
        yield from (Problem(file="facts.toml", path=path, message=message) for message in _fact_form(fact))


def _fact_form(fact: Fact) -> Iterator[str]:
    if (fact.kind is FactKind.CHOICE) != bool(fact.choices):
        yield "choices belong to facts of kind choice, and each of these needs some"
    if len(set(fact.choices)) != len(fact.choices):
        yield "a choice stands twice"
    if "unsure" in fact.choices:
        yield "unsure can always be answered, and is no name for a choice"
    bounds = (fact.min, fact.max)
    if (fact.kind is FactKind.NUMBER) != (None not in bounds) or (fact.kind is not FactKind.NUMBER and bounds != (None, None)):
        yield "min and max belong to facts of kind number, and each of these needs both"
    elif fact.min is not None and fact.max is not None and fact.min >= fact.max:
        yield "min is not below max"
    if fact.optional and fact.kind is not FactKind.NUMBER:
        yield "only a number may be optional"
    if fact.where and fact.kind is not FactKind.YES_NO:
        yield "only a yes-no fact may ask where"


def _rules(knowledge: Knowledge) -> Iterator[Problem]:
    file = "contraindications.toml"
    with_place = (*(fact.id for fact in knowledge.facts if fact.where), "regions")
    for rule in knowledge.rules:
        path = f"rule.{rule.id}"
        yield from (Problem(file=file, path=path, message=message) for message in _rule_form(rule))
        yield from missing(file, f"{path}.excludes", rule.excludes, knowledge.techniques_named, what="a tag or technique")
        for index, block in enumerate(rule.at):
            here = f"{path}.at[{index}]"
            if bool(block.regions) == (block.where is not None):
                yield Problem(file=file, path=here, message="needs either regions or where")
            if not (block.excludes or block.avoid or block.pressure_max is not None):
                yield Problem(file=file, path=here, message="limits nothing")
            yield from missing(file, f"{here}.regions", block.regions, knowledge.body.places_of, what="a region or site")
            yield from missing(file, f"{here}.excludes", block.excludes, knowledge.techniques_named, what="a tag or technique")
            if block.where is not None:
                yield from missing(file, f"{here}.where", [block.where], with_place, what="a fact that asks where")


def _rule_form(rule: Rule) -> Iterator[str]:
    if (rule.category in (Category.RED_FLAG, Category.ABSOLUTE)) != (rule.urgency is not None):
        yield "an urgency belongs to red flags and absolute rules, and each of these needs one"
    if (rule.category is Category.CLEARANCE) != (rule.clearance is LiftedBy.LIFTS_STOP):
        yield "a clearance lifts the stop of clearance rules, and of no others"
    if (rule.clearance is LiftedBy.LIFTS_STOP) != (rule.clearance_valid_days > 0):
        yield "clearance-valid-days belongs to rules that a clearance lifts, and each of these needs it"
    if not (rule.title.strip() and rule.reason.strip() and rule.action.strip()):
        yield "needs a title, a reason and an action"
    if not rule.when:
        yield "can never hold: when is empty"
    if rule.standing and (rule.category in (Category.RED_FLAG, Category.ABSOLUTE, Category.CLEARANCE) or len(rule.when) > 1):
        yield "a standing rule cannot stop anybody, and holds without criteria"
    if rule.standing and any(block.where is not None for block in rule.at):
        yield "a standing rule holds in fixed places, not in places that a client names"


def _techniques(knowledge: Knowledge) -> Iterator[Problem]:
    file = "techniques.toml"
    tags = tuple(tag.id for tag in knowledge.tags)
    regions = (*(region.id for region in knowledge.regions), "whole-body")
    for technique in knowledge.techniques:
        path = f"technique.{technique.id}"
        if not technique.tags:
            yield Problem(file=file, path=f"{path}.tags", message="carries no tag, so no rule could exclude what it does")
        if not technique.regions:
            yield Problem(file=file, path=f"{path}.regions", message="is used nowhere")
        yield from missing(file, f"{path}.tags", technique.tags, tags, what="a tag")
        yield from missing(file, f"{path}.regions", technique.regions, regions, what="a region")
        yield from missing(file, f"{path}.like", technique.like, knowledge.technique, what="a technique")
        if set(technique.goals) != set(Goal):
            yield Problem(file=file, path=f"{path}.goals", message="does not rate every goal")
        if technique.pressure.min > technique.pressure.max:
            yield Problem(file=file, path=f"{path}.pressure", message="min is above max")
        if not technique.minutes.min <= technique.minutes.typical <= technique.minutes.max:
            yield Problem(file=file, path=f"{path}.minutes", message="min, typical and max do not rise")
        served = [indication.for_ for indication in technique.indication]
        if len(set(served)) != len(served):
            yield Problem(file=file, path=f"{path}.indication", message="rates the same thing twice")


def _measures_and_advice(knowledge: Knowledge) -> Iterator[Problem]:
    for measure in knowledge.measures:
        if measure.range[0] >= measure.range[1]:
            yield Problem(file="measures.toml", path=f"measure.{measure.id}.range", message="does not rise")
    for advice in knowledge.advice:
        path = f"advice.{advice.id}"
        yield from missing("advice.toml", f"{path}.protocols", advice.protocols, knowledge.protocol, what="a protocol")
        if advice.always == bool(advice.protocols):
            yield Problem(file="advice.toml", path=path, message="is either for everybody or for the protocols it names")
