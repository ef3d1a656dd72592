"""Names in a bundle: identifiers from the course, code systems of our own, and references."""

import uuid
from typing import Any

from massage_cli.files.plans.plan_document import PlanDocument

CLIENT_SYSTEM = "urn:massage-cli:client"
QUESTIONNAIRE = "urn:massage-cli:questionnaire"
ANSWERS = "answer"
LOINC = "http://loinc.org"
PAIN_CODE = {"system": LOINC, "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical"
    " Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at"
    " http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:massage-cli")


def system(words: str) -> str:
    """The code system of one closed set of words."""
    return f"urn:massage-cli:{words}"


def coding(words: str, code: str) -> dict[str, str]:
    """One word of a closed set."""
    return {"system": system(words), "code": code}


def id_of(document: PlanDocument, what: str) -> str:
    """An id that all versions of a course share for the same thing."""
    return str(uuid.uuid5(_NAMESPACE, f"{document.intake.client} {document.planned_on} {what}"))


def full_url(identifier: str) -> str:
    """How other resources of the bundle name a resource."""
    return f"urn:uuid:{identifier}"


def reference(document: PlanDocument, what: str) -> dict[str, str]:
    """A reference to a resource of the same bundle."""
    return {"reference": full_url(id_of(document, what))}


def subject(document: PlanDocument) -> dict[str, Any]:
    """The client, by pseudonym."""
    return {**reference(document, "patient"), "identifier": client_identifier(document)}


def client_identifier(document: PlanDocument) -> dict[str, str]:
    """The pseudonym."""
    return {"system": CLIENT_SYSTEM, "value": document.intake.client}
