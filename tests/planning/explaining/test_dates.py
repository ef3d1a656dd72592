"""Why a visit falls on its day: the steps are those of planning."""

from datetime import date

import pytest

from massage_cli.files.explained.replay import Days, replay
from massage_cli.planning.explaining.dates import PlacedDay, day_words
from tests.builders import knowledge
from tests.planning.explaining.choices import replays
from tests.saved import a_document


def days_of(**booking: object) -> Days:
    days = replay(a_document(booking=booking), knowledge(), called="plan").days
    assert days is not None
    return days


def words(placed: PlacedDay) -> str:
    return " ".join(day_words(placed))


def test_a_traced_day_is_the_day_of_the_plan_for_every_client() -> None:
    assert len(replays()) > 50
    for again in replays():
        assert again.days is not None
        assert [placed.day for placed in again.days.placed] == [session.date for session in again.document.sessions]


def test_each_day_passed_over_is_nearer_to_the_target_and_says_why() -> None:
    seen = set()
    for again in replays():
        for placed in (again.days or days_of()).placed:
            distance = abs((placed.day - placed.target).days)
            assert all(abs((day - placed.target).days) <= distance for day, _ in placed.passed_over)
            seen |= {why for _, why in placed.passed_over}
    assert seen == {"weekday not worked", "closed day", "too soon after the visit before", "its week is full"}


def test_the_first_visit_passes_over_the_weekend() -> None:
    assert words(days_of().placed[0]) == (
        "The first open day from Sat 2026-11-21 on. Passed over: 2026-11-21, 2026-11-22 (weekday not worked)."
    )


@pytest.mark.parametrize(
    ("booking", "why"),
    [
        ({"closed": [date(2026, 11, 30)]}, "2026-11-30 (closed day)"),
        ({"holidays": "US", "start": date(2027, 1, 11)}, "2027-01-18 (public holiday)"),
    ],
)
def test_a_visit_beside_its_target_names_what_closed_it(booking: dict[str, object], why: str) -> None:
    second = days_of(**booking).placed[1]
    assert second.day != second.target
    assert f"this is the nearest day that can be taken. Passed over: {why}." in words(second)


def test_after_a_day_beside_its_target_the_gap_counts_from_the_target() -> None:
    third = days_of(closed=[date(2026, 11, 30)]).placed[2]
    assert words(third) == "7 days after 2026-11-30, the day that the visit before was meant for: an open day."
