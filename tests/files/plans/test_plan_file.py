"""Plan files: what is written is read back, the same to the byte, and nothing in it is hidden."""

import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan
from tests.builders import TODAY, a_plan, knowledge
from tests.drawn import drawn_intake
from tests.worked import NAMES, intake_file, plan_file, plan_of

WRITERS = pytest.mark.parametrize(("write", "name"), [(to_toml, "a.toml"), (to_json, "a.json")], ids=["toml", "json"])
Write = Callable[[PlanDocument], str]


def a_document(**changes: Any) -> PlanDocument:
    """The document of the plan of a valid intake."""
    return document_of(a_plan(**changes), knowledge(), program="test")


def with_texts(document: PlanDocument, text: str) -> PlanDocument:
    """The same document with a text in every place that a person may write into."""
    note = {"rule": "pregnancy", "by": text, "on": TODAY, "limits": text}
    intake = replace(document.intake, notes=text, clearances=check_notes([note]))
    return replace(document, intake=intake, advice=(text,))


def check_notes(notes: list[dict[str, Any]]) -> Any:
    """The notes of clearance as the intake holds them, whatever their texts."""
    return msgspec.convert(notes, type=tuple[type(_A_NOTE), ...])


DOCUMENT = a_document()
_A_NOTE = check_intake(
    msgspec.to_builtins(DOCUMENT.intake) | {"clearances": [{"rule": "pregnancy", "by": "midwife", "on": TODAY}]}, knowledge(), on=TODAY
).clearances[0]


def drawn_document(seed: int) -> PlanDocument | None:
    """The document of a random valid client; none where no day is open."""
    table, on = drawn_intake(seed)
    try:
        return document_of(make_plan(check_intake(table, knowledge(), on=on), knowledge(), on=on), knowledge(), program="test")
    except NoOpenDay:
        return None


def problems(content: str | bytes, name: str = "a.toml") -> tuple[Problem, ...]:
    """What is wrong with a plan file; the test fails when nothing is."""
    with pytest.raises(Unreadable) as broken:
        read_plan(content if isinstance(content, bytes) else content.encode(), name)
    return broken.value.problems


# There and back


@settings(max_examples=60)
@given(st.integers(0, 200))
def test_a_plan_is_read_back_equal_and_written_again_to_the_same_bytes(seed: int) -> None:
    document = drawn_document(seed)
    if document is None:
        return
    for write, name in ((to_toml, "a.toml"), (to_json, "a.json")):
        text = write(document)
        again = read_plan(text.encode(), name)
        assert again == document
        assert write(again) == text


@WRITERS
@settings(max_examples=75)
@given(st.text())
def test_any_text_is_read_back_equal(write: Write, name: str, text: str) -> None:
    document = with_texts(DOCUMENT, text)
    written = write(document)
    assert read_plan(written.encode(), name) == document
    assert write(read_plan(written.encode(), name)) == written


@pytest.mark.parametrize("name", NAMES)
def test_toml_and_json_of_a_worked_plan_are_one_plan(name: str) -> None:
    assert read_plan(to_json(plan_of(name)).encode(), "a.json") == read_plan(to_toml(plan_of(name)).encode(), "a.toml")


@WRITERS
def test_a_very_large_number_is_read_back_equal(write: Write, name: str) -> None:
    document = a_document(booking={"max-sessions": 10**40})
    assert read_plan(write(document).encode(), name) == document


def test_the_keys_of_json_stand_in_the_order_of_the_format() -> None:
    keys = list(msgspec.json.decode(to_json(a_document())))
    assert keys == [key for key in PlanDocument.__struct_encode_fields__ if key in keys]


def test_a_file_ends_with_one_line_end() -> None:
    for text in (to_toml(a_document()), to_json(a_document())):
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


# Nothing hidden


SIGNS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Letters that Unicode counts as formatting, and that are seen all the same."""


def is_hidden(letter: str) -> bool:
    """True for controls, formatting and bidi marks, and for line ends other than the plain one."""
    return letter not in "\t\n" and ord(letter) not in SIGNS and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")


HIDDEN = [letter for letter in map(chr, range(sys.maxunicode + 1)) if is_hidden(letter)]


@WRITERS
@pytest.mark.parametrize("letter", ["\x1b", "\x9b", "\x07", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\xad"], ids=ascii)
def test_a_hidden_character_stands_in_the_file_as_an_escape(write: Write, name: str, letter: str) -> None:
    document = with_texts(a_document(), f"before{letter}after")
    text = write(document)
    assert letter not in text
    assert "before\\" in text
    assert read_plan(text.encode(), name) == document


@WRITERS
@pytest.mark.parametrize("plane", ["basic", "further"])
def test_no_hidden_character_stands_in_the_file_as_it_is(write: Write, name: str, plane: str) -> None:
    letters = "".join(letter for letter in HIDDEN if (ord(letter) <= 0xFFFF) == (plane == "basic"))
    document = with_texts(a_document(), letters)
    text = write(document)
    assert sorted({f"U+{ord(letter):04X}" for letter in text if is_hidden(letter)}) == []
    assert read_plan(text.encode(), name) == document


def test_letters_that_are_not_hidden_stand_as_they_are() -> None:
    assert "Žižková 5 µm – ÄÖ 😀" in to_toml(with_texts(a_document(), "Žižková 5 µm – ÄÖ 😀"))


# Reading what is no plan


def test_an_intake_is_no_plan_and_the_message_says_what_to_do() -> None:
    (problem,) = problems(intake_file("low-back").read_bytes())
    assert (problem.path, problem.message) == ("format", "this is an intake; to plan it: massage plan FILE")


@WRITERS
def test_a_plan_of_a_later_format_is_refused_by_its_format(write: Write, name: str) -> None:
    later = write(replace(plan_of("blood-thinner"), planned_on=TODAY)).replace("massage-plan/1", "massage-plan/2").encode()
    with pytest.raises(Unreadable) as refused:
        read_plan(later, name)
    assert [(problem.path, problem.value) for problem in refused.value.problems] == [("format", "massage-plan/2")]
    with pytest.raises(Unreadable) as refused:
        read_intake(later, name, knowledge(), on=TODAY)
    assert refused.value.problems[0].path == "format"


def damaged_plan(**changes: Any) -> str:
    """A worked plan with top-level values changed; None takes the key out."""
    table = tomli.loads(plan_file("blood-thinner").read_text(encoding="utf-8"))
    table |= {key.replace("_", "-"): value for key, value in changes.items()}
    return tomli_w.dumps({key: value for key, value in table.items() if value is not None})


def test_every_problem_of_a_plan_is_told_with_its_path() -> None:
    text = damaged_plan(outcome="go", planned_on="soon", sesions=1, protocol=None, measures=[{"id": "nprs"}], edition=None)
    assert {problem.path for problem in problems(text)} == {"outcome", "planned-on", "sesions", "measures[0].name", "edition"}


def test_a_problem_of_a_plan_is_told_with_its_line() -> None:
    text = damaged_plan(outcome="go")
    (problem,) = problems(text)
    assert text.split("\n")[(problem.line or 0) - 1] == 'outcome = "go"'


def test_an_unknown_key_of_a_plan_is_told_with_the_nearest() -> None:
    (problem,) = problems(damaged_plan(warning=[]))
    assert problem.message == "is not a known key; did you mean 'warnings'?"


@pytest.mark.parametrize("key", ["format", "outcome", "edition", "program", "planned-on", "knowledge-digest", "intake", "screening"])
def test_a_plan_lacks_nothing_that_it_must_have(key: str) -> None:
    assert [problem.path for problem in problems(damaged_plan(**{key: None}))] == [key]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates().map(date.isoformat),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.just("id"), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100)
@given(st.sampled_from(PlanDocument.__struct_encode_fields__), anything)
def test_anything_at_all_in_a_plan_is_read_or_explained(key: str, value: Any) -> None:
    table = msgspec.json.decode(to_json(plan_of("blood-thinner"))) | {key: value}
    try:
        read_plan(msgspec.json.encode(table), "a.json")
    except Unreadable as broken:
        assert broken.problems
        assert all(problem.message for problem in broken.problems)
