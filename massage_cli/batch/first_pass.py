"""Once through the list before anything is planned: how many rows, which clients stand twice, and whether it is still the same list."""

import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec
import tomli

from massage_cli.files.rows import Row, RowKind

_AT_ONCE = 10_000
_MOST_PLACES = 3


class FirstPass(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at the whole list tells.

    rows: how many there are
    digest: a digest of everything in them
    twice: for each row of a client who stands more than once, by number: the places of all of them, as words
    wanted: of the clients asked for, those that are there, spelled as asked for
    """

    rows: int
    digest: str
    twice: dict[int, str]
    wanted: frozenset[str]


class _Named(msgspec.Struct):
    """The part of a JSON intake, or of a saved plan, that names the client."""

    client: str | None = None
    intake: "_Named | None" = None


_read_name = msgspec.json.Decoder(_Named).decode


def look_through(rows: Iterable[Row], *, only: Iterable[str] = ()) -> FirstPass:
    """Look through all rows once, at constant memory: the names are kept in a private temporary database, not here."""
    wanted = {folded(name): name for name in only}
    met: set[str] = set()
    digest = hashlib.sha256()
    number = 0
    database = sqlite3.connect("")
    try:
        database.execute("CREATE TABLE seen (client TEXT, row INTEGER, place TEXT)")
        waiting: list[tuple[str, int, str]] = []
        for number, row in enumerate(rows, start=1):
            digest.update(_everything_in(row))
            name = client_of(row)
            if name is None:
                continue
            waiting.append((folded(name), number, row.source if row.line is None else f"{row.source}, line {row.line}"))
            if waiting[-1][0] in wanted:
                met.add(wanted[waiting[-1][0]])
            if len(waiting) == _AT_ONCE:
                _store(database, waiting)
        _store(database, waiting)
        return FirstPass(rows=number, digest=digest.hexdigest(), twice=dict(_twice(database)), wanted=frozenset(met))
    finally:
        database.close()


def folded(name: str) -> str:
    """A pseudonym as it is compared: without case, and with letters that look alike in Unicode made one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def client_of(row: Row) -> str | None:
    """The pseudonym of a row, or None where it cannot be told; such a row is invalid for other reasons."""
    match row.kind:
        case RowKind.CSV:
            return row.cells[row.columns.index("client")] if "client" in row.columns else None
        case RowKind.JSON:
            try:
                named = _read_name(row.content)
            except (msgspec.MsgspecError, RecursionError, ValueError):
                return None
            return named.intake.client if named.client is None and named.intake is not None else named.client
        case RowKind.TOML:
            return _client_of_toml(row.content)
        case _:
            return None


def _client_of_toml(content: bytes) -> str | None:
    try:
        table = tomli.loads(content.decode())
    except (ValueError, RecursionError):
        return None
    inside = table.get("intake")
    name = table.get("client") or (inside.get("client") if isinstance(inside, dict) else None)
    return name if isinstance(name, str) else None


def _everything_in(row: Row) -> bytes:
    parts = (row.source, str(row.line), *row.columns, *row.cells)
    return "\x1f".join(parts).encode("utf-8", errors="surrogatepass") + row.content


def _store(database: sqlite3.Connection, waiting: list[tuple[str, int, str]]) -> None:
    database.executemany("INSERT INTO seen VALUES (?, ?, ?)", waiting)
    waiting.clear()


def _twice(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The rows of every client who stands more than once, with the places of all of them."""
    names = "SELECT client FROM seen GROUP BY client HAVING COUNT(*) > 1"
    places: dict[str, list[tuple[int, str]]] = {}
    for client, number, place in database.execute(f"SELECT client, row, place FROM seen WHERE client IN ({names}) ORDER BY row"):  # noqa: S608  # no text of others
        places.setdefault(client, []).append((number, place))
    for rows in places.values():
        words = " and ".join(place for _, place in rows[:_MOST_PLACES])
        more = len(rows) - _MOST_PLACES
        for number, _ in rows:
            yield number, words if more <= 0 else f"{words} and {more} more"
