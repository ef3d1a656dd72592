"""Once through the list before anything is planned: how many rows, which clients stand twice, and whether it is still the same list."""

import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from massage_cli.batch.output import sound
from massage_cli.files.intakes.intake_file import PLAN_FORMAT
from massage_cli.files.lists.cells import table_of_cells
from massage_cli.files.lists.rows import Row, RowKind
from massage_cli.files.reading import BYTE_ORDER_MARK, parse
from massage_cli.knowledge.problems import Unreadable

_AT_ONCE = 10_000
_MOST_PLACES = 3
_ROWS_OF_TWICE = """
SELECT client, row, place FROM seen
WHERE client IN (SELECT client FROM seen GROUP BY client HAVING COUNT(*) > 1)
ORDER BY row
"""


class FirstPass(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at the whole list tells.

    rows: how many there are
    digest: a digest of everything in them
    twice: for each row of a client who stands more than once, by number: the places of all of them, as words
    wanted: of the clients asked for, those that are there, folded
    """

    rows: int
    digest: str
    twice: dict[int, str]
    wanted: frozenset[str]


class _Named(msgspec.Struct):
    """The part of a JSON intake, or of a saved plan, that names the client."""

    format: str | None = None
    client: str | None = None
    intake: "_Named | None" = None


class ListDigest:
    """A digest of everything in the rows of a list, so that a change of it is noticed."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, row: Row) -> None:
        """One row more."""
        parts = (row.source, str(row.line), *row.columns, *row.cells)
        self._sum.update("\x1f".join(parts).encode("utf-8", errors="surrogatepass") + row.content)

    def text(self) -> str:
        """The digest of the rows so far."""
        return self._sum.hexdigest()


_read_name = msgspec.json.Decoder(_Named).decode


def look_through(rows: Iterable[Row], *, only: Iterable[str] = ()) -> FirstPass:
    """Look through all rows once, at constant memory: the names are kept in a private temporary database, not here."""
    wanted = {folded(name) for name in only}
    met: set[str] = set()
    digest = ListDigest()
    number = 0
    database = sqlite3.connect("")
    try:
        database.execute("CREATE TABLE seen (client TEXT, row INTEGER, place TEXT)")
        waiting: list[tuple[str, int, str]] = []
        for number, row in enumerate(rows, start=1):
            digest.add(row)
            name = client_of(row)
            if name is None:
                continue
            key, source = folded(name), sound(row.source)
            waiting.append((key, number, source if row.line is None else f"{source}, line {row.line}"))
            if key in wanted:
                met.add(key)
            if len(waiting) == _AT_ONCE:
                _store(database, waiting)
        _store(database, waiting)
        return FirstPass(rows=number, digest=digest.text(), twice=dict(_twice(database)), wanted=frozenset(met))
    finally:
        database.close()


def folded(name: str) -> str:
    """A pseudonym as it is compared: without case, and with letters that look alike in Unicode made one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def client_of(row: Row) -> str | None:
    """The pseudonym of a row, read as planning reads it, or None where it cannot be told; such a row is invalid for other reasons."""
    match row.kind:
        case RowKind.CSV:
            return _client_of_cells(row)
        case RowKind.JSON:
            try:
                named = _read_name(row.content.removeprefix(BYTE_ORDER_MARK))
            except (msgspec.MsgspecError, RecursionError, ValueError):
                return None
            inside = named.intake if named.format == PLAN_FORMAT else named
            return None if inside is None else inside.client
        case RowKind.TOML:
            return _client_of_file(row)
        case _:
            return None


def _client_of_cells(row: Row) -> str | None:
    """Blanks and curly quotes round a cell mean nothing."""
    if "client" not in row.columns:
        return None
    table, _ = table_of_cells(("client",), (row.cells[row.columns.index("client")],))
    name = table.get("client")
    return name if isinstance(name, str) else None


def _client_of_file(row: Row) -> str | None:
    """A file called .toml may hold JSON as well."""
    try:
        table, _ = parse(row.content, row.source)
    except Unreadable:
        return None
    inside = table.get("intake") if table.get("format") == PLAN_FORMAT else table
    name = inside.get("client") if isinstance(inside, dict) else None
    return name if isinstance(name, str) else None


def _store(database: sqlite3.Connection, waiting: list[tuple[str, int, str]]) -> None:
    database.executemany("INSERT INTO seen VALUES (?, ?, ?)", waiting)
    waiting.clear()


def _twice(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The rows of every client who stands more than once, with the places of all of them."""
    places: dict[str, list[tuple[int, str]]] = {}
    for client, number, place in database.execute(_ROWS_OF_TWICE):
        places.setdefault(client, []).append((number, place))
    for rows in places.values():
        words = " and ".join(place for _, place in rows[:_MOST_PLACES])
        more = len(rows) - _MOST_PLACES
        for number, _ in rows:
            yield number, words if more <= 0 else f"{words} and {more} more"
