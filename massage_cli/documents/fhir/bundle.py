"""The bundle: everything about one plan as FHIR R4 resources that refer to each other."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from massage_cli.documents.fhir.care_plan import care_plan
from massage_cli.documents.fhir.flag import flag
from massage_cli.documents.fhir.goals import goals
from massage_cli.documents.fhir.names import client_identifier, full_url, id_of
from massage_cli.documents.fhir.questionnaire import questionnaire
from massage_cli.documents.fhir.response import questionnaire_response
from massage_cli.documents.kinds import Options
from massage_cli.documents.visits import last_changed_on
from massage_cli.files.inert import json_text
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable


def bundle(document: PlanDocument, knowledge: Knowledge, _options: Options) -> bytes:
    """A collection of the client's pseudonym, the questionnaire, the answers, and the course with its goals.

    Whose plan is withheld or stopped has a flag; without a course there is nothing that says when or how to treat. Raises
    Unreadable where the answers do not fit this edition of the knowledge.
    """
    _check(document, knowledge)
    resources = list(_resources(document, knowledge))
    made = {
        "resourceType": "Bundle",
        "id": id_of(document, f"bundle {document.version or 1}"),
        "type": "collection",
        "timestamp": f"{last_changed_on(document)}T00:00:00Z",
        "entry": [{"fullUrl": full_url(resource["id"]), "resource": resource} for resource in resources],
    }
    return json_text(made).encode()


def _resources(document: PlanDocument, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    yield {"resourceType": "Patient", "id": id_of(document, "patient"), "identifier": [client_identifier(document)]}
    yield questionnaire(document, knowledge)
    yield questionnaire_response(document, knowledge)
    if document.outcome.withholds or document.stopped:
        yield flag(document, knowledge)
    if not document.outcome.withholds:
        named = goals(document)
        yield care_plan(document, tuple(named))
        yield from named.values()


def _check(document: PlanDocument, knowledge: Knowledge) -> None:
    """Answers that another edition understood, or that were changed by hand, would not come back as they were given."""
    try:
        check_intake(msgspec.to_builtins(document.intake, builtin_types=(date,)), knowledge, on=document.planned_on)
    except Unreadable as broken:
        raise Unreadable(
            Problem(path=f"intake.{problem.path}", value=problem.value, message=problem.message) for problem in broken.problems
        ) from None
