"""Answers of an interview, by question, and the intake they make."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import convert

from massage_cli.knowledge.body import Body
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal
from massage_cli.planning.intake import EVERYTHING_ELSE, INTAKE_FORMAT, Clearance, Intake, Placed, Reply

Answer = str | int | float | tuple[str, ...] | None
"""What was answered to one question; None where it was left out."""

Given = Mapping[str, Answer]
"""The answers so far, by the id of their question."""

RETURNING = "returning"
"""Stands among the answers of a client who comes again: what is checked at each visit has lists of its own then."""

TODAY = "today"
"""The lists of what is checked at each visit."""

_FURTHER_PAGES = range(2, 10)


def chosen(given: Given, prefix: str) -> tuple[str, ...]:
    """Everything ticked in a list, over all its pages."""
    pages = (given.get(name) for name in (prefix, *(f"{prefix}.{number}" for number in _FURTHER_PAGES)))
    return tuple(dict.fromkeys(value for answer in pages if isinstance(answer, tuple) for value in answer))


def record(given: dict[str, Answer], question_id: str, answer: Answer, lines: tuple[str, ...]) -> None:
    """Write down an answer, and the lines of the list it was given to: a line that comes later was not seen."""
    given[question_id] = answer
    if lines:
        given[f"seen.{question_id}"] = lines


def list_of(fact: Fact, given: Given) -> str:
    """The list that a fact is a line of: that of its group, or for a client who comes again that of each visit."""
    return TODAY if fact.checked_each_visit and RETURNING in given else f"health.{fact.group}"


def complaint_of(given: Given) -> str | None:
    """The complaint picked, on whichever page it stood; none where something else was picked."""
    for name in ("complaint", *(f"complaint.{number}" for number in _FURTHER_PAGES)):
        picked = given.get(name)
        if picked != "more":
            return picked if isinstance(picked, str) else None
    return None


def regions_of(prefix: str, given: Given, body: Body, *, sided: bool) -> tuple[str, ...]:
    """The regions picked, in body order; with their sides, or as the names the sides are asked of."""
    first = chosen(given, prefix)
    if "whole-body" in first:
        return ("whole-body",)
    names = {name for name in first if not name.startswith("in-")}
    for area in (name.removeprefix("in-") for name in first if name.startswith("in-")):
        names.update(chosen(given, f"{prefix}.{area}"))
    if sided:
        sides = {name: given.get(f"{prefix}.{name}") for name in names}
        names = {side if isinstance(side := sides[name], str) else name for name in names}
    return tuple(sorted(names, key=lambda name: (body.order[body.places_of[name][0]], name)))


def health_of(given: Given, knowledge: Knowledge) -> dict[str, Reply]:
    """The answers about health as an intake holds them; a line that was seen and not ticked is a no."""
    health: dict[str, Reply] = {}
    lists = (TODAY, *(f"health.{group.id}" for group in knowledge.groups))
    ticked = {name: chosen(given, name) for name in lists if name in given}
    for fact in knowledge.facts:
        detail = given.get(f"fact.{fact.id}")
        on_list = ticked.get(list_of(fact, given)) if fact.id in knowledge.checklist_facts else None
        if on_list is not None:
            detail = (detail or "unsure") if fact.id in on_list else "no"
        if isinstance(detail, str | int | float):
            places = regions_of(f"where.{fact.id}", given, knowledge.body, sided=True) if fact.where else ()
            placed = places and detail in ("yes", "unsure")
            health[fact.id] = Placed(answer=str(detail), regions=places) if placed else detail
    return health


def clearances_of(given: Given) -> tuple[dict[str, Any], ...]:
    """The agreements on record, as an intake holds them."""
    rules = [name.split(".")[1] for name, answer in given.items() if name.startswith("clearance.") and answer == "recorded"]
    notes = ({"rule": rule, **{key: given.get(f"clearance.{rule}.{key}") for key in ("by", "on", "limits")}} for rule in rules)
    return tuple({key: value for key, value in note.items() if value is not None} for note in notes)


def intake_so_far(given: Given, knowledge: Knowledge) -> Intake:
    """The intake that the answers so far make, with stand-ins for what was not asked yet; not fit to be planned."""
    age, condition, pain, onset = given.get("age"), given.get("condition"), given.get("pain"), given.get("onset")
    client = given.get("client")
    return Intake(
        format=INTAKE_FORMAT,
        client=client if isinstance(client, str) else "",
        age=age if isinstance(age, int) else 0,
        condition=Condition(condition) if condition in set(Condition) else Condition.CHRONIC,
        complaint=complaint_of(given),
        regions=regions_of("regions", given, knowledge.body, sided=True) or ("whole-body",),
        pain=pain if isinstance(pain, int) else None,
        onset=date.fromisoformat(onset) if isinstance(onset, str) else None,
        goals=tuple(goal for goal in Goal if goal in chosen(given, "goals")),
        health=health_of(given, knowledge),
        clearances=tuple(convert(note, Clearance) for note in clearances_of(given) if {"by", "on"} <= set(note)),
    )


def intake_table(given: Given, asked: frozenset[str], knowledge: Knowledge) -> dict[str, Any]:
    """The intake as a plain table, from the answers to the questions that apply.

    Every question having been asked, what is a plain no is said once, as in a file.
    """
    notes = given.get("notes")
    given = {name: answer for name, answer in given.items() if name in asked or name == RETURNING}
    plain = {key: given.get(key) for key in ("client", "age", "condition", "pain", "onset", "pressure")}
    table: dict[str, Any] = {
        "format": INTAKE_FORMAT,
        **plain,
        "complaint": complaint_of(given),
        "regions": list(regions_of("regions", given, knowledge.body, sided=True)),
        "goals": list(chosen(given, "goals")),
        "prefers": list(chosen(given, "prefers")),
        "declines": list(chosen(given, "declines")),
        "notes": notes,
        "first-visit": given.get("first-visit") == "yes",
        "clearances": list(clearances_of(given)),
        "health": {EVERYTHING_ELSE: "no", **_health_table(given, knowledge)},
        "booking": _booking_table(given),
    }
    return {key: value for key, value in table.items() if value not in (None, [], {})}


def _health_table(given: Given, knowledge: Knowledge) -> dict[str, Any]:
    replies = health_of(given, knowledge)
    plain_no = {fact.id for fact in knowledge.facts if fact.kind is FactKind.YES_NO and replies.get(fact.id) == "no"}
    return {
        name: {"answer": reply.answer, "regions": list(reply.regions or ())} if isinstance(reply, Placed) else reply
        for name, reply in replies.items()
        if name not in plain_no
    }


def _booking_table(given: Given) -> dict[str, Any]:
    closed = given.get("booking.closed")
    table: dict[str, Any] = {
        "start": given.get("booking.start"),
        "weekdays": list(chosen(given, "booking.weekdays")),
        "closed": closed.split() if isinstance(closed, str) else None,
        "holidays": given.get("booking.holidays"),
        **{key: given.get(f"booking.{key}") for key in ("max-sessions", "max-per-week", "minutes")},
        "trained-in": list(chosen(given, "booking.trained-in")),
    }
    return {key: value for key, value in table.items() if value not in (None, [])}
