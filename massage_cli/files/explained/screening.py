"""Why the screening of a plan says what it says: limits, exclusions, open questions and notes; findings stand beside it."""

from collections.abc import Iterator

from msgspec.structs import replace

from massage_cli.files.explained.findings import explain_finding
from massage_cli.files.explained.lines import by_rules, line
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import ExclusionEntry
from massage_cli.planning.explaining.dose import capping_at
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import POSITION_WORDS, listed, spaced


def explain_screening(again: Replay) -> Iterator[Explanation]:
    """Every value under `screening`."""
    yield from _caps(again)
    yield from _places(again)
    yield from _how(again)
    yield from _open(again)
    for place, finding in enumerate(again.document.screening.findings):
        yield from explain_finding(f"screening.findings[{place}]", finding, again)
    for place, entry in enumerate(again.document.screening.exclusions):
        yield from _exclusion(f"screening.exclusions[{place}]", entry, again)


def _caps(again: Replay) -> Iterator[Explanation]:
    screening, basis = again.document.screening, again.basis
    level = screening.pressure_max
    rules = tuple(found.rule.id for found in basis.screening.findings if found.rule.pressure_max == level)
    because = "No finding caps the pressure of the whole session; what is planned has caps of its own."
    if level < NO_CAP:
        because = f"The lowest cap of all findings: {_titles(rules, again)}."
    cap = line(Topic.LIMITS, "screening.pressure-max", level, because, main=level < NO_CAP)
    yield by_rules(cap, rules if level < NO_CAP else (), basis)
    for where, cap_there in screening.pressure_max_at.items():
        rules = capping_at(where, cap_there, basis)
        because = f"The lowest cap for {spaced(where)}: {_titles(rules, again)}."
        yield by_rules(line(Topic.LIMITS, f"screening.pressure-max-at.{where}", cap_there, because), rules, basis)
    if screening.minutes_max is not None:
        rules = tuple(found.rule.id for found in basis.screening.findings if found.rule.minutes_max == screening.minutes_max)
        because = f"The shortest of all findings: {_titles(rules, again)}."
        yield by_rules(line(Topic.LIMITS, "screening.minutes-max", screening.minutes_max, because, main=True), rules, basis)


def _places(again: Replay) -> Iterator[Explanation]:
    screening, basis = again.document.screening, again.basis
    told = basis.told("regions")
    for place, where in enumerate(screening.avoid):
        rules = basis.screening.own_limits.avoided.get(where, ())
        because = f"No work there: {_titles(rules, again)}."
        yield by_rules(line(Topic.LIMITS, f"screening.avoid[{place}]", where, because, main=True), rules, basis)
    sites = {site.id: site for site in again.knowledge.sites}
    for place, where in enumerate(screening.caution_sites):
        site = sites.get(where)
        inside = "a region" if site is None else site.region
        why = [f"It lies in {spaced(inside)}, which was asked for; it is passed by for everybody."]
        why += [] if site is None else [site.why]
        sources = () if site is None else site.sources
        yield line(Topic.LIMITS, f"screening.caution-sites[{place}]", where, *why, answers=(told,), sources=sources)


def _how(again: Replay) -> Iterator[Explanation]:
    screening, basis = again.document.screening, again.basis
    for place, position in enumerate(screening.positions):
        rules = tuple(found.rule.id for found in basis.screening.findings if position in found.rule.positions)
        because = f"{POSITION_WORDS[position].capitalize()}, because of: {_titles(rules, again)}."
        yield by_rules(line(Topic.LIMITS, f"screening.positions[{place}]", position, because, main=True), rules, basis)
    for place, text in enumerate(screening.precautions):
        path = f"screening.precautions[{place}]"
        rules = tuple(found.rule.id for found in basis.screening.findings if text in found.rule.precautions)
        if rules:
            yield by_rules(line(Topic.LIMITS, path, text, f"It goes with {_titles(rules, again)}.", main=True), rules, basis)
            continue
        notes = [(number, note) for number, note in enumerate(basis.intake.clearances) if note.limits == text]
        told = tuple(Told(path=f"intake.clearances[{number}].limits", asked=f"limits of {note.by}", said=text) for number, note in notes)
        yield line(Topic.LIMITS, path, text, "A limit that was set with the agreement on record.", main=True, answers=told)


def _open(again: Replay) -> Iterator[Explanation]:
    for place, fact_id in enumerate(again.document.screening.unanswered):
        fact = again.knowledge.fact.get(fact_id)
        asked = "" if fact is None else f" {fact.ask}"
        because = f"It applies to this client and has no answer; a missing answer is never taken for a no.{asked}"
        lifted = "The answer that the client gives, whatever it is."
        path = f"screening.unanswered[{place}]"
        yield line(Topic.OUTCOME, path, fact_id, because, id=fact_id, main=True, answers=(again.basis.told(fact_id),), lifted_by=lifted)
    for place, unused in enumerate(again.document.screening.unused_clearances):
        path = f"screening.unused-clearances[{place}]"
        rule = again.knowledge.rule.get(unused.rule)
        days = 0 if rule is None else rule.clearance_valid_days
        why = {"expired": f"It is older than the {days} days that it holds for.", "not-needed": "Its rule is not found."}
        notes = [(number, note) for number, note in enumerate(again.basis.intake.clearances) if note.rule == unused.rule]
        told = tuple(
            Told(path=f"intake.clearances[{number}].on", asked=f"note for {note.rule}", said=str(note.on)) for number, note in notes
        )
        rules = {"rules": (unused.rule,), "answers": told}
        yield line(Topic.LIMITS, f"{path}.rule", unused.rule, "A note on record that does nothing.", main=True, **rules)
        yield line(Topic.LIMITS, f"{path}.why", unused.why, why.get(unused.why, "It does nothing."), **rules)


def _exclusion(path: str, entry: ExclusionEntry, again: Replay) -> Iterator[Explanation]:
    """A technique that is not free, with the names in the rules that take it out."""
    technique = again.knowledge.technique.get(entry.technique)
    name = spaced(entry.technique) if technique is None else technique.name
    where = listed(again.knowledge.body.merge(entry.regions)) if entry.regions else "everywhere"
    reasons = tuple(_by_what(rule, entry, again) for rule in entry.because)
    base = Explanation(path=path, topic=Topic.LIMITS, what=f"{name}: not used, {where}", because=reasons, id=entry.technique)
    base = by_rules(base, entry.because, again.basis)
    yield base
    yield replace(base, path=f"{path}.technique", what=f"technique: {entry.technique}")
    for place, region in enumerate(entry.regions):
        why = "One of the places that these rules take it out of."
        yield replace(base, path=f"{path}.regions[{place}]", what=f"region: {spaced(region)}", because=(why, *reasons))
    for place, rule in enumerate(entry.because):
        alone = Explanation(path=f"{path}.because[{place}]", topic=Topic.LIMITS, what=f"because: {rule}", because=(reasons[place],))
        yield by_rules(replace(alone, id=entry.technique), (rule,), again.basis)


def _by_what(rule_id: str, entry: ExclusionEntry, again: Replay) -> str:
    """What in a rule takes a technique out: its own name, or something that it does to tissue."""
    rule, technique = again.knowledge.rule.get(rule_id), again.knowledge.technique.get(entry.technique)
    if rule is None or technique is None:
        return f"{rule_id} excluded it in the edition that the plan was made with."
    names = rule.excludes if not entry.regions else tuple(name for block in rule.at for name in block.excludes)
    meanings = {tag.id: tag.meaning for tag in again.knowledge.tags}
    if technique.id in names:
        return f"{rule.title}: the rule names it."
    tags = [tag for tag in technique.tags if tag in names]
    does = "; ".join(f"'{tag}' ({meanings[tag][:1].lower()}{meanings[tag][1:]})" for tag in tags)
    return f"{rule.title}: the rule takes out what is {does}." if does else f"{rule.title}: the rule takes it out."


def _titles(rules: tuple[str, ...], again: Replay) -> str:
    known = [again.knowledge.rule[rule].title if rule in again.knowledge.rule else rule for rule in rules]
    return "; ".join(known) or "set by the edition that the plan was made with"
