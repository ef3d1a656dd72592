"""Pages of the catalog: everything that is known stands on them, at every width."""

import json
import re
from functools import cache
from typing import Any

import msgspec
import pytest

from massage_cli.knowledge.catalog.entries import Entry, Kind, all_entries, entries_called
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.terminal.display.catalog import pages
from massage_cli.terminal.display.paper import Paper
from tests.builders import knowledge
from tests.terminal.massage import massage_here

WIDTHS = pytest.mark.parametrize("width", [40, 80, 120])
VERY_WIDE = 400
SOME = (
    "deep-tissue",
    "cupping",
    "pregnancy",
    "varicose-veins-severe",
    "always-caution-sites",
    "low-back-chronic",
    "lymphedema",
    "nprs",
    "nccih",
)


@cache
def page(entry_id: str, kind: Kind, width: int) -> str:
    """The page of an entry on paper of a width."""
    (entry,) = (entry for entry in entries_called(entry_id, knowledge()) if entry.kind is kind)
    paper = Paper(width=width, color=False, symbols=True)
    pages._draw(entry, knowledge(), paper)
    return paper.text()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def texts_of(value: Any) -> list[str]:
    """Every sentence of an entry: what has a blank in it."""
    match value:
        case str():
            return [value] if " " in value else []
        case dict():
            return [text for inner in value.values() for text in texts_of(inner)]
        case list():
            return [text for inner in value for text in texts_of(inner)]
        case _:
            return []


def plain(entry: Entry) -> Any:
    return msgspec.to_builtins(entry.value)


def test_every_sentence_that_is_known_of_an_entry_stands_on_its_page() -> None:
    for entry in all_entries(knowledge()):
        words = squeezed(page(entry.id, entry.kind, VERY_WIDE))
        assert [text for text in texts_of(plain(entry)) if squeezed(text) not in words] == [], entry.id


@WIDTHS
def test_no_page_is_wider_than_the_paper_and_none_loses_a_word(width: int) -> None:
    entries = [entry for entry in all_entries(knowledge()) if entry.id in SOME]
    for entry in entries:
        text = page(entry.id, entry.kind, width)
        assert max(map(len, text.splitlines())) <= width, entry.id
        assert "…" not in text
        known = {word for sentence in texts_of(plain(entry)) for word in sentence.split() if len(word) < 20}
        assert [word for word in known if squeezed(word) not in squeezed(text)] == [], entry.id


def test_no_page_makes_a_claim_but_in_what_others_wrote() -> None:
    cited = {phrase for source in knowledge().sources for phrase in claims_in(f"{source.citation} {source.read}", knowledge())}
    for entry in all_entries(knowledge()):
        assert set(claims_in(page(entry.id, entry.kind, VERY_WIDE), knowledge())) <= cited, entry.id


def test_a_technique_says_what_excludes_it_who_plans_it_and_how_far_its_sources_were_read() -> None:
    text = " ".join(massage_here("catalog", "show", "cupping").text.split())
    assert "Blood thinner (anticoagulant): everywhere, as suction" in text
    assert "knee-oa Knee osteoarthritis" in text
    assert f"The {sum(rule.category in ('red-flag', 'absolute') for rule in knowledge().rules)} rules that stop everything" in text
    assert "cupmap2023" in text
    assert "no high-quality evidence" in text


def test_a_rule_says_when_it_holds_what_it_does_and_what_unsure_means() -> None:
    text = " ".join(massage_here("catalog", "show", "varicose-veins-severe", COLUMNS="120").text.split())
    assert "'varicose-veins' is yes and 'varicose-veins-severity' is severe" in text
    assert "and everything below on the limb: no work at all" in text
    assert "A client who is unsure counts as yes." in text
    danger = " ".join(massage_here("catalog", "show", "heart-attack-signs").text.split())
    assert "No session; no note lifts this." in danger
    assert "A client who is unsure gets no plan until the answer is sure." in danger


def test_every_page_ends_with_who_decides() -> None:
    for arguments in (("show", "nprs"), ("list",), ("list", "measures"), ("search", "neck"), ("evidence", "scar")):
        text = massage_here("catalog", *arguments).text
        assert "No clinician has reviewed this knowledge. A licensed professional decides." in text, arguments


def test_json_of_a_page_holds_the_entry_and_the_whole_of_its_sources() -> None:
    page = json.loads(massage_here("catalog", "show", "cupping", "--json").text)["entries"][0]
    assert [source["key"] for source in page["sources"]] == ["wood2020", "cupmap2023"]
    assert all(source["read"] and source["citation"] for source in page["sources"])
