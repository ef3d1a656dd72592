"""The flag of a client who is not to be massaged: the outcome and its findings, and nothing of how to treat."""

from collections.abc import Iterator
from typing import Any

from massage_cli.documents.fhir.care_plan import NOT_REVIEWED
from massage_cli.documents.fhir.names import id_of, subject, system
from massage_cli.documents.fhir.text import bullets, label, narrative, paragraph
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import spaced

_CATEGORY = {"system": "http://terminology.hl7.org/CodeSystem/flag-category", "code": "clinical"}


def flag(document: PlanDocument, knowledge: Knowledge) -> dict[str, Any]:
    """Why there is no plan, or why it was stopped, and how fast help is due."""
    words = _words(document)
    day = document.planned_on if document.decision is None else document.decision.on
    return {
        "resourceType": "Flag",
        "id": id_of(document, "flag"),
        "text": narrative(paragraph(words), bullets(_why(document, knowledge)), paragraph(NOT_REVIEWED)),
        "status": "active",
        "category": [{"coding": [_CATEGORY]}],
        "code": {"coding": [{"system": system("outcome"), "code": _code(document)}], "text": label(words)},
        "subject": subject(document),
        "period": {"start": day.isoformat()},
    }


def _code(document: PlanDocument) -> str:
    return "stop-refer" if document.stopped else document.outcome.value


def _words(document: PlanDocument) -> str:
    if document.stopped:
        return "The course of massage was stopped at its review: refer."
    urgency = "" if document.urgency is None else f", {spaced(document.urgency)}"
    return f"No massage: {spaced(document.outcome)}{urgency}."


def _why(document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    if document.stopped and document.decision is not None:
        yield document.decision.because
    for finding in document.screening.findings:
        if not finding.cleared:
            yield f"{finding.title}{'' if finding.certain else ' (not sure)'}: {finding.action}"
    for name in document.screening.unanswered:
        fact = knowledge.fact.get(name)
        yield f"Not answered: {name if fact is None else fact.label}"
