"""Tables: columns share the width, and no word is ever lost."""

import pytest

from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.display.table import laid_out

ROWS = [("id", "what it is"), ("low-back-chronic", "pain in the lower back for twelve weeks or more"), ("neck", "漢字かな pain")]


def test_cells_stand_under_each_other() -> None:
    assert laid_out([("a", "b"), ("long", "c")], width=20, gap="  ") == ["a     b", "long  c"]


@pytest.mark.parametrize("width", range(32, 80))
def test_a_long_cell_wraps_in_its_column(width: int) -> None:
    lines = laid_out(ROWS, width=width, gap="  ")
    assert lines is not None
    start = lines[0].index("what")
    assert all(not line[:start].strip() or line[:start].endswith(" ") for line in lines)
    assert " ".join(line[start:] for line in lines[1:-1]).split() == ROWS[1][1].split()


def test_what_cannot_be_fitted_is_said_so() -> None:
    assert laid_out(ROWS, width=20, gap=" ") is None


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_on_paper_nothing_is_cut_and_nothing_is_wider(width: int) -> None:
    rows = [("x" * 30, "y" * 25, "some words that are long enough to wrap"), ("x", "\x1b[31mred\nline", "")]
    paper = Paper(width=width, color=False, symbols=True)
    paper.table(("first", "second", "third"), rows)
    text = paper.text()
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert all(word in " ".join(text.split()) for word in ("x" * 30, "y" * 25, "some", "wrap", "[31mred line"))
