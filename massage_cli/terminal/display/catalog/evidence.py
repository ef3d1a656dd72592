"""The evidence as tables that people can read: for whom, which technique, how sure, which way, from where."""

from collections.abc import Sequence

from massage_cli.knowledge.catalog.evidence import EvidenceRow, EvidenceTable
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Certainty, Direction
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display.catalog.sources import draw_end, draw_sources
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish

_DIRECTIONS = {
    Direction.BENEFIT: "benefit",
    Direction.MIXED: "mixed",
    Direction.UNCLEAR: "unclear",
    Direction.NONE: "no effect",
}


def show_evidence(tables: Sequence[EvidenceTable], knowledge: Knowledge) -> None:
    """Write the tables, and once for all of them the sources, to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    paper.line(("Evidence", "bold"), "  by protocol; the surest first")
    paper.line("Certainty says how much a result can be relied on; it is no promise for one client. Most sources were read in part only.")
    for table in tables:
        draw_evidence(table, knowledge, paper)
    draw_sources((key for table in tables for row in table.rows for key in row.sources), knowledge, paper)
    draw_end(knowledge, paper)
    publish(paper)


def draw_evidence(table: EvidenceTable, knowledge: Knowledge, paper: Paper) -> None:
    """Draw one protocol or purpose: whom it serves, how sure it is as a whole, and a row for each technique."""
    paper.heading(table.name, table.for_)
    serves = [f"{knowledge.complaint[use.complaint].name} ({spaced(use.condition)})" for use in table.complaints]
    if serves:
        paper.line(f"For {'; '.join(serves)}.", indent=2)
    if table.certainty is None:
        paper.line("No protocol serves this; it stands here for the reader alone.", indent=2)
    else:
        paper.line(f"Certainty of the protocol as a whole: {spaced(table.certainty)}.", indent=2)
    if table.evidence_from is not None:
        paper.line(f"What is known of {table.evidence_from} counts here.", indent=2)
    paper.table(("technique", "evidence", "found", "sources"), [(_technique(row, table), *_found(row)) for row in table.rows])


def _technique(row: EvidenceRow, table: EvidenceTable) -> str:
    return row.technique if row.planned or table.certainty is None else f"{row.technique} (not planned)"


def _found(row: EvidenceRow) -> tuple[str, str, str]:
    if row.certainty is None or row.direction is None:
        return "nothing on file", "", ""
    return evidence_words(row.certainty, row.direction), f"{row.effect} ({row.basis})", ", ".join(row.sources)


def evidence_words(certainty: Certainty, direction: Direction) -> str:
    """How sure, and which way: low certainty of benefit."""
    if certainty is Certainty.NONE:
        return "none"
    return f"{spaced(certainty)}: {_DIRECTIONS[direction]}"
