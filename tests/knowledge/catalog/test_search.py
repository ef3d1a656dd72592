"""Search over everything known."""

import pytest

from massage_cli.knowledge.catalog.search import Found, near_words, search, words_of
from tests.builders import knowledge


def found(*wanted: str) -> dict[str, Found]:
    return {f"{one.entry.kind.one} {one.entry.id}": one for one in search(wanted, knowledge())}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tríggers", ("triggers",)),
        ("LOW-Back_pain!", ("low", "back", "pain")),
        ("ÉPÉE straße", ("epee", "strasse")),
        ("\x1b[31m ... ", ("31m",)),
        ("…", ()),
    ],
)
def test_case_accents_and_signs_do_not_matter(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("wanted", "entry", "label"),
    [
        (("sciatica",), "complaint low-back", "also called"),
        (("mld",), "technique lymphatic-drainage", "also called"),
        (("rope", "like", "veins"), "rule varicose-veins-mild", "asks"),
        (("blood", "thinner"), "rule anticoagulant", ""),
        (("roland",), "measure rmdq", ""),
        (("cherkin2011",), "source cherkin2011", ""),
        (("thinners",), "rule anticoagulant", ""),
    ],
)
def test_plain_words_find_the_entry_and_say_where(wanted: tuple[str, ...], entry: str, label: str) -> None:
    assert found(*wanted)[entry].label == label


def test_every_word_has_to_be_there_in_the_name_and_one_text() -> None:
    assert "rule anticoagulant" not in found("blood", "thinner", "zebra")
    assert set(found("varicose", "clot")) < set(found("varicose"))


def test_those_found_by_name_stand_first_among_their_kind() -> None:
    labels = [one.label == "" for one in search(("massage",), knowledge()) if one.entry.kind.one == "technique"]
    assert labels == sorted(labels, reverse=True)


def test_a_misspelt_word_leads_to_the_nearest_one() -> None:
    assert near_words(("siatica",), knowledge()) == ("sciatica",)
    assert near_words(("stif", "nekc"), knowledge()) == ("stif", "neck")
    assert near_words(("zzzzqq",), knowledge()) is None
    assert near_words(("neck",), knowledge()) is None
