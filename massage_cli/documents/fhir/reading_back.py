"""A questionnaire response of our own, alone or in a bundle, back into the intake that it was made of."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from massage_cli.documents.fhir.answers_read import AnswersRead
from massage_cli.documents.fhir.names import CLIENT_SYSTEM, QUESTIONNAIRE
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.reading import parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable, quoted
from massage_cli.planning.intake import Intake

_RESPONSE = "QuestionnaireResponse"
_TAKEN = ("completed", "amended", "in-progress")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def intake_of_fhir(content: bytes, name: str, knowledge: Knowledge, *, on: date | None, today: date) -> Intake:
    """The intake, checked as of the day given, else of the day the answers are dated with, else of today.

    Raises Unreadable with every problem; its path is the link id of the question, or the key where no question is meant.
    """
    raw, _ = parse(content, name, only_json=True)
    problems: list[Problem] = []
    try:
        response = _response_in(raw)
        problems += _foreign(response)
        read = AnswersRead(knowledge)
        table = read.table(response.get("item"))
        problems += _other_client(response, table)
        day = on or _authored(response, problems) or today
        problems += read.problems
        broken = {problem.path for problem in problems}
        intake, wrong = _checked(table, knowledge, on=day)
        problems += (problem for problem in wrong if problem.path not in broken)
    except Unreadable as stopped:
        problems += stopped.problems
        intake = None
    if problems or intake is None:
        raise Unreadable(Problem(file=name, path=problem.path, value=problem.value, message=problem.message) for problem in problems)
    return intake


def _checked(table: dict[str, Any], knowledge: Knowledge, *, on: date) -> tuple[Intake | None, tuple[Problem, ...]]:
    try:
        return check_intake(table, knowledge, on=on), ()
    except Unreadable as broken:
        return None, tuple(Problem(path=_link_id(each.path), value=each.value, message=each.message) for each in broken.problems)


def _link_id(path: str) -> str:
    """The link id of the question at a key path of the intake."""
    part, _, rest = path.partition(".")
    if part == "health":
        return rest.removesuffix(".answer") or part
    return path if part == "booking" or part.startswith("clearances") else f"intake.{path}"


def _response_in(raw: dict[str, Any]) -> dict[str, Any]:
    kind = raw.get("resourceType")
    if kind == _RESPONSE:
        return raw
    if kind != "Bundle":
        raise _stop("resourceType", f"{quoted(kind)} is not {_RESPONSE} or Bundle; other FHIR resources hold no intake", kind)
    entries = raw.get("entry")
    resources = [entry.get("resource") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    found = [resource for resource in resources if isinstance(resource, dict) and resource.get("resourceType") == _RESPONSE]
    if len(found) != 1:
        raise _stop("entry", f"holds {len(found)} resources of type {_RESPONSE}; one is read at a time")
    return found[0]


def _foreign(response: dict[str, Any]) -> Iterable[Problem]:
    asked = response.get("questionnaire")
    if not isinstance(asked, str) or asked.partition("|")[0] != QUESTIONNAIRE:
        raise _stop("questionnaire", f"{quoted(asked)} is not {QUESTIONNAIRE}; only answers to our own questions can be read", asked)
    status = response.get("status")
    if status not in _TAKEN:
        yield Problem(path="status", value=status, message=f"{quoted(status)} is not one of {', '.join(_TAKEN)}")
    if "modifierExtension" in response:
        yield Problem(path="modifierExtension", message="may change what the answers mean; it cannot be read")


def _other_client(response: dict[str, Any], table: dict[str, Any]) -> Iterable[Problem]:
    subject = response.get("subject")
    identifier = subject.get("identifier") if isinstance(subject, dict) else None
    if isinstance(identifier, dict) and identifier.get("system") == CLIENT_SYSTEM and identifier.get("value") != table.get("client"):
        value = identifier.get("value")
        yield Problem(path="subject", value=value, message=f"{quoted(value)} is another client than {quoted(table.get('client'))}")


def _authored(response: dict[str, Any], problems: list[Problem]) -> date | None:
    authored = response.get("authored")
    if authored is None:
        return None
    found = _DAY.match(authored) if isinstance(authored, str) else None
    try:
        day = None if found is None else date.fromisoformat(found[0])
    except ValueError:
        day = None
    if day is None:
        problems.append(Problem(path="authored", value=authored, message=f"{quoted(authored)} is not a date; write it like 2026-11-30"))
    return day


def _stop(path: str, message: str, value: object = None) -> Unreadable:
    return Unreadable([Problem(path=path, value=value, message=message)])
