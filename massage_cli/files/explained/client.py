"""What the client told: each answer, and what in the plan rests on it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from massage_cli.files.explained.lines import line
from massage_cli.files.explained.replay import Replay
from massage_cli.planning.explaining.explanation import Explanation, Topic
from massage_cli.planning.intake import EVERYTHING_ELSE
from massage_cli.planning.texts import counted

_ALONE = {
    "format": "What kind of intake it was.",
    "client": "The pseudonym; it names the plan and its file, and nothing else rests on it.",
    "notes": "Free text, which the program never reads.",
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a plain table with its key path; empty lists and tables have none."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{place}]")
    else:
        yield path, value


def plain(document: Any) -> Any:
    """A document as the plain table that its file holds."""
    return msgspec.to_builtins(document, builtin_types=(date,))


def explain_intake(again: Replay, explained: Iterable[Explanation]) -> Iterator[Explanation]:
    """Every answer of the intake, with the lines of the plan that name it."""
    bears = _bearing(explained)
    for path, value in leaves(plain(again.document.intake), "intake"):
        resting = tuple(dict.fromkeys(line for told, lines in bears.items() if _is_part(path, told) for line in lines))
        because = (_told(path, again), *_rests(path, resting, again))
        yield line(Topic.INTAKE, path, value, *because, bears_on=resting)


def _bearing(explained: Iterable[Explanation]) -> dict[str, list[str]]:
    """What rests on each answer: the entries that name it."""
    bears: dict[str, list[str]] = {}
    for one in explained:
        for answer in one.answers:
            bears.setdefault(answer.path, []).append(one.path)
    return bears


def _is_part(path: str, told: str) -> bool:
    return path == told or path.startswith((f"{told}.", f"{told}["))


def _told(path: str, again: Replay) -> str:
    key = path.removeprefix("intake.")
    name = key.removeprefix("health.").partition(".")[0]
    if key in _ALONE:
        return _ALONE[key]
    if key == f"health.{EVERYTHING_ELSE}":
        return "It attests that every other question was asked and answered no."
    fact = again.knowledge.fact.get(name) if key.startswith("health.") else None
    if fact is not None:
        return f"As the client answered. Asked: {fact.ask}"
    if key.startswith("booking."):
        return "As it was booked, or as the therapist's own settings have it."
    if key.startswith("clearances["):
        return "An agreement on record."
    return "As the client told it."


def _rests(path: str, resting: tuple[str, ...], again: Replay) -> tuple[str, ...]:
    key = path.removeprefix("intake.")
    if resting or key in _ALONE:
        return (f"What rests on it: {counted(len(resting), 'line')} of the plan.",) if resting else ()
    name = key.removeprefix("health.").partition(".")[0]
    if key.startswith("health.") and name in again.knowledge.fact:
        rules = [rule.id for rule in again.knowledge.rules if any(test.fact == name for group in rule.when for test in group)]
        asked_by = f" The rules that ask for it, {', '.join(rules)}, do not hold by it." if rules else ""
        return (f"No line of the plan rests on it.{asked_by}",)
    return ("No line of the plan rests on it.",)
