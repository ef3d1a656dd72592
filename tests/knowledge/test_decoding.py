"""Plain tables into values: all problems at once, each at its key path."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta

from massage_cli.knowledge.decoding import decode, not_a_number, salvage
from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Unreadable
from massage_cli.knowledge.value import Value


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


class Inner(Value, frozen=True, kw_only=True):
    depth: int


class Thing(Value, frozen=True, kw_only=True):
    kind: Literal["thing/1"]
    name: str
    age: Annotated[int, Meta(ge=0, le=120)]
    least: Annotated[int, Meta(ge=1)] = 1
    score: Annotated[float, Meta(ge=0)] = 0.0
    color: Color = Color.RED
    made_on: date | None = None
    good: bool = True
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    reply: str | int | float | Inner = ""
    pair: tuple[int, int] = (0, 0)
    by_color: dict[Color, int] = {}  # noqa: RUF012  # msgspec gives each value a fresh one


def a_thing(**changes: Any) -> dict[str, Any]:
    return {"kind": "thing/1", "name": "n", "age": 5, **changes}


def messages(raw: object) -> dict[str, str]:
    return {problem.path: problem.message for problem in salvage(raw, Thing)[1]}


def test_a_sound_table_becomes_a_value() -> None:
    assert decode(a_thing(inner={"depth": 2}), Thing) == Thing(kind="thing/1", name="n", age=5, inner=Inner(depth=2))


def test_a_broken_table_raises_every_problem() -> None:
    with pytest.raises(Unreadable) as broken:
        decode({"kind": "thing/1", "age": 121, "colour": "red"}, Thing)
    assert {problem.path for problem in broken.value.problems} == {"name", "age", "colour"}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"kind": "thing/2"}, "kind", "'thing/2' is not one of thing/1; did you mean 'thing/1'?"),
        ({"name": 5}, "name", "5 is not text"),
        ({"age": 121}, "age", "121 is not between 0 and 120"),
        ({"age": "old"}, "age", "'old' is not a whole number from 0 to 120"),
        ({"age": True}, "age", "true is not a whole number from 0 to 120"),
        ({"age": 5.5}, "age", "5.5 is not a whole number from 0 to 120"),
        ({"least": 0}, "least", "0 is not a number of 1 or more"),
        ({"least": "x"}, "least", "'x' is not a whole number of 1 or more"),
        ({"score": -0.5}, "score", "-0.5 is not a number of 0 or more"),
        ({"score": "x"}, "score", "'x' is not a number of 0 or more"),
        ({"color": "bleu"}, "color", "'bleu' is not one of red, blue; did you mean 'blue'?"),
        ({"made-on": "soon"}, "made-on", "'soon' is not a date; write it like 2026-05-01"),
        ({"good": "yes"}, "good", "'yes' is not true or false"),
        ({"inner": 5}, "inner", "5 is not a table"),
        ({"inner": {}}, "inner.depth", "is missing"),
        ({"inner": {"depth": "x"}}, "inner.depth", "'x' is not a whole number"),
        ({"inners": {"depth": 1}}, "inners", "a table is not a list"),
        ({"inners": [{"depth": 1}, {}]}, "inners[1].depth", "is missing"),
        ({"inners": [{"depth": 1}, 5]}, "inners[1]", "5 is not a table"),
        ({"words": "word"}, "words", "'word' is not a list"),
        ({"words": ["a", 5, 6]}, "words", "5 is not text; 6 is not text"),
        ({"words": [5, 5]}, "words", "5 is not text"),
        ({"reply": []}, "reply", "a list is neither text nor a number nor a table"),
        ({"reply": None}, "reply", "null is neither text nor a number nor a table"),
        ({"reply": {"depth": "x"}}, "reply.depth", "'x' is not a whole number"),
        ({"pair": [1, 2, 3]}, "pair", "a list is not allowed here"),
        ({"by-color": 5}, "by-color", "5 is not a table"),
        ({"by-color": {"green": 1}}, "by-color.green", "'green' is not one of red, blue"),
        ({"by-color": {"red": "x"}}, "by-color.red", "'x' is not a whole number"),
        ({"nmae": "n"}, "nmae", "is not a known key; did you mean 'name'?"),
        ({"zzz": "n"}, "zzz", "is not a known key"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(changes: dict[str, Any], path: str, message: str) -> None:
    assert messages(a_thing(**changes)) == {path: message}


@pytest.mark.parametrize(
    ("key", "value"),
    [("name", 5), ("inner", 5), ("inners", 5), ("by-color", 5), ("words", ["a", 5]), ("words", 5), ("zzz", "n"), ("pair", [1, 2, 3])],
)
def test_a_problem_carries_what_was_found(key: str, value: Any) -> None:
    (problem,) = salvage(a_thing(**{key: value}), Thing)[1]
    assert (problem.path, problem.value) == (key, value)


def test_what_is_sound_is_read_whole_beside_what_is_broken() -> None:
    value, problems = salvage(
        a_thing(age="old", **{"made-on": None, "words": ["a"], "by-color": {"red": 1, "green": 2}, "pair": [1, 2], "reply": {"depth": 3}}),
        Thing,
    )
    assert value is not None
    assert [problem.path for problem in problems] == ["age", "by-color.green"]
    assert (value.made_on, value.words, value.by_color, value.pair) == (None, ("a",), {Color.RED: 1}, (1, 2))
    assert (value.reply, value.least, value.inner) == (Inner(depth=3), 1, None)


@pytest.mark.parametrize("reply", ["yes", 5, 5.5])
def test_each_kind_that_may_stand_there_is_kept_beside_what_is_broken(reply: object) -> None:
    value, _ = salvage(a_thing(age="old", reply=reply), Thing)
    assert value is not None
    assert value.reply == reply


@pytest.mark.parametrize(
    ("raw", "limits", "said"),
    [
        (44.5, {"whole": False, "lowest": 34, "highest": 43}, "44.5 is not between 34 and 43"),
        ("x", {"whole": False, "lowest": 34, "highest": 43}, "'x' is not a number from 34 to 43"),
        ("x", {"whole": True, "lowest": None, "highest": 5}, "'x' is not a whole number"),
        (9, {"whole": True, "lowest": None, "highest": 5}, "9 is not a number"),
        (-1, {"whole": True, "lowest": 0, "highest": None}, "-1 is not a number of 0 or more"),
    ],
)
def test_what_is_no_number_of_its_range_is_said(raw: object, limits: dict[str, Any], said: str) -> None:
    assert not_a_number(raw, **limits) == said


class Bound(Value, frozen=True, kw_only=True):
    low: int | float | None = None


def test_a_table_where_only_numbers_may_stand_is_refused_for_all_of_them() -> None:
    (problem,) = salvage({"low": {"a": 1}}, Bound)[1]
    assert (problem.path, problem.message) == ("low", "a table is neither text nor a number nor a table")


def test_a_key_that_is_no_text_is_named() -> None:
    (problem,) = salvage({**a_thing(), 5: 1}, Thing)[1]
    assert (problem.path, problem.message) == ("5", "is not a known key")


def test_a_table_that_is_none_leaves_an_empty_one() -> None:
    value, _ = salvage(a_thing(**{"by-color": 5}), Thing)
    assert value is not None
    assert value.by_color == {}


def test_near_keys_are_looked_for_up_to_a_number_of_problems() -> None:
    said = messages(a_thing(**{f"nmae{number}": 1 for number in range(MOST_SUGGESTIONS + 1)}))
    assert [message.endswith("?") for message in said.values()] == [True] * MOST_SUGGESTIONS + [False]


@pytest.mark.parametrize(("wrong", "meant"), [({"kind": "thing/2"}, "thing/1"), ({"color": "bleu"}, "blue")])
def test_after_a_number_of_problems_no_near_word_is_looked_for(wrong: dict[str, str], meant: str) -> None:
    for before, found in ((MOST_SUGGESTIONS - 1, True), (MOST_SUGGESTIONS, False)):
        said = messages({f"other{number}": 1 for number in range(before)} | {"name": "n", "age": 5} | {"kind": "thing/1"} | wrong)
        assert said[next(iter(wrong))].endswith(f"did you mean '{meant}'?") == found


def test_a_key_that_is_missing_is_named() -> None:
    assert messages({"kind": "thing/1", "age": 1}) == {"name": "is missing"}


@pytest.mark.parametrize("raw", [None, 5, "text", [], [{}]])
def test_what_is_no_table_has_no_value(raw: object) -> None:
    value, problems = salvage(raw, Thing)
    assert value is None
    assert [problem.path for problem in problems] == [""]


def test_what_is_sound_is_kept_beside_what_is_broken() -> None:
    value, _ = salvage(a_thing(age="old", color="blue", inners=[{"depth": "x"}]), Thing)
    assert value is not None
    assert (value.name, value.age, value.color, value.inners) == ("n", None, Color.BLUE, (Inner(depth=None),))  # type: ignore[arg-type]  # salvaged with None


def test_a_hostile_nesting_is_refused_and_does_not_crash() -> None:
    deep: Any = {}
    for _ in range(5000):
        deep = {"inner": deep}
    assert "inner.inner" in messages(a_thing(**deep))


class Either(Value, frozen=True, kw_only=True):
    lines: int | tuple[int, ...] | None = None


@pytest.mark.parametrize(("raw", "lines"), [(5, 5), ([1, 2], (1, 2)), (None, None)])
def test_a_value_may_be_a_number_or_a_list_of_them(raw: object, lines: object) -> None:
    assert salvage({"lines": raw}, Either) == (Either(lines=lines), ())  # type: ignore[arg-type]  # as it is read


def test_a_list_with_something_else_in_it_is_none_of_these() -> None:
    assert [problem.path for problem in salvage({"lines": [1, "a"]}, Either)[1]] == ["lines"]
