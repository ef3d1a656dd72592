"""The record of visits: what really happened at each (planning.md 10.1)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import FactKind, VisitStatus
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


def as_of_now(intake: Intake, visits: Sequence[Visit], knowledge: Knowledge) -> Intake:
    """The intake with the answers about health that changed at visits since.

    Whoever attested that everything else is no was asked what applied then. A question that one of these answers brings up is
    open until it is answered itself.
    """
    changed, days = said_at(visits), [visit.date for visit in visits]
    if not changed:
        return intake
    return _attested_then(intake, replace(intake, health={**intake.health, **changed}), knowledge, on=max(days))


def said_at(visits: Iterable[Visit]) -> dict[str, Reply]:
    """The answers about health that changed at visits; what was said last counts."""
    heard = sorted(visits, key=lambda visit: (visit.date, visit.number))
    return {fact: reply for visit in heard for fact, reply in visit.health.items()}


def brought_up(before: Intake, now: Intake, knowledge: Knowledge, *, on: date) -> frozenset[str]:
    """The questions that only other answers bring up, and those of now do where those before did not: nobody can have attested them."""
    then, since = Answers(before, knowledge, on=on), Answers(now, knowledge, on=on)
    after = map(knowledge.fact.__getitem__, knowledge.asked_after)
    return frozenset(fact.id for fact in after if since.is_asked(fact) and not then.is_asked(fact))


def _attested_then(before: Intake, now: Intake, knowledge: Knowledge, *, on: date) -> Intake:
    """The intake of now, every no that was attested before written out where some question of now was not asked then."""
    answers = Answers(now, knowledge, on=on)
    if not answers.attested:
        return now
    no = {fact.id for fact in knowledge.facts if fact.kind is FactKind.YES_NO and fact.id not in now.health and answers.is_asked(fact)}
    attested = no - brought_up(before, now, knowledge, on=on)
    if attested == no:
        return now
    told = attested.union(now.health)
    return replace(now, health={fact.id: now.health.get(fact.id, "no") for fact in knowledge.facts if fact.id in told})


def intake_of_now(intake: Intake, visits: Sequence[Visit], knowledge: Knowledge, *, on: date) -> Intake:
    """The same as an intake to plan anew from: without answers to questions that by now do not apply."""
    now = as_of_now(intake, visits, knowledge)
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
