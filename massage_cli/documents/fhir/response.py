"""The questionnaire response: the whole intake as answers."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from massage_cli.documents.fhir.items import (
    ATTESTED,
    BOOKING,
    CLEARANCES,
    HEALTH,
    ITEMS,
    REASON,
    AnswerKey,
    Item,
    health_items,
    regions_item,
)
from massage_cli.documents.fhir.names import ANSWERS, QUESTIONNAIRE, coding, id_of, subject
from massage_cli.documents.fhir.text import escaped, label, present
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import OutcomeKind

Answered = dict[str, Any]


def questionnaire_response(document: PlanDocument, knowledge: Knowledge) -> dict[str, Any]:
    """Every answer of the intake, in the order of the questionnaire; what was not said is not in it."""
    plain: dict[str, Any] = msgspec.to_builtins(document.intake)
    items = [
        *_group(REASON, _plain_answers(REASON, plain)),
        *_group(HEALTH, _health(plain.get("health", {}), knowledge)),
        *(item for note in plain.get("clearances", ()) for item in _group(CLEARANCES, _plain_answers(CLEARANCES, note))),
        *_group(BOOKING, _plain_answers(BOOKING, plain.get("booking", {}))),
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": id_of(document, "questionnaire-response"),
        "questionnaire": f"{QUESTIONNAIRE}|{knowledge.edition.edition}",
        "status": "in-progress" if document.outcome is OutcomeKind.INCOMPLETE else "completed",
        "subject": subject(document),
        "authored": document.planned_on.isoformat(),
        "item": items,
    }


def _group(link_id: str, items: Iterable[Answered]) -> Iterator[Answered]:
    answered = list(items)
    if answered:
        yield {"linkId": link_id, "item": answered}


def _plain_answers(part: str, values: dict[str, Any]) -> Iterator[Answered]:
    for item in ITEMS[part]:
        key = item.link_id.partition(".")[2]
        if key in values:
            yield _answered(item, values[key])


def _answered(item: Item, value: Any) -> Answered:
    """The item with its answers; one that was answered with nothing, like a note without a letter, has none."""
    values = value if item.repeats else [value]
    answers = [{item.answer: _as_fhir(item, one)} for one in values if one != ""]
    return present({"linkId": item.link_id, "text": label(item.text), "answer": answers})


def _as_fhir(item: Item, value: Any) -> Any:
    match item.answer:
        case AnswerKey.CODE:
            return coding(item.words or ANSWERS, value)
        case AnswerKey.TEXT:
            return escaped(value)
        case _:
            return value


def _health(health: dict[str, Any], knowledge: Knowledge) -> Iterator[Answered]:
    if ATTESTED.link_id in health:
        yield _answered(ATTESTED, health[ATTESTED.link_id])
    for group in knowledge.groups:
        facts = [fact for fact in knowledge.facts if fact.group == group.id and fact.id in health]
        yield from _group(f"group.{group.id}", (_reply(fact, health[fact.id]) for fact in facts))


def _reply(fact: Fact, reply: Any) -> Answered:
    item, *unsure = health_items(fact)
    if not isinstance(reply, dict):
        return _answered(unsure[0] if unsure and reply == "unsure" else item, reply)
    answered = _answered(item, reply["answer"])
    answered["answer"][0]["item"] = [_answered(regions_item(fact), reply.get("regions", ()))]
    return answered
