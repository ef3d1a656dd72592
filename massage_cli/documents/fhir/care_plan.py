"""The care plan: the visits as activities, each with what became of it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, assert_never

from massage_cli.documents.fhir.names import id_of, reference, subject
from massage_cli.documents.fhir.text import bullets, label, narrative, paragraph, present
from massage_cli.documents.visits import ScheduledVisit, schedule
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.texts import listed

NOT_REVIEWED = "No clinician has reviewed this knowledge; a licensed professional decides."


class CourseStatus(StrEnum):
    """How a course stands, in the words of FHIR."""

    ACTIVE = "active"
    COMPLETED = "completed"
    REVOKED = "revoked"


def status_of(document: PlanDocument) -> CourseStatus:
    """Revoked when a review stopped the course, completed when no visit is left, else active."""
    if document.stopped:
        return CourseStatus.REVOKED
    left = any(visit.status is None for visit in schedule(document))
    return CourseStatus.ACTIVE if left else CourseStatus.COMPLETED


def care_plan(document: PlanDocument, goals: tuple[str, ...]) -> dict[str, Any]:
    """The course of a client who has one; of a stopped one only what took place. `goals` are the names of its goals."""
    visits = _shown_visits(document)
    days = [visit.date for visit in visits] or [document.planned_on]
    return present(
        {
            "resourceType": "CarePlan",
            "id": id_of(document, "care-plan"),
            "text": _narrative(document, visits),
            "status": status_of(document).value,
            "intent": "plan",
            "title": None if document.protocol is None else label(document.protocol.name),
            "description": " ".join(map(label, _session(document))),
            "subject": subject(document),
            "period": {"start": min(days).isoformat(), "end": max(days).isoformat()},
            "created": document.planned_on.isoformat(),
            "supportingInfo": [reference(document, "questionnaire-response")],
            "goal": [reference(document, goal) for goal in goals],
            "activity": [{"detail": _detail(visit)} for visit in visits],
            "note": [{"text": label(line)} for line in (*(warning.text for warning in document.warnings), NOT_REVIEWED)],
        }
    )


def _shown_visits(document: PlanDocument) -> tuple[ScheduledVisit, ...]:
    return tuple(visit for visit in schedule(document) if visit.status is not None or not document.stopped)


def _detail(visit: ScheduledVisit) -> dict[str, Any]:
    words = f"Massage visit {visit.number}{', review' if visit.review else ''}"
    return present(
        {
            "kind": "Appointment",
            "code": {"text": words},
            "status": _activity_status(visit.status),
            "statusReason": {"text": "missed"} if visit.status is VisitStatus.MISSED else None,
            "scheduledTiming": _timing(visit.date, visit.minutes),
            "description": label(f"Phase {visit.phase}, {visit.minutes} minutes") if visit.phase else None,
        }
    )


def _activity_status(status: VisitStatus | None) -> str:
    match status:
        case None:
            return "not-started"
        case VisitStatus.ATTENDED:
            return "completed"
        case VisitStatus.MISSED | VisitStatus.CANCELLED:
            return "cancelled"
        case _:
            assert_never(status)


def _timing(day: date, minutes: int) -> dict[str, Any]:
    """Once on that day, for so many minutes."""
    bounds = {"boundsPeriod": {"start": day.isoformat(), "end": day.isoformat()}, "count": 1}
    length = {"duration": minutes, "durationUnit": "min"} if minutes > 0 else {}
    return {"event": [day.isoformat()], "repeat": {**bounds, **length}}


def _session(document: PlanDocument) -> Iterator[str]:
    """The work of an ordinary visit; nothing of it where the course was stopped."""
    if not document.stopped:
        for technique in document.techniques:
            where = listed(technique.regions)
            yield f"{technique.name}: {technique.minutes} minutes at pressure {technique.pressure} of 5 on {where}."


def _narrative(document: PlanDocument, visits: tuple[ScheduledVisit, ...]) -> dict[str, str]:
    decision = document.decision
    course = f"Course of massage for {document.intake.client}, planned on {document.planned_on}: {status_of(document)}."
    return narrative(
        paragraph(course),
        paragraph(f"Review on {decision.on}: {decision.because}") if decision is not None else "",
        bullets(_session(document)),
        bullets(f"Visit {visit.number} on {visit.date}: {visit.status or 'planned'}" for visit in visits),
        bullets(warning.text for warning in document.warnings),
        paragraph(NOT_REVIEWED),
    )
