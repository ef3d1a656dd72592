"""Answers to the interview's questions: those of a healthy client with low back pain, random sound ones, and those of a file."""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta

from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.vocabulary import Goal
from massage_cli.planning.intake import Booking, Intake
from massage_cli.planning.questionnaire.given import Answer, intake_table, record
from massage_cli.planning.questionnaire.order import is_open, steps
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.planning.questionnaire.returning import given_from
from tests.builders import TODAY, knowledge

Answering = Callable[[Question], Answer]

HEALTHY: Mapping[str, Answer] = {
    "client": "c-1",
    "age": 40,
    "condition": "chronic",
    "complaint": "low-back",
    "regions": ("lower-back",),
    "pain": 5,
    "onset": None,
    "goals": ("pain-relief",),
    "pressure": "moderate",
    "wishes": "none",
    "first-visit": "no",
    "booking": "usual",
}
"""What a healthy client of 40 with chronic low back pain says, apart from the lists about health, where nothing is ticked."""


def filled(answer: Answering, given: Mapping[str, Answer] | None = None) -> dict[str, Answer]:
    """A finished interview: every question that applies and is open is answered, in order."""
    answers = dict(given or {})
    while True:
        for question in steps(answers, knowledge(), on=TODAY):
            if not is_open(question, answers):
                continue
            record(answers, question.id, answer(question), tuple(option.value for option in question.options))
            assert not is_open(question, answers), f"{question.id}: {answers[question.id]} answers nothing"
            if question.health and answers[question.id] != ():
                break  # what follows from an answer about health is worked out when the steps are taken anew
        else:
            return answers


def interviewed(changes: Mapping[str, Answer] | None = None) -> dict[str, Answer]:
    """The answers of a healthy client with low back pain, with some of them changed; what that brings up is answered plainly."""
    wanted = {**HEALTHY, **(changes or {})}
    return filled(lambda question: wanted[question.id] if question.id in wanted else plainly(question))


def plainly(question: Question) -> Answer:
    """The quickest answer to a question: nothing ticked, no or the first line, the lowest number."""
    match question.kind:
        case Kind.MANY:
            return () if question.none else (question.options[0].value,)
        case Kind.ONE:
            return next((option.value for option in question.options if option.value == "no"), question.options[0].value)
        case Kind.NUMBER:
            return question.lowest if question.required else None
        case Kind.DATE:
            return TODAY.isoformat() if question.required else None
        case Kind.TEXT:
            return "midwife" if question.required else None


def drawn(rng: random.Random, *, ticks: float = 0.12) -> dict[str, Answer]:
    """A finished interview with random sound answers."""
    return filled(lambda question: drawn_answer(question, rng, ticks=ticks))


def drawn_answer(question: Question, rng: random.Random, *, ticks: float = 0.12) -> Answer:
    """A random sound answer to one question; of a part of the body at least one region."""
    values = [option.value for option in question.options]
    if not question.required and rng.random() < 0.4:
        return None
    match question.kind:
        case Kind.MANY:
            often = ticks if question.health else 0.4
            picked = tuple(value for value in values if rng.random() < often)
            needs_one = not question.none or question.id.startswith(("regions.", "where."))
            return picked or ((rng.choice(values),) if needs_one else ())
        case Kind.ONE:
            return rng.choice(values)
        case Kind.NUMBER:
            return _drawn_number(question, rng)
        case Kind.DATE:
            later = question.id == "booking.start"
            return (TODAY + timedelta(days=rng.randrange(90) if later else -rng.randrange(400))).isoformat()
        case Kind.TEXT:
            return _TEXTS.get(question.id, "midwife")


_TEXTS = {"client": "c-2", "booking.closed": "2026-12-25 2026-12-28", "booking.holidays": "US"}


def _drawn_number(question: Question, rng: random.Random) -> int | float | str:
    if question.health and rng.random() < 0.1:
        return "unsure"
    assert question.lowest is not None
    assert question.highest is not None
    if question.whole:
        return rng.randint(int(question.lowest), int(question.highest))
    return round(rng.uniform(question.lowest, question.highest), 1)


def asked_of(given: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Every question that applies to a finished interview."""
    return tuple(steps(given, knowledge(), on=TODAY))


def checked(given: Mapping[str, Answer]) -> Intake:
    """The intake that a finished interview makes, checked like that of a file."""
    asked = frozenset(question.id for question in asked_of(given))
    return check_intake(intake_table(given, asked, knowledge()), knowledge(), on=TODAY)


def replayed(intake: Intake) -> dict[str, Answer]:
    """The answers that make this intake, the first visit and the first day as it says."""
    given = given_from(intake, knowledge(), on=TODAY)
    given["first-visit"] = "yes" if intake.is_first_visit else "no"
    if intake.booking != Booking():
        given["booking"] = "change"
        given = filled(plainly, given)
        given["booking.start"] = None if intake.booking.start is None else intake.booking.start.isoformat()
    return given


def spelled_out(intake: Intake) -> Intake:
    """The intake with everything said that the interview asks for and a file may leave out, its lists in the order of the interview."""
    techniques = [technique.id for technique in knowledge().techniques]
    body = knowledge().body
    booking = intake.booking
    if booking.trained_in:
        booking = replace(booking, trained_in=tuple(sorted(booking.trained_in, key=techniques.index)))
    return replace(
        intake,
        first_visit=intake.is_first_visit,
        pressure=intake.wish,
        complaint=intake.complaint_or_other,
        regions=tuple(sorted(intake.regions, key=lambda name: (body.order[body.places_of[name][0]], name))),
        goals=tuple(sorted(intake.goals, key=list(Goal).index)),
        prefers=tuple(sorted(intake.prefers, key=techniques.index)),
        declines=tuple(sorted(intake.declines, key=techniques.index)),
        booking=booking,
    )
