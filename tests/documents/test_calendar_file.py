"""The calendar file: what a calendar shows, and what it does when a later version comes in."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from icalendar import Calendar, Event
from msgspec.structs import replace

from massage_cli.files.courses.course_file import with_visit
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Action, VisitStatus
from massage_cli.planning.follow_up.visits import Visit
from tests.builders import TODAY, knowledge
from tests.documents.made import a_document, decided, made, visited
from tests.drawn import seeds
from tests.terminal.display.pages import drawn_document
from tests.terminal.hostile import HOSTILE, short, steering
from tests.worked import NAMES, plan_of

PLANNED = [name for name in NAMES if not plan_of(name).outcome.withholds]
HALF_PAST_NINE = time(9, 30)


def events_of(document: PlanDocument, **options: object) -> list[Event]:
    return list(Calendar.from_ical(made("ics", document, **options)).walk("VEVENT"))


@pytest.mark.parametrize("name", PLANNED)
def test_each_visit_reads_back_as_a_whole_day(name: str) -> None:
    document = plan_of(name)
    events = events_of(document)
    assert [event.decoded("dtstart") for event in events] == [session.date for session in document.sessions]
    assert [event.decoded("dtend") - event.decoded("dtstart") for event in events] == [timedelta(days=1)] * len(events)
    assert {str(event["transp"]) for event in events} == {"TRANSPARENT"}


@pytest.mark.parametrize("name", PLANNED)
def test_with_a_time_each_visit_begins_then_and_is_as_long_as_planned(name: str) -> None:
    document = plan_of(name)
    for event, session in zip(events_of(document, at=HALF_PAST_NINE), document.sessions, strict=True):
        assert event.decoded("dtstart") == datetime.combine(session.date, HALF_PAST_NINE)
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=session.minutes)
        assert str(event["transp"]) == "OPAQUE"


def test_times_float_and_mean_the_clock_where_the_practice_is() -> None:
    content = made("ics", a_document(), at=HALF_PAST_NINE).decode()
    assert "DTSTART:20261123T093000\r\n" in content
    assert "TZID" not in content
    assert "VTIMEZONE" not in content


@pytest.mark.parametrize("name", PLANNED)
def test_lines_end_as_the_standard_says_and_take_75_octets_at_most(name: str) -> None:
    content = made("ics", plan_of(name), at=HALF_PAST_NINE, reminder_hours=24)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def said(line: bytes) -> tuple[str, str]:
    """The name of a property, without its parameters, and its value: read as the standard says, by no library."""
    name, _, value = line.decode().partition(":")
    return name.partition(";")[0], value


@given(seeds)
@settings(max_examples=25)
def test_the_calendar_of_any_client_reads_back_as_its_visits_by_two_readers(seed: int) -> None:
    document = drawn_document(seed)
    assume(document is not None and not document.outcome.withholds)
    assert document is not None
    content = made("ics", document)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    ours = [said(line) for line in content.replace(b"\r\n ", b"").split(b"\r\n")]
    days = [session.date for session in document.sessions]
    assert [value for name, value in ours if name == "DTSTART"] == [f"{day:%Y%m%d}" for day in days]
    names = [value for name, value in ours if name == "UID"]
    assert len(set(names)) == len(names) == len(days)
    assert [(event.decoded("dtstart"), str(event["uid"])) for event in events_of(document)] == list(zip(days, names, strict=True))
    assert made("ics", document) == content


def test_a_long_pseudonym_is_folded_and_reads_back() -> None:
    client = "c" * 64
    content = made("ics", a_document(client=client))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert client in str(next(iter(Calendar.from_ical(content).walk("VEVENT")))["summary"])


@pytest.mark.parametrize("text", [*HOSTILE, "\r\nATTENDEE:mailto:x@example.org", "\nEND:VEVENT", ";x,y\\z", '":'], ids=short)
def test_text_of_a_changed_plan_stays_inside_its_line(text: str) -> None:
    document = a_document()
    changed = replace(document, sessions=tuple(replace(session, phase=text) for session in document.sessions))
    content = made("ics", changed)
    assert steering(content) == ["U+000D"]
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == len(document.sessions)
    assert not any(event.get("attendee") for event in events)
    assert {event.decoded("dtstart") for event in events} == {session.date for session in document.sessions}


def test_each_event_has_a_name_of_its_own_that_says_nothing_of_the_client() -> None:
    uids = [str(event["uid"]) for event in events_of(a_document())]
    assert len(set(uids)) == len(uids) == 10
    assert all(re.fullmatch(r"[0-9a-f]{16}-\d+@massage-cli\.invalid", uid) for uid in uids)


def test_names_stay_when_dates_move_and_the_sequence_rises() -> None:
    first = a_document()
    moved = tuple(replace(session, date=session.date + timedelta(days=1)) for session in first.sessions)
    later = replace(first, sessions=moved, version=2, parent="x.toml", parent_digest="sha256:0")
    before, after = events_of(first), events_of(later, earlier=(first,))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert {event.decoded("sequence") for event in before} == {0}
    assert {event.decoded("sequence") for event in after} == {1}


def test_another_course_of_the_same_client_has_other_names() -> None:
    other = replace(a_document(), planned_on=TODAY + timedelta(days=200))
    assert {str(event["uid"]) for event in events_of(other)}.isdisjoint(str(event["uid"]) for event in events_of(a_document()))


def test_missed_and_cancelled_visits_are_cancelled_and_remind_of_nothing() -> None:
    document = visited(a_document(), VisitStatus.ATTENDED, VisitStatus.MISSED, VisitStatus.CANCELLED)
    events = events_of(document, at=HALF_PAST_NINE, reminder_hours=2)
    assert [str(event["status"]) for event in events[:4]] == ["CONFIRMED", "CANCELLED", "CANCELLED", "CONFIRMED"]
    assert [len(event.walk("VALARM")) for event in events[:4]] == [1, 0, 0, 1]
    assert [str(event["transp"]) for event in events[:4]] == ["OPAQUE", "TRANSPARENT", "TRANSPARENT", "OPAQUE"]


def test_visits_that_a_later_version_dropped_are_cancelled() -> None:
    first = a_document()
    later = replace(first, sessions=first.sessions[:7], version=2, parent="x.toml", parent_digest="sha256:0")
    events = events_of(later, earlier=(first,))
    assert [event["uid"] for event in events] == [event["uid"] for event in events_of(first)]
    assert [str(event["status"]) for event in events] == ["CONFIRMED"] * 7 + ["CANCELLED"] * 3
    assert events[9].decoded("dtstart") == first.sessions[9].date


def test_the_reminder_comes_so_many_hours_before() -> None:
    (alarm,) = events_of(a_document(), at=HALF_PAST_NINE, reminder_hours=24)[0].walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=-24)
    assert str(alarm["action"]) == "DISPLAY"
    assert not events_of(a_document(), at=HALF_PAST_NINE)[0].walk("VALARM")


def test_the_review_is_named_and_events_are_private() -> None:
    events = events_of(a_document())
    assert str(events[3]["summary"]) == "Massage test-client, visit 4, review"
    assert {str(event["class"]) for event in events} == {"PRIVATE"}


def test_the_stamp_is_the_day_of_the_last_thing_that_happened() -> None:
    document = visited(a_document(), VisitStatus.ATTENDED)
    reviewed = decided(document, Action.CONTINUE, date(2026, 12, 2))
    stamps = [events_of(each)[0].decoded("dtstamp").date() for each in (a_document(), document, reviewed)]
    assert stamps == [TODAY, date(2026, 11, 23), date(2026, 12, 2)]
    assert events_of(document)[0].decoded("dtstamp").utcoffset() == timedelta(0)


def test_the_same_plan_gives_the_same_bytes_on_any_day() -> None:
    assert made("ics", a_document()) == made("ics", a_document(), on=date(2030, 1, 1))


def withheld_later(document: PlanDocument, health: dict[str, str]) -> PlanDocument:
    """The next version of a plan, after a first visit at which this was said."""
    visit = Visit(number=1, date=document.sessions[0].date, status=VisitStatus.ATTENDED, health=health)
    later = with_visit(document, visit, knowledge(), called="plan")
    assert later.outcome.withholds
    return replace(later, version=2, parent="x.toml", parent_digest="sha256:0")


@pytest.mark.parametrize("health", [{"chest-pain": "yes"}, {"chest-pain": "unsure"}, {"kidney-disease": "yes"}], ids=str)
def test_once_a_course_is_withheld_every_visit_that_was_handed_out_is_taken_back(health: dict[str, str]) -> None:
    first = a_document()
    events = list(Calendar.from_ical(made("ics-cancel", withheld_later(first, health), earlier=(first,))).walk("VEVENT"))
    before = events_of(first)[1:]
    assert [event["uid"] for event in events] == [event["uid"] for event in before]
    assert [event.decoded("dtstart") for event in events] == [event.decoded("dtstart") for event in before]
    assert {str(event["status"]) for event in events} == {"CANCELLED"}
    assert all(event["sequence"] > old["sequence"] for event, old in zip(events, before, strict=True))


def test_once_a_course_is_stopped_only_what_took_place_stays() -> None:
    first = a_document()
    stopped = decided(visited(first, VisitStatus.ATTENDED, VisitStatus.MISSED), Action.STOP_REFER, TODAY)
    stopped = replace(stopped, sessions=stopped.sessions[:2], version=2, parent="x.toml", parent_digest="sha256:0")
    events = list(Calendar.from_ical(made("ics-cancel", stopped, earlier=(first,))).walk("VEVENT"))
    assert [str(event["uid"]) for event in events] == [str(event["uid"]) for event in events_of(first)[1:]]
    assert {str(event["status"]) for event in events} == {"CANCELLED"}


def test_what_takes_visits_back_says_nothing_of_how_to_treat() -> None:
    first = a_document()
    text = made("ics-cancel", withheld_later(first, {"chest-pain": "yes"}), earlier=(first,), reminder_hours=24).decode()
    assert {line for line in text.splitlines() if line.startswith("DESCRIPTION")} == {"DESCRIPTION:This visit does not take place."}
    assert not [phase.name for phase in first.phases if phase.name in text]
    assert "VALARM" not in text
    assert "CONFIRMED" not in text


def test_where_nothing_was_planned_or_nothing_is_left_there_is_nothing_to_take_back() -> None:
    first = a_document()
    with pytest.raises(Unreadable):
        made("ics-cancel", first)
    with pytest.raises(Unreadable):
        made("ics-cancel", plan_of("chest-pain"))
    with pytest.raises(Unreadable, match="1 problems"):
        made("ics-cancel", withheld_later(first, {"chest-pain": "yes"}), earlier=(replace(first, sessions=first.sessions[:1]),))
