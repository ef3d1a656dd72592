"""What pages are drawn on: lines of a known width, the signs and styles, and the few shapes that all pages share."""

import sys
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from massage_cli.files.clean import clean, clean_line
from massage_cli.terminal.display.table import laid_out
from massage_cli.terminal.streams import OutputLost, can_show_symbols, wants_color, width_of, write_text

Part = str | tuple[str, str]
"""Words, plain or with a style."""

_ROOMY = 60
"""From this many columns on, labels stand beside their text; below it they stand above."""
_WIDEST_LABEL = 12


class Signs:
    """The signs of the timeline and of rules, in the letters that the terminal can show."""

    def __init__(self, *, symbols: bool) -> None:
        self.visit = "●" if symbols else "o"
        self.review = "◆" if symbols else "R"
        self.empty = "·" if symbols else "."
        self.between = "·" if symbols else "-"
        self.level = "■" if symbols else "#"
        self.no_level = "□" if symbols else "."


class Paper:
    """A page whose lines are collected, and written at once."""

    def __init__(self, *, width: int, color: bool, symbols: bool) -> None:
        self.width = width
        self.signs = Signs(symbols=symbols)
        self._lines: list[Text] = []
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
        """The page as text, with color codes where the paper takes color, without blanks at the ends of lines."""
        self._drawn.seek(0)
        self._drawn.truncate()
        self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        return "\n".join(line.rstrip() for line in self._drawn.getvalue().split("\n"))

    def blank(self) -> None:
        """An empty line."""
        self._lines.append(Text())

    def line(self, *parts: Part, indent: int = 0) -> None:
        """One paragraph; its further lines keep the indent."""
        self._flow(styled(*parts), first=Text(" " * indent))

    def item(self, text: str) -> None:
        """One line of a list; its further lines stand under its first word."""
        self._flow(styled(text), first=Text("  - "))

    def heading(self, title: str, *beside: Part, style: str = "bold") -> None:
        """A section's title, after an empty line."""
        self.blank()
        self.line((title.upper(), style), *(("  ", *beside) if beside else ()))

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Labels with their text beside them, or above them where it is narrow."""
        pairs = [(clean_line(label), clean(text)) for label, text in rows]
        beside = max((cell_len(label) for label, _ in pairs if cell_len(label) <= _WIDEST_LABEL), default=_WIDEST_LABEL)
        for label, text in pairs:
            if self.roomy and cell_len(label) <= beside:
                self._flow(Text(text), first=styled("  ", (label, "bold"), " " * (beside - cell_len(label) + 2)))
            else:
                if label:
                    self.line((label, "bold"), indent=2)
                self.line(text, indent=beside + 4 if self.roomy else 4)

    def columns(self, rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> None:
        """Cells under each other; columns named in `right` end at the same place."""
        cleaned = [[clean_line(cell) for cell in row] for row in rows]
        widths = [max(cell_len(row[column]) for row in cleaned) for column in range(len(cleaned[0]))]
        gap, indent = ("  ", "  ") if self.roomy else (" ", "")
        for row in cleaned:
            cells = []
            for column, cell in enumerate(row):
                fill = " " * (widths[column] - cell_len(cell))
                cells.append(fill + cell if column in right else cell + fill)
            line = indent + gap.join(cells).rstrip()
            if cell_len(line) <= self.width:
                self._lines.append(Text(line))
            else:
                self._flow(Text(" ".join(row)), first=Text(indent))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows under a header, long cells wrapped in their columns; where that is too narrow, each row as labelled lines."""
        cleaned = [[clean_line(cell) for cell in row] for row in rows]
        gap = "  " if self.roomy else " "
        lines = laid_out([header, *cleaned], width=self.width - len(gap), gap=gap)
        if lines is not None:
            self._lines += [Text(f"{gap}{line}", style="bold" if number == 0 else "") for number, line in enumerate(lines)]
            return
        for first, *others in cleaned:
            self.line((first, "bold"), indent=1)
            for label, cell in zip(header[1:], others, strict=True):
                if cell:
                    self.line(f"{label}: {cell}", indent=3)

    def _flow(self, text: Text, *, first: Text) -> None:
        """Wrap the text after what it starts with; further lines stand under its beginning."""
        offset = cell_len(first.plain)
        for number, line in enumerate(text.wrap(self._console, max(1, self.width - offset))):
            line.rstrip()
            self._lines.append((first if number == 0 else Text(" " * offset)) + line)


def styled(*parts: Part) -> Text:
    """Cleaned, inert text of parts that are plain or carry a style."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(clean(words), style=style or None)
    return text


def paper_for_stdout() -> Paper:
    """Paper as wide and colorful as standard output allows. Raises OutputLost where there is none."""
    stream = sys.stdout
    if stream is None:
        raise OutputLost("it is closed")
    return Paper(width=width_of(stream), color=wants_color(stream), symbols=can_show_symbols(stream))


def publish(paper: Paper) -> None:
    """Write a finished page to standard output. Raises OutputLost."""
    write_text(paper.text())
