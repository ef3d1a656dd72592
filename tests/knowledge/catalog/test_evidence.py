"""The evidence as rows: nothing on file is said, nothing is left out."""

from functools import cache

from massage_cli.knowledge.catalog.evidence import EvidenceRow, EvidenceTable, at_least, evidence_tables, tables_about
from massage_cli.knowledge.catalog.relations import uses_of
from massage_cli.knowledge.vocabulary import Certainty
from tests.builders import knowledge


@cache
def tables() -> tuple[EvidenceTable, ...]:
    return evidence_tables(knowledge())


def by_id(name: str) -> EvidenceTable:
    return next(table for table in tables() if table.for_ == name)


def test_every_indication_of_the_catalog_stands_in_its_table() -> None:
    shown = {(row.technique, table.for_, row.certainty, row.direction, row.sources) for table in tables() for row in table.rows}
    known = {
        (technique.id, one.for_, one.certainty, one.direction, one.sources)
        for technique in knowledge().techniques
        for one in technique.indication
    }
    assert known <= shown


def test_a_technique_that_a_protocol_draws_on_without_evidence_says_so() -> None:
    for protocol in knowledge().protocols:
        rows = {row.technique: row for row in by_id(protocol.id).rows}
        assert set(protocol.techniques) == {technique for technique, row in rows.items() if row.planned}
    assert next(row for row in by_id("scar").rows if row.technique == "myofascial-release").certainty is None


def test_the_surest_stands_first() -> None:
    order = [*Certainty, None]
    for table in tables():
        ranks = [order.index(row.certainty) for row in table.rows]
        assert ranks == sorted(ranks)


def test_what_counts_for_another_protocol_is_named() -> None:
    assert by_id("generic-chronic-intensive").evidence_from == "generic-chronic"


def test_a_complaint_gives_the_tables_that_serve_it_and_itself_alone() -> None:
    about = tables_about("knee-arthritis", tables())
    assert [table.for_ for table in about] == ["knee-oa"]
    assert {use.complaint for table in tables_about("shoulder", tables())[1:] for use in table.complaints} == {"shoulder"}
    assert tables_about("shoulder", tables())[0] == by_id("shoulder")


def test_a_technique_gives_its_own_rows_and_nobody_gives_none() -> None:
    about = tables_about("cupping", tables())
    assert {row.technique for table in about for row in table.rows} == {"cupping"}
    assert {table.for_ for table in about} == {"neck-chronic", "low-back-chronic", "knee-oa"}
    assert tables_about("nobody", tables()) == ()


def test_a_least_certainty_leaves_out_what_is_less_sure() -> None:
    sure = at_least(Certainty.MODERATE, tables())
    assert {row.certainty for table in sure for row in table.rows} == {Certainty.MODERATE}
    assert sum(len(table.rows) for table in at_least(Certainty.LOW, tables())) > sum(len(table.rows) for table in sure)


def test_a_protocol_has_a_table_in_file_order_and_then_each_other_purpose() -> None:
    names = [table.for_ for table in tables()]
    protocols = [protocol.id for protocol in knowledge().protocols]
    purposes = dict.fromkeys(one.for_ for technique in knowledge().techniques for one in technique.indication)
    assert names == [*protocols, *(name for name in purposes if name not in protocols)]
    assert len(names) > len(protocols)


def test_a_table_is_headed_by_what_its_protocol_says() -> None:
    for protocol in knowledge().protocols:
        table = by_id(protocol.id)
        assert (table.name, table.certainty, table.evidence_from) == (protocol.name, protocol.certainty, protocol.evidence_from)
        assert table.complaints == uses_of(protocol.id, knowledge())


def test_a_purpose_that_no_protocol_serves_has_rows_that_nothing_plans() -> None:
    protocols = {protocol.id for protocol in knowledge().protocols}
    for table in tables():
        if table.for_ not in protocols:
            assert (table.certainty, table.evidence_from, table.complaints) == (None, None, ())
            assert table.name == table.for_.replace("-", " ").capitalize()
            served = {technique.id for technique in knowledge().techniques if table.for_ in {one.for_ for one in technique.indication}}
            assert {row.technique for row in table.rows} == served
            assert not any(row.planned for row in table.rows)


def test_a_row_says_all_that_is_on_file() -> None:
    for technique in knowledge().techniques:
        for one in technique.indication:
            (row,) = (row for row in by_id(one.for_).rows if row.technique == technique.id)
            known = (one.certainty, one.direction, one.effect, one.basis, one.sources)
            assert (row.certainty, row.direction, row.effect, row.basis, row.sources) == known


def test_a_row_of_what_is_not_on_file_says_nothing() -> None:
    assert EvidenceRow(technique="myofascial-release", planned=True) in by_id("scar").rows


def test_no_technique_stands_twice_in_a_table() -> None:
    for table in tables():
        names = [row.technique for row in table.rows]
        assert len(set(names)) == len(names), table.for_


def test_rows_that_are_as_sure_stay_in_the_order_of_the_protocol() -> None:
    for protocol in knowledge().protocols:
        rows = by_id(protocol.id).rows
        for certainty in (*Certainty, None):
            planned = [row.technique for row in rows if row.planned and row.certainty == certainty]
            assert planned == sorted(planned, key=protocol.techniques.index)


def test_what_counts_for_a_protocol_is_the_evidence_of_the_one_it_takes_it_from() -> None:
    shown = {row.technique: row.certainty for row in by_id("generic-chronic-intensive").rows if row.certainty is not None}
    assert shown == {row.technique: row.certainty for row in by_id("generic-chronic").rows if row.technique in shown}
    assert shown
