"""`massage catalog`: what is known, to look up."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from massage_cli.files.inert import json_text
from massage_cli.knowledge.catalog.entries import Entry, Kind, all_entries, entries_called
from massage_cli.knowledge.catalog.evidence import EvidenceTable, at_least, evidence_tables, tables_about
from massage_cli.knowledge.catalog.filters import kinds_for, listed
from massage_cli.knowledge.catalog.relations import (
    citing,
    exclusions_of,
    protocols_measured_by,
    protocols_with,
    rules_asking,
    source_keys_of,
    uses_by,
    uses_of,
)
from massage_cli.knowledge.catalog.search import near_words, search, words_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable, near_ones, not_one_of, quoted
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from massage_cli.knowledge.vocabulary import Certainty
from massage_cli.terminal.commands.input import refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def list_entries(kind: Kind | None, filters: Mapping[str, Any], *, as_json: bool, own: str | None = None) -> ExitCode:
    """List the entries of a kind, or of every kind that the filters are for; without either, say how many there are."""
    knowledge = knowledge_in_use(own)
    try:
        kinds = _kinds(kind, filters)
        checked = _checked(filters, knowledge)
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    lists = [(one, listed(one, checked, knowledge)) for one in kinds]
    if as_json:
        tables = [{"kind": one, "count": len(entries), "entries": [_plain(entry) for entry in entries]} for one, entries in lists]
        return _write({"kinds": tables}, knowledge)
    from massage_cli.terminal.display.catalog.lists import show_lists, show_overview

    if kind is None and not filters:
        show_overview(knowledge)
    else:
        show_lists(lists, knowledge)
    return ExitCode.DONE


def search_entries(asked: Sequence[str], *, kind: Kind | None, all_: bool, as_json: bool, own: str | None = None) -> ExitCode:
    """Show what holds all the words, or else what holds words near them; that nothing is found is said, and no fault."""
    knowledge = knowledge_in_use(own)
    wanted = tuple(word for text in asked for word in words_of(text))
    if not wanted:
        return refuse(Unreadable([Problem(file="WORDS", path="", message="hold no letter and no figure to look for")]), as_json=as_json)
    found, near = search(wanted, knowledge), None
    if not found:
        near = near_words(wanted, knowledge)
        found = () if near is None else search(near, knowledge)
    found = tuple(one for one in found if kind in (None, one.entry.kind))
    near = near if found else None
    if as_json:
        hits = [{**_named(one.entry), "found-as": one.label or "name", "text": one.text or one.entry.name} for one in found]
        return _write({"words": wanted, "near": near, "found": hits}, knowledge)
    from massage_cli.terminal.display.catalog.lists import show_found

    show_found(" ".join(asked), found, near, knowledge, all_=all_)
    return ExitCode.DONE


def show_entry(id_: str, *, as_json: bool, own: str | None = None) -> ExitCode:
    """Show the entries with an id; an unknown one is refused with near ones."""
    knowledge = knowledge_in_use(own)
    entries = entries_called(id_, knowledge)
    if not entries:
        return refuse(_unknown(id_, knowledge), as_json=as_json)
    if as_json:
        pages = [
            {**_plain(entry), "related": _related(entry, knowledge), "sources": _sources(source_keys_of(entry), knowledge)}
            for entry in entries
        ]
        return _write({"entries": pages}, knowledge)
    from massage_cli.terminal.display.catalog.pages import show_entries

    show_entries(entries, knowledge)
    return ExitCode.DONE


def show_evidence_of(about: str | None, *, certainty: Certainty | None, as_json: bool, own: str | None = None) -> ExitCode:
    """Show the evidence of everything, or of one complaint, protocol or technique."""
    knowledge = knowledge_in_use(own)
    tables = evidence_tables(knowledge)
    if about is not None:
        tables = tables_about(about.lower(), tables)
        if not tables and about.lower() not in knowledge.technique:
            return refuse(_no_evidence(about, knowledge), as_json=as_json)
    if certainty is not None:
        tables = at_least(certainty, tables)
    if as_json:
        keys = (key for table in tables for row in table.rows for key in row.sources)
        return _write({"evidence": [_table(table) for table in tables], "sources": _sources(dict.fromkeys(keys), knowledge)}, knowledge)
    from massage_cli.terminal.display.catalog.evidence import show_evidence

    show_evidence(tables, knowledge)
    return ExitCode.DONE


def _kinds(kind: Kind | None, filters: Mapping[str, Any]) -> tuple[Kind, ...]:
    """The kinds to list. Raises Unreadable where a filter is not for the kind, or no kind takes them all."""
    problems = [
        Problem(file=f"--{name}", path="", value=kind, message=f"is for {' and '.join(kinds_for(name))}, not for {kind}")
        for name in filters
        if kind is not None and kind not in kinds_for(name)
    ]
    fitting = tuple(one for one in Kind if kind in (None, one) and all(one in kinds_for(name) for name in filters))
    if not fitting and not problems:
        told = ", ".join(f"--{name} is for {' and '.join(kinds_for(name))}" for name in filters)
        problems.append(Problem(file="filters", path="", message=f"no kind takes them all: {told}"))
    if problems:
        raise Unreadable(problems)
    return fitting


def _checked(filters: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """The filters as they are compared: a sided region as its region. Raises Unreadable with every word that is not known."""
    body = knowledge.body
    allowed = {
        "tag": {tag.id: tag.id for tag in knowledge.tags},
        "region": {region.id: region.id for region in knowledge.regions} | body.region_of,
        "tier": {
            tier: tier for tier in sorted({rule.tier for rule in knowledge.rules} | {one.tier for one in knowledge.sources if one.tier})
        },
    }
    words = {name: wanted for name, wanted in filters.items() if name in allowed}
    folded = {name: wanted.upper() if name == "tier" else wanted.lower() for name, wanted in words.items()}
    problems = [
        Problem(file=f"--{name}", path="", value=words[name], message=not_one_of(words[name], allowed[name], what=f"a {name}"))
        for name in words
        if folded[name] not in allowed[name]
    ]
    if problems:
        raise Unreadable(problems)
    return {**filters, **{name: allowed[name][wanted] for name, wanted in folded.items()}}


def _unknown(id_: str, knowledge: Knowledge) -> Unreadable:
    """That no entry has an id: what else it is the id of, else the near ones."""
    entries = all_entries(knowledge)
    if any(tag.id == id_ for tag in knowledge.tags):
        return _refused(id_, f"{quoted(id_)} is a tag: massage catalog list --tag {id_}")
    if id_ in knowledge.fact:
        asking = ", ".join(rule.id for rule in rules_asking(id_, knowledge))
        return _refused(id_, f"{quoted(id_)} is a question; the rules that ask it: {asking or 'none by itself'}")
    if id_ in knowledge.body.region_names:
        return _refused(id_, f"{quoted(id_)} is a region: massage catalog list --region {id_}")
    near = near_ones(id_, [entry.id for entry in entries])
    advice = f"; near it: {', '.join(near)}" if near else ""
    return _refused(id_, f"{quoted(id_)} is not in the catalog{advice}. Look for it with: massage catalog search WORDS")


def _no_evidence(about: str, knowledge: Knowledge) -> Unreadable:
    asked = [*knowledge.complaint, *knowledge.protocol, *knowledge.technique]
    near = near_ones(about, asked)
    advice = f"; near it: {', '.join(near)}" if near else ""
    return _refused(about, f"{quoted(about)} is no complaint, protocol or technique{advice}")


def _refused(value: str, message: str) -> Unreadable:
    return Unreadable([Problem(file="ID", path="", value=value, message=message)])


def _write(table: dict[str, Any], knowledge: Knowledge) -> ExitCode:
    """Write the answer as JSON, with what it was taken from."""
    write_data(
        json_text({"edition": knowledge.edition.edition, "knowledge-digest": knowledge.digest, "reviewed-by-clinician": False, **table})
    )
    return ExitCode.DONE


def _named(entry: Entry) -> dict[str, Any]:
    return {"kind": entry.kind.one, "id": entry.id, "name": entry.name}


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry by its name, with its keys as they stand in the knowledge."""
    return {**_named(entry), "entry": entry.value}


def _sources(keys: Any, knowledge: Knowledge) -> list[Source]:
    return [knowledge.source[key] for key in keys]


def _table(table: EvidenceTable) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(table)
    return plain


def _related(entry: Entry, knowledge: Knowledge) -> dict[str, Any]:
    """What hangs together with an entry, by ids."""
    match entry.value:
        case Technique() as technique:
            protocols = [protocol.id for protocol in protocols_with(technique.id, knowledge)]
            return {"excluded-by": exclusions_of(technique, knowledge), "planned-by": protocols}
        case Rule() as rule:
            named = dict.fromkeys((*rule.excludes, *(name for block in rule.at for name in block.excludes)))
            return {"excludes": {name: knowledge.techniques_named[name] for name in named}}
        case Protocol() as protocol:
            tables = tables_about(protocol.id, evidence_tables(knowledge))
            return {"complaints": uses_of(protocol.id, knowledge), "evidence": [_table(table) for table in tables]}
        case Complaint() as complaint:
            return {"served-by": uses_by(complaint)}
        case Measure() as measure:
            return {"used-by": [protocol.id for protocol in protocols_measured_by(measure.id, knowledge)]}
        case Source() as source:
            return {"named-by": [_named(one) for one in citing(source.key, knowledge)]}
