"""Asking with keys: the traps of the library that draws the prompts are kept out."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.input import PipeInput
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.keys import Keys

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section
from massage_cli.terminal.interview.asker import Back
from massage_cli.terminal.interview.keys import KeyAsker
from tests.builders import TODAY
from tests.terminal.interview.prompts import Screen, piped_prompts

LINES = tuple(
    Option(value=value, label=label, wording=f"Is it {label}?") for value, label in (("fever", "Fever"), ("flu", "Flu"), ("rash", "Rash"))
)
DOWN = "\x1b[B"
ESC, CTRL_A, CTRL_C, CTRL_D = "\x1b", "\x01", "\x03", "\x04"


def a_question(**changes: object) -> Question:
    """A health list of three lines, with some things changed."""
    fields: dict[str, object] = {"id": "health.today", "section": Section.HEALTH, "kind": Kind.MANY, "title": "Today", "options": LINES}
    return Question(**{**fields, "none": "None of these", "health": True, **changes})  # type: ignore[arg-type]  # a builder takes any change


MANY = a_question()
ONE = a_question(id="condition", kind=Kind.ONE, health=False, none="")
HEALTH_ONE = a_question(id="fact.fever", kind=Kind.ONE, none="")
HEALTH_NUMBER = a_question(id="fact.weeks", kind=Kind.NUMBER, options=(), none="", lowest=0, highest=45)
TEXT = a_question(id="client", kind=Kind.TEXT, options=(), none="", health=False)
EVERY_PROMPT = (MANY, ONE, HEALTH_ONE, HEALTH_NUMBER, TEXT)


@pytest.fixture
def pipe() -> Iterator[PipeInput]:
    with piped_prompts(Screen()) as typed:
        yield typed


def answer(pipe: PipeInput, question: Question, typed: str, before: Answer = None) -> Answer:
    """What the keys answer; where they answer nothing yet, the control-C after them interrupts."""
    pipe.send_text(typed + CTRL_C)
    return KeyAsker(on=TODAY).ask(question, before)


@contextmanager
def nothing_answered() -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt):
        yield


@pytest.mark.parametrize("question", EVERY_PROMPT, ids=lambda question: question.id)
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_control_c_and_control_d_both_interrupt(pipe: PipeInput, question: Question, key: str) -> None:
    pipe.send_text(key)
    with pytest.raises(KeyboardInterrupt):
        KeyAsker(on=TODAY).ask(question, None)


@pytest.mark.parametrize("typed", ["4", "some words"])
def test_control_d_interrupts_also_when_something_is_typed(pipe: PipeInput, typed: str) -> None:
    pipe.send_text(typed + CTRL_D)
    with pytest.raises(KeyboardInterrupt):
        KeyAsker(on=TODAY).ask(TEXT, None)


@pytest.mark.parametrize("question", EVERY_PROMPT, ids=lambda question: question.id)
def test_esc_goes_back(pipe: PipeInput, question: Question) -> None:
    pipe.send_text(ESC)
    with pytest.raises(Back):
        KeyAsker(on=TODAY).ask(question, None)


@pytest.mark.parametrize("question", [MANY, HEALTH_ONE, HEALTH_NUMBER], ids=lambda question: question.id)
@pytest.mark.parametrize("times", [1, 5])
def test_enter_alone_answers_no_question_about_health(pipe: PipeInput, question: Question, times: int) -> None:
    with nothing_answered():
        answer(pipe, question, "\r" * times)


@pytest.mark.parametrize("key", ["a", "i", "A", "I", CTRL_A])
def test_no_key_ticks_everything_at_once(pipe: PipeInput, key: str) -> None:
    with nothing_answered():
        answer(pipe, MANY, key + "\r")


@pytest.mark.parametrize("key", ["a", "i", CTRL_A])
def test_no_key_takes_a_tick_away_unseen(pipe: PipeInput, key: str) -> None:
    assert answer(pipe, MANY, f" {key}\r") == ("fever",)


@pytest.mark.parametrize("key", ["j", "k"])
def test_letters_do_not_move_in_a_list(pipe: PipeInput, key: str) -> None:
    assert answer(pipe, MANY, f"{key} \r") == ("fever",)


def test_space_ticks_the_line_pointed_at(pipe: PipeInput) -> None:
    assert answer(pipe, MANY, f"{DOWN} \r") == ("flu",)


def test_ticks_come_in_the_order_of_the_list(pipe: PipeInput) -> None:
    assert answer(pipe, MANY, f"{DOWN} \x1b[A \r") == ("fever", "flu")


def test_n_says_none_of_these(pipe: PipeInput) -> None:
    assert answer(pipe, MANY, "n\r") == ()


def test_n_alone_answers_nothing(pipe: PipeInput) -> None:
    with nothing_answered():
        answer(pipe, MANY, "n")


def test_n_takes_every_tick_away(pipe: PipeInput) -> None:
    assert answer(pipe, MANY, f" {DOWN} n\r") == ()


def test_n_ticks_nothing_where_there_is_no_line_for_none(pipe: PipeInput) -> None:
    with nothing_answered():
        answer(pipe, a_question(none=""), "n\r")


def test_none_of_these_does_not_go_with_another_line(pipe: PipeInput) -> None:
    with nothing_answered():
        answer(pipe, MANY, f"n{DOWN} \r")


def test_none_of_these_can_be_taken_away_again(pipe: PipeInput) -> None:
    assert answer(pipe, MANY, f"n {DOWN} \r") == ("fever",)


@pytest.mark.parametrize("before", [("flu",), ()])
def test_what_was_ticked_before_is_ticked(pipe: PipeInput, before: tuple[str, ...]) -> None:
    assert answer(pipe, MANY, "\r", before) == before


def test_the_line_chosen_before_is_pointed_at(pipe: PipeInput) -> None:
    assert answer(pipe, ONE, "\r", "flu") == "flu"


def test_the_line_that_is_suggested_is_pointed_at(pipe: PipeInput) -> None:
    assert answer(pipe, a_question(id="pressure", kind=Kind.ONE, health=False, suggested="rash"), "\r") == "rash"


def test_a_choice_about_health_is_typed(pipe: PipeInput) -> None:
    assert answer(pipe, HEALTH_ONE, "2\r") == "flu"


def test_what_is_no_answer_keeps_the_question_open(pipe: PipeInput) -> None:
    assert answer(pipe, HEALTH_NUMBER, "99\r\x7f\x7f7\r") == 7


@pytest.mark.parametrize("typed", ["c\x1b[200~-\n1\n\x1b[201~\r", "\x1b[200~c-1\r\n\x1b[201~\r"])
def test_line_ends_in_a_paste_are_cleaned(pipe: PipeInput, typed: str) -> None:
    free = a_question(id="clearance.pregnancy.by", kind=Kind.TEXT, options=(), none="", health=False)
    assert answer(pipe, free, typed) in ("c- 1", "c-1")


def test_escapes_in_a_paste_are_cleaned(pipe: PipeInput) -> None:
    free = a_question(id="clearance.pregnancy.by", kind=Kind.TEXT, options=(), none="", health=False)
    assert answer(pipe, free, "\x1b[200~mid\x1b\x07\u202e\u200bwife\x1b[201~\r") == "midwife"


def test_a_paste_ticks_nothing(pipe: PipeInput) -> None:
    with nothing_answered():
        answer(pipe, MANY, "\x1b[200~ n\r\x1b[201~\r")


@pytest.mark.parametrize("columns", ["40", "60", "200"])
@pytest.mark.usefixtures("pipe")
def test_no_label_is_cut_at_the_edge(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    label = "New nosebleeds, bleeding gums or pin-point red spots"
    lines = KeyAsker(on=TODAY)._folded(label).split("\n")
    assert " ".join(line.strip() for line in lines) == label
    assert all(len(line) + 6 <= int(columns) for line in lines)


@pytest.mark.parametrize("typed", ["\x1b[31m", "\x1b[0m", "\x1b[1;2;3;4M", "\x1b[M\x01\x01\x01", "\x1b[<0;5;5M"])
@pytest.mark.parametrize("question", EVERY_PROMPT, ids=lambda question: question.id)
def test_colors_and_a_mouse_among_the_keys_are_passed_over(pipe: PipeInput, question: Question, typed: str) -> None:
    with nothing_answered():
        answer(pipe, question, typed)


ACCEPTING = {"ctrl-o": "\x0f", "alt-#": "\x1b#", "ctrl-x ctrl-o": "\x18\x0f"}
"""Keys that answer a line of text, as Enter does."""


@pytest.mark.parametrize("keys", ACCEPTING.values(), ids=ACCEPTING)
@pytest.mark.parametrize("question", [MANY, ONE], ids=lambda question: question.id)
def test_no_key_but_enter_answers_a_list(pipe: PipeInput, question: Question, keys: str) -> None:
    with nothing_answered():
        answer(pipe, question, keys)


@pytest.mark.parametrize("keys", ACCEPTING.values(), ids=ACCEPTING)
def test_no_key_but_enter_takes_what_is_ticked(pipe: PipeInput, keys: str) -> None:
    assert answer(pipe, MANY, f" {keys}{DOWN} \r") == ("fever", "flu")


KEYS = (
    *(chr(number) for number in (*range(0x20), 0x7F)),
    *(f"{ESC}{chr(number)}" for number in range(0x20, 0x7F)),
    *(f"\x18{chr(number)}" for number in range(0x20)),
    *{key: sequence for sequence, key in ANSI_SEQUENCES.items() if key is not Keys.BracketedPaste}.values(),
)
"""Every key that is more than a letter: with control or alt, after ctrl-x, and those with a name."""


def test_no_key_pressed_alone_answers_a_list_about_health(pipe: PipeInput) -> None:
    for key in KEYS:
        clear_typeahead(pipe)
        with pytest.raises((KeyboardInterrupt, Back)):
            answer(pipe, MANY, key + CTRL_C * 3)


@pytest.mark.parametrize("question", [MANY, ONE], ids=lambda question: question.id)
def test_alt_enter_answers_no_list_and_is_an_esc(pipe: PipeInput, question: Question) -> None:
    with pytest.raises(Back):
        answer(pipe, question, " \x1b\r")


def test_the_full_wording_stands_above_the_list(pipe: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    answer(pipe, MANY, "n\r")
    printed = capsys.readouterr()
    assert printed.out == ""
    for option in LINES:
        assert option.wording in printed.err


def test_what_was_understood_is_said_after_a_typed_answer(pipe: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(pipe, a_question(id="onset", kind=Kind.DATE, options=(), none="", health=False), "3 weeks ago\r") == "2026-10-31"
    assert "Sat 2026-10-31" in capsys.readouterr().err
