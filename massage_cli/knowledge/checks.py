"""What has to hold across the knowledge files: ids, references, criteria, ranges, gates without cycles, sources."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from massage_cli.knowledge import named
from massage_cli.knowledge.check_claims import check_claims
from massage_cli.knowledge.check_criteria import check_gates, check_rule_criteria
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, not_one_of
from massage_cli.knowledge.protocols import Phase, Protocol
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Category, Certainty, Condition, Direction, FactKind, Goal, LiftedBy

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LABEL_LENGTH = 60
_BINARY_EXACT = 1024
"""Factors are compared as binary numbers, so each must be a whole number of 1024ths: halves and quarters are."""


def check(knowledge: Knowledge) -> tuple[Problem, ...]:
    """Every problem across the files; nothing when the knowledge is sound."""
    return (
        *_ids(knowledge),
        *_sources(knowledge),
        *_places(knowledge),
        *_facts(knowledge),
        *check_gates(knowledge),
        *check_rule_criteria(knowledge),
        *_rules(knowledge),
        *_techniques(knowledge),
        *_complaints(knowledge),
        *_protocols(knowledge),
        *_numbers(knowledge),
        *_measures_and_advice(knowledge),
        *_named(knowledge),
        *check_claims(knowledge),
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
    ):
        for name in wanted:
            if name not in there:
                yield Problem(file=file, path=f"{kind}.{name}", message="is missing; planning goes by this id")


def _missing(file: str, path: str, names: Iterable[str], allowed: Iterable[str], *, what: str) -> Iterator[Problem]:
    choices = frozenset(allowed)
    for name in names:
        if name not in choices:
            yield Problem(file=file, path=path, value=name, message=not_one_of(name, sorted(choices), what=what))


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
        yield from _missing(file, path, sources, knowledge.source, what="a source")


def _places(knowledge: Knowledge) -> Iterator[Problem]:
    regions = tuple(region.id for region in knowledge.regions)
    for site in knowledge.sites:
        path = f"site.{site.id}"
        yield from _missing("regions.toml", f"{path}.region", [site.region], regions, what="a region")
        yield from _missing("regions.toml", f"{path}.excludes", site.excludes, knowledge.techniques_named, what="a tag or technique")
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
        yield from _missing("facts.toml", f"{path}.group", [fact.group], groups, what="a group")
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
        yield from _missing(file, f"{path}.excludes", rule.excludes, knowledge.techniques_named, what="a tag or technique")
        for index, block in enumerate(rule.at):
            here = f"{path}.at[{index}]"
            if bool(block.regions) == (block.where is not None):
                yield Problem(file=file, path=here, message="needs either regions or where")
            if not (block.excludes or block.avoid or block.pressure_max is not None):
                yield Problem(file=file, path=here, message="limits nothing")
            yield from _missing(file, f"{here}.regions", block.regions, knowledge.body.places_of, what="a region or site")
            yield from _missing(file, f"{here}.excludes", block.excludes, knowledge.techniques_named, what="a tag or technique")
            if block.where is not None:
                yield from _missing(file, f"{here}.where", [block.where], with_place, what="a fact that asks where")


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
        yield from _missing(file, f"{path}.tags", technique.tags, tags, what="a tag")
        yield from _missing(file, f"{path}.regions", technique.regions, regions, what="a region")
        if set(technique.goals) != set(Goal):
            yield Problem(file=file, path=f"{path}.goals", message="does not rate every goal")
        if technique.pressure.min > technique.pressure.max:
            yield Problem(file=file, path=f"{path}.pressure", message="min is above max")
        if not technique.minutes.min <= technique.minutes.typical <= technique.minutes.max:
            yield Problem(file=file, path=f"{path}.minutes", message="min, typical and max do not rise")
        served = [indication.for_ for indication in technique.indication]
        if len(set(served)) != len(served):
            yield Problem(file=file, path=f"{path}.indication", message="rates the same thing twice")


def _complaints(knowledge: Knowledge) -> Iterator[Problem]:
    file = "complaints.toml"
    regions = (*(region.id for region in knowledge.regions), "whole-body")
    for complaint in knowledge.complaints:
        path = f"complaint.{complaint.id}"
        yield from _missing(file, f"{path}.regions", complaint.regions, regions, what="a region")
        yield from _missing(file, f"{path}.needs", complaint.needs, knowledge.fact, what="a fact")
        yield from _missing(file, f"{path}.protocols", complaint.protocols.values(), knowledge.protocol, what="a protocol")
        for condition, protocol_id in complaint.protocols.items():
            protocol = knowledge.protocol.get(protocol_id)
            if protocol is not None and condition not in protocol.conditions:
                yield Problem(file=file, path=f"{path}.protocols.{condition}", message=f"'{protocol_id}' is not for this condition")
    other = knowledge.complaint.get("other")
    if other is None or set(other.protocols) != set(Condition):
        yield Problem(file=file, path="complaint.other", message="must name a general protocol for every condition")


def _protocols(knowledge: Knowledge) -> Iterator[Problem]:
    file = "protocols.toml"
    cleared_rules = tuple(rule.id for rule in knowledge.rules if rule.clearance is LiftedBy.LIFTS_STOP)
    for protocol in knowledge.protocols:
        path = f"protocol.{protocol.id}"
        yield from _missing(file, f"{path}.techniques", protocol.techniques, knowledge.technique, what="a technique")
        yield from _missing(file, f"{path}.measures", protocol.measures, knowledge.measure, what="a measure")
        yield from _missing(file, f"{path}.cleared-by", protocol.cleared_by, cleared_rules, what="a rule that a clearance lifts")
        if protocol.evidence_from is not None:
            yield from _missing(file, f"{path}.evidence-from", [protocol.evidence_from], knowledge.protocol, what="a protocol")
        yield from (Problem(file=file, path=path, message=message) for message in _protocol_form(protocol))


def _protocol_form(protocol: Protocol) -> Iterator[str]:
    if not protocol.phase or not protocol.techniques or not protocol.conditions:
        yield "needs a phase, a technique and a condition"
    if sum(phase.sessions for phase in protocol.phase) != protocol.sessions_total:
        yield "sessions-total is not the sum of its phases"
    if protocol.stop_after > protocol.sessions_total:
        yield "stop-after lies beyond the last visit"
    reviews = protocol.review_visits
    if list(reviews) != sorted(set(reviews)) or any(visit > protocol.sessions_total for visit in reviews):
        yield "review-visits do not rise, or lie beyond the last visit"
    if len(set(protocol.techniques)) != len(protocol.techniques):
        yield "a technique stands twice"
    if protocol.maintenance.offer != (protocol.maintenance.interval_days > 0):
        yield "maintenance is offered without an interval, or has an interval without being offered"
    yield from _phase_form(protocol.phase)


def _phase_form(phases: tuple[Phase, ...]) -> Iterator[str]:
    names = [phase.name for phase in phases]
    if len(set(names)) != len(names):
        yield "two phases have one name"
    for phase in phases:
        if not phase.gap_days:
            yield f"phase {phase.name} has no gap-days"
        if not phase.minutes.min <= phase.minutes.typical <= phase.minutes.max:
            yield f"the minutes of phase {phase.name} do not rise"
        if not phase.sessions_range[0] <= phase.sessions <= phase.sessions_range[1]:
            yield f"the sessions of phase {phase.name} are outside their range"
    pace = [7 * len(phase.gap_days) / sum(phase.gap_days) for phase in phases if phase.gap_days]
    if any(later > earlier for earlier, later in pairwise(pace)):
        yield "visits a week rise from one phase to the next"


def _numbers(knowledge: Knowledge) -> Iterator[Problem]:
    numbers = knowledge.numbers
    referred: dict[str, tuple[Iterable[str], Iterable[str], str]] = {
        "short-by-nature": (numbers.short_by_nature, knowledge.technique, "a technique"),
        "choosing.intensive-never-with": (numbers.choosing.intensive_never_with, knowledge.rule, "a rule"),
    }
    for path, (names, allowed, what) in referred.items():
        yield from _missing("planning.toml", path, names, allowed, what=what)
    for path, message in (*_session_tables(numbers), *_scores(numbers)):
        yield Problem(file="planning.toml", path=path, message=message)


def _session_tables(numbers: Numbers) -> Iterator[tuple[str, str]]:
    for split in numbers.session_split:
        if split.assess + split.warm_up + split.main + split.integrate + split.close != split.minutes:
            yield "session-split", f"the parts of {split.minutes} minutes do not add up"
    lengths = [split.minutes for split in numbers.session_split]
    steps = [row.up_to for row in numbers.techniques_by_minutes]
    if not lengths or lengths != sorted(set(lengths)):
        yield "session-split", "the minutes do not rise"
    if not steps or steps != sorted(set(steps)):
        yield "techniques-by-minutes", "the minutes do not rise"
    for index, shares in enumerate(numbers.main_block_shares):
        if len(shares) != index + 1 or sum(shares) != 100:
            yield f"main-block-shares[{index}]", f"are not {index + 1} shares of 100 in all"
    if any(row.techniques > len(numbers.main_block_shares) for row in numbers.techniques_by_minutes):
        yield "techniques-by-minutes", "takes more techniques than there are shares for"


def _scores(numbers: Numbers) -> Iterator[tuple[str, str]]:
    if set(numbers.evidence_scores) != set(Certainty):
        yield "evidence-scores", "does not rate every certainty"
    if set(numbers.direction_factors) != set(Direction):
        yield "direction-factors", "does not rate every direction"
    for direction, factor in numbers.direction_factors.items():
        if not (factor * _BINARY_EXACT).is_integer():
            yield f"direction-factors.{direction}", "cannot be counted with exactly; use halves or quarters"
    if not numbers.calendar.default_weekdays:
        yield "calendar.default-weekdays", "is empty"


def _measures_and_advice(knowledge: Knowledge) -> Iterator[Problem]:
    for measure in knowledge.measures:
        if measure.range[0] >= measure.range[1]:
            yield Problem(file="measures.toml", path=f"measure.{measure.id}.range", message="does not rise")
    for advice in knowledge.advice:
        path = f"advice.{advice.id}"
        yield from _missing("advice.toml", f"{path}.protocols", advice.protocols, knowledge.protocol, what="a protocol")
        if advice.always == bool(advice.protocols):
            yield Problem(file="advice.toml", path=path, message="is either for everybody or for the protocols it names")
