"""What is due, and the hours of the weeks, as they stand on the screen."""

from datetime import date

import pytest

from massage_cli.files.courses.caseload import Day, Due, Need
from massage_cli.terminal.display.caseload import hours, show_due, show_weeks

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 h"), (5, "0 h 05"), (60, "1 h"), (150, "2 h 30"), (1439, "23 h 59")])
def test_minutes_are_told_as_hours_and_minutes(minutes: int, words: str) -> None:
    assert hours(minutes) == words


def test_every_need_has_a_title_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    show_due([Due(client="ann", need=need, on=MONDAY, text="x", path="p") for need in Need], on=MONDAY, within_days=1)
    titles = [line for line in capsys.readouterr().out.splitlines() if line.isupper()]
    assert len(set(titles)) == len(Need)


def test_a_need_without_a_day_is_shown_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    show_due([Due(client="ann", need=Need.PLAN_OVER, on=None, text="it is over", path="p")], on=MONDAY, within_days=1)
    assert "  ann  it is over\n" in capsys.readouterr().out


@pytest.mark.parametrize("columns", ["40", "80"])
def test_no_line_is_wider_than_the_screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    show_due([Due(client="a" * 64, need=need, on=MONDAY, text="word " * 30, path="p") for need in Need], on=MONDAY, within_days=1)
    show_weeks([Day(date=MONDAY, visits=1000, minutes=1439)], monday=MONDAY, weeks=2, limit_hours=3.25)
    assert [line for line in capsys.readouterr().out.splitlines() if len(line) > int(columns)] == []


def test_a_day_over_the_limit_is_named_in_words_and_days_stand_in_their_week(capsys: pytest.CaptureFixture[str]) -> None:
    days = [Day(date=MONDAY, visits=1, minutes=60), Day(date=date(2026, 11, 30), visits=6, minutes=330)]
    show_weeks(days, monday=MONDAY, weeks=2, limit_hours=5)
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line]
    assert lines == [
        "WEEK OF 2026-11-23  1 h, 1 visit",
        "Mon 2026-11-23  1 h  1 visit",
        "WEEK OF 2026-11-30  5 h 30, 6 visits",
        "Mon 2026-11-30  5 h 30  6 visits  OVER 5 h",
    ]
