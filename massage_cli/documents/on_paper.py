"""A letter as plain text, Markdown or a page of HTML; whatever anybody typed comes out inert."""

import unicodedata
from collections.abc import Iterator
from typing import assert_never

from massage_cli.documents.letter import Block, Letter, Line, Look
from massage_cli.documents.markdown import inert
from massage_cli.files.clean import one_line

COLUMNS = 72
_BLANK = 40


def as_text(letter: Letter) -> bytes:
    """The letter in lines of 72 columns at most."""
    lines = [*_heading(letter.title, "="), *_text_blocks(letter.head)]
    for part in letter.sections:
        lines += ["", *_heading(part.heading, "-"), *_text_blocks(part.blocks)]
    return ("\n".join(lines) + "\n").encode()


def as_markdown(letter: Letter) -> bytes:
    """The letter in headings, paragraphs and lists."""
    lines = [f"# {inert(letter.title)}", *_markdown_blocks(letter.head)]
    for part in letter.sections:
        lines += ["", f"## {inert(part.heading)}", *_markdown_blocks(part.blocks)]
    return ("\n".join(lines) + "\n").encode()


def as_html(letter: Letter) -> bytes:
    """The letter as one page that asks for nothing from outside."""
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["inert"] = one_line
    template = files("massage_cli.documents").joinpath("templates", "letter.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(letter=letter, Look=Look).encode()


def _heading(words: str, rule: str) -> Iterator[str]:
    lines = list(wrapped(words))
    yield from lines
    yield rule * max(map(width, lines))


def _text_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield ""
        for number, line in enumerate(block.lines):
            if block.look is Look.TEXT and number:
                yield ""
            yield from _text_line(block.look, line)


def _text_line(look: Look, line: Line) -> Iterator[str]:
    match look:
        case Look.TEXT:
            yield from wrapped(line.text)
        case Look.POINTS:
            yield from wrapped(line.text, first="- ")
        case Look.TICKS:
            yield from wrapped(line.text, first="[ ] ")
        case Look.FACTS:
            yield from wrapped(f"{line.label}: {line.text}", later="  ")
        case Look.BLANKS:
            yield f"{line.label}: {_room(line.label)}"
        case _:
            assert_never(look)


def _markdown_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield ""
        for number, line in enumerate(block.lines):
            if block.look is Look.TEXT and number:
                yield ""
            yield _markdown_line(block.look, line)


def _markdown_line(look: Look, line: Line) -> str:
    match look:
        case Look.TEXT:
            return inert(line.text)
        case Look.POINTS:
            return f"- {inert(line.text)}"
        case Look.TICKS:
            return f"- [ ] {inert(line.text)}"
        case Look.FACTS:
            return f"- **{inert(line.label)}:** {inert(line.text)}"
        case Look.BLANKS:
            return f"- **{inert(line.label)}:** {_room(line.label)}"
        case _:
            assert_never(look)


def _room(label: str) -> str:
    """Room to write behind a label."""
    return "_" * min(_BLANK, COLUMNS - len(label) - 2)


def wrapped(text: str, *, first: str = "", later: str | None = None) -> Iterator[str]:
    """Text in lines of 72 columns at most; a word that is wider than a line is broken."""
    indent = " " * len(first) if later is None else later
    line, filled = first, False
    for word in one_line(text).split():
        for piece in _pieces(word, COLUMNS - max(len(first), len(indent))):
            if filled and width(line) + 1 + width(piece) > COLUMNS:
                yield line
                line, filled = indent, False
            line += f" {piece}" if filled else piece
            filled = True
    if line.strip():
        yield line.rstrip()


def _pieces(word: str, most: int) -> Iterator[str]:
    if width(word) <= most:
        yield word
        return
    piece = ""
    for letter in word:
        if piece and width(piece) + width(letter) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def width(text: str) -> int:
    """The columns that a text takes: two for wide letters, none for accents."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(letter) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )
