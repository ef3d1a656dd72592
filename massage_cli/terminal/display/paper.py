"""What pages are drawn on: a console of a known width, its signs and styles, and the few shapes that all pages share."""

import sys
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from massage_cli.terminal.clean import clean, clean_line
from massage_cli.terminal.streams import can_show_symbols, wants_color, width_of, write_text

_ROOMY = 60
"""From this many columns on, labels stand beside their text; below it they stand above."""


class Signs:
    """The signs of the timeline and of rules, in the letters that the terminal can show."""

    def __init__(self, *, symbols: bool) -> None:
        self.visit = "●" if symbols else "o"
        self.review = "◆" if symbols else "R"
        self.empty = "·" if symbols else "."
        self.between = "·" if symbols else "-"
        self.dash = "–" if symbols else "-"
        self.level = "■" if symbols else "#"
        self.no_level = "□" if symbols else "."


class Paper:
    """A page that is drawn whole and then written at once."""

    def __init__(self, *, width: int, color: bool, symbols: bool) -> None:
        self.width = width
        self.signs = Signs(symbols=symbols)
        self._drawn = StringIO()
        self._console = Console(
            file=self._drawn,
            width=width,
            color_system="standard" if color else None,
            force_terminal=color,
            no_color=not color,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    @property
    def roomy(self) -> bool:
        """True when labels have room beside their text."""
        return self.width >= _ROOMY

    def text(self) -> str:
        """What was drawn, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._drawn.getvalue().split("\n"))

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def line(self, *parts: str | tuple[str, str], indent: int = 0) -> None:
        """One paragraph of parts, each plain or with a style; wrapped with the indent kept."""
        self._console.print(Padding(styled(*parts), (0, 0, 0, indent)))

    def item(self, text: str) -> None:
        """One line of a list, its further lines under its first word."""
        table = Table.grid(padding=(0, 1))
        table.add_column()
        table.add_column(ratio=1)
        table.add_row(Text("-"), styled(text))
        self._console.print(Padding(table, (0, 0, 0, 2)))

    def heading(self, title: str, *beside: str | tuple[str, str]) -> None:
        """A section's title, after an empty line."""
        self.blank()
        self.line((title.upper(), "bold"), *(("  ", *beside) if beside else ()))

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Labels with their text beside them, or above them where it is narrow."""
        pairs = [(clean_line(label), clean(text)) for label, text in rows]
        if not self.roomy:
            for label, text in pairs:
                self.line((label, "bold"), indent=2)
                self.line(text, indent=4)
            return
        table = Table.grid(padding=(0, 2))
        table.add_column(min_width=14, max_width=22)
        table.add_column(ratio=1)
        for label, text in pairs:
            table.add_row(Text(label, style="bold"), Text(text))
        self._console.print(Padding(table, (0, 0, 0, 2)))

    def columns(self, rows: Sequence[Sequence[str | tuple[str, str]]], *, right: frozenset[int] = frozenset()) -> None:
        """A table without rules; columns named in `right` end at the same place."""
        table = Table.grid(padding=(0, 2))
        for column in range(max(len(row) for row in rows)):
            table.add_column(justify="right" if column in right else "left", no_wrap=column in right)
        for row in rows:
            table.add_row(*(styled(cell) for cell in row))
        self._console.print(Padding(table, (0, 0, 0, 2)))


def styled(*parts: str | tuple[str, str]) -> Text:
    """Cleaned, inert text of parts that are plain or carry a style."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(clean(words), style=style or None)
    return text


def paper_for_stdout() -> Paper:
    """Paper as wide and colorful as standard output allows."""
    stream = sys.stdout
    return Paper(width=width_of(stream), color=wants_color(stream), symbols=can_show_symbols(stream))


def publish(paper: Paper) -> None:
    """Write a finished page to standard output. Raises OutputLost."""
    write_text(paper.text())
