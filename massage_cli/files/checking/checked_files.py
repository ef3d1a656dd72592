"""The files that a check is asked for: named one by one, by a pattern, or by the folder they lie in."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from massage_cli.files.intakes.intake_file import PLAN_FORMAT
from massage_cli.files.reading import parse, read_bytes
from massage_cli.knowledge.problems import Problem, Unreadable

_SUFFIXES = (".toml", ".json", ".ics")


def files_named(names: Iterable[str]) -> Iterator[str | Unreadable]:
    """The file of each name, in order; a folder stands for its plans, FHIR and calendar files, intakes passed over.

    A name that stands for nothing is given as its problem.
    """
    for name in names:
        try:
            if name != "-" and Path(name).is_dir():
                yield from _in_folder(Path(name))
            elif name == "-" or Path(name).exists() or not glob.has_magic(name):
                yield name
            else:
                yield from _matching(name)
        except (OSError, ValueError):
            yield _nothing(name, "cannot be read")


def _in_folder(folder: Path) -> Iterator[str | Unreadable]:
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and not path.name.startswith("."))
    found = [path for path in paths if path.is_file() and _may_hold_visits(path)]
    if not found:
        yield _nothing(str(folder), f"holds no plan, FHIR or calendar file; they end in {', '.join(_SUFFIXES)}")
    yield from map(str, found)


def _may_hold_visits(path: Path) -> bool:
    """False for what is meant for something else, like an intake; what cannot be read is told of later."""
    if path.suffix.lower() == ".ics":
        return True
    try:
        table, _ = parse(read_bytes(path), str(path))
    except Unreadable:
        return True
    return "resourceType" in table or str(table.get("format", "")).startswith(PLAN_FORMAT.partition("/")[0])


def _matching(pattern: str) -> Iterator[str | Unreadable]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no whole path and finds hidden files
    if not found:
        yield _nothing(pattern, "matches no file")
    yield from (name for name in found if not Path(name).is_dir())


def _nothing(name: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=name, path="", message=message)])
