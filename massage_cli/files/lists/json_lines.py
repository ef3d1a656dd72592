"""JSON Lines: one intake or saved plan a line."""

from collections.abc import Iterator

from massage_cli.files.lists.capped_lines import Lines
from massage_cli.files.lists.rows import Row, RowKind, broken_row


def json_rows(lines: Lines, source: str) -> Iterator[Row]:
    """A row for each line that is not blank. Nothing in a line is looked into here, so that this costs next to nothing."""
    found = False
    for number, line in lines:
        if line is None:
            yield broken_row(source, "is longer than 1 MiB; an intake takes a few kilobytes", line=number)
        elif not line.isspace():
            yield Row(source=source, kind=RowKind.JSON, line=number, content=line)
        else:
            continue
        found = True
    if not found:
        yield broken_row(source, "is empty; it has one intake on each line")
