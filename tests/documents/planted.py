"""Faults planted one by one: a name, the sound file it starts from, what is changed, and the fault that has to be found."""

import copy
import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import tomli_w

from massage_cli.planning.lint.fault import FaultKind
from tests.builders import TODAY
from tests.saved import a_document, applied, as_version, visited
from tests.worked import plan_file

GONE = object()
"""What a key is changed to when it is to be taken out."""

SCHEDULES = Path(__file__).parent / "schedules"


class Planted(NamedTuple):
    """A change to a sound file, by key paths or, for a calendar, by its text; `base` names the file."""

    name: str
    base: str
    changes: Mapping[str, Any]
    expected: FaultKind


def _later_version() -> dict[str, Any]:
    document = as_version(applied(visited(a_document(), 6, 5, 4, 4)), 6)
    table: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(date,))
    return table


def _toml(table: dict[str, Any]) -> bytes:
    return tomli_w.dumps(table).encode()


def _plan(name: str) -> Callable[[], dict[str, Any]]:
    return lambda: tomllib.loads(plan_file(name).read_text(encoding="utf-8"))


def _json(name: str) -> Callable[[], dict[str, Any]]:
    return lambda: json.loads((SCHEDULES / name).read_text(encoding="utf-8"))


_TABLES: dict[str, tuple[str, Callable[[], dict[str, Any]], Callable[[dict[str, Any]], bytes]]] = {
    "plan": ("plan.toml", _plan("low-back"), _toml),
    "limits": ("plan.toml", _plan("blood-thinner"), _toml),
    "refer": ("plan.toml", _plan("chest-pain"), _toml),
    "later": ("plan.v6.toml", _later_version, _toml),
    "care plan": ("care-plan.json", _json("care-plan.json"), lambda table: json.dumps(table).encode()),
    "visits": ("visits.json", _json("care-plan-visits.json"), lambda table: json.dumps(table).encode()),
    "medicine": ("taper.json", _json("medication-taper.json"), lambda table: json.dumps(table).encode()),
}


@cache
def _table(base: str) -> dict[str, Any]:
    return _TABLES[base][1]()


def file_of(base: str, changes: Mapping[str, Any] | None = None) -> tuple[str, bytes]:
    """The name and content of a base, changed."""
    changes = changes or {}
    if base.endswith(".ics"):
        text = (SCHEDULES / base).read_bytes().decode()
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        return base, text.encode()
    table = copy.deepcopy(_table(base))
    for path, value in changes.items():
        _change(table, path.split("."), value)
    return _TABLES[base][0], _TABLES[base][2](table)


def _change(place: Any, keys: list[str], value: Any) -> None:
    *parents, last = (int(key) if key.isdigit() else key for key in keys)
    for key in parents:
        place = place[key]
    if value is GONE:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value


BASES = (*_TABLES, "visits.ics", "series.ics")

_REST = "activity.0.detail.scheduledTiming.repeat"
_BUNDLED = "entry.0.resource"
_DOSE = "dosageInstruction.0"
_KIND = FaultKind

PLANTED: tuple[Planted, ...] = (
    # dates of a plan of ours
    Planted("two visits on a day", "plan", {"sessions.2.date": date(2026, 12, 7)}, _KIND.SAME_DAY),
    Planted("a visit before the one before it", "plan", {"sessions.2.date": date(2026, 12, 3)}, _KIND.VISIT_ORDER),
    Planted("a number twice", "plan", {"sessions.3.number": 3}, _KIND.NUMBER),
    Planted("a number left out", "plan", {"sessions.9.number": 11}, _KIND.NUMBER),
    Planted("a visit on a Saturday", "plan", {"sessions.1.date": date(2026, 12, 5)}, _KIND.CLOSED_DAY),
    Planted("a visit on a closed day", "plan", {"sessions.4.date": date(2026, 12, 29)}, _KIND.CLOSED_DAY),
    Planted("a visit on a public holiday", "plan", {"sessions.6.date": date(2027, 1, 18)}, _KIND.CLOSED_DAY),
    Planted("too little rest", "plan", {"sessions.1.date": date(2026, 12, 2)}, _KIND.SHORT_REST),
    Planted("weeks without a visit", "plan", {"sessions.9.date": date(2027, 4, 19), "phases.1.last": date(2027, 4, 19)}, _KIND.LONG_GAP),
    Planted("a visit before the start booked", "plan", {"sessions.0.date": date(2026, 11, 27)}, _KIND.TOO_EARLY),
    Planted("a week too full", "plan", {"sessions.2.date": date(2026, 12, 11)}, _KIND.WEEK_FULL),
    Planted("a taper that tightens", "plan", {"phases.1.gap-days": [3]}, _KIND.FREQUENCY_RISES),
    Planted("a phase that begins before the last has ended", "plan", {"phases.1.first": date(2027, 1, 20)}, _KIND.OVERLAP),
    Planted("a visit past the end of its phase", "plan", {"sessions.9.date": date(2027, 3, 1)}, _KIND.PHASE_DATES),
    Planted("a phase of nine visits, and eight are dated", "plan", {"phases.0.sessions": 9}, _KIND.PHASE_COUNT),
    Planted("a visit in no phase", "plan", {"sessions.4.phase": "intensive"}, _KIND.PHASE_UNKNOWN),
    Planted("a day that no course can have", "plan", {"sessions.9.date": date(2399, 2, 22)}, _KIND.NOT_A_DATE),
    # numbers of a plan of ours
    Planted("no review at the end", "plan", {"sessions.9.review": False}, _KIND.REVIEW_MISSING),
    Planted("no review where the protocol has one", "plan", {"sessions.3.review": False}, _KIND.REVIEW_MISSING),
    Planted("a review that nobody asked for", "plan", {"sessions.1.review": True}, _KIND.REVIEW_EXTRA),
    Planted("an outline that does not add up", "plan", {"outline.0.minutes": 16}, _KIND.OUTLINE_MINUTES),
    Planted("techniques that overrun the main part", "plan", {"techniques.0.minutes": 29}, _KIND.MAIN_MINUTES),
    Planted("a visit longer than its phase", "plan", {"sessions.5.minutes": 90}, _KIND.SESSION_MINUTES),
    Planted("visits longer than the therapist offers", "plan", {"intake.booking.minutes": 45}, _KIND.MINUTES_OVER),
    Planted("visits longer than findings allow", "limits", {"screening.minutes-max": 30}, _KIND.MINUTES_OVER),
    Planted("more visits than are paid for", "plan", {"intake.booking.max-sessions": 6}, _KIND.OVER_BUDGET),
    Planted("another interval of upkeep", "plan", {"maintenance.every-days": 3}, _KIND.MAINTENANCE),
    Planted(
        "a warning with another total", "plan", {"warnings.1.text": "5 of 10 visits are planned; no more are paid for."}, _KIND.TEXT_TOTAL
    ),
    Planted(
        "a warning with other minutes",
        "plan",
        {"warnings.1.text": "Phase initial: 30 minutes a visit; the protocol rests on 60 or more."},
        _KIND.TEXT_MINUTES,
    ),
    # the work
    Planted("a technique that findings exclude", "limits", {"techniques.0.id": "deep-tissue"}, _KIND.TECHNIQUE_EXCLUDED),
    Planted(
        "a technique excluded in a region",
        "plan",
        {"screening.exclusions": [{"technique": "swedish", "regions": ["lower-back"], "because": ["anticoagulant"]}]},
        _KIND.TECHNIQUE_EXCLUDED,
    ),
    Planted("work in an avoided region", "limits", {"techniques.0.regions": ["lower-back", "left-foot"]}, _KIND.REGION_AVOIDED),
    Planted("work where nobody asked for it", "plan", {"techniques.0.regions": ["lower-back", "neck"]}, _KIND.REGION_NOT_ASKED),
    Planted("more pressure than findings allow", "limits", {"techniques.0.pressure": 3}, _KIND.PRESSURE_OVER),
    Planted("less pressure than a technique works with", "plan", {"techniques.2.pressure": 1}, _KIND.PRESSURE_RANGE),
    Planted("a technique that is declined", "plan", {"intake.declines": ["swedish"]}, _KIND.TECHNIQUE_DECLINED),
    Planted("a technique without the training", "plan", {"intake.booking.trained-in": []}, _KIND.TECHNIQUE_UNTRAINED),
    # what a plan says of itself
    Planted("an outcome that forgets its findings", "limits", {"outcome": "clear"}, _KIND.OUTCOME),
    Planted("a danger sign that does not withhold", "refer", {"outcome": "restricted"}, _KIND.OUTCOME),
    Planted("a clinician who never looked", "plan", {"reviewed-by-clinician": True}, _KIND.OUTCOME),
    Planted("a finding taken out", "limits", {"screening.findings.1": GONE}, _KIND.FINDING_MISSING),
    Planted("an answer that brings about a finding", "plan", {"intake.health.anticoagulant": "yes"}, _KIND.FINDING_MISSING),
    Planted("a referral that can wait", "refer", {"urgency": "soon"}, _KIND.URGENCY),
    Planted("a withheld plan with techniques", "refer", {"techniques": [_plan("low-back")()["techniques"][0]]}, _KIND.WITHHELD_SCHEDULE),
    Planted("a course without phases", "plan", {"phases": GONE}, _KIND.INCOMPLETE_PLAN),
    Planted("an alarm line taken out", "plan", {"advice.3": GONE}, _KIND.ADVICE_MISSING),
    Planted("a technique nobody knows", "plan", {"techniques.1.id": "myofacial-release"}, _KIND.UNKNOWN_ID),
    Planted("a rule nobody knows", "limits", {"screening.findings.1.rule": "blood-thinner"}, _KIND.UNKNOWN_ID),
    Planted("an intake that is none", "plan", {"intake.regions": ["lower-bak"]}, _KIND.INTAKE),
    # later versions
    Planted("a version without a parent", "later", {"parent": GONE}, _KIND.VERSION_CHAIN),
    Planted("a visit recorded twice", "later", {"visits.1.number": 1}, _KIND.VISIT_RECORD),
    Planted("pain at a visit that was missed", "later", {"visits.1.status": "missed"}, _KIND.VISIT_RECORD),
    Planted("a decision before its visit", "later", {"decision.on": TODAY}, _KIND.DECISION_DATE),
    Planted("visits after a stop", "later", {"decision.action": "stop-refer"}, _KIND.STOPPED_VISITS),
    # care plans from elsewhere
    Planted("three times a week that is twice", "care plan", {f"{_REST}.frequency": 2, f"{_REST}.count": 8}, _KIND.TEXT_FREQUENCY),
    Planted("four weeks that are six", "care plan", {f"{_REST}.boundsPeriod.end": "2026-12-13"}, _KIND.TEXT_LENGTH),
    Planted("a count that the bounds do not give", "care plan", {f"{_REST}.count": 20}, _KIND.TIMING_COUNT),
    Planted("bounds that end before they begin", "care plan", {f"{_REST}.boundsPeriod.end": "2026-10-29"}, _KIND.PERIOD_NEGATIVE),
    Planted(
        "phases that overlap",
        "care plan",
        {"activity.1.detail.scheduledTiming.repeat.boundsPeriod.start": "2026-11-23"},
        _KIND.OVERLAP,
    ),
    Planted(
        "days between phases",
        "care plan",
        {"activity.1.detail.scheduledTiming.repeat.boundsPeriod.start": "2026-12-07"},
        _KIND.UNCOVERED_DAYS,
    ),
    Planted(
        "a second phase that is closer",
        "care plan",
        {"activity.1.detail.scheduledTiming.repeat.frequency": 5, "activity.1.detail.description": "Hold."},
        _KIND.FREQUENCY_RISES,
    ),
    Planted("a plan past its end", "care plan", {"period.end": "2026-12-13"}, _KIND.OUTSIDE_PERIOD),
    Planted("a title with another total", "care plan", {"title": "Massage, 24 visits"}, _KIND.TEXT_TOTAL),
    Planted("a period without a unit", "care plan", {f"{_REST}.periodUnit": GONE}, _KIND.TIMING_RANGE),
    Planted("a negative period", "care plan", {f"{_REST}.period": -1}, _KIND.TIMING_RANGE),
    Planted("a week that FHIR does not know", "care plan", {f"{_REST}.periodUnit": "week"}, _KIND.TIMING_RANGE),
    Planted("a completed plan with visits to come", "care plan", {"status": "completed"}, _KIND.STATUS),
    Planted(
        "a day that does not exist", "visits", {f"{_BUNDLED}.activity.2.detail.scheduledTiming.event.0": "2026-11-31"}, _KIND.NOT_A_DATE
    ),
    Planted(
        "two visits of a care plan on a day",
        "visits",
        {f"{_BUNDLED}.activity.2.detail.scheduledTiming.event.0": "2026-11-09"},
        _KIND.SAME_DAY,
    ),
    Planted(
        "a visit with other minutes than it says", "visits", {f"{_BUNDLED}.activity.1.detail.description": "45 minutes"}, _KIND.TEXT_MINUTES
    ),
    Planted("a note with another total", "visits", {f"{_BUNDLED}.note": [{"text": "12 sessions are agreed."}]}, _KIND.TEXT_TOTAL),
    Planted(
        "a last visit that reviews nothing", "visits", {f"{_BUNDLED}.activity.7.detail.code.text": "Massage visit 8"}, _KIND.REVIEW_MISSING
    ),
    Planted("a goal that is nowhere", "visits", {f"{_BUNDLED}.goal.0.reference": "urn:uuid:0"}, _KIND.UNKNOWN_ID),
    # a taper of medicine
    Planted("seven days that are five", "medicine", {f"{_DOSE}.timing.repeat.boundsPeriod.end": "2026-03-06"}, _KIND.TEXT_LENGTH),
    Planted(
        "a start that is another", "medicine", {f"{_DOSE}.text": "Take 4 tablets daily for 7 days starting March 3, 2026"}, _KIND.TEXT_START
    ),
    Planted("a dose that is another", "medicine", {f"{_DOSE}.doseAndRate.0.doseQuantity.value": 3}, _KIND.TEXT_DOSE),
    Planted("a supply that is not used up", "medicine", {"dispenseRequest.quantity.value": 51}, _KIND.QUANTITY),
    # calendars from elsewhere
    Planted(
        "two events on a day",
        "visits.ics",
        {"DTSTART:20261116T0930": "DTSTART:20261109T1130", "DTEND:20261116T1030": "DTEND:20261109T1230"},
        _KIND.SAME_DAY,
    ),
    Planted("an event that ends before it begins", "visits.ics", {"DTEND:20261109T103000": "DTEND:20261109T083000"}, _KIND.PERIOD_NEGATIVE),
    Planted("an event twice", "visits.ics", {"UID:b@": "UID:a@"}, _KIND.UID_TWICE),
    Planted("a description with other minutes", "visits.ics", {"DESCRIPTION:60 minutes": "DESCRIPTION:90 minutes"}, _KIND.TEXT_MINUTES),
    Planted("a visit left out of a calendar", "visits.ics", {"visit 7": "visit 9"}, _KIND.NUMBER),
    Planted(
        "two clients at once",
        "visits.ics",
        {"DTSTART:20261110T140000": "DTSTART:20261109T100000", "DTEND:20261110T150000": "DTEND:20261109T110000"},
        _KIND.OVERLAP,
    ),
    Planted("weekly that is every two weeks", "series.ics", {"INTERVAL=1": "INTERVAL=2"}, _KIND.TEXT_FREQUENCY),
    Planted("six visits that are eight", "series.ics", {"COUNT=6": "COUNT=8"}, _KIND.TEXT_TOTAL),
    Planted("a series that ends twice", "series.ics", {"COUNT=6": "COUNT=6;UNTIL=20270101"}, _KIND.TIMING_RANGE),
)
