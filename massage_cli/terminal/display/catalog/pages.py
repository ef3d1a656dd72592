"""The page of an entry: everything that is known of it."""

from collections.abc import Sequence

from massage_cli.knowledge.catalog.entries import Entry
from massage_cli.knowledge.catalog.relations import citing, protocols_measured_by, source_keys_of, uses_by
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.catalog.protocol_page import draw_protocol
from massage_cli.terminal.display.catalog.rule_page import draw_rule
from massage_cli.terminal.display.catalog.sources import checked_words, draw_end, draw_sources, tier_words
from massage_cli.terminal.display.catalog.technique_page import draw_technique
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish


def show_entries(entries: Sequence[Entry], knowledge: Knowledge) -> None:
    """Write the page of each entry to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    for number, entry in enumerate(entries):
        if number:
            paper.blank()
        _draw(entry, knowledge, paper)
    draw_end(knowledge, paper)
    publish(paper)


def _draw(entry: Entry, knowledge: Knowledge, paper: Paper) -> None:
    title = entry.id if isinstance(entry.value, Source) else entry.name
    paper.line((title.upper(), "bold"), f"  {entry.kind.one}" + ("" if title == entry.id else f" {entry.id}"))
    match entry.value:
        case Technique() as technique:
            draw_technique(technique, knowledge, paper)
        case Rule() as rule:
            draw_rule(rule, knowledge, paper)
        case Protocol() as protocol:
            draw_protocol(protocol, knowledge, paper)
        case Complaint() as complaint:
            _draw_complaint(complaint, knowledge, paper)
        case Measure() as measure:
            _draw_measure(measure, knowledge, paper)
        case Source() as source:
            _draw_source(source, knowledge, paper)
            return
    draw_sources(source_keys_of(entry), knowledge, paper)


def _draw_complaint(complaint: Complaint, knowledge: Knowledge, paper: Paper) -> None:
    paper.rows(
        [
            ("Also called", ", ".join(complaint.synonyms) or "nothing else"),
            ("Usually on", words.places(complaint.regions) or "no place of its own"),
            *([("Asked of", f"clients with one of these: {', '.join(complaint.needs)}")] if complaint.needs else []),
        ]
    )
    paper.heading("Served by")
    uses = uses_by(complaint)
    paper.table(
        ("condition", "protocol", "name"), [(spaced(use.condition), use.protocol, knowledge.protocol[use.protocol].name) for use in uses]
    )
    paper.line("For any other condition the general protocol is used, and the plan says so.", indent=2)
    paper.line(f"The evidence: massage catalog evidence {complaint.id}", indent=2)


def _draw_measure(measure: Measure, knowledge: Knowledge, paper: Paper) -> None:
    figures = (
        ("Counts from", measure.important_change, "points of change"),
        ("Counts from", measure.important_change_percent, "% of change"),
        ("Counts from", measure.important_change_migraine, "points of change in migraine"),
        ("Error up to", measure.detectable_change, "points may be chance"),
        ("Recovered", measure.recovered, "points or better"),
    )
    paper.rows(
        [
            ("Range", f"{measure.range[0]} to {measure.range[1]}; {measure.better} is better"),
            ("Studied in", measure.population),
            *((label, f"{figure:g} {unit}") for label, figure, unit in figures if figure is not None),
            ("Checked", checked_words(checked=measure.checked)),
        ]
    )
    paper.heading("Used by")
    using = protocols_measured_by(measure.id, knowledge)
    if using:
        paper.table(("protocol", "name"), [(protocol.id, protocol.name) for protocol in using])
    else:
        paper.line("No protocol.", indent=2)


def _draw_source(source: Source, knowledge: Knowledge, paper: Paper) -> None:
    paper.rows([("Citation", source.citation), ("Link", source.link or "none"), ("Read", source.read), ("Tier", tier_words(source.tier))])
    paper.heading("Named by")
    named = [(entry.kind.one, entry.id, entry.name) for entry in citing(source.key, knowledge)]
    others = [("may be said", "", claim.supported) for claim in knowledge.claims if source.key in claim.sources]
    others += [("advice", advice.id, advice.text) for advice in knowledge.advice if source.key in advice.sources]
    others += [("site", site.id, site.why) for site in knowledge.sites if source.key in site.sources]
    if named or others:
        paper.table(("kind", "id", "name"), [*named, *others])
    else:
        paper.line("Nothing in this edition.", indent=2)
