"""`massage catalog`: what is known, to look up."""

import json
import re

import pytest

from massage_cli.knowledge.catalog.entries import Kind, entries_of
from massage_cli.knowledge.catalog.evidence import evidence_tables
from massage_cli.knowledge.check_claims import claims_in
from tests.builders import knowledge
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import Ran, massage_here

LISTS = [("list", kind.value) for kind in Kind]
ALL = [("list",), *LISTS, ("search", "pain"), ("evidence",), ("list", "--tag", "deep")]


def catalog(*arguments: str, **env: str) -> Ran:
    return massage_here("catalog", *arguments, **env)


def json_of(*arguments: str) -> dict:
    ran = catalog(*arguments, "--json")
    assert (ran.code, ran.said) == (0, "")
    return json.loads(ran.text)


@pytest.mark.parametrize("kind", Kind)
def test_a_list_names_every_entry_of_its_kind(kind: Kind) -> None:
    words = f" {' '.join(catalog('list', kind.value, COLUMNS='40').text.split())} "
    assert [entry.id for entry in entries_of(kind, knowledge()) if f" {entry.id} " not in words] == []


def test_without_a_kind_the_counts_are_told() -> None:
    text = " ".join(catalog("list").text.split())
    assert all(f"{len(entries_of(kind, knowledge()))} {kind}" in text for kind in Kind)


def test_a_filter_without_a_kind_lists_every_kind_that_it_is_for() -> None:
    assert [table["kind"] for table in json_of("list", "--tag", "suction")["kinds"]] == ["techniques", "rules"]
    assert json_of("list", "--region", "left-knee")["kinds"] == json_of("list", "--region", "KNEE")["kinds"]


def test_a_filter_that_nothing_passes_says_so() -> None:
    ran = catalog("list", "techniques", "--tag", "suction", "--untrained")
    assert ran.code == 0
    assert "None pass the filter." in ran.text


@pytest.mark.parametrize("width", ["40", "80", "120"])
@pytest.mark.parametrize("arguments", ALL, ids=" ".join)
def test_no_line_is_wider_than_the_terminal_and_none_is_cut_silently(arguments: tuple[str, ...], width: str) -> None:
    text = catalog(*arguments, COLUMNS=width).text
    assert max(map(len, text.split("\n"))) <= int(width)
    assert "…" not in text
    assert "\x1b" not in text


def test_a_search_that_leaves_some_out_says_how_many_and_how_to_see_them() -> None:
    short_, long_ = catalog("search", "massage", "--in", "sources").text, catalog("search", "massage", "--in", "sources", "--all").text
    found = len(json_of("search", "massage", "--in", "sources")["found"])
    assert f"and {found - 10} more; --all shows them" in short_
    assert "more; --all" not in long_


def test_nothing_found_is_said_with_what_is_near() -> None:
    assert catalog("search", "siatica").text.startswith("Nothing is found for 'siatica'. Near it, for 'sciatica':")
    ran = catalog("search", "zzzzqq")
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.startswith("Nothing is found for 'zzzzqq', and no word near it.")
    assert json_of("search", "siatica")["near"] == ["sciatica"]
    assert json_of("search", "zzzzqq")["found"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "cuping"), "near it: cupping"),
        (("show", "deep"), "'deep' is a tag: massage catalog list --tag deep"),
        (("show", "chest-pain"), "the rules that ask it: heart-attack-signs, pulmonary-embolism-signs"),
        (("show", "lower-back"), "massage catalog list --region lower-back"),
        (("evidence", "loww-back"), "near it: low-back"),
        (("search", "..."), "no letter and no figure"),
        (("list", "techniques", "--tag", "dep"), "did you mean 'deep'?"),
        (("list", "rules", "--region", "knee"), "--region: is for techniques and complaints, not for rules"),
        (("list", "--category", "red-flag", "--goal", "mobility"), "no kind takes them all"),
        (("list", "rules", "--tier", "x"), "is not one of A, B, C, L"),
    ],
    ids=str,
)
def test_what_is_not_known_is_refused_with_what_is_near(arguments: tuple[str, ...], said: str) -> None:
    ran = catalog(*arguments)
    assert (ran.code, ran.text) == (2, "")
    assert said in ran.said
    as_json = catalog(*arguments, "--json")
    assert as_json.code == 2
    assert len(json.loads(as_json.text)["errors"]) == len(ran.said.splitlines())


def test_an_id_that_two_kinds_share_shows_both() -> None:
    assert [(entry["kind"], entry["id"]) for entry in json_of("show", "shoulder")["entries"]] == [
        ("protocol", "shoulder"),
        ("complaint", "shoulder"),
    ]


@pytest.mark.parametrize("id_", ["cupping", "pregnancy", "shoulder", "nprs", "nccih"])
def test_a_page_as_json_has_the_same_keys_for_every_entry(id_: str) -> None:
    answer = json_of("show", id_)
    assert list(answer) == ["edition", "knowledge-digest", "reviewed-by-clinician", "entries"]
    assert all(list(entry) == ["kind", "id", "name", "entry", "related", "sources"] for entry in answer["entries"])


def test_the_evidence_as_json_has_every_row() -> None:
    answer = json_of("evidence")
    assert [table["for"] for table in answer["evidence"]] == [table.for_ for table in evidence_tables(knowledge())]
    assert {row["certainty"] for table in json_of("evidence", "--certainty", "moderate")["evidence"] for row in table["rows"]} == {
        "moderate"
    }
    assert {source["key"] for source in answer["sources"]} == {
        key for table in evidence_tables(knowledge()) for row in table.rows for key in row.sources
    }


def test_the_evidence_says_what_is_not_on_file() -> None:
    text = " ".join(catalog("evidence", "scar").text.split())
    assert "myofascial-release nothing on file" in text
    assert "scar-massage very low: benefit" in text


def test_color_changes_nothing_but_color() -> None:
    colored = catalog("show", "nprs", FORCE_COLOR="1").text
    assert "\x1b[" in colored
    assert "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).split("\n")) == catalog("show", "nprs").text


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_a_hostile_word_comes_out_inert(text: str) -> None:
    searches = [("search", text)] if text in HOSTILE[::5] else []  # looking for near words takes long
    for arguments in (("show", text), ("list", "techniques", "--tag", text), *searches):
        ran = catalog(*arguments)
        assert ran.code in (0, 2)
        assert steering(ran.out + ran.err) == []


def test_lists_and_evidence_make_no_claim() -> None:
    for kind in (Kind.TECHNIQUES, Kind.RULES, Kind.PROTOCOLS, Kind.COMPLAINTS, Kind.MEASURES):
        assert claims_in(catalog("list", kind.value).text, knowledge()) == ()


def test_without_a_subcommand_there_is_help() -> None:
    ran = catalog()
    assert (ran.code, ran.said) == (0, "")
    assert all(f"\n  {command} " in ran.text for command in ("list", "search", "show", "evidence"))
