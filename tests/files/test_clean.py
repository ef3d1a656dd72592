"""What may reach a screen."""

import unicodedata

import pyte
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from massage_cli.files.clean import clean, clean_line, is_hidden, one_line
from tests.terminal.hostile import HOSTILE, ZALGO, is_steering, short

any_text = st.text(max_size=60) | st.text(alphabet="ae\u0301\u0300\u200d\u0489\x1b\n\r\t\u202e ", max_size=60)


@pytest.mark.parametrize("text", ["plain", "Žižková, 5 µm – 50 %", "漢字", "😀", "a\nb", "", "[red]", ":smile:", "café"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred", "[31mred"),
        ("\x9b31mred", "31mred"),
        ("a\tb", "a b"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "ab"),
        ("\u202etxt", "txt"),
        ("a\u200bb", "ab"),
        ("a\u2028b", "ab"),
        ("\ufeffa", "a"),
        ("a\ue000b", "ab"),
        ("a\0b\x7fc", "abc"),
    ],
    ids=short,
)
def test_what_steers_hides_or_turns_around_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@settings(max_examples=400)
@given(any_text)
@example(ZALGO)
@example("e" + "\u0301\u0300\u0302\u0308\u200d" * 20)
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert not [letter for letter in cleaned if letter == "\t" or is_steering(letter)]
    assert clean(cleaned) == cleaned


@settings(max_examples=400)
@given(any_text)
@example(ZALGO)
@example("e" + "\u0301\u0300\u0302\u0308\u200d" * 20)
def test_no_letter_carries_more_than_four_marks(text: str) -> None:
    marks = "".join("m" if unicodedata.category(letter) in ("Mn", "Me") else "." for letter in clean(text))
    assert "mmmmm" not in marks


@given(any_text)
def test_a_clean_line_is_one_line(text: str) -> None:
    assert "\n" not in clean_line(text)
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\U0001f3fd" not in text], ids=short)
def test_a_terminal_takes_a_clean_line_as_letters_alone(text: str) -> None:
    line = clean_line(text)
    screen = pyte.Screen(600, 3)
    pyte.Stream(screen).feed(line)
    assert (screen.cursor.x, screen.cursor.y) == (cell_len(line), 0)
    assert (screen.title, screen.mode) == ("", pyte.Screen(600, 3).mode)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two  words ", "two words"),
        ("a\u2028b\x85c\td\r\ne", "a b c d e"),
        ("hid\u200bden \u202e turned", "hidden turned"),
        ("word " * 10_000, " ".join(["word"] * 10_000)),
        ("x" * 100_000 + "\x07", "x" * 100_000),
    ],
    ids=["blanks", "breaks", "hidden", "long", "long-and-bell"],
)
def test_one_line_has_one_space_between_words(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_what_is_not_seen_is_hidden() -> None:
    assert all(map(is_hidden, "\x07\x7f\x9b\u200b\u202e\u2028\ue000\n"))
    assert not any(map(is_hidden, "a \u00e9\u4e2d\u0301-"))
