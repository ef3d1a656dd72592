"""The goals: what the client wants, and each measure of the plan with the smallest change that matters."""

from typing import Any

from massage_cli.documents.fhir.care_plan import CourseStatus, status_of
from massage_cli.documents.fhir.names import PAIN_CODE, id_of, subject, system
from massage_cli.documents.fhir.text import label, present
from massage_cli.documents.visits import schedule
from massage_cli.files.plans.plan_document import MeasureEntry, PlanDocument
from massage_cli.knowledge.named import PAIN_SCALE
from massage_cli.planning.texts import spaced

_LIFECYCLE = {CourseStatus.ACTIVE: "active", CourseStatus.COMPLETED: "completed", CourseStatus.REVOKED: "cancelled"}
_SCORE = {"unit": "score", "system": "http://unitsofmeasure.org", "code": "{score}"}


def goals(document: PlanDocument) -> dict[str, dict[str, Any]]:
    """Each goal under its name in the bundle: the client's wishes first, then the measures."""
    wished = {
        f"goal {goal}": _goal(document, f"goal {goal}", description={"text": spaced(goal)}, expressedBy=subject(document))
        for goal in document.intake.goals
    }
    measured = {
        f"measure {measure.id}": _goal(
            document,
            f"measure {measure.id}",
            description={"text": label(f"A change that matters in: {measure.name}")},
            target=[_target(document, measure)],
            note=[{"text": _smallest(measure)}],
        )
        for measure in document.measures
    }
    return wished | measured


def _goal(document: PlanDocument, name: str, **about: Any) -> dict[str, Any]:
    return {
        "resourceType": "Goal",
        "id": id_of(document, name),
        "lifecycleStatus": _LIFECYCLE[status_of(document)],
        "subject": subject(document),
        "startDate": document.planned_on.isoformat(),
        **about,
    }


def _target(document: PlanDocument, measure: MeasureEntry) -> dict[str, Any]:
    """The score that the smallest important change leads to where the first one is known, else that change in words."""
    codes = [PAIN_CODE] if measure.id == PAIN_SCALE else []
    own = {"system": system("measure"), "code": measure.id}
    pain, change = document.intake.pain, measure.important_change
    last = max((visit.date for visit in schedule(document)), default=None)
    wanted: dict[str, Any] = {"detailString": _smallest(measure)}
    if measure.id == PAIN_SCALE and pain is not None and change is not None and 0 < change <= pain:
        score = pain - change
        wanted = {"detailQuantity": {"value": int(score) if score == int(score) else score, "comparator": "<=", **_SCORE}}
    return present(
        {
            "measure": {"coding": [*codes, own], "text": label(measure.name)},
            **wanted,
            "dueDate": None if last is None or document.stopped else last.isoformat(),
        }
    )


def _smallest(measure: MeasureEntry) -> str:
    if measure.important_change is not None:
        return f"Smallest important change: {measure.important_change:g} points."
    if measure.important_change_percent is not None:
        return f"Smallest important change: {measure.important_change_percent} percent."
    return "Smallest important change: not known."
