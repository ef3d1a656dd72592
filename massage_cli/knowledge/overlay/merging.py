"""A clinic's own files laid over the built-in knowledge: checked whole, and proved to allow nothing that the built-in forbids."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.check_claims import check_claims, claims_in
from massage_cli.knowledge.checks import check_entries
from massage_cli.knowledge.decoding import decode, salvage, unknown_key
from massage_cli.knowledge.loading import FILE_NAMES, digest_of
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.overlay.courses import complaint_problems, frail_minutes_problems
from massage_cli.knowledge.overlay.entries import KINDS, is_deeper, laid_over, over, texts_of
from massage_cli.knowledge.overlay.own_entries import own_problems, reserved_names
from massage_cli.knowledge.overlay.tightening import NUMBERS, loosenings
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable, not_one_of, quoted
from massage_cli.knowledge.references import OverlayName
from massage_cli.knowledge.value import Value

NAME_FILE = "overlay.toml"
NUMBERS_FILE = "planning.toml"
FIXED_FILES = ("edition.toml", "regions.toml")
OWN_FILES = (NAME_FILE, *(name for name in FILE_NAMES if name not in FIXED_FILES))
"""The files that a folder of a clinic's own knowledge may hold; `overlay.toml` alone must be there."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NAME_LENGTH = 40
_DEEPEST = 20
"""Tables and lists inside each other; no entry has half as many."""
_TOO_DEEP = "it is nested too deeply"
_UNCLAIMED = ("claims.toml", "sources.toml")
"""Where a phrase that is never said may stand: as one to be found, or in the title of a source."""


class NameFile(Value, frozen=True, kw_only=True):
    """overlay.toml: what plans call the clinic's own knowledge."""

    name: str


def overlaid(built_in: Knowledge, files: Mapping[str, bytes]) -> Knowledge:
    """The built-in knowledge with a clinic's own over it. Raises Unreadable with every problem, each with its file and key path."""
    tables, problems = _tables(files)
    problems += [*_wrong_name(tables), *_wrong_keys(tables), *_hidden_letters(tables)]
    merged = built_in
    loosened: list[Problem] = []
    for kind in KINDS:
        given = tables.get(kind.file, {}).get(kind.key)
        if given is not None:
            laid = laid_over(kind, given, built_in)
            problems += laid.form
            loosened += laid.loosened
            merged = replace(merged, **{kind.field: laid.entries})
    numbers, wrong_numbers, looser_numbers = _numbers(tables.get(NUMBERS_FILE, {}), built_in)
    problems += wrong_numbers
    loosened += looser_numbers
    if not problems:
        name = OverlayName(name=tables[NAME_FILE]["name"], digest=digest_of(files))
        merged = replace(merged, numbers=numbers, overlay=name)
        loosened += _across(merged, built_in, tables)
    if problems or loosened:
        raise Unreadable(_once([*problems, *loosened]))
    return merged


def _tables(files: Mapping[str, bytes]) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    tables: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    if NAME_FILE not in files:
        problems.append(Problem(file=NAME_FILE, path="", message='is missing; it names the clinic\'s own knowledge: name = "our-clinic"'))
    for name, content in files.items():
        if name in FIXED_FILES:
            problems.append(Problem(file=name, path="", message="cannot be changed; take the file out"))
        elif name not in OWN_FILES:
            problems.append(Problem(file=name, path="", message=not_one_of(name, OWN_FILES)))
        else:
            try:
                tables[name] = _table(content)
            except ValueError as error:
                problems.append(Problem(file=name, path="", message=f"is not TOML: {error}"))
    return tables, problems


def _table(content: bytes) -> dict[str, Any]:
    """The table of a file. Raises ValueError, also for one that is nested so deeply that working on it would fail."""
    try:
        table = tomllib.loads(content.decode())
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if is_deeper(table, _DEEPEST):
        raise ValueError(_TOO_DEEP)
    return table


def _wrong_name(tables: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    if NAME_FILE not in tables:
        return  # that it is missing, or no TOML, has been said
    table = tables[NAME_FILE]
    yield from (replace(problem, file=NAME_FILE) for problem in salvage(table, NameFile)[1])
    name = table.get("name")
    if isinstance(name, str) and not (_NAME.match(name) and len(name) <= _NAME_LENGTH):
        message = f"{quoted(name)} is not a name of small letters, digits and '-', at most {_NAME_LENGTH}; write it like our-clinic"
        yield Problem(file=NAME_FILE, path="name", value=name, message=message)


def _wrong_keys(tables: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    for file, table in tables.items():
        if file in (NAME_FILE, NUMBERS_FILE):
            continue
        known = [kind.key for kind in KINDS if kind.file == file]
        for key in table:
            if key not in known:
                yield Problem(file=file, path=key, message=unknown_key(key, known))


def _hidden_letters(tables: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    for file, table in tables.items():
        for path, text in texts_of(table):
            if not text.isprintable():
                yield Problem(file=file, path=path, message="holds a line break or a letter that cannot be seen; write it on one line")


def _numbers(table: dict[str, Any], built_in: Knowledge) -> tuple[Numbers, list[Problem], list[Problem]]:
    try:
        value = decode(over(msgspec.to_builtins(built_in.numbers), table), Numbers)
    except Unreadable as broken:
        return built_in.numbers, [replace(problem, file=NUMBERS_FILE) for problem in broken.problems], []
    loosened = [Problem(file=NUMBERS_FILE, path=path, message=text) for path, text in loosenings(value, built_in.numbers, NUMBERS)]
    return value, [], loosened


def _across(merged: Knowledge, built_in: Knowledge, tables: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    """What is wrong with entries that are sound each by itself."""
    yield from reserved_names(merged)
    claimed = list(_claims(merged, tables))
    yield from claimed
    said = {(problem.file, problem.value) for problem in claimed}
    yield from (problem for problem in check_claims(merged) if (problem.file, problem.value) not in said)
    unsound = check_entries(merged)
    yield from unsound
    if not unsound:
        yield from own_problems(merged, built_in)
        yield from complaint_problems(merged, built_in)
        yield from frail_minutes_problems(merged)


def _claims(merged: Knowledge, tables: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    for file, table in tables.items():
        for path, text in texts_of(table) if file not in _UNCLAIMED else ():
            for phrase in claims_in(text, merged):
                message = f"makes a claim that is never made: '{phrase}'; say what is supported, see claims.toml"
                yield Problem(file=file, path=path, value=phrase, message=message)


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """Each place and message once: what a change loosens may also not hold together."""
    seen: set[tuple[str | None, str, str]] = set()
    for problem in problems:
        key = (problem.file, problem.path, problem.message)
        if key not in seen:
            seen.add(key)
            yield problem
