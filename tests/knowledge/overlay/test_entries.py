"""Entries of one kind, laid over the built-in ones or added behind them."""

from typing import Any

import pytest

from massage_cli.knowledge.overlay.entries import KINDS, Laid, is_deeper, laid_over, texts_of
from tests.builders import knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique

KINDS_BY_KEY = {kind.key: kind for kind in KINDS}


def laid(kind: str, given: Any) -> Laid:
    return laid_over(KINDS_BY_KEY[kind], given, knowledge())


def said(kind: str, *tables: Any) -> list[tuple[str, str]]:
    """Everything that is said of entries: key path and message."""
    found = laid(kind, list(tables))
    assert {problem.file for problem in (*found.form, *found.loosened)} <= {KINDS_BY_KEY[kind].file}
    return [(problem.path, problem.message) for problem in (*found.form, *found.loosened)]


def test_one_entry_may_stand_alone_without_a_list() -> None:
    (changed,) = (rule for rule in laid("rule", {"id": "anticoagulant", "pressure-max": 1}).entries if rule.id == "anticoagulant")
    assert changed.pressure_max == 1
    assert [(problem.path, problem.message) for problem in laid("rule", 5).form] == [("rule[0].id", "needs its id, a text")]


def test_each_entry_that_cannot_be_told_from_others_is_told() -> None:
    fever = {"id": "fever", "pressure-max": 1}
    assert said("rule", {"title": "No id"}, fever, fever, {"id": 5}) == [
        ("rule[0].id", "needs its id, a text"),
        ("rule[2].id", "'fever' stands twice; make one entry of both"),
        ("rule[3].id", "needs its id, a text"),
    ]
    assert said("source", {"id": "ours"}) == [("source[0].key", "needs its key, a text")]


def test_an_own_entry_that_is_sound_may_be_called_nearly_as_a_built_in_one() -> None:
    assert said("rule", a_rule(id="anticoagulants")) == []


def test_an_own_entry_that_is_not_sound_is_told_what_may_be_meant_after_all_that_is_wrong() -> None:
    one = said("rule", {**a_rule(id="fevr"), "presure-max": 1, "tier": 3})
    assert one == [
        ("rule.fevr.tier", "3 is not text"),
        ("rule.fevr.presure-max", "is not a known key; did you mean 'pressure-max'?"),
        ("rule.fevr.id", "is not built in, so it is taken for a new entry; did you mean 'fever'?"),
    ]
    (problem,) = (problem for problem in laid("rule", [{**a_rule(id="fevr"), "presure-max": 1}]).form if problem.path == "rule.fevr.id")
    assert problem.value == "fevr"
    assert said("rule", {**a_rule(id="zzzzzzzz"), "tier": 3}) == [("rule.zzzzzzzz.tier", "3 is not text")]


def test_every_entry_that_is_not_sound_is_told() -> None:
    wrong = ("rule.fever.tier", "3 is not text"), ("rule.anticoagulant.tier", "4 is not text")
    assert said("rule", {"id": "fever", "tier": 3}, {"id": "anticoagulant", "tier": 4}) == list(wrong)


def test_of_a_change_that_is_not_sound_it_is_not_told_what_it_loosens() -> None:
    broken = {"id": "anticoagulant", "pressure-max": "light", "tier": "C"}
    assert [path for path, _ in said("rule", broken)] == ["rule.anticoagulant.pressure-max"]
    assert laid("rule", [broken]).entries == knowledge().rules


def test_every_change_that_loosens_is_told() -> None:
    found = said("rule", {"id": "anticoagulant", "pressure-max": 3}, {"id": "fever", "title": "Hot"})
    assert [path for path, _ in found] == ["rule.anticoagulant.pressure-max", "rule.fever.title"]


def test_a_table_is_no_number() -> None:
    assert said("technique", {"id": "swedish", "minutes": 5}) == [("technique.swedish.minutes", "5 is not a table")]


def test_a_key_without_a_name_is_told_as_it_stands() -> None:
    assert said("rule", {"id": "fever", "": 1}) == [("rule.fever.", "is not a known key")]


@pytest.mark.parametrize("gaps", [[[]], [[], [7]], [[7], []]])
def test_of_a_course_without_gaps_it_is_not_told_what_it_loosens(gaps: list[list[int]]) -> None:
    known = knowledge().protocol["shoulder"].phase[0]
    phase = {"name": "initial", "sessions": 1, "sessions-range": [1, 1], "per-week": [1.0, 1.0]}
    phase |= {"minutes": {"min": 30, "typical": 30, "max": 30}, "origin": {"frequency": [], "sessions": [], "minutes": []}}
    assert known.name == "initial"
    assert said("protocol", {"id": "shoulder", "phase": [{**phase, "gap-days": each} for each in gaps]}) == []
    assert said("protocol", {"id": "shoulder", "phase": []}) == []


def test_a_technique_has_the_tags_of_own_and_changed_ones_that_it_is_like_each_once() -> None:
    changed = {"id": "cupping", "tags": ["suction", "deep"]}
    found = {technique.id: technique for technique in laid("technique", [a_technique(tags=["broad", "suction"]), changed]).entries}
    assert found["our-work"].tags == ("broad", "suction", "deep")
    assert found["cupping"].tags == ("suction", "deep")
    assert found["swedish"] == knowledge().technique["swedish"]


def test_a_technique_may_be_like_one_that_is_not_there_yet() -> None:
    found = laid("technique", [a_technique(like=["nope"])]).entries[-1]
    assert found.tags == ("suction",)


def test_every_text_is_found_with_its_place() -> None:
    table = {
        "name": "a",
        "number": 1,
        "rule": [{"id": "x", "title": "b", "at": [{"regions": ["c", "d"]}, {"where": "e"}]}, {"title": "f"}, {"id": 5, "title": "g"}],
        "source": [{"key": "y", "link": "h"}],
        "lists": [["i"], ["j", "k"]],
    }
    assert list(texts_of(table)) == [
        ("name", "a"),
        ("rule.x.id", "x"),
        ("rule.x.title", "b"),
        ("rule.x.at[0].regions", "c"),
        ("rule.x.at[0].regions", "d"),
        ("rule.x.at[1].where", "e"),
        ("rule[1].title", "f"),
        ("rule[2].title", "g"),
        ("source.y.key", "y"),
        ("source.y.link", "h"),
        ("lists[0]", "i"),
        ("lists[1]", "j"),
        ("lists[1]", "k"),
    ]


@pytest.mark.parametrize(
    ("table", "depth"),
    [({}, 0), ({"a": 1}, 1), ({"a": [1]}, 2), ({"a": {"b": [{"c": "text"}]}}, 4), ({"a": 1, "b": {"c": 2}, "d": []}, 2)],
)
def test_tables_and_lists_inside_each_other_are_counted(table: dict[str, Any], depth: int) -> None:
    assert [is_deeper(table, most) for most in range(6)] == [most < depth for most in range(6)]
