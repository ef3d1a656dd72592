"""How well each technique is supported for each protocol: the indications of the catalog as rows."""

import msgspec

from massage_cli.knowledge.catalog.relations import Use, uses_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Protocol
from massage_cli.knowledge.techniques import Indication, Technique
from massage_cli.knowledge.vocabulary import Certainty, Direction


class EvidenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one technique for one purpose; without certainty and direction where nothing is on file.

    `planned` is true where the protocol draws on the technique.
    """

    technique: str
    planned: bool
    certainty: Certainty | None = None
    direction: Direction | None = None
    effect: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()


class EvidenceTable(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The rows for one protocol, or for a purpose that no protocol serves; the surest first.

    `evidence_from` names the protocol whose indications count here, where that is another one.
    """

    for_: str = msgspec.field(name="for")
    name: str
    certainty: Certainty | None
    evidence_from: str | None
    complaints: tuple[Use, ...]
    rows: tuple[EvidenceRow, ...]


def evidence_tables(knowledge: Knowledge) -> tuple[EvidenceTable, ...]:
    """A table for each protocol, in file order, then one for each other purpose that an indication names."""
    served = tuple(_of_protocol(protocol, knowledge) for protocol in knowledge.protocols)
    purposes = dict.fromkeys(indication.for_ for technique in knowledge.techniques for indication in technique.indication)
    others = (purpose for purpose in purposes if purpose not in knowledge.protocol)
    return (*served, *(_of_purpose(purpose, knowledge) for purpose in others))


def tables_about(id_: str, tables: tuple[EvidenceTable, ...]) -> tuple[EvidenceTable, ...]:
    """The tables of a protocol, a purpose or a complaint, its own first; for a technique every table with its rows alone.

    Empty for anything else. Of the complaints that a protocol serves, only the one that was asked for is kept.
    """
    named = [table if id_ == table.for_ else _for_complaint(id_, table) for table in tables]
    about = sorted((table for table in named if table is not None), key=lambda table: table.for_ != id_)
    if about:
        return tuple(about)
    rows = {table.for_: tuple(row for row in table.rows if row.technique == id_) for table in tables}
    return tuple(msgspec.structs.replace(table, rows=rows[table.for_]) for table in tables if rows[table.for_])


def _for_complaint(complaint: str, table: EvidenceTable) -> EvidenceTable | None:
    uses = tuple(use for use in table.complaints if use.complaint == complaint)
    return msgspec.structs.replace(table, complaints=uses) if uses else None


def at_least(certainty: Certainty, tables: tuple[EvidenceTable, ...]) -> tuple[EvidenceTable, ...]:
    """The tables with only the rows that are so sure or surer; tables without any left out."""
    sure = tuple(Certainty)[: tuple(Certainty).index(certainty) + 1]
    kept = (msgspec.structs.replace(table, rows=tuple(row for row in table.rows if row.certainty in sure)) for table in tables)
    return tuple(table for table in kept if table.rows)


def _of_protocol(protocol: Protocol, knowledge: Knowledge) -> EvidenceTable:
    served = protocol.evidence_from or protocol.id
    listed = [knowledge.technique[technique] for technique in protocol.techniques]
    others = [technique for technique in knowledge.techniques if technique not in listed and _indication(technique, served) is not None]
    rows = [_row(technique, served, planned=technique.id in protocol.techniques) for technique in (*listed, *others)]
    return EvidenceTable(
        for_=protocol.id,
        name=protocol.name,
        certainty=protocol.certainty,
        evidence_from=protocol.evidence_from,
        complaints=uses_of(protocol.id, knowledge),
        rows=_surest_first(rows),
    )


def _of_purpose(purpose: str, knowledge: Knowledge) -> EvidenceTable:
    having = (technique for technique in knowledge.techniques if _indication(technique, purpose) is not None)
    rows = [_row(technique, purpose, planned=False) for technique in having]
    name = purpose.replace("-", " ").capitalize()
    return EvidenceTable(for_=purpose, name=name, certainty=None, evidence_from=None, complaints=(), rows=_surest_first(rows))


def _row(technique: Technique, purpose: str, *, planned: bool) -> EvidenceRow:
    found = _indication(technique, purpose)
    if found is None:
        return EvidenceRow(technique=technique.id, planned=planned)
    return EvidenceRow(
        technique=technique.id,
        planned=planned,
        certainty=found.certainty,
        direction=found.direction,
        effect=found.effect,
        basis=found.basis,
        sources=found.sources,
    )


def _indication(technique: Technique, purpose: str) -> Indication | None:
    return next((indication for indication in technique.indication if indication.for_ == purpose), None)


def _surest_first(rows: list[EvidenceRow]) -> tuple[EvidenceRow, ...]:
    order = (*Certainty, None)
    return tuple(sorted(rows, key=lambda row: order.index(row.certainty)))
