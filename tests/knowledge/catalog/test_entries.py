"""The entries of the catalog."""

from massage_cli.knowledge.catalog.entries import Kind, all_entries, entries_called, entries_of
from tests.builders import knowledge


def test_everything_with_a_page_of_its_own_is_an_entry() -> None:
    known = knowledge()
    files = (known.techniques, known.rules, known.protocols, known.complaints, known.measures, known.sources)
    assert [entry.value for entry in all_entries(known)] == [value for values in files for value in values]
    assert [entry.value for entry in entries_of(Kind.MEASURES, known)] == list(known.measures)


def test_an_id_is_found_in_any_case_of_letters_and_for_every_kind_that_has_it() -> None:
    assert [(entry.kind, entry.id) for entry in entries_called("SHOULDER", knowledge())] == [
        (Kind.PROTOCOLS, "shoulder"),
        (Kind.COMPLAINTS, "shoulder"),
    ]
    assert entries_called("shoulde", knowledge()) == ()


def test_a_kind_has_a_word_for_one_of_it() -> None:
    assert [kind.one for kind in Kind] == ["technique", "rule", "protocol", "complaint", "measure", "source"]
