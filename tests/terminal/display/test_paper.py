"""What pages are drawn on."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from massage_cli.terminal.display.paper import Paper

LONG = "Work slowly and ask often; stop when the client asks for it, or when anything changes."
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def a_paper(*, width: int = 80, color: bool = False, symbols: bool = True) -> Paper:
    return Paper(width=width, color=color, symbols=symbols)


def lines(paper: Paper) -> list[str]:
    return paper.text().rstrip("\n").split("\n")


def test_a_paragraph_wraps_between_words_and_keeps_its_indent() -> None:
    paper = a_paper(width=40)
    paper.line(LONG, indent=4)
    assert len(lines(paper)) == 3
    assert all(line.startswith("    ") and len(line) <= 40 for line in lines(paper))
    assert " ".join(" ".join(lines(paper)).split()) == LONG


def test_further_lines_of_an_item_stand_under_its_first_word() -> None:
    paper = a_paper(width=40)
    paper.item(LONG)
    assert lines(paper)[0].startswith("  - Work")
    assert all(line.startswith("    ") and line[4] != " " for line in lines(paper)[1:])


def test_labels_stand_beside_their_text_where_there_is_room_and_above_it_where_not() -> None:
    rows = [("Pressure", LONG), ("No work on", "left knee")]
    wide, narrow = a_paper(width=80), a_paper(width=40)
    wide.rows(rows)
    narrow.rows(rows)
    assert lines(wide)[0].startswith("  Pressure    Work slowly")
    assert lines(wide)[-1] == "  No work on  left knee"
    assert lines(narrow)[:2] == ["  Pressure", "    Work slowly and ask often; stop when"]
    assert lines(narrow)[-2:] == ["  No work on", "    left knee"]


def test_a_label_too_long_stands_above_its_text() -> None:
    paper = a_paper(width=80)
    paper.rows([("Pressure", "2 at most"), ("On the left lower leg, left ankle and left foot", "no cupping")])
    assert lines(paper)[1] == "  On the left lower leg, left ankle and left foot"
    assert lines(paper)[2].strip() == "no cupping"


@pytest.mark.parametrize("width", [40, 59, 60, 80])
def test_columns_stand_under_each_other(width: int) -> None:
    paper = a_paper(width=width)
    paper.columns([["1", "Mon", "initial", "60"], ["10", "Tue", "taper", "105"]], right=frozenset({0, 3}))
    first, second = lines(paper)
    assert first.index("Mon") == second.index("Tue")
    assert first.index("initial") == second.index("taper")
    assert len(first) == len(second)


def test_a_heading_is_in_capitals_after_an_empty_line() -> None:
    paper = a_paper()
    paper.line("before")
    paper.heading("Limits", "beside")
    assert lines(paper) == ["before", "", "LIMITS  beside"]


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/]", "[link=a]b", ":smile:", "\\[x]", "[bold]", "{x}", "%s"])
def test_markup_is_drawn_as_it_stands(text: str) -> None:
    paper = a_paper(color=True)
    paper.line((text, "bold"))
    paper.item(text)
    paper.rows([(text, text)])
    paper.columns([[text]])
    assert COLOR.sub("", paper.text()).count(text) == 5


def test_no_escape_is_drawn_without_color() -> None:
    paper = a_paper()
    paper.line((LONG, "bold red on blue"))
    assert "\x1b" not in paper.text()


def test_color_adds_codes_and_nothing_else() -> None:
    plain, colored = a_paper(width=40), a_paper(width=40, color=True)
    for paper in (plain, colored):
        paper.heading("Limits", style="bold red")
        paper.line((LONG, "bold"), " and more ", (LONG, "dim"))
        paper.rows([("Pressure", LONG)])
    assert "\x1b[1" in colored.text()
    assert COLOR.sub("", colored.text()) == plain.text()


def test_drawing_twice_gives_the_same_text() -> None:
    paper = a_paper()
    paper.line(LONG)
    assert paper.text() == paper.text()


def test_signs_are_plain_letters_where_symbols_cannot_be_shown() -> None:
    assert "".join(vars(a_paper(symbols=False).signs).values()).isascii()


def test_signs_are_one_column_wide_and_differ_from_each_other() -> None:
    for symbols in (True, False):
        signs = a_paper(symbols=symbols).signs
        assert {cell_len(sign) for sign in vars(signs).values()} == {1}
        assert len({signs.visit, signs.review, signs.empty}) == 3
        assert signs.level != signs.no_level


any_text = st.text(max_size=120) | st.text(alphabet="ab 漢é\u0301", max_size=120)


@settings(max_examples=75)
@given(any_text, st.integers(40, 160))
def test_no_line_is_ever_wider_than_the_paper(text: str, width: int) -> None:
    paper = a_paper(width=width)
    paper.line((text, "bold"), " ", text, indent=4)
    paper.item(text)
    paper.heading(text)
    paper.rows([(text, text), ("Pressure", text)])
    assert max(cell_len(line) for line in lines(paper)) <= width


@settings(max_examples=100)
@given(st.text(alphabet="abcdefg -,.", max_size=200), st.integers(40, 160))
def test_no_word_is_lost(text: str, width: int) -> None:
    paper = a_paper(width=width)
    paper.line(text, indent=2)
    assert "".join(paper.text().split()) == "".join(text.split())
