"""The evidence as rows: nothing on file is said, nothing is left out."""

from massage_cli.knowledge.catalog.evidence import at_least, evidence_tables, tables_about
from massage_cli.knowledge.vocabulary import Certainty
from tests.builders import knowledge

TABLES = evidence_tables(knowledge())
BY_ID = {table.for_: table for table in TABLES}


def test_every_indication_of_the_catalog_stands_in_its_table() -> None:
    shown = {(row.technique, table.for_, row.certainty, row.direction, row.sources) for table in TABLES for row in table.rows}
    known = {
        (technique.id, one.for_, one.certainty, one.direction, one.sources)
        for technique in knowledge().techniques
        for one in technique.indication
    }
    assert known <= shown


def test_a_technique_that_a_protocol_draws_on_without_evidence_says_so() -> None:
    for protocol in knowledge().protocols:
        rows = {row.technique: row for row in BY_ID[protocol.id].rows}
        assert set(protocol.techniques) == {technique for technique, row in rows.items() if row.planned}
    assert next(row for row in BY_ID["scar"].rows if row.technique == "myofascial-release").certainty is None


def test_the_surest_stands_first() -> None:
    order = [*Certainty, None]
    for table in TABLES:
        ranks = [order.index(row.certainty) for row in table.rows]
        assert ranks == sorted(ranks)


def test_what_counts_for_another_protocol_is_named() -> None:
    assert BY_ID["generic-chronic-intensive"].evidence_from == "generic-chronic"


def test_a_complaint_gives_the_tables_that_serve_it_and_itself_alone() -> None:
    about = tables_about("knee-arthritis", TABLES)
    assert [table.for_ for table in about] == ["knee-oa"]
    assert {use.complaint for table in tables_about("shoulder", TABLES)[1:] for use in table.complaints} == {"shoulder"}
    assert tables_about("shoulder", TABLES)[0] == BY_ID["shoulder"]


def test_a_technique_gives_its_own_rows_and_nobody_gives_none() -> None:
    about = tables_about("cupping", TABLES)
    assert {row.technique for table in about for row in table.rows} == {"cupping"}
    assert {table.for_ for table in about} == {"neck-chronic", "low-back-chronic", "knee-oa"}
    assert tables_about("nobody", TABLES) == ()


def test_a_least_certainty_leaves_out_what_is_less_sure() -> None:
    sure = at_least(Certainty.MODERATE, TABLES)
    assert {row.certainty for table in sure for row in table.rows} == {Certainty.MODERATE}
    assert sum(len(table.rows) for table in at_least(Certainty.LOW, TABLES)) > sum(len(table.rows) for table in sure)
