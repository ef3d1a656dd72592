"""Everything that can be wrong with what an intake says (screening.md 3.2, 4 and 8.1; planning.md 1.1)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import assert_never

from msgspec.structs import replace

from massage_cli.knowledge.decoding import not_a_number
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Problem, nearest, not_one_of, quoted, together
from massage_cli.knowledge.vocabulary import Condition, FactKind
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria_words import asked_when_words
from massage_cli.planning.intake import EVERYTHING_ELSE, NOTHING_BOOKED, Booking, Clearance, Intake, Placed, Reply

CLIENT_PATTERN = re.compile(r"[A-Za-z0-9._-]{1,64}\Z", re.ASCII)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Dates outside are slips of the hand."""


def problems_of(intake: Intake, knowledge: Knowledge, *, on: date, broken: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Every problem of meaning in an intake, one for each key path.

    `broken` holds the key paths already known to be wrong: what stands there is None, and nothing more is said of it.
    """
    problems = [
        *_client(intake),
        *_reason(intake, knowledge, on=on),
        *_names("prefers", intake.prefers, knowledge.technique, what="a technique"),
        *_names("declines", intake.declines, knowledge.technique, what="a technique"),
        *_dates(intake),
        *_clearances(intake.clearances or (), knowledge, on=on),
        *booking_problems(intake.booking or NOTHING_BOOKED, knowledge),
    ]
    problems += _health(intake, knowledge, on=on, broken=broken.union([problem.path for problem in problems]))
    if not problems:
        return ()
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.path, problem)
    return tuple(problem for path, problem in first.items() if path not in broken)


def _client(intake: Intake) -> Iterator[Problem]:
    if intake.client is not None and not CLIENT_PATTERN.match(intake.client):
        allowed = "a pseudonym of letters, digits, '-', '_' and '.', at most 64; never a name"
        yield Problem(path="client", value=intake.client, message=f"{quoted(intake.client)} is not {allowed}")


def _reason(intake: Intake, knowledge: Knowledge, *, on: date) -> Iterator[Problem]:
    if intake.complaint is not None and intake.complaint not in knowledge.complaint:
        yield _unknown("complaint", intake.complaint, knowledge.complaint, what="a complaint")
    yield from _names("regions", intake.regions, knowledge.body.region_names, what="a region")
    if intake.regions == ():
        yield Problem(path="regions", value=[], message="is empty; name at least one region")
    if intake.pain is None and intake.condition is not Condition.MAINTENANCE:
        yield Problem(path="pain", message="is missing; it may be left out for maintenance only")
    if intake.onset is None and intake.condition in (Condition.ACUTE, Condition.INJURY_RECOVERY):
        yield Problem(path="onset", message="is missing; acute and injury-recovery need the day it began")
    if intake.onset is not None and intake.onset > on:
        yield Problem(path="onset", value=intake.onset, message=f"{intake.onset} is after the day of planning, {on}")


def _dates(intake: Intake) -> Iterator[Problem]:
    booking = intake.booking or NOTHING_BOOKED
    given = [("onset", intake.onset), ("booking.start", booking.start), *(("booking.closed", day) for day in booking.closed or ())]
    given += [(f"clearances[{index}].on", note.on) for index, note in enumerate(intake.clearances or ()) if note is not None]
    for path, day in given:
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield Problem(path=path, value=day, message=f"{day} is not between {FIRST_DAY} and {LAST_DAY}")


def _names(path: str, names: Iterable[str] | None, allowed: Collection[str], *, what: str) -> tuple[Problem, ...]:
    wrong = [name for name in names if name not in allowed] if names else ()
    if not wrong:
        return ()
    each = list(dict.fromkeys(wrong))
    message = together(not_one_of(name, allowed, what=what, before=number) for number, name in enumerate(each))
    return (Problem(path=path, value=each[0] if len(each) == 1 else each, message=message),)


def _unknown(path: str, name: str, allowed: Iterable[str], *, what: str) -> Problem:
    return Problem(path=path, value=name, message=not_one_of(name, allowed, what=what))


def _health(intake: Intake, knowledge: Knowledge, *, on: date, broken: frozenset[str]) -> Iterator[Problem]:
    health = intake.health or {}
    attested = health.get(EVERYTHING_ELSE)
    if attested is not None and attested != "no":
        message = f"{quoted(attested)} is not no; it attests that every other question was asked and answered no"
        yield Problem(path=f"health.{EVERYTHING_ELSE}", value=attested, message=message)
    yield from _unknown_questions(health, knowledge)
    answered = sorted([name for name in health if name in knowledge.fact], key=knowledge.fact_order.__getitem__)
    if not answered:
        return
    in_error = _facts_of(broken)
    for fact in map(knowledge.fact.__getitem__, answered):
        if health[fact.id] is not None:
            found = tuple(_reply(fact, health[fact.id], knowledge))
            if found:
                in_error.add(fact.id)
            yield from found
    yield from _not_asked(answered, intake, knowledge, on=on, in_error=in_error)


def _facts_of(broken: frozenset[str]) -> set[str]:
    """The facts, built-in ones among them, that key paths stand for."""
    facts = {*broken, *(path.split(".")[1] for path in broken if path.startswith("health."))}
    return facts | {"onset-days"} if "onset" in facts else facts


def _unknown_questions(health: Mapping[str, Reply], knowledge: Knowledge) -> Iterator[Problem]:
    unknown = [name for name in health if name != EVERYTHING_ELSE and name not in knowledge.fact]
    for number, name in enumerate(unknown):
        near = nearest(name, (*knowledge.fact, EVERYTHING_ELSE)) if number < MOST_SUGGESTIONS else None
        yield Problem(
            path=f"health.{name}", value=health[name], message="is not a known question" + (f"; did you mean '{near}'?" if near else "")
        )


def reply_problems(health: Mapping[str, Reply], knowledge: Knowledge) -> Iterator[Problem]:
    """Every answer about health that no question, or not this one, takes; whether it is asked at all is not looked at."""
    yield from _unknown_questions(health, knowledge)
    for name, reply in health.items():
        if name in knowledge.fact:
            yield from _reply(knowledge.fact[name], reply, knowledge)


def _reply(fact: Fact, reply: Reply, knowledge: Knowledge) -> Iterator[Problem]:
    path = f"health.{fact.id}"
    if not isinstance(reply, Placed):
        message = _wrong_answer(fact, reply)
        if message is not None:
            yield Problem(path=path, value=reply, message=message)
        return
    if not fact.where:
        yield Problem(path=path, value="a table", message="takes a plain answer, without regions")
        return
    if reply.answer is not None:
        message = _wrong_answer(fact, reply.answer)
        if message is not None:
            yield Problem(path=f"{path}.answer", value=reply.answer, message=message)
    if reply.answer == "no":
        if reply.regions is not None:
            yield Problem(path=f"{path}.regions", value=list(reply.regions), message="may not stand with the answer no")
    elif not reply.regions:
        given = "is missing" if reply.regions is None else "is empty"
        yield Problem(path=f"{path}.regions", value=reply.regions, message=f"{given}; name at least one region, or give the answer alone")
    yield from _names(f"{path}.regions", reply.regions, knowledge.body.region_names, what="a region")


def _wrong_answer(fact: Fact, reply: str | int | float) -> str | None:
    if reply == "unsure":
        return None
    match fact.kind:
        case FactKind.YES_NO:
            return None if reply in ("yes", "no") else not_one_of(reply, ("yes", "no", "unsure"))
        case FactKind.CHOICE:
            return None if reply in fact.choices else not_one_of(reply, (*fact.choices, "unsure"))
        case FactKind.NUMBER:
            return _wrong_number(fact, reply)
        case _:
            assert_never(fact.kind)


def _wrong_number(fact: Fact, reply: str | int | float) -> str | None:
    allowed = fact.min is not None and fact.max is not None and not isinstance(reply, str) and fact.min <= reply <= fact.max
    if allowed and (isinstance(reply, int) or not fact.whole):
        return None
    return f"{not_a_number(reply, whole=fact.whole, lowest=fact.min, highest=fact.max)} {fact.unit or ''}".rstrip() + ", or unsure"


def _not_asked(answered: Iterable[str], intake: Intake, knowledge: Knowledge, *, on: date, in_error: set[str]) -> Iterator[Problem]:
    """Answers to questions that do not apply, save where that hangs on something that is itself in error."""
    health = intake.health or {}
    doubtful = set(in_error)
    answers: Answers | None = None
    for fact in map(knowledge.fact.__getitem__, answered):
        if fact.asked_when is None:
            continue
        if not doubtful.isdisjoint(criterion.fact for group in fact.asked_when for criterion in group):
            doubtful.add(fact.id)
            continue
        answers = answers or Answers(_with_sound_health(intake, knowledge, in_error), knowledge, on=on)
        if not answers.is_asked(fact):
            yield Problem(
                path=f"health.{fact.id}", value=health[fact.id], message=f"does not apply: it is asked only when {asked_when_words(fact)}"
            )
            doubtful.add(fact.id)


def _with_sound_health(intake: Intake, knowledge: Knowledge, in_error: set[str]) -> Intake:
    """The intake with its sound answers and the regions that exist alone, so that questions can be worked out."""
    health = {name: reply for name, reply in (intake.health or {}).items() if name in knowledge.fact and name not in in_error}
    attested = {EVERYTHING_ELSE: "no"} if (intake.health or {}).get(EVERYTHING_ELSE) == "no" else {}
    regions = tuple(name for name in intake.regions or () if name in knowledge.body.region_names)
    return replace(intake, health={**attested, **health}, regions=regions)


def _clearances(notes: Iterable[Clearance | None], knowledge: Knowledge, *, on: date) -> Iterator[Problem]:
    for index, note in enumerate(notes):
        if note is None:
            continue
        path = f"clearances[{index}]"
        if note.rule is not None and note.rule not in knowledge.liftable:
            message = not_one_of(note.rule, knowledge.liftable, what="a rule that a clearance can lift", before=index)
            if note.rule in knowledge.rule:
                message = f"'{note.rule}' cannot be lifted by a clearance"
            yield Problem(path=f"{path}.rule", value=note.rule, message=message)
        if note.by is not None and not note.by.strip():
            yield Problem(path=f"{path}.by", value=note.by, message="is empty; say who agreed, like midwife")
        if note.on is not None and note.on > on:
            yield Problem(path=f"{path}.on", value=note.on, message=f"{note.on} is after the day of planning, {on}")


def booking_problems(booking: Booking, knowledge: Knowledge) -> Iterator[Problem]:
    """Every problem of meaning in a booking."""
    if booking.weekdays == ():
        yield Problem(path="booking.weekdays", value=[], message="is empty; name at least one day, like mon")
    shortest, longest = knowledge.numbers.booking.shortest_minutes, knowledge.numbers.longest_minutes
    if booking.minutes is not None and not shortest <= booking.minutes <= longest:
        yield Problem(path="booking.minutes", value=booking.minutes, message=f"{booking.minutes} is not between {shortest} and {longest}")
    yield from _names("booking.trained-in", booking.trained_in, knowledge.technique, what="a technique")
