"""Valid values that a test starts from and changes one thing in."""

import tomllib
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w
from msgspec.structs import replace

from massage_cli.files.built_in import FOLDER
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge import parsing
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.loading import FILE_NAMES, parse
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.course import CourseSoFar, course_of
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.intake import Intake
from massage_cli.planning.plan import Plan, Withheld, make_plan
from massage_cli.planning.screening import Screening, screen

TODAY = date(2026, 11, 21)
"""The day of planning in tests: a Saturday."""

CASES = Path(__file__).parent / "cases"


@cache
def knowledge() -> Knowledge:
    """The built-in knowledge, read from its TOML files."""
    return parse(knowledge_files())


@cache
def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def knowledge_files() -> dict[str, bytes]:
    """The built-in knowledge files by name."""
    return {name: _read(name) for name in FILE_NAMES}


def a_table(**changes: Any) -> dict[str, Any]:
    """A valid intake as a plain table: a healthy client of 40 with chronic low back pain. A change to None takes a key out.

    Keys are written with underscores: `max_sessions` under `booking` is given as `booking={"max-sessions": 5}`.
    """
    table: dict[str, Any] = {
        "format": "massage-intake/1",
        "client": "test-client",
        "age": 40,
        "condition": "chronic",
        "complaint": "low-back",
        "regions": ["lower-back"],
        "pain": 5,
        "goals": ["pain-relief"],
        "pressure": "moderate",
        "first-visit": False,
        "health": {"everything-else": "no"},
    }
    table |= {key.replace("_", "-"): value for key, value in changes.items()}
    if "health" in changes and changes["health"] is not None:
        table["health"] = {"everything-else": "no", **changes["health"]}
    return {key: value for key, value in table.items() if value is not None}


def an_intake(**changes: Any) -> Intake:
    """The valid intake of `a_table`, checked."""
    return check_intake(a_table(**changes), knowledge(), on=TODAY)


def a_plan(**changes: Any) -> Plan:
    """The plan of the valid intake; the test fails when it is withheld."""
    outcome = make_plan(an_intake(**changes), knowledge(), on=TODAY)
    assert isinstance(outcome, Plan), outcome.outcome
    return outcome


def a_course(**changes: Any) -> CourseSoFar:
    """The course of the valid intake's plan, to which nothing has happened yet: ten visits, four weeks to the first review."""
    return course_of(a_plan(**changes))


def a_visit(number: int = 1, **changes: Any) -> Visit:
    """A visit attended, so many weeks after the first of the valid course, without a score."""
    day = date(2026, 11, 23) + timedelta(weeks=number - 1)
    return Visit(**{"number": number, "date": day, "status": VisitStatus.ATTENDED} | changes)


def attended(course: CourseSoFar, *pains: int | None, **last: Any) -> tuple[Visit, ...]:
    """The first visits of a course, attended as planned, each with its pain; `last` changes the last of them."""
    days = [session.date for session in course.sessions]
    visits = [a_visit(number, date=days[number - 1], pain=pain) for number, pain in enumerate(pains, start=1)]
    return (*visits[:-1], replace(visits[-1], **last))


def a_withheld_plan(**changes: Any) -> Withheld:
    """What comes of the valid intake with a change that withholds its plan; the test fails when it does not."""
    outcome = make_plan(an_intake(**changes), knowledge(), on=TODAY)
    assert isinstance(outcome, Withheld), outcome.outcome
    return outcome


def a_screening(**changes: Any) -> Screening:
    """The screening of the valid intake."""
    return screen(an_intake(**changes), knowledge(), on=TODAY)


def problems_of(table: Any, *, on: date = TODAY) -> tuple[Problem, ...]:
    """Every problem of an intake as a plain table; none when it is sound."""
    try:
        check_intake(table, knowledge(), on=on)
    except Unreadable as broken:
        return broken.problems
    return ()


GONE = object()
"""What a key is changed to when it is to be taken out of a knowledge file."""


def changed_files(*changes: tuple[str, str, Any]) -> dict[str, bytes]:
    """The built-in knowledge files with some values changed: file, path and new value of each.

    A path names entries by id or place: `rule.fever.when.0.0.fact`.
    """
    tables = {name: deepcopy(_table(name)) for name, _, _ in changes}
    for name, path, value in changes:
        _change(tables[name], path, value)
    return knowledge_files() | {name: tomli_w.dumps(table).encode() for name, table in tables.items()}


def changed_knowledge(*changes: tuple[str, str, Any]) -> Knowledge:
    """What `changed_files` makes as knowledge that is not checked; the change must leave the files well formed.

    The files that are not changed are not read again, so this takes milliseconds.
    """
    tables = {name: deepcopy(_table(name)) for name, _, _ in changes}
    for name, path, value in changes:
        _change(tables[name], path, value)
    made: dict[str, Any] = {}
    for name, table in tables.items():
        value, problems = salvage(table, _KINDS[name])
        assert problems == (), problems
        made |= {"numbers": value} if name == "planning.toml" else {_field(part): getattr(value, part) for part in table}
    return replace(knowledge(), **made)


_KINDS: dict[str, type] = {
    "advice.toml": parsing.AdviceFile,
    "claims.toml": parsing.ClaimsFile,
    "complaints.toml": parsing.ComplaintsFile,
    "contraindications.toml": parsing.RulesFile,
    "facts.toml": parsing.FactsFile,
    "measures.toml": parsing.MeasuresFile,
    "planning.toml": Numbers,
    "protocols.toml": parsing.ProtocolsFile,
    "regions.toml": parsing.RegionsFile,
    "sources.toml": parsing.SourcesFile,
    "techniques.toml": parsing.TechniquesFile,
}


def _field(part: str) -> str:
    """The field of the knowledge that a list of a file becomes."""
    return part if part == "advice" else f"{part}s"


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(_read(name).decode())


def _change(table: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    place: Any = table
    for part in parents:
        place = _entry(place, part)
    if isinstance(place, list):
        place[int(last)] = value
    elif value is GONE:
        del place[last]
    else:
        place[last] = value


def _entry(place: Any, part: str) -> Any:
    if isinstance(place, dict):
        return place[part]
    if part.isdigit():
        return place[int(part)]
    return next(entry for entry in place if part in (entry.get("id"), entry.get("key"), entry.get("name")))


def knowledge_problems(files: dict[str, bytes]) -> tuple[Problem, ...]:
    """Every problem of some knowledge files; none when they are sound."""
    try:
        parse(files)
    except Unreadable as broken:
        return broken.problems
    return ()
