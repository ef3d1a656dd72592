"""Whether a bundle is sound: by the official schema, by an independent library, and in what both of them miss."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # it reads what we wrote ourselves

from jsonschema import Draft6Validator

Resource = dict[str, Any]

STATUSES = {
    "CarePlan": {"active", "completed", "revoked"},
    "Flag": {"active"},
    "Questionnaire": {"draft"},
    "QuestionnaireResponse": {"completed", "in-progress"},
    "ValueSet": {"draft"},
}
LIFECYCLES = {"active", "completed", "cancelled"}
ACTIVITY_STATUSES = {"not-started", "completed", "cancelled"}
UNITS = {"{score}"}
VALUE_KEYS = {
    "choice": "valueCoding",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "date": "valueDate",
    "boolean": "valueBoolean",
    "text": "valueString",
}


@cache
def schema() -> Draft6Validator:
    """The official schema of R4, as far as a bundle of ours needs it."""
    return Draft6Validator(json.loads(Path(__file__).with_name("r4.schema.json").read_text("utf-8")))


def wrong_with(content: bytes) -> list[str]:
    """Everything that is wrong with a bundle; nothing where it is sound."""
    bundle = json.loads(content)
    found = [f"{error.json_path}: {error.message[:200]}" for error in schema().iter_errors(bundle)]
    return [*found, *_by_the_library(bundle), *_missed(bundle)]


def _by_the_library(bundle: Resource) -> Iterator[str]:
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(bundle)
    except ValidationError as wrong:
        yield str(wrong)


def _missed(bundle: Resource) -> Iterator[str]:
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) < len(urls):
        yield "a fullUrl stands twice"
    for entry in bundle["entry"]:
        if entry["fullUrl"] != f"urn:uuid:{entry['resource']['id']}":
            yield f"{entry['fullUrl']} is not the id of its resource"
        yield from _in_resource(entry["resource"])
    for place, value in everything(bundle):
        if place.endswith(".reference") and value not in urls:
            yield f"{place}: {value} refers to nothing"
        if place.endswith("eriod") and date.fromisoformat(value["start"]) > date.fromisoformat(value.get("end", value["start"])):
            yield f"{place}: ends before it starts"
        if place.endswith(".div"):
            yield from _narrative(place, value)
    yield from _answers(resources(bundle, "Questionnaire")[0], resources(bundle, "QuestionnaireResponse")[0])


def _in_resource(resource: Resource) -> Iterator[str]:
    kind = resource["resourceType"]
    if kind in STATUSES and resource["status"] not in STATUSES[kind]:
        yield f"{kind}: status {resource['status']}"
    if kind == "Goal":
        if resource["lifecycleStatus"] not in LIFECYCLES:
            yield f"Goal: {resource['lifecycleStatus']}"
        for target in resource.get("target", ()):
            quantity = target.get("detailQuantity", {"code": "{score}", "value": 1})
            if quantity["code"] not in UNITS or not 0 <= quantity["value"] <= 10:
                yield f"Goal: {quantity}"
    for activity in resource.get("activity", ()):
        if activity["detail"]["status"] not in ACTIVITY_STATUSES:
            yield f"activity: {activity['detail']['status']}"
    contained = {f"#{inner['id']}" for inner in resource.get("contained", ())}
    named = {value for place, value in everything(resource) if place.endswith(".answerValueSet")}
    if contained != named:
        yield f"{kind}: contained and named differ: {contained ^ named}"


def _narrative(place: str, text: str) -> Iterator[str]:
    try:
        root = ET.fromstring(text)  # noqa: S314  # it reads what we wrote ourselves
    except ET.ParseError as error:
        yield f"{place}: {error}"
        return
    allowed = {"{http://www.w3.org/1999/xhtml}" + name for name in ("div", "p", "ul", "li")}
    if {element.tag for element in root.iter()} - allowed or any(element.attrib for element in root.iter()):
        yield f"{place}: more than plain text"
    if not "".join(root.itertext()).strip():
        yield f"{place}: is empty"


def _answers(questionnaire: Resource, response: Resource) -> Iterator[str]:
    questions = list(_flat(questionnaire["item"]))
    asked = {item["linkId"]: item for item in questions}
    if len(asked) < len(questions):
        yield "a linkId stands twice in the questionnaire"
    sets = {f"#{words['id']}": words["compose"]["include"][0] for words in questionnaire["contained"]}
    answered = list(_flat(response["item"]))
    values: dict[str, list[Any]] = {}
    for item in answered:
        values.setdefault(item["linkId"], []).extend(_values(item))
    yield from _waiting(questions, asked)
    for item in answered:
        question = asked.get(item["linkId"])
        if question is None:
            yield f"{item['linkId']}: is not asked"
        elif question["type"] != "group":
            yield from _one(item, question, sets, values)
    for item in questions:
        if item.get("required") and item["linkId"].startswith("intake.") and item["linkId"] not in values:
            yield f"{item['linkId']}: is not answered"


def _waiting(questions: list[Resource], asked: dict[str, Resource]) -> Iterator[str]:
    for item in questions:
        for wait in item.get("enableWhen", ()):
            if wait["question"] not in asked:
                yield f"{item['linkId']}: waits for {wait['question']}, which is not asked"
        if len(item.get("enableWhen", ())) > 1 and item.get("enableBehavior") not in ("any", "all"):
            yield f"{item['linkId']}: no enableBehavior"


def _one(item: Resource, question: Resource, sets: dict[str, Resource], values: dict[str, list[Any]]) -> Iterator[str]:
    name, given = item["linkId"], item.get("answer", [])
    if len(given) > 1 and not question.get("repeats"):
        yield f"{name}: is answered more than once"
    for answer in given:
        if set(answer) - {"item"} != {VALUE_KEYS[question["type"]]}:
            yield f"{name}: {sorted(answer)} for {question['type']}"
    if question["type"] == "choice":
        options = [option["valueCoding"] for option in question.get("answerOption", ())]
        words = sets.get(question.get("answerValueSet", ""))
        if words is not None:
            options = [{"system": words["system"], "code": concept["code"]} for concept in words["concept"]]
        if any(answer not in options for answer in _values(item)):
            yield f"{name}: an answer is not among its options"
    waits = question.get("enableWhen", ())
    holding = [_holds(wait, values.get(wait["question"], [])) for wait in waits]
    if waits and not (all if question.get("enableBehavior") == "all" else any)(holding):
        yield f"{name}: is answered, and not enabled"


def _holds(wait: Resource, given: list[Any]) -> bool:
    (expected,) = (value for key, value in wait.items() if key.startswith("answer"))
    match wait["operator"]:
        case "exists":
            return bool(given) == expected
        case "=":
            return expected in given
        case ">=":
            return any(value >= expected for value in given)
        case "<=":
            return any(value <= expected for value in given)
    raise AssertionError(wait)


def _values(item: Resource) -> list[Any]:
    return [value for answer in item.get("answer", ()) for key, value in answer.items() if key.startswith("value")]


def _flat(items: list[Resource]) -> Iterator[Resource]:
    for item in items:
        yield item
        yield from _flat(item.get("item", []))
        for answer in item.get("answer", ()):
            yield from _flat(answer.get("item", []))


def everything(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the place where it stands, objects and lists too."""
    yield place, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from everything(each, f"{place}.{key}")


def resources(bundle: Resource, kind: str) -> list[Resource]:
    """The resources of one type in a bundle."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]
