"""An Excel workbook made safe to read: bounded in size, with its first sheet alone, and with its errors in sight.

A workbook is an archive of XML that may unpack to anything. The library that reads sheets sets aside a place for every cell
between the corners, so that one stray cell far out ends the program, and it gives errors and formulas that were never
worked out as blanks. A blank is an answer not given, so neither may pass as one.
"""

import io
import re
import zipfile
import zlib
from functools import lru_cache
from typing import BinaryIO

from massage_cli.knowledge.problems import Problem, Unreadable

MOST_UNPACKED = 64 * 1024 * 1024
"""How much text a workbook may hold: some tens of thousands of clients. More belongs into CSV or JSON Lines."""

MOST_CELLS = 5_000_000
"""Cells between the corners of a sheet."""

_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^<>]*?\br?:?id\s*+=\s*+["']([^"']+)["']""")
_TARGET = re.compile(rb"""\bTarget\s*+=\s*+["']([^"']+)["']""")
_ID = re.compile(rb"""\bId\s*+=\s*+["']([^"']+)["']""")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_PLACE = re.compile(rb"""\sr\s*+=\s*+["']([A-Za-z]*+)([0-9]++)["']""")
_ERROR = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*+=\s*+["'])e(["'])""")
_NOT_WORKED_OUT = re.compile(
    rb"""<(?:\w+:)?c\s(?![^<>]*\bt\s*+=\s*+["']str)(?>[^<>]*?\br\s*+=\s*+["']([A-Za-z]++[0-9]++)["'])[^<>]*+>\s*+"""
    rb"""<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v\s*+>\s*+</(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"""
)
"""None of these looks beyond the tag where it began, or goes back over what it took: a text made to be slow would take days."""


def first_sheet_alone(stream: BinaryIO, source: str) -> io.BytesIO:
    """The workbook again, unpacked, with no sheet but the first. Raises Unreadable when it is too large or not to be trusted."""
    try:
        parts = _parts(stream, source)
        path = _first_sheet(parts)
        sheet = parts.pop(path)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise _broken(source, "is not an Excel workbook that can be read; save it again without a password, or as CSV UTF-8") from None
    _refuse_far_cells(sheet, source)
    _refuse_unfinished(sheet, source)
    parts = {name: content for name, content in parts.items() if not name.startswith("xl/worksheets/")}
    return _packed({**parts, path: _ERROR.sub(rb"\1str\2", sheet)})


def _parts(stream: BinaryIO, source: str) -> dict[str, bytes]:
    """The texts of the archive; pictures and the like are passed by."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(stream) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(entry) as packed:
                parts[entry.filename] = packed.read(left + 1)
            left -= len(parts[entry.filename])
            if left < 0:
                raise _broken(source, f"unpacks to more than {MOST_UNPACKED // 1024 // 1024} MiB; save the sheet as CSV UTF-8")
    return parts


def _first_sheet(parts: dict[str, bytes]) -> str:
    """The name of the part that holds the first sheet. Raises KeyError or ValueError when it cannot be told."""
    sheet = _SHEET.search(parts["xl/workbook.xml"])
    for link in _LINK.findall(parts["xl/_rels/workbook.xml.rels"]):
        name, target = _ID.search(link), _TARGET.search(link)
        if sheet and name and target and name[1] == sheet[1]:
            path = target[1].decode()
            return path.removeprefix("/") if path.startswith("/") else f"xl/{path}"
    raise ValueError("no first sheet")


def _refuse_far_cells(sheet: bytes, source: str) -> None:
    width = height = 0
    for place in _PLACE.finditer(sheet):
        width, height = max(width, _column_number(place[1][:6])), max(height, int(place[2][:9]))
    if width * height > MOST_CELLS:
        message = f"reaches over {height} rows and {width} columns; delete the stray cells far out, or save the sheet as CSV UTF-8"
        raise _broken(source, message)


@lru_cache(maxsize=1024)
def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_unfinished(sheet: bytes, source: str) -> None:
    found = _NOT_WORKED_OUT.search(sheet)
    if found is not None:
        cell = found[1].decode()
        message = f"cell {cell} has a formula that was never worked out; copy the cells and paste them as values"
        raise Unreadable([Problem(file=source, path=cell, message=message)])


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _broken(source: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=source, path="", message=message)])
