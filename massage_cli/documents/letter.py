"""A letter as values, before it is put on any kind of paper: headings, and blocks of lines under them."""

from collections.abc import Iterable
from enum import StrEnum

from massage_cli.documents.kinds import Options
from massage_cli.knowledge.value import Value


class Look(StrEnum):
    """How the lines of a block stand."""

    TEXT = "text"
    POINTS = "points"
    FACTS = "facts"
    TICKS = "ticks"
    BLANKS = "blanks"


class Line(Value, frozen=True, kw_only=True):
    """One line; the label stands before it where there is one."""

    label: str = ""
    text: str = ""


class Block(Value, frozen=True, kw_only=True):
    """Lines that stand alike: paragraphs, points, facts with a label, boxes to tick, or blanks to fill in."""

    look: Look
    lines: tuple[Line, ...]


class Section(Value, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


class Letter(Value, frozen=True, kw_only=True):
    """A whole letter: its title, what stands before the first heading, and its sections."""

    title: str
    head: tuple[Block, ...]
    sections: tuple[Section, ...]
    us_paper: bool = False


def text(*paragraphs: str) -> Block:
    """Paragraphs."""
    return Block(look=Look.TEXT, lines=_plain(paragraphs))


def points(lines: Iterable[str]) -> Block:
    """A list of points."""
    return Block(look=Look.POINTS, lines=_plain(lines))


def facts(*pairs: tuple[str, str]) -> Block:
    """Lines with a label before them; those without a text are left out."""
    return Block(look=Look.FACTS, lines=tuple(Line(label=label, text=said) for label, said in pairs if said))


def ticks(*lines: str) -> Block:
    """Boxes to tick."""
    return Block(look=Look.TICKS, lines=_plain(lines))


def blanks(*labels: str) -> Block:
    """Labels with room to write behind them."""
    return Block(look=Look.BLANKS, lines=tuple(Line(label=label) for label in labels))


def section(heading: str, *blocks: Block) -> Section:
    """A section; blocks without a line are left out."""
    return Section(heading=heading, blocks=tuple(block for block in blocks if block.lines))


def sections(*wanted: Section) -> tuple[Section, ...]:
    """The sections that hold anything."""
    return tuple(each for each in wanted if each.blocks)


def sender(client: str, options: Options) -> tuple[Block, ...]:
    """Who writes about whom, on which day; the name is written in by hand, for files hold a pseudonym."""
    unknown = () if options.therapist else ("Therapist",)
    return (
        facts(
            ("Our reference", client),
            ("Date", options.on.isoformat()),
            ("Therapist", options.therapist or ""),
            ("Phone", options.phone or ""),
        ),
        blanks("Client's name", "Date of birth", *unknown),
    )


def _plain(lines: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(text=line) for line in lines if line)
