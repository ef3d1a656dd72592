"""The lines in which two texts differ."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from massage_cli.knowledge.value import Value

_MOST_COMPARED = 2000
"""Beyond so many lines between the first and the last difference, lines are held against each other in order: aligning takes too long."""


class Line(Value, frozen=True, kw_only=True):
    """A line that differs: its number in the first text, and how it stands in each; None where it does not."""

    number: int
    found: str | None = None
    made: str | None = None


def differing_lines(found: str, made: str) -> tuple[Line, ...]:
    """Every line of the first text that the second does not have in its place, and every line that it lacks."""
    ours, theirs = found.split("\n"), made.split("\n")
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    return tuple(_lines(ours[start : len(ours) - end], theirs[start : len(theirs) - end], first=start + 1))


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many lines two texts share at their beginning."""
    return next((place for place, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), min(len(ours), len(theirs)))


def _lines(ours: Sequence[str], theirs: Sequence[str], *, first: int) -> Iterator[Line]:
    if len(ours) + len(theirs) > _MOST_COMPARED:
        yield from _paired(ours, theirs, first=first)
        return
    import difflib  # slow to import, and needed only when something differs

    for tag, start, end, other_start, other_end in difflib.SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _paired(ours[start:end], theirs[other_start:other_end], first=first + start)


def _paired(ours: Sequence[str], theirs: Sequence[str], *, first: int) -> Iterator[Line]:
    for place, (found, made) in enumerate(zip_longest(ours, theirs)):
        if found != made:
            yield Line(number=first + min(place, max(len(ours) - 1, 0)), found=found, made=made)
