"""The record of visits: what really happened at each (planning.md 10.1)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.answers import Answers
from massage_cli.planning.intake import Intake, Reply


class Visit(Value, frozen=True, kw_only=True):
    """What happened at one visit; pain 0-10, and the hours that the client was sore after the visit before."""

    number: Annotated[int, Meta(ge=1)]
    date: date
    status: VisitStatus
    pain: Annotated[int, Meta(ge=0, le=10)] | None = None
    measure: str | None = None
    score: int | float | None = None
    soreness_hours: Annotated[int, Meta(ge=0)] | None = None
    note: str | None = None
    health: dict[str, Reply] = {}  # noqa: RUF012  # msgspec gives each value a fresh one


def attended_of(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits that took place, oldest first."""
    took_place = (visit for visit in visits if visit.status is VisitStatus.ATTENDED)
    return tuple(sorted(took_place, key=lambda visit: (visit.date, visit.number)))


def as_of_now(intake: Intake, visits: Iterable[Visit]) -> Intake:
    """The intake with the answers about health that changed at visits since; what was said last counts."""
    changed: dict[str, Reply] = {}
    for visit in sorted(visits, key=lambda visit: (visit.date, visit.number)):
        changed |= visit.health
    return replace(intake, health={**intake.health, **changed}) if changed else intake


def intake_of_now(intake: Intake, visits: Iterable[Visit], knowledge: Knowledge, *, on: date) -> Intake:
    """The same as an intake to plan anew from: without answers to questions that by now do not apply."""
    now = as_of_now(intake, visits)
    return intake if now is intake else without_unasked(now, knowledge, on=on)


def without_unasked(intake: Intake, knowledge: Knowledge, *, on: date, keep: Collection[str] = ()) -> Intake:
    """The intake without the answers to questions that do not apply, save those to be kept."""
    now = intake
    while True:
        answers = Answers(now, knowledge, on=on)
        asked = {
            name: reply
            for name, reply in now.health.items()
            if name in keep or name not in knowledge.fact or answers.is_asked(knowledge.fact[name])
        }
        if len(asked) == len(now.health):
            return now
        now = replace(now, health=asked)
