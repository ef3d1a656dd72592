"""The visits as a calendar file: one event each, which later versions of the plan move or cancel."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from massage_cli import __version__
from massage_cli.documents.kinds import Options
from massage_cli.documents.visits import ScheduledVisit, last_changed_on, schedule
from massage_cli.files.clean import one_line
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visits import attended_of

if TYPE_CHECKING:
    from icalendar import Event


def calendar(document: PlanDocument, _knowledge: Knowledge, options: Options) -> bytes:
    """A calendar in which each visit is an event with a name that stays and a sequence that rises with the versions.

    Dates are floating: they mean the day where the practice is. Visits that were missed, cancelled or dropped from the plan
    are cancelled events, so that an importing calendar takes them away.
    """
    events = []
    for visit in schedule(document):
        cancelled = visit.status in (VisitStatus.MISSED, VisitStatus.CANCELLED)
        events.append(_event(visit, document, options, cancelled=cancelled))
    events += [_event(visit, document, options, cancelled=True) for visit in _dropped(document, options)]
    return _calendar_of(events)


def cancellation(document: PlanDocument, _knowledge: Knowledge, options: Options) -> bytes:
    """A calendar that takes away what a plan of before put into one, once its course is withheld or stopped.

    Every visit that was ever planned and did not take place is a cancelled event; nothing else is in it, and no word of how to treat.
    Raises Unreadable where no visit is left to cancel.
    """
    attended = {visit.number for visit in attended_of(document.visits)}
    planned = {visit.number: visit for version in (*options.earlier, document) for visit in schedule(version)}
    left = [planned[number] for number in sorted(planned.keys() - attended)]
    if not left:
        raise Unreadable([Problem(path="sessions", message="no visit is left to cancel: every one that was planned took place")])
    return _calendar_of([_event(visit, document, options, cancelled=True) for visit in left])


def _calendar_of(events: "list[Event]") -> bytes:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//massage-cli//{__version__}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for event in events:
        made.add_component(event)
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
    event.add("uid", f"{_course_name(document, options)}-{visit.number}@massage-cli.invalid")
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
    planned = f"{visit.minutes} minutes, phase {one_line(visit.phase)}. Ask what is checked at each visit first."
    event.add("description", "This visit does not take place." if cancelled else planned)
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


def _course_name(document: PlanDocument, options: Options) -> str:
    """A name for the course that says nothing of the client, and that all its versions share.

    The first version gives the day: a version that withholds the course is dated with the day of that screening.
    """
    first = (*options.earlier, document)[0]
    words = f"{document.intake.client} {first.planned_on}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]
