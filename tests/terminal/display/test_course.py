"""The course on the page: a picture of weeks, and a row for each visit."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.files.plans.plan_document import PlanDocument, SessionEntry
from massage_cli.terminal.display.words import MONTHS, day
from tests.terminal.display.pages import a_document, page, section
from tests.worked import NAMES, plan_of

PLANNED = [name for name in NAMES if plan_of(name).sessions]


def course(document: PlanDocument, **how: Any) -> str:
    """The part of the page that draws the course."""
    return section(page(document, **how), "COURSE")


def picture(document: PlanDocument, width: int) -> list[str]:
    """The lines of the timeline, without its explanation."""
    lines = course(document, width=width).split("\n")
    end = next(number for number, line in enumerate(lines) if line.startswith("  a column is a week"))
    return [line for line in lines[:end] if line]


def a_course(days: list[date]) -> PlanDocument:
    """A plan with visits on these days."""
    visits = [SessionEntry(number=place, date=when, phase="initial", minutes=60, review=False) for place, when in enumerate(days, start=1)]
    return replace(a_document(), sessions=tuple(visits))


@pytest.mark.parametrize("name", PLANNED)
@pytest.mark.parametrize("width", [40, 80])
def test_every_visit_has_its_row_with_its_date(name: str, width: int) -> None:
    text = course(plan_of(name), width=width)
    for visit in plan_of(name).sessions:
        row = next(line for line in text.split("\n") if day(visit.date) in line and line.split()[0] == str(visit.number))
        assert visit.phase in row
        assert str(visit.minutes) in row
        assert ("◆" in row) is visit.review


@pytest.mark.parametrize("name", PLANNED)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_picture_has_a_sign_for_every_visit(name: str, width: int) -> None:
    signs = "".join(picture(plan_of(name), width))
    visits = plan_of(name).sessions
    assert signs.count("◆") == sum(visit.review for visit in visits)
    assert signs.count("●") == sum(not visit.review for visit in visits)


def test_the_picture_thins_out_as_the_course_tapers() -> None:
    weekly_then_fortnightly = [date(2026, 11, 23) + timedelta(days=days) for days in (0, 7, 14, 28, 42)]
    assert picture(a_course(weekly_then_fortnightly), 80)[0] == "  ● ● ● · ● · ●"


def test_visits_of_one_week_stand_above_each_other() -> None:
    twice_a_week = [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30)]
    assert picture(a_course(twice_a_week), 80)[:2] == ["  ●", "  ● ●"]


@settings(max_examples=50)
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sampled_from([40, 41, 52, 60, 80, 120, 160]))
def test_each_month_stands_under_the_first_week_that_begins_in_it(first: date, weeks: int, width: int) -> None:
    days = [first + timedelta(weeks=week) for week in range(weeks)]
    lines = picture(a_course(days), width)
    per_line = (width - 2) // 2
    assert len(lines) == 2 * -(-weeks // per_line)
    monday = first - timedelta(days=first.weekday())
    for signs, months in zip(lines[::2], lines[1::2], strict=True):
        assert len(months) <= width
        for column in range(2, len(months), 2):
            name = months[column : column + 3]
            if name in MONTHS:
                week = monday + timedelta(weeks=(column - 2) // 2)
                assert MONTHS[week.month - 1] == name
        monday += timedelta(weeks=len(signs.split()))


def test_the_signs_are_explained() -> None:
    assert "a column is a week; ● visit  ◆ visit with review  · none" in course(a_document())
    assert "a column is a week; o visit  R visit with review  . none" in course(a_document(), symbols=False)


def test_every_phase_is_told_with_its_pace() -> None:
    document = a_document()
    text = course(document)
    assert f"  {document.phases[0].name}: {document.phases[0].sessions} visits weekly, {document.phases[0].minutes} minutes\n" in text
    assert all(f"  {phase.name}: {phase.sessions} visit" in text for phase in document.phases)


def test_what_is_offered_afterwards_is_told() -> None:
    assert "afterwards, if wished: a visit every 30 days" in course(a_document())
    document = a_document()
    assert document.maintenance is not None
    without = replace(document, maintenance=replace(document.maintenance, offered=False))
    assert "afterwards" not in course(without)


def test_holidays_that_were_kept_free_are_named() -> None:
    assert "Public holidays kept free: Fri 2026-12-25, Fri 2027-01-01" in course(plan_of("low-back"))
    assert "Public holidays" not in course(plan_of("blood-thinner"))
