"""Care plans of FHIR as schedules: one for each kind of activity, with the texts of the plan where there is one kind alone."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from massage_cli.documents.fhir.names import CLIENT_SYSTEM
from massage_cli.documents.fhir.timing_read import Reader, listed, table, with_text, words
from massage_cli.knowledge.problems import quoted
from massage_cli.planning.lint.fault import FaultKind
from massage_cli.planning.lint.schedule import Schedule, Slot, Stretch

_STATUSES = ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown")
_INTENTS = ("proposal", "plan", "order", "option")
_ACTIVITY_STATUSES = (
    *("not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped", "unknown", "entered-in-error"),
)
_OPEN = ("not-started", "scheduled", "in-progress", "on-hold")
_GONE = ("cancelled", "stopped", "entered-in-error")
_NUMBER = re.compile(r"\b(?:visit|session|treatment|appointment) (\d{1,4})\b", re.IGNORECASE)
_REVIEW = re.compile(r",? ?\breview\b", re.IGNORECASE)


def number_in(text: str) -> int | None:
    """The number that a visit is called by."""
    found = _NUMBER.search(text)
    return None if found is None else int(found[1])


def is_review(text: str) -> bool:
    """True where a visit is called a review."""
    return _REVIEW.search(text) is not None


def kind_of(text: str) -> str:
    """What is left of a name without numbers and reviews: the same for all visits of a course."""
    return " ".join(re.sub(r"\d+", "", _REVIEW.sub("", text)).split()).lower()


def care_plan_schedules(resource: dict[str, Any], path: str, reader: Reader) -> Iterator[Schedule]:
    """The schedule of each kind of activity; what is wrong with the status of the plan is told on the way."""
    first, last = reader.period(resource.get("period"), f"{path}period")
    activities = [(f"{path}activity[{place}].detail", _detail(entry)) for place, entry in enumerate(listed(resource.get("activity")))]
    _check_status(resource, activities, path, reader)
    identifier = table(table(resource.get("subject")).get("identifier"))
    is_ours = identifier.get("system") == CLIENT_SYSTEM
    begun = any(detail.get("status") in ("completed", "cancelled") for _, detail in activities)
    kinds: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for at, detail in activities:
        kinds.setdefault(_kind(detail), []).append((at, detail))
    for alike in kinds.values() or [[]]:
        slots, stretches = _dated(alike, reader)
        yield Schedule(
            path=f"{path}activity" if slots or stretches else path.rstrip("."),
            first=first,
            last=last,
            slots=slots,
            stretches=stretches,
            texts=tuple(_texts(resource, path)) if len(kinds) < 2 else (),
            numbered_from_one=not begun and len(slots) > 1 and min((slot.number or 0 for slot in slots), default=0) == 1,
            may_tighten=is_ours and begun,
            may_pause=is_ours,
        )


def _detail(entry: object) -> dict[str, Any]:
    return table(table(entry).get("detail"))


def _kind(detail: dict[str, Any]) -> str:
    code = table(detail.get("code"))
    codes = [str(table(coding).get("code")) for coding in listed(code.get("coding"))]
    return " ".join([kind_of(words(code.get("text"))), *codes])


def _texts(resource: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for key in ("title", "description"):
        if words(resource.get(key)):
            yield f"{path}{key}", words(resource.get(key))
    for place, note in enumerate(listed(resource.get("note"))):
        yield f"{path}note[{place}].text", words(table(note).get("text"))


def _check_status(resource: dict[str, Any], activities: list[tuple[str, dict[str, Any]]], path: str, reader: Reader) -> None:
    status = resource.get("status")
    for key, value, allowed in (("status", status, _STATUSES), ("intent", resource.get("intent"), _INTENTS)):
        if value not in allowed:
            reader.tell(FaultKind.STATUS, f"{path}{key}", f"{quoted(value)}", ", ".join(allowed))
    for at, detail in activities:
        of_activity = detail.get("status")
        if detail and of_activity not in _ACTIVITY_STATUSES:
            reader.tell(FaultKind.STATUS, f"{at}.status", f"{quoted(of_activity)}", ", ".join(_ACTIVITY_STATUSES))
        if status in ("completed", "revoked") and of_activity in _OPEN:
            reader.tell(FaultKind.STATUS, f"{at}.status", f"'{of_activity}' in a plan that is {status}", "an activity that has ended")
        if status == "draft" and of_activity in ("completed", "in-progress"):
            reader.tell(FaultKind.STATUS, f"{at}.status", f"'{of_activity}' in a plan that is a draft", "an activity that has not begun")


def _dated(activities: list[tuple[str, dict[str, Any]]], reader: Reader) -> tuple[tuple[Slot, ...], tuple[Stretch, ...]]:
    slots: list[Slot] = []
    stretches: list[Stretch] = []
    for path, detail in activities:
        timing = table(detail.get("scheduledTiming"))
        name, text = words(table(detail.get("code")).get("text")), words(detail.get("description"))
        stretch = reader.stretch(table(timing.get("repeat")), f"{path}.scheduledTiming.repeat")
        if "scheduledPeriod" in detail:
            first, last = reader.period(detail.get("scheduledPeriod"), f"{path}.scheduledPeriod")
            stretch = Stretch(path=f"{path}.scheduledPeriod", first=first, last=last)
        stretch = with_text(stretch, name, text, detail.get("scheduledString"))
        if detail.get("status") in _GONE:
            continue
        events = [reader.day(day, f"{path}.scheduledTiming.event[{at}]") for at, day in enumerate(listed(timing.get("event")))]
        days = [day for day in events if day is not None]
        if not days and stretch.first is not None and stretch.first == stretch.last and stretch.rate is None:
            days = [stretch.first]
        if days:
            _check_events(days, stretch, reader)
            number = number_in(name) if len(days) == 1 else None
            said = stretch.text
            slots += [
                Slot(path=path, day=day, number=number, minutes=stretch.minutes, review=is_review(name) or None, text=said) for day in days
            ]
        elif stretch != replace(Stretch(path=stretch.path), text=stretch.text) or stretch.text:
            stretches.append(stretch)
    if any(slot.review for slot in slots):
        slots = [replace(slot, review=bool(slot.review)) for slot in slots]
    return tuple(slots), tuple(stretches)


def _check_events(days: list[Any], stretch: Stretch, reader: Reader) -> None:
    """Events that are listed one by one, against the count and bounds beside them."""
    if stretch.visits is not None and stretch.visits != len(days):
        reader.tell(FaultKind.TIMING_COUNT, f"{stretch.path}.count", f"{stretch.visits}, and {len(days)} events", f"{len(days)}")
    if stretch.first is not None and stretch.last is not None:
        if stretch.last < stretch.first:
            found = f"ends on {stretch.last}, before it begins on {stretch.first}"
            reader.tell(FaultKind.PERIOD_NEGATIVE, stretch.path, found, "an end that is not before the start")
        elif any(not stretch.first <= day <= stretch.last for day in days):
            outside = next(day for day in days if not stretch.first <= day <= stretch.last)
            expected = f"from {stretch.first} to {stretch.last}"
            reader.tell(FaultKind.OUTSIDE_PERIOD, stretch.path, f"{outside} lies outside its own bounds", expected)
