"""Linting finds what was planted, and nothing where nothing was: plans of ours, FHIR and calendars from anywhere."""

from typing import Any

import pytest

from massage_cli.documents.kinds import make
from massage_cli.documents.linting import faults_of
from massage_cli.documents.names import DocumentKind
from massage_cli.files.checking.lint.plan_faults import document_faults
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.lint.fault import Fault, FaultKind
from massage_cli.planning.plan import make_plan
from tests.builders import knowledge
from tests.documents.planted import BASES, PLANTED, Planted, file_of
from tests.documents.samples import OPTIONS, samples
from tests.drawn import drawn_holidays, drawn_intake
from tests.saved import as_version
from tests.worked import NAMES, plan_file

EXPORTED = (DocumentKind.FHIR, DocumentKind.CALENDAR)


def faults(name: str, content: bytes) -> tuple[Fault, ...]:
    return faults_of(content, name, knowledge())


@pytest.mark.parametrize("base", BASES)
def test_what_faults_are_planted_in_is_sound(base: str) -> None:
    assert faults(*file_of(base)) == ()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_fault_is_found(planted: Planted) -> None:
    found = faults(*file_of(planted.base, planted.changes))
    assert planted.expected in {fault.id for fault in found}
    assert all(fault.path and fault.found and fault.expected and fault.file for fault in found)


def test_forty_faults_and_more_are_planted_each_under_a_name_of_its_own() -> None:
    assert len({planted.name for planted in PLANTED}) == len(PLANTED) >= 40


def test_every_kind_of_fault_is_planted() -> None:
    assert {kind.value for kind in FaultKind} - {planted.expected.value for planted in PLANTED} == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_worked_plans_have_no_fault(name: str) -> None:
    assert faults(f"{name}.toml", plan_file(name).read_bytes()) == ()


@pytest.mark.parametrize("name", samples())
def test_plans_in_every_state_and_what_is_exported_of_them_have_no_fault(name: str) -> None:
    document = samples()[name]
    document = as_version(document, 5) if document.visits else document
    assert tuple(document_faults(document, knowledge())) == ()
    for kind in EXPORTED:
        try:
            content = make(kind, document, knowledge(), OPTIONS, called="plan")
        except Unreadable:
            continue
        assert faults(f"plan.{'ics' if kind is DocumentKind.CALENDAR else 'json'}", content) == ()


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_plans_of_random_clients_have_no_fault(first: int) -> None:
    for seed in range(first, first + 20):
        table, on = drawn_intake(seed)
        outcome = make_plan(check_intake(table, knowledge(), on=on), knowledge(), on=on, holidays=drawn_holidays(seed))
        assert tuple(document_faults(document_of(outcome, knowledge(), program="test"), knowledge())) == (), seed


def test_the_taper_of_the_fhir_standard_contradicts_itself() -> None:
    """Steps of 7 days in its words, of 5, 8 and 7 by its dates; two days are covered by none, and 51 tablets are supplied."""
    changes: dict[str, Any] = {
        "dosageInstruction.0.timing.repeat.boundsPeriod.end": "2026-03-06",
        "dosageInstruction.1.timing.repeat.boundsPeriod.end": "2026-03-16",
        "dosageInstruction.2.timing.repeat.boundsPeriod": {"start": "2026-03-17", "end": "2026-03-23"},
        "dosageInstruction.2.text": "Take 1 tablet daily for 7 days starting March 17, 2026",
        "dispenseRequest.quantity.value": 51,
    }
    found = {(fault.id, fault.found) for fault in faults(*file_of("medicine", changes))}
    assert found == {
        (FaultKind.TEXT_LENGTH, "the text says 7 days, and the dates give 5"),
        (FaultKind.TEXT_LENGTH, "the text says 7 days, and the dates give 8"),
        (FaultKind.UNCOVERED_DAYS, "nothing covers 2026-03-07 to 2026-03-08"),
        (FaultKind.QUANTITY, "51 are supplied, and the dates take 43 (the texts 49)"),
    }


def test_a_fault_of_a_plan_is_told_with_its_line() -> None:
    content = plan_file("low-back").read_bytes().replace(b"number = 3, date = 2026-12-14", b"number = 3, date = 2026-12-19")
    (found,) = (fault for fault in faults("plan.toml", content) if fault.id is FaultKind.CLOSED_DAY)
    assert b"2026-12-19" in content.split(b"\n")[(found.line or 0) - 1]
    assert (found.path, found.found) == ("sessions[2].date", "visit 3 on 2026-12-19, a Saturday, which is not worked")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ics", b"hello"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
        ("a.json", b'{"resourceType": "Patient"}'),
        ("a.json", b'{"resourceType": "Bundle", "entry": [3, {"resource": 5}]}'),
        ("a.json", b"{"),
        ("a.toml", b'format = "massage-intake/1"'),
        ("a.toml", b""),
    ],
)
def test_what_holds_no_schedule_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        faults(name, content)
    assert all(problem.message and problem.file == name for problem in refused.value.problems)


@pytest.mark.parametrize("value", [None, True, 3, 10**40, "x", [], [[]], {}, {"a": 1}, "9999-99-99", "\u202e"])
def test_nothing_about_the_shape_of_a_resource_is_taken_for_granted(value: Any) -> None:
    bundled = "entry.0.resource"
    for base, paths in {
        "care plan": ("period", "activity", "title", "activity.0", "activity.0.detail", "activity.0.detail.scheduledTiming", "note"),
        "visits": ("entry", f"{bundled}.goal", f"{bundled}.activity.0.detail.scheduledTiming.event", f"{bundled}.status"),
        "medicine": ("dosageInstruction", "dosageInstruction.0", "dosageInstruction.0.timing.repeat", "dispenseRequest.quantity"),
    }.items():
        for path in paths:
            name, content = file_of(base, {path: value})
            try:
                faults(name, content)
            except Unreadable:
                assert path == "entry"


def test_a_calendar_of_another_zone_or_with_whole_days_is_read() -> None:
    name, content = file_of("visits.ics")
    text = (
        content.decode()
        .replace("DTSTART:20261102T093000", "DTSTART;VALUE=DATE:20261102")
        .replace("DTEND:20261102T103000", "DTEND;VALUE=DATE:20261103")
    )
    assert faults(name, text.replace("DTSTART:20261110T140000", "DTSTART:20261110T140000Z").encode()) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("DTSTART:20261109T093000", "DTSTART:2026-11-09", {FaultKind.NOT_A_DATE}),
        ("DTSTART:20261109T093000\r\n", "", {FaultKind.NOT_A_DATE}),
        ("DTEND:20261109T103000", "DURATION:P999999999999999999W", set()),
        ("DTEND:20261109T103000", "DURATION:PT1H", set()),
        ("DTEND:20261109T103000", "DURATION:PT2H", {FaultKind.TEXT_MINUTES}),
        ("DTSTART:20261109T093000", "DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261109T093000", set()),
        ("SUMMARY:Ann\\, visit 2", "SUMMARY:Ann\\, visit 2\r\nSUMMARY:Ann", set()),
    ],
)
def test_what_is_broken_or_rare_in_one_event_stops_nothing(old: str, new: str, expected: set[FaultKind]) -> None:
    found = {fault.id for fault in faults(*file_of("visits.ics", {old: new}))}
    assert found - {FaultKind.NUMBER} == expected


def test_daily_may_mean_working_days() -> None:
    daily = {"INTERVAL=1;COUNT=6": "BYDAY=MO,TU,WE,TH,FR;COUNT=20", "weekly for 6 weeks\\, 6 visits": "daily for 4 weeks"}
    assert faults(*file_of("series.ics", daily)) == ()


def test_a_period_that_ends_at_midnight_does_not_overlap_the_one_that_begins_then() -> None:
    changes = {
        "activity.0.detail.scheduledTiming.repeat.boundsPeriod.end": "2026-11-30T00:00:00Z",
        "activity.1.detail.scheduledTiming.repeat.boundsPeriod.start": "2026-11-30T00:00:00Z",
        "period.end": "2026-12-28T00:00:00Z",
    }
    assert faults(*file_of("care plan", changes)) == ()
