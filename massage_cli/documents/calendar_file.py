"""The visits as a calendar file: one event each, which later versions of the plan move or cancel."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from massage_cli import __version__
from massage_cli.documents.kinds import Options
from massage_cli.documents.visits import ScheduledVisit, last_changed_on, schedule
from massage_cli.files.clean import one_line
from massage_cli.files.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import VisitStatus

if TYPE_CHECKING:
    from icalendar import Event


def calendar(document: PlanDocument, _knowledge: Knowledge, options: Options) -> bytes:
    """A calendar in which each visit is an event with a name that stays and a sequence that rises with the versions.

    Dates are floating: they mean the day where the practice is. Visits that were missed, cancelled or dropped from the plan
    are cancelled events, so that an importing calendar takes them away.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//massage-cli//{__version__}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for visit in schedule(document):
        cancelled = visit.status in (VisitStatus.MISSED, VisitStatus.CANCELLED)
        made.add_component(_event(visit, document, options, cancelled=cancelled))
    for visit in _dropped(document, options):
        made.add_component(_event(visit, document, options, cancelled=True))
    content: bytes = made.to_ical()
    return content


def _dropped(document: PlanDocument, options: Options) -> Iterator[ScheduledVisit]:
    """The visits of earlier versions that this one no longer has, as they stood last."""
    kept = {visit.number for visit in schedule(document)}
    gone = {visit.number: visit for earlier in options.earlier for visit in schedule(earlier) if visit.number not in kept}
    yield from (gone[number] for number in sorted(gone))


def _event(visit: ScheduledVisit, document: PlanDocument, options: Options, *, cancelled: bool) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{_course_name(document)}-{visit.number}@massage-cli.invalid")
    event.add("dtstamp", datetime.combine(last_changed_on(document), datetime.min.time(), tzinfo=UTC))
    event.add("sequence", (document.version or 1) - 1)
    event.add("summary", f"Massage {one_line(document.intake.client)}, visit {visit.number}{', review' if visit.review else ''}")
    if options.at is None:
        event.add("dtstart", visit.date)
        event.add("dtend", visit.date + timedelta(days=1))
    else:
        start = datetime.combine(visit.date, options.at)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=visit.minutes))
    event.add("description", f"{visit.minutes} minutes, phase {one_line(visit.phase)}. Ask what is checked at each visit first.")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled or options.at is None else "OPAQUE")
    event.add("class", "PRIVATE")
    if options.reminder_hours is not None and not cancelled:
        _remind(event, options.reminder_hours)
    return event


def _remind(event: "Event", hours: int) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Visit")
    alarm.add("trigger", timedelta(hours=-hours))
    event.add_component(alarm)


def _course_name(document: PlanDocument) -> str:
    """A name for the course that says nothing of the client, and that all its versions share."""
    words = f"{document.intake.client} {document.planned_on}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]
