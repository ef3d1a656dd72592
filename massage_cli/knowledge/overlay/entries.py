"""Entries of a clinic's own files: laid over the built-in ones, or added behind them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.facts import Fact, Group
from massage_cli.knowledge.overlay.courses import course_loosenings
from massage_cli.knowledge.overlay.tightening import BY_KIND, loosenings
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, nearest
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Advice, Claim, Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Tag, Technique


class Kind(msgspec.Struct, frozen=True):
    """A kind of entry: its file, its key there, where the knowledge has it, its type, and the key that names an entry."""

    file: str
    key: str
    field: str
    type: type[Any]
    name: str = "id"


KINDS: tuple[Kind, ...] = (
    Kind("facts.toml", "group", "groups", Group),
    Kind("facts.toml", "fact", "facts", Fact),
    Kind("contraindications.toml", "rule", "rules", Rule),
    Kind("techniques.toml", "tag", "tags", Tag),
    Kind("techniques.toml", "technique", "techniques", Technique),
    Kind("complaints.toml", "complaint", "complaints", Complaint),
    Kind("protocols.toml", "protocol", "protocols", Protocol),
    Kind("measures.toml", "measure", "measures", Measure),
    Kind("advice.toml", "advice", "advice", Advice),
    Kind("claims.toml", "claim", "claims", Claim),
    Kind("sources.toml", "source", "sources", Source, "key"),
)


class Laid(msgspec.Struct, frozen=True):
    """The entries of one kind with a clinic's own over and behind them, and what is wrong with these.

    `form` are problems of form; with one of them the entries are not sound. `loosened` are sound changes that are refused.
    """

    entries: tuple[Any, ...]
    form: tuple[Problem, ...]
    loosened: tuple[Problem, ...]


def laid_over(kind: Kind, given: Any, knowledge: Knowledge) -> Laid:
    """The built-in entries of a kind with those given, a list of plain tables, over and behind them."""
    built_in: dict[str, Any] = {getattr(entry, kind.name): entry for entry in getattr(knowledge, kind.field)}
    entries, form, loosened = dict(built_in), [], []
    seen: set[str] = set()
    for place, table in enumerate(given if isinstance(given, list) else [given]):
        name = table.get(kind.name) if isinstance(table, dict) else None
        if not isinstance(name, str) or name in seen:
            path = f"{kind.key}[{place}]"
            message = f"needs its {kind.name}, a text" if not isinstance(name, str) else f"'{name}' stands twice; make one entry of both"
            form.append(Problem(file=kind.file, path=f"{path}.{kind.name}", message=message))
            continue
        seen.add(name)
        known = built_in.get(name)
        entry, problems = salvage(over(msgspec.to_builtins(known), table), kind.type)
        form += [_placed(problem, kind, name) for problem in problems]
        if problems and known is None:
            form += _perhaps_meant(kind, name, built_in)
        if not problems:
            entries[name] = entry
            if known is not None:
                loosened += [
                    Problem(file=kind.file, path=f"{kind.key}.{name}.{key}", message=text)
                    for key, text in _loosened(entry, known, kind, knowledge)
                ]
    if kind.type is Technique:
        entries = {name: _with_tags(entry, entries) for name, entry in entries.items()}
    return Laid(entries=tuple(entries.values()), form=tuple(form), loosened=tuple(loosened))


def over(below: Any, above: Any) -> Any:
    """A plain value with another laid over it: tables key by key, everything else replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: over(below.get(key), value) for key, value in above.items()}}
    return above


def _placed(problem: Problem, kind: Kind, name: str) -> Problem:
    return replace(problem, file=kind.file, path=f"{kind.key}.{name}.{problem.path}")


def _perhaps_meant(kind: Kind, name: str, built_in: Iterable[str]) -> Iterator[Problem]:
    meant = nearest(name, built_in)
    if meant is not None:
        message = f"is not built in, so it is taken for a new entry; did you mean '{meant}'?"
        yield Problem(file=kind.file, path=f"{kind.key}.{name}.{kind.name}", value=name, message=message)


def _with_tags(entry: Technique, all_of_them: Mapping[str, Technique]) -> Technique:
    """A technique with the tags of those that it is like, so that a rule that excludes these by tag excludes it as well."""
    alike = (all_of_them[name] for name in entry.like if name in all_of_them)
    return replace(entry, tags=tuple(dict.fromkeys((*entry.tags, *(tag for each in alike for tag in each.tags)))))


def _loosened(entry: Any, known: Any, kind: Kind, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield from loosenings(entry, known, BY_KIND[kind.key])
    if isinstance(entry, Protocol) and entry.phase and all(phase.gap_days for phase in entry.phase):
        yield from course_loosenings(entry, known, knowledge.numbers.adaptation)


def is_deeper(table: Any, deepest: int) -> bool:
    """True for a plain value with more tables and lists inside each other than may be, however many there are."""
    level = [table]
    for _ in range(deepest + 1):
        tables = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, (dict, list))]
        level = [inner for each in tables for inner in each]
    return bool(level)


def texts_of(table: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a plain value, with its key path; entries of a list go by their id."""
    if isinstance(table, str):
        yield path, table
    elif isinstance(table, Mapping):
        for key, value in table.items():
            yield from texts_of(value, f"{path}.{key}" if path else str(key))
    elif isinstance(table, list):
        for place, value in enumerate(table):
            name = next((value[key] for key in ("id", "key") if isinstance(value.get(key), str)), None) if isinstance(value, dict) else None
            yield from texts_of(value, path if isinstance(value, str) else f"{path}[{place}]" if name is None else f"{path}.{name}")
