"""Search over everything known."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge.catalog.search import Found, near_words, search, words_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from tests.builders import knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique


def found(*wanted: str) -> dict[str, Found]:
    return {f"{one.entry.kind.one} {one.entry.id}": one for one in search(wanted, knowledge())}


def holding(**entries: Any) -> Knowledge:
    """A catalog of nothing but these entries."""
    kinds: dict[str, Any] = dict.fromkeys(("techniques", "rules", "protocols", "complaints", "measures", "sources"), ())
    return replace(knowledge(), **{**kinds, **entries})


def where(word: str, catalog: Knowledge) -> list[tuple[str, str]]:
    """In which texts a word is found: label and text."""
    return [(one.label, one.text) for one in search((word,), catalog)]


def described(*others: str, description: str = "Slow work.") -> Knowledge:
    """A catalog of one technique with other names."""
    one = a_technique(id="beta", name="Alpha", other_names=list(others), description=description)
    return holding(techniques=(msgspec.convert(one, Technique),))


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


def test_the_nearest_word_alone_stands_for_a_misspelt_one_and_it_has_to_be_near() -> None:
    catalog = described("gammas", "gammon", "gammot", "delta")
    assert near_words(("gammax",), catalog) == ("gammas",)
    assert near_words(("gammax", "delta"), catalog) == ("gammas", "delta")
    assert near_words(("detxx",), catalog) is None  # 0.6 of it is alike


def test_words_of_the_name_and_of_any_one_text_are_found_together() -> None:
    catalog = described("gamma", "delta", "epsilon")
    assert [(one.label, one.text) for one in search(("beta", "delta"), catalog)] == [("also called", "delta")]
    assert [(one.label, one.text) for one in search(("alpha", "epsilon"), catalog)] == [("also called", "epsilon")]
    assert search(("gamma", "delta"), catalog) == ()
    (by_name,) = search(("alpha", "beta"), catalog)
    assert (by_name.label, by_name.text) == ("", "")


@pytest.mark.parametrize(
    ("word", "found"),
    [("veins", True), ("vein", True), ("vei", True), ("veinx", False), ("ears", True), ("ads", False), ("ad", True), ("gas", False)],
)
def test_the_end_of_a_word_in_the_plural_may_be_more_than_the_text_has(word: str, found: bool) -> None:
    assert bool(search((word,), described("vein", "ear", "ad", "ga"))) is found


def test_every_text_of_a_technique_is_searched_and_told_with_its_label() -> None:
    one = a_technique(id="beta", name="Alpha", other_names=["gamma"], description="delta", cautions=["epsilon"], note="zeta")
    one["indication"] = [{"for": "eta-theta", "certainty": "low", "direction": "benefit", "effect": "iota", "basis": "", "sources": []}]
    catalog = holding(techniques=(msgspec.convert(one, Technique),))
    assert where("alpha", catalog) == where("beta", catalog) == [("", "")]
    assert where("gamma", catalog) == [("also called", "gamma")]
    assert where("delta", catalog) == [("what it is", "delta")]
    assert where("epsilon", catalog) == [("care", "epsilon")]
    assert where("theta", catalog) == where("iota", catalog) == [("for", "eta theta: iota")]
    assert where("zeta", catalog) == [("note", "zeta")]


def test_every_text_of_a_rule_is_searched_and_told_with_its_label() -> None:
    one = msgspec.convert(a_rule(title="Alpha", reason="beta", action="gamma", precautions=["delta"]), Rule)
    asking = [[{"fact": "age", "at-least": 90}, {"fact": "chest-pain", "is": "yes"}]]
    asks = msgspec.convert(a_rule(id="asking", title="Asking", when=asking), Rule)
    catalog = holding(rules=(one, asks))
    assert where("beta", catalog) == [("why", "beta")]
    assert where("gamma", catalog) == [("what to do", "gamma")]
    assert where("delta", catalog) == [("care", "delta")]
    fact = knowledge().fact["chest-pain"]
    assert where(fact.label.split()[0].lower(), catalog) == [("asks", f"{fact.label}: {fact.ask}")]


def test_every_text_of_what_else_is_known_is_searched_and_told_with_its_label() -> None:
    known = knowledge()
    shoulder = replace(known.protocol["shoulder"], name="Alpha", basis="beta")
    complaints = (replace(known.complaint["shoulder"], name="Gamma", synonyms=("delta",)), replace(known.complaint["scar"], name="Zeta"))
    measure = replace(known.measure["nprs"], population="epsilon")
    source = replace(known.sources[0], read="eta")
    catalog = holding(protocols=(shoulder,), complaints=complaints, measures=(measure,), sources=(source,))
    assert where("beta", catalog) == [("rests on", "beta")]
    assert where("gamma", catalog) == [("for", "Gamma"), ("", "")]
    assert where("delta", catalog) == [("also called", "delta")]
    assert where("zeta", catalog) == [("", "")]
    assert where("epsilon", catalog) == [("for", "epsilon")]
    assert where("eta", catalog) == [("read", "eta")]
