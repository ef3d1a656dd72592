"""Values of an intake set as on a command line, each as `path=value`: read, written into the intake, and checked with it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.lists.cells import table_of_cells
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.follow_up.visits import without_unasked
from massage_cli.planning.intake import Intake
from massage_cli.planning.supposing import Kind, Supposition

ORIGIN = "--set"
"""What the problems of values that were set are called by."""

_STEP = re.compile(r"([^\[\].]+)(?:\[(\d{1,4})\])?\Z", re.ASCII)
_OPENS = ("[", "{", '"', "'")
"""What a value written as in TOML begins with, where plain words will not do."""


def with_values(intake: Intake, values: Iterable[str], knowledge: Knowledge, *, on: date) -> Supposition:
    """The intake with values set, each as `path=value`. Raises Unreadable with every problem of all of them."""
    table: dict[str, Any] = _open(msgspec.to_builtins(intake, builtin_types=(date,)))
    problems: list[Problem] = []
    done: dict[str, str] = {}
    for text in values:
        path, sign, value = text.partition("=")
        path = path.strip()
        if not sign or not path:
            problems.append(Problem(path="", value=text, message=f"'{text}' is not a key path and its value, like health.fever=no"))
        elif path in done:
            problems.append(Problem(path=path, value=value, message="is set twice; keep one"))
        else:
            done[path] = value.strip()
            problems += _set(table, path, value.strip())
    checked, found = _checked(table, done, knowledge, on=on)
    told = {problem.path for problem in problems}
    problems += [problem for problem in found if problem.path not in told]
    if problems or checked is None:
        raise Unreadable(replace(problem, file=ORIGIN) for problem in problems)
    words = "Were it told so: " + ", ".join(f"{path} {value or 'taken out'}" for path, value in done.items())
    return Supposition(kind=Kind.SET, rules=(), words=words, intake=checked)


def _open(value: Any) -> Any:
    """A plain value whose lists and tables can be written to, and which shares none of them."""
    if isinstance(value, dict):
        return {key: _open(inner) for key, inner in value.items()}
    return [_open(inner) for inner in value] if isinstance(value, list | tuple) else value


def _checked(table: dict[str, Any], done: Iterable[str], knowledge: Knowledge, *, on: date) -> tuple[Intake | None, tuple[Problem, ...]]:
    """The checked intake without answers that were not set and are not asked any more; or every problem."""
    intake, problems = salvage(table, Intake)
    if intake is not None and not problems:
        keep = {path.split(".")[1].partition("[")[0] for path in done if path.startswith("health.")}
        asked = without_unasked(intake, knowledge, on=on, keep=keep).health
        table = {**table, "health": {name: reply for name, reply in table.get("health", {}).items() if name in asked}}
    try:
        return check_intake(table, knowledge, on=on), ()
    except Unreadable as broken:
        return None, broken.problems


def _set(table: dict[str, Any], path: str, text: str) -> list[Problem]:
    """Set one value in the table, or take it out where the text is empty; what is wrong with it otherwise."""
    value, problems = _value(path, text)
    if problems:
        return problems
    *before, last = path.split(".")
    place: Any = table
    for step in before:
        place = _step(place, step)
        if not isinstance(place, dict):
            return [Problem(path=path, value=text, message=f"there is no table {'.'.join(before)} to set it in")]
    named = _STEP.match(last)
    if named is None or (named[2] is not None and not isinstance(_step(place, last), str | int | float)):
        return [Problem(path=path, value=text, message="is not a key path of the intake, like pain or booking.minutes")]
    if named[2] is not None:
        place[named[1]][int(named[2])] = value
    elif text:
        place[last] = value
    elif last in place:
        del place[last]
    else:
        return [Problem(path=path, message="is not there, so that it cannot be taken out")]
    return []


def _step(place: Any, step: str) -> Any:
    """What stands at one step of a path; a table that is missing is made."""
    named = _STEP.match(step)
    if named is None or not isinstance(place, dict):
        return None
    inner = place.setdefault(named[1], {}) if named[2] is None else place.get(named[1])
    if named[2] is None:
        return inner
    return inner[int(named[2])] if isinstance(inner, list) and int(named[2]) < len(inner) else None


def _value(path: str, text: str) -> tuple[Any, list[Problem]]:
    """The value of a text: as in TOML where it opens like a list, table or quoted text, else as in the cell of a list."""
    import tomli  # reading what was set is all that needs it here

    if text.startswith(_OPENS):
        try:
            return tomli.loads(f"value = {text}")["value"], []
        except (tomli.TOMLDecodeError, RecursionError, ValueError, KeyError):
            return None, [Problem(path=path, value=text, message=f"{text} is not a value as TOML has it")]
    table, problems = table_of_cells((path,), (text,))
    parent, _, key = path.rpartition(".")
    place = table.get(parent, {}) if parent else table
    return place.get(key), list(problems)
