"""Where the intakes of a batch come from: files, folders, patterns and standard input."""

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from massage_cli.files.lists.capped_lines import capped_lines
from massage_cli.files.lists.csv_rows import csv_rows
from massage_cli.files.lists.json_lines import json_rows
from massage_cli.files.lists.rows import Row, RowKind, broken_row
from massage_cli.files.reading import open_file, read_bytes, read_stream
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable

STANDARD_INPUT = "standard input"
SUFFIXES = (".toml", ".json", ".jsonl", ".csv", ".xlsx")
"""What files with intakes are called; capital letters do as well."""

_NO_PIPES: Mapping[str, BinaryIO] = MappingProxyType({})


def rows_of(
    names: Iterable[str], stdin: BinaryIO | None, knowledge: Knowledge, *, pipes: Mapping[str, BinaryIO] = _NO_PIPES
) -> Iterator[Row]:
    """The rows of every source, one after the other, as they are asked for.

    A name is a file, a folder, a pattern like `clients/*.toml`, `-` for standard input, or one of the pipes, by what came
    through it. What cannot be read gives a broken row in its place, and the rest goes on.
    """
    for name in names:
        if name == "-":
            yield from _told(_standard_input(stdin, knowledge), STANDARD_INPUT)
        elif name in pipes:
            yield from _told(_pipe(pipes[name], name, knowledge), name)
        else:
            for file in _files(name):
                yield from [file] if isinstance(file, Row) else _told(_file(file, knowledge), file)


def _told(rows: Iterator[Row], source: str) -> Iterator[Row]:
    """The rows, and where reading must stop, why."""
    try:
        yield from rows
    except Unreadable as broken:
        yield _broken(source, broken.problems)
    except OSError as error:
        yield broken_row(source, f"cannot be read: {error.strerror}")


def _broken(source: str, problems: tuple[Problem, ...]) -> Row:
    return Row(source=source, kind=RowKind.BROKEN, line=problems[0].line, problems=problems)


def _files(name: str) -> Iterator[str | Row]:
    """The names of the files that a name stands for, or why there are none."""
    path = Path(name)
    try:
        if path.is_dir():
            yield from _in_folder(name)
        elif path.exists() or not glob.has_magic(name):
            yield name
        else:
            yield from _matching(name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not the name of a file"
        yield broken_row(name, f"cannot be read: {reason}")


def _in_folder(name: str) -> Iterator[str | Row]:
    with os.scandir(name) as entries:
        found = sorted(entry.name for entry in entries if _is_source(entry.name) and entry.is_file())
    if not found:
        yield broken_row(name, f"holds no file with intakes; they end in {', '.join(SUFFIXES)}")
    for file in found:
        yield str(Path(name, file))


def _is_source(name: str) -> bool:
    """Whether a file of a folder is meant; those with such beginnings are hidden, or left by a spreadsheet that has the list open."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))


def _matching(pattern: str) -> Iterator[str | Row]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no whole path and finds hidden files
    if not found:
        yield broken_row(pattern, "matches no file")
    for name in found:
        if not Path(name).is_dir():
            yield name
        elif not pattern.endswith("**"):  # which names the files in its folders itself
            yield from _in_folder(name)


def _file(name: str, knowledge: Knowledge) -> Iterator[Row]:
    path = Path(name)
    match path.suffix.lower():
        case ".toml":
            yield Row(source=name, kind=RowKind.TOML, content=read_bytes(path))
        case ".json":
            yield Row(source=name, kind=RowKind.JSON, content=read_bytes(path))
        case ".jsonl":
            with open_file(path) as file:
                yield from json_rows(capped_lines(file, name), name)
        case ".csv":
            with open_file(path) as file:
                yield from csv_rows(capped_lines(file, name), name, knowledge)
        case ".xlsx":
            from massage_cli.files.lists.xlsx_rows import xlsx_rows  # archives are slow to import

            with open_file(path) as file:
                yield from xlsx_rows(file, name, knowledge)
        case _:
            open_file(path).close()
            yield broken_row(name, f"is not a kind of file that is read; they end in {', '.join(SUFFIXES)}")


def _pipe(stream: BinaryIO, name: str, knowledge: Knowledge) -> Iterator[Row]:
    """By the name of the pipe, where it has one like a file with one client; else like standard input."""
    match Path(name).suffix.lower():
        case ".toml":
            yield Row(source=name, kind=RowKind.TOML, content=read_stream(stream, name))
        case ".json":
            yield Row(source=name, kind=RowKind.JSON, content=read_stream(stream, name))
        case _:
            yield from _list_in(stream, name, knowledge)


def _standard_input(stream: BinaryIO | None, knowledge: Knowledge) -> Iterator[Row]:
    if stream is None or stream.closed:
        yield broken_row(STANDARD_INPUT, "is closed; give the file's name instead")
    else:
        yield from _list_in(stream, STANDARD_INPUT, knowledge)


def _list_in(stream: BinaryIO, name: str, knowledge: Knowledge) -> Iterator[Row]:
    """JSON Lines where the first letter is a brace, else a CSV list."""
    lines = capped_lines(stream, name)
    for number, line in lines:
        if line is None or line.strip():
            first: tuple[int, bytes | None] = (number, line)
            break
    else:
        yield broken_row(name, "is empty")
        return
    if first[1] is not None and first[1].lstrip().startswith(b"{"):
        yield from json_rows(chain((first,), lines), name)
    else:
        yield from csv_rows(chain((first,), lines), name, knowledge)
