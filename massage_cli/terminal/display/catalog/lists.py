"""Lists of entries, what a search has found, and how many entries there are."""

from collections.abc import Sequence
from itertools import groupby

from massage_cli.knowledge.catalog.entries import Entry, Kind, entries_of
from massage_cli.knowledge.catalog.search import Found
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.catalog.sources import draw_end
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish

MOST_FOUND = 10
"""So many entries of a kind a search shows unless all are wanted."""
_HEADERS = {
    Kind.TECHNIQUES: ("id", "technique", "pressure", "minutes", "extra training"),
    Kind.RULES: ("id", "rule", "category", "urgency"),
    Kind.PROTOCOLS: ("id", "protocol", "visits", "weeks", "certainty"),
    Kind.COMPLAINTS: ("id", "complaint", "usually on"),
    Kind.MEASURES: ("id", "measure", "range", "better"),
    Kind.SOURCES: ("id", "tier", "read", "citation"),
}


def show_overview(knowledge: Knowledge) -> None:
    """Write how many entries of each kind there are, and how to see them, to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    paper.line(("Catalog", "bold"), f"  knowledge {knowledge.edition.edition}")
    paper.columns([(str(len(entries_of(kind, knowledge))), kind.value) for kind in Kind], right=frozenset({0}))
    paper.line("See them with: massage catalog list techniques", indent=2)
    draw_end(knowledge, paper)
    publish(paper)


def show_lists(lists: Sequence[tuple[Kind, Sequence[Entry]]], knowledge: Knowledge) -> None:
    """Write each kind's entries as a table to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    for number, (kind, entries) in enumerate(lists):
        if number:
            paper.blank()
        paper.line((kind.value.upper(), "bold"), f"  {len(entries)}")
        if entries:
            paper.table(_HEADERS[kind], [_row(entry) for entry in entries])
        else:
            paper.line("None pass the filter.", indent=2)
    draw_end(knowledge, paper)
    publish(paper)


def show_found(asked: str, found: Sequence[Found], near: tuple[str, ...] | None, knowledge: Knowledge, *, all_: bool) -> None:
    """Write what was found, kind by kind, to standard output; `near` are the words that were looked for instead. Raises OutputLost."""
    paper = paper_for_stdout()
    if near is not None:
        paper.line(f"Nothing is found for '{asked}'.", (f" Near it, for '{' '.join(near)}':", "bold"))
    elif not found:
        paper.line(f"Nothing is found for '{asked}', and no word near it.")
    else:
        paper.line((f"{counted(len(found), 'entry', 'entries')} for '{asked}'", "bold"))
    for kind, group in groupby(found, key=lambda one: one.entry.kind):
        _draw_found(kind, tuple(group), paper, all_=all_)
    draw_end(knowledge, paper)
    publish(paper)


def _draw_found(kind: Kind, found: Sequence[Found], paper: Paper, *, all_: bool) -> None:
    paper.heading(kind, str(len(found)))
    shown = found if all_ else found[:MOST_FOUND]
    for one in shown:
        paper.line((one.entry.id, "bold"), f"  {one.entry.name}", indent=2)
        if one.label:
            paper.line(f"{one.label}: {one.text}", indent=6)
    if len(shown) < len(found):
        paper.line(f"and {len(found) - len(shown)} more; --all shows them", indent=2)


def _row(entry: Entry) -> tuple[str, ...]:
    match entry.value:
        case Technique() as known:
            pressure = f"{known.pressure.min}-{known.pressure.max}"
            return known.id, known.name, pressure, f"{known.minutes.min}-{known.minutes.max}", "yes" if known.extra_training else "no"
        case Rule() as known:
            return known.id, known.title, spaced(known.category), "" if known.urgency is None else spaced(known.urgency)
        case Protocol() as known:
            return known.id, known.name, str(known.sessions_total), f"{known.weeks:g}", spaced(known.certainty)
        case Complaint() as known:
            return known.id, known.name, words.places(known.regions)
        case Measure() as known:
            return known.id, known.name, f"{known.range[0]}-{known.range[1]}", known.better
        case Source() as known:
            return known.key, known.tier or "-", known.read, known.citation
