"""The questionnaire: everything an intake may say, with what each question waits for."""

from collections.abc import Iterator
from typing import Any

from massage_cli.documents.fhir.items import (
    ATTESTED,
    BOOKING,
    CLEARANCES,
    HEALTH,
    ITEMS,
    REASON,
    UNSURE,
    AnswerKey,
    Item,
    health_items,
    regions_item,
    words_of,
)
from massage_cli.documents.fhir.names import ANSWERS, LOINC_NOTICE, PAIN_CODE, QUESTIONNAIRE, coding, id_of, system
from massage_cli.documents.fhir.text import label, present
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.facts import Criterion, Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind

_TYPES = {
    AnswerKey.CODE: "choice",
    AnswerKey.INTEGER: "integer",
    AnswerKey.DECIMAL: "decimal",
    AnswerKey.DATE: "date",
    AnswerKey.BOOLEAN: "boolean",
    AnswerKey.TEXT: "text",
}
_TITLES = {REASON: "Reason for coming", CLEARANCES: "Agreement of a physician or midwife", BOOKING: "Booking"}
Condition = dict[str, Any]


def questionnaire(document: PlanDocument, knowledge: Knowledge) -> dict[str, Any]:
    """The questionnaire of this edition of the knowledge; closed sets of words are contained value sets."""
    return {
        "resourceType": "Questionnaire",
        "id": id_of(document, "questionnaire"),
        "contained": [_value_set(name, words) for name, words in words_of(knowledge).items()],
        "url": QUESTIONNAIRE,
        "version": knowledge.edition.edition,
        "name": "MassageIntake",
        "title": "Intake for a course of massage",
        "status": "draft",
        "subjectType": ["Patient"],
        "copyright": LOINC_NOTICE,
        "item": [
            _group(REASON, _TITLES[REASON], [_question(item) for item in ITEMS[REASON]]),
            _group(HEALTH, "Health", [_question(ATTESTED), *_health(knowledge)]),
            {**_group(CLEARANCES, _TITLES[CLEARANCES], [_question(item) for item in ITEMS[CLEARANCES]]), "repeats": True},
            _group(BOOKING, _TITLES[BOOKING], [_question(item) for item in ITEMS[BOOKING]]),
        ],
    }


def _group(link_id: str, text: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"linkId": link_id, "text": label(text), "type": "group", "item": items}


def _value_set(name: str, words: tuple[tuple[str, str | None], ...]) -> dict[str, Any]:
    concepts = [present({"code": code, "display": display}) for code, display in words]
    return {
        "resourceType": "ValueSet",
        "id": name,
        "status": "draft",
        "compose": {"include": [{"system": system(name), "concept": concepts}]},
    }


def _question(item: Item) -> dict[str, Any]:
    options = [{"valueCoding": coding(item.words or ANSWERS, choice)} for choice in item.choices]
    return present(
        {
            "linkId": item.link_id,
            "code": [PAIN_CODE] if item.link_id == "intake.pain" else None,
            "text": label(item.text),
            "type": _TYPES[item.answer],
            "required": item.required or None,
            "repeats": item.repeats or None,
            "answerValueSet": None if options or item.words is None else f"#{item.words}",
            "answerOption": options,
        }
    )


def _health(knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    for group in knowledge.groups:
        facts = [fact for fact in knowledge.facts if fact.group == group.id]
        yield _group(f"group.{group.id}", group.title, [question for fact in facts for question in _fact(fact, knowledge)])


def _fact(fact: Fact, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    waits = _waits_for(fact, knowledge)
    for item in health_items(fact):
        question = _question(item)
        if fact.where:
            question["item"] = [_question(regions_item(fact))]
        yield {**question, **waits}


def _waits_for(fact: Fact, knowledge: Knowledge) -> dict[str, Any]:
    """When the question is asked, as far as FHIR can say it: one list of conditions of which any, or all, must hold.

    A client who is unsure of what a question waits for is asked it too. What cannot be said is left out, and the question
    is then always shown.
    """
    groups = fact.asked_when or ()
    alternatives = [[_conditions(criterion, knowledge) for criterion in group] for group in groups]
    if not alternatives or any(conditions is None for group in alternatives for conditions in group):
        return {}
    if all(len(group) == 1 for group in alternatives):
        conditions = [condition for group in alternatives for found in group for condition in found or ()]
        return _enabled(conditions, "any")
    if len(alternatives) == 1 and all(len(found or ()) == 1 for found in alternatives[0]):
        return _enabled([condition for found in alternatives[0] for condition in found or ()], "all")
    return {}


def _enabled(conditions: list[Condition], behavior: str) -> dict[str, Any]:
    return {"enableWhen": conditions, **({"enableBehavior": behavior} if len(conditions) > 1 else {})}


def _conditions(criterion: Criterion, knowledge: Knowledge) -> list[Condition] | None:
    """Conditions of which one must hold for the criterion to be true or unsure; None where FHIR cannot say it."""
    fact = knowledge.fact.get(criterion.fact or "")
    number = criterion.at_least if criterion.at_least is not None else criterion.at_most
    if number is not None and criterion.fact in ("age", "pain"):
        return [_compared(f"intake.{criterion.fact}", criterion, "answerInteger", number)]
    if fact is None:
        return None
    if fact.kind is FactKind.NUMBER:
        unsure = [] if fact.optional else [{"question": fact.id + UNSURE, "operator": "exists", "answerBoolean": True}]
        if number is not None:
            return [_compared(fact.id, criterion, "answerInteger" if fact.whole else "answerDecimal", number), *unsure]
        return [{"question": fact.id, "operator": "exists", "answerBoolean": True}] if criterion.known and fact.optional else None
    wanted = (criterion.is_,) if criterion.is_ is not None else criterion.in_
    if wanted is None:
        return None
    return [{"question": fact.id, "operator": "=", "answerCoding": coding(ANSWERS, word)} for word in (*wanted, "unsure")]


def _compared(link_id: str, criterion: Criterion, key: str, number: int | float) -> Condition:
    return {"question": link_id, "operator": ">=" if criterion.at_least is not None else "<=", key: number}
