"""The schedules in a calendar file from anywhere: one for each course, told apart by what its visits are called."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from massage_cli.documents.fhir.care_plan_read import is_review, kind_of, number_in
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.lint.schedule import Schedule, Slot, Stretch
from massage_cli.planning.lint.schedule_faults import schedule_faults
from massage_cli.planning.lint.slots import overlaps

if TYPE_CHECKING:
    from icalendar import Component

_OURS = "@massage-cli.invalid"
_DAYS_OF = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
_MOST_EVENTS = 5000


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """An event: which course it is of, what it is called by, and the visit or the series it stands for."""

    course: str
    uid: str
    slot: Slot | None
    stretch: Stretch | None
    cancelled: bool
    revised: bool
    is_exception: bool


def calendar_faults(content: bytes, name: str) -> tuple[Fault, ...]:
    """The faults of every course in a calendar. Raises Unreadable where it is no calendar, or holds no event."""
    faults: list[Fault] = []
    events = [_read(event, f"event {place}", faults) for place, event in enumerate(_events(content, name), start=1)]
    faults += _twice(events)
    courses: dict[str, list[_Read]] = {}
    for event in events:
        courses.setdefault(event.course, []).append(event)
    for course in courses.values():
        faults += schedule_faults(_schedule(course))
    live = [event.slot for event in events if event.slot is not None and not event.cancelled]
    same_day = {each.path for each in faults if each.id is FaultKind.SAME_DAY}
    faults += (each for each in overlaps(live) if each.path not in same_day)
    return tuple(dict.fromkeys(faults))


def _events(content: bytes, name: str) -> list["Component"]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings():  # what the library guesses of time zones makes no difference to days
            warnings.simplefilter("ignore")
            calendars = Calendar.from_ical(content, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):  # what the library raises for broken text
        raise Unreadable([Problem(file=name, path="", message="is not a calendar that can be read")]) from None
    if not events or len(events) > _MOST_EVENTS:
        message = "holds no event" if not events else f"holds more than {_MOST_EVENTS} events; take a smaller part"
        raise Unreadable([Problem(file=name, path="", message=message)])
    return events


def _read(event: "Component", path: str, faults: list[Fault]) -> _Read:
    summary, uid = _text(event, "summary"), _text(event, "uid")
    text = f"{summary}. {_text(event, 'description')}"
    first = _value(event, "dtstart")
    slot = stretch = None
    rule = event.get("rrule")
    if not isinstance(first, date):
        faults.append(fault(FaultKind.NOT_A_DATE, path, "there is no day that it begins on", "DTSTART with a date or time"))
    else:
        minutes = _minutes(event, first, path, faults)
        if isinstance(rule, dict):
            stretch = _series(rule, first, path, faults, minutes=minutes, text=text)
        else:
            start = first.hour * 60 + first.minute if isinstance(first, datetime) else None
            day = first.date() if isinstance(first, datetime) else first
            slot = Slot(path=path, day=day, number=number_in(summary), start=start, minutes=minutes, text=text)
            slot = replace(slot, review=is_review(summary) or None)
    course = uid.partition("-")[0] if uid.endswith(_OURS) else kind_of(summary)
    return _Read(
        course=course,
        uid=uid,
        slot=slot,
        stretch=stretch,
        cancelled=_text(event, "status").upper() == "CANCELLED",
        revised=uid.endswith(_OURS) and _text(event, "sequence") not in ("", "0"),
        is_exception="recurrence-id" in event,
    )


def _value(event: "Component", key: str) -> object:
    """The day, time or length of a property; None where there is none, or one that cannot be read."""
    try:
        return getattr(event.get(key), "dt", None)
    except ValueError:  # what the library says of a broken one, when it is looked at
        return None


def _text(event: "Component", key: str) -> str:
    """The text of a property, the first where it stands several times."""
    value = event.get(key, "")
    return str(value[0] if isinstance(value, list) and value else value)


def _minutes(event: "Component", first: date, path: str, faults: list[Fault]) -> int | None:
    """The minutes of a timed event; whole days have none."""
    last, length = _value(event, "dtend"), _value(event, "duration")
    if isinstance(length, timedelta):
        taken = length
    elif isinstance(last, date) and isinstance(last, datetime) == isinstance(first, datetime):
        taken = _between(first, last)
    else:
        return None
    if taken < timedelta(0) or (not taken and isinstance(last, datetime)):
        faults.append(fault(FaultKind.PERIOD_NEGATIVE, path, f"ends {last}, and begins {first}", "an end after the start"))
        return None
    return taken // timedelta(minutes=1) if isinstance(first, datetime) else None


def _between(first: date, last: date) -> timedelta:
    if isinstance(first, datetime) and isinstance(last, datetime):
        if (first.tzinfo is None) != (last.tzinfo is None):
            return last.replace(tzinfo=None) - first.replace(tzinfo=None)
        return last - first
    return timedelta(days=last.toordinal() - first.toordinal())


def _series(rule: dict[str, Any], first: date, path: str, faults: list[Fault], *, minutes: int | None, text: str) -> Stretch | None:
    """What a recurrence rule describes; none where its frequency is counted in hours or less."""

    def one(key: str) -> Any:
        values = rule.get(key)
        return values[0] if isinstance(values, list) and values else values

    days = _DAYS_OF.get(str(one("FREQ")).upper())
    interval, count, until = one("INTERVAL") or 1, one("COUNT"), one("UNTIL")
    if days is None or not isinstance(interval, int) or interval < 1:
        faults.append(fault(FaultKind.TIMING_RANGE, path, "RRULE without a frequency of days or more", "DAILY, WEEKLY, MONTHLY or YEARLY"))
        return None
    if count is not None and until is not None:
        faults.append(fault(FaultKind.TIMING_RANGE, path, "RRULE with both COUNT and UNTIL", "one of them"))
    weekdays = len(rule.get("BYDAY") or ())
    cycle = Fraction(7 if days == 1 and weekdays else days * interval)  # each day that is one of these weekdays
    rate = Fraction(weekdays or 1) / cycle
    visits = count if isinstance(count, int) and count > 0 else None
    begins = first.date() if isinstance(first, datetime) else first
    last = until.date() if isinstance(until, datetime) else until if isinstance(until, date) else None
    lasts = visits / rate if visits is not None and last is None else None
    return Stretch(path=path, first=begins, last=last, days=lasts, visits=visits, rate=rate, cycle_days=cycle, minutes=minutes, text=text)


def _twice(events: list[_Read]) -> Iterator[Fault]:
    seen: set[str] = set()
    for event in events:
        if event.uid in seen and event.uid and not event.is_exception:
            path = next((each.path for each in (event.slot, event.stretch) if each is not None), "UID")
            yield fault(FaultKind.UID_TWICE, path, f"the UID {event.uid} stands twice", "a UID for each event; importing keeps one of them")
        seen.add(event.uid)


def _schedule(course: list[_Read]) -> Schedule:
    slots = [event.slot for event in course if event.slot is not None and not event.cancelled]
    if any(slot.review for slot in slots):
        slots = [replace(slot, review=bool(slot.review)) for slot in slots]
    stretches = tuple(event.stretch for event in course if event.stretch is not None and not event.cancelled)
    cancelled = any(event.cancelled for event in course)
    paths = [event.slot.path for event in course if event.slot is not None] + [stretch.path for stretch in stretches]
    return Schedule(
        path=paths[0] if paths else "",
        slots=tuple(slots),
        stretches=stretches if len(stretches) == 1 else tuple(replace(stretch, last=None) for stretch in stretches),
        numbered_from_one=not cancelled and len(slots) > 1 and min((slot.number or 0 for slot in slots), default=0) == 1,
        may_tighten=cancelled or any(event.revised for event in course),
        may_pause=any(event.uid.endswith(_OURS) for event in course),
    )
