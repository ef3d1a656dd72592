"""JSON Schemas of intake and plan files: the shape from the values, the words from the knowledge."""

from typing import Any, assert_never

import msgspec

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake
from massage_cli.planning.intake_problems import CLIENT_PATTERN

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str, knowledge: Knowledge) -> dict[str, Any]:
    """The schema of `intake` or `plan`. It accepts every sound file; what one answer makes of another only the program checks."""
    schema = msgspec.json.schema(PlanDocument if kind == "plan" else Intake)
    _name_the_words(schema["$defs"], knowledge)
    return {"$schema": _DIALECT, "title": f"massage-{kind}/1", **schema}


def _name_the_words(definitions: dict[str, Any], knowledge: Knowledge) -> None:
    """Put the ids of the knowledge where the values only say text."""
    regions = {"type": "array", "items": {"enum": list(knowledge.body.region_names)}, "minItems": 1}
    techniques = {"type": "array", "items": {"enum": list(knowledge.technique)}}
    numbers = knowledge.numbers
    intake = definitions["Intake"]["properties"]
    intake["client"]["pattern"] = f"^{CLIENT_PATTERN.pattern.removesuffix(chr(92) + 'Z')}$"
    intake["complaint"] = {"enum": list(knowledge.complaint)}
    intake["regions"] = regions
    intake["prefers"] = intake["declines"] = techniques
    intake["health"] = _health(knowledge, regions)
    booking = definitions["Booking"]["properties"]
    booking["trained-in"] = techniques
    booking["minutes"] = {"type": "integer", "minimum": numbers.booking.shortest_minutes, "maximum": numbers.longest_minutes}
    definitions["Clearance"]["properties"]["rule"] = {"enum": list(knowledge.liftable)}
    definitions.pop("Placed", None)


def _health(knowledge: Knowledge, regions: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {EVERYTHING_ELSE: {"const": "no"}}
    answers |= {fact.id: _answer(fact, regions) for fact in knowledge.facts}
    return {"type": "object", "properties": answers, "additionalProperties": False}


def _answer(fact: Fact, regions: dict[str, Any]) -> dict[str, Any]:
    match fact.kind:
        case FactKind.CHOICE:
            return {"description": fact.ask, "enum": [*fact.choices, "unsure"]}
        case FactKind.NUMBER:
            number = {"type": "integer" if fact.whole else "number", "minimum": fact.min, "maximum": fact.max}
            return {"description": fact.ask, "anyOf": [number, {"const": "unsure"}]}
        case FactKind.YES_NO:
            plain = {"enum": ["yes", "no", "unsure"]}
            if not fact.where:
                return {"description": fact.ask, **plain}
            placed = {
                "type": "object",
                "properties": {"answer": {"enum": ["yes", "unsure"]}, "regions": regions},
                "required": ["answer", "regions"],
                "additionalProperties": False,
            }
            nowhere = {"type": "object", "properties": {"answer": {"const": "no"}}, "required": ["answer"], "additionalProperties": False}
            return {"description": fact.ask, "anyOf": [plain, placed, nowhere]}
        case _:
            assert_never(fact.kind)
