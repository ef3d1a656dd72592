"""Intake files: a TOML or JSON text, or a saved plan, into a checked intake."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from massage_cli.files.own.own_knowledge import overlay_problem
from massage_cli.files.public_holidays import holiday_code_problem
from massage_cli.files.reading import parse
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable, quoted
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.follow_up.visits import Visit, intake_of_now
from massage_cli.planning.intake import NOTHING_BOOKED, Booking, Clearance, Intake, Reply, file_keys
from massage_cli.planning.intake_problems import problems_of, reply_problems

PLAN_FORMAT = "massage-plan/1"
_KEYS_IN = {"": file_keys(Intake), "booking": file_keys(Booking), "clearances": file_keys(Clearance)}


def read_intake(content: bytes, name: str, knowledge: Knowledge, *, on: date) -> Intake:
    """The intake that a file holds, or the one inside a saved plan, with what was said about health at its visits.

    Raises Unreadable with every problem, in file order, each with its key path, and its line where that can be had.
    """
    table, text = parse(content, name)
    inside = "intake" if table.get("format") == PLAN_FORMAT else ""
    try:
        return check_intake_inside(table, knowledge, on=on) if inside else check_intake(table, knowledge, on=on)
    except Unreadable as broken:
        from massage_cli.files.key_lines import key_lines  # needed only when something is wrong

        lines = key_lines(text)
        raise Unreadable(_placed(problem, name, inside, lines) for problem in broken.problems) from None


def check_intake_inside(plan: dict[str, Any], knowledge: Knowledge, *, on: date) -> Intake:
    """The intake inside a saved plan, as it is by now: what was said at a visit since is not forgotten. Raises Unreadable."""
    other = overlay_problem(plan.get("overlay"), knowledge)
    if other is not None:
        raise Unreadable([other])
    intake = check_intake(plan.get("intake", {}), knowledge, on=on)
    try:
        visits = msgspec.convert(plan.get("visits", []), tuple[Visit, ...])
    except (msgspec.ValidationError, RecursionError):
        raise Unreadable([Problem(path="visits", message="cannot be read; massage show says what is wrong")]) from None
    problems = tuple(problem for visit in visits for problem in reply_problems(visit.health, knowledge))
    if problems:
        raise Unreadable(replace(problem, path=f"visits.{problem.path}") for problem in problems)
    return intake_of_now(intake, visits, knowledge, on=on)


def check_intake(raw: Any, knowledge: Knowledge, *, on: date) -> Intake:
    """The intake of a plain table. Raises Unreadable with every problem of form and meaning, in the order of the table."""
    intake, problems = salvage(raw, Intake)
    problems = tuple(_in_better_words(problem, knowledge) for problem in problems)
    if intake is not None:
        broken = frozenset(problem.path for problem in problems)
        problems += problems_of(intake, knowledge, on=on, broken=broken)
        problems += _holiday_problems(intake.booking)
    if problems or intake is None:
        raise Unreadable(in_file_order(_without_parts(problems), raw))
    return replace(intake, booking=NOTHING_BOOKED) if intake.booking == NOTHING_BOOKED else intake


def intake_problems(intake: Intake, knowledge: Knowledge, *, on: date) -> tuple[Problem, ...]:
    """Every problem of meaning of an intake that is sound in form."""
    return (*problems_of(intake, knowledge, on=on), *_holiday_problems(intake.booking))


def health_problems(intake: Intake, health: dict[str, Reply], knowledge: Knowledge, *, on: date) -> tuple[Problem, ...]:
    """What is wrong with further answers about health; of those before, some may not apply any more."""
    problems = problems_of(replace(intake, health={**intake.health, **health}), knowledge, on=on)
    names = {f"health.{name}" for name in health}
    return tuple(problem for problem in problems if ".".join(problem.path.split(".")[:2]) in names)


def _in_better_words(problem: Problem, knowledge: Knowledge) -> Problem:
    """A reply of a kind that no question takes is told like any other wrong answer."""
    fact = knowledge.fact.get(problem.path.removeprefix("health."))
    if fact is None or not problem.path.startswith("health."):
        return problem
    words = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
    allowed = f"{fact.min} to {fact.max}" if fact.kind is FactKind.NUMBER else ", ".join(words)
    return Problem(path=problem.path, value=problem.value, message=f"{quoted(problem.value)} is not one of {allowed}, unsure")


def _holiday_problems(booking: Booking | None) -> tuple[Problem, ...]:
    if booking is None or booking.holidays is None:
        return ()
    message = holiday_code_problem(booking.holidays)
    return () if message is None else (Problem(path="booking.holidays", value=booking.holidays, message=message),)


def _without_parts(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems save those inside something that is wrong as a whole, like a table where none may stand."""
    paths = {problem.path for problem in problems}
    return tuple(problem for problem in problems if not problem.path or problem.path.rpartition(".")[0] not in paths)


def in_file_order(problems: Iterable[Problem], raw: Any) -> list[Problem]:
    """The problems in the order of the keys in the file; a missing key stands where it would have come."""
    place = {path: rank for rank, path in enumerate(_paths(raw, ""))}

    def rank(problem: Problem) -> float:
        if problem.path in place:
            return place[problem.path]
        parent, _, key = problem.path.rpartition(".")
        keys = _KEYS_IN.get(parent.partition("[")[0], ())
        before = keys[: keys.index(key)] if key in keys else ()
        siblings = (f"{parent}.{earlier}" if parent else earlier for earlier in reversed(before))
        return next((place[path] + 0.5 for path in siblings if path in place), place.get(parent, -1) + 0.25)

    return sorted(problems, key=rank)


def _paths(raw: Any, prefix: str) -> Iterator[str]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            path = f"{prefix}.{key}" if prefix else str(key)
            yield path
            yield from _paths(value, path)
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            if isinstance(value, dict):
                yield f"{prefix}[{index}]"
                yield from _paths(value, f"{prefix}[{index}]")


def place_inside(inside: str, path: str) -> str:
    """The key path in the whole file; what is wrong with the visits or the overlay of a plan does not stand inside its intake."""
    return path if inside and path.startswith(("visits", "overlay")) else ".".join(part for part in (inside, path) if part)


def _placed(problem: Problem, name: str, inside: str, lines: dict[str, int]) -> Problem:
    path = place_inside(inside, problem.path)
    parent = path.rpartition(".")[0]
    line = lines.get(path, lines.get(parent))
    return Problem(file=name, path=path, line=line, value=problem.value, message=problem.message)
