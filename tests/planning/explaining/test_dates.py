"""Why a visit falls on its day: the steps are those of planning."""

from datetime import date, timedelta
from typing import Any

import pytest

from massage_cli.files.explained.replay import Days, replay
from massage_cli.planning.explaining.dates import PlacedDay, day_words, earliest_words
from tests.builders import TODAY, an_intake, knowledge
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


def test_an_injury_rests_whatever_its_protocol_says() -> None:
    choice = replay(a_document(), knowledge(), called="plan").choice
    assert choice is not None
    hurt = an_intake(condition="injury-recovery", onset=TODAY - timedelta(days=1))
    words = ("No visit before 2026-11-23: an injury rests until day 3.",)
    assert earliest_words(TODAY + timedelta(days=2), hurt, choice.case, on=TODAY) == words


def why_not_sooner(**changes: Any) -> str:
    document = a_document(**changes)
    again = replay(document, knowledge(), called="plan")
    assert again.days is not None
    assert again.choice is not None
    (words,) = earliest_words(again.days.earliest, document.intake, again.choice.case, on=TODAY)
    return words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Planned on 2026-11-21."),
        ({"booking": {"start": TODAY + timedelta(days=9)}}, "The booking starts on 2026-11-30."),
        ({"booking": {"start": TODAY - timedelta(days=1)}}, "The start asked for, 2026-11-20, has passed."),
        (
            {"condition": "acute", "complaint": "ankle-sprain", "regions": ["left-ankle"], "onset": TODAY},
            "No visit before 2026-11-24: Lateral ankle sprain grade I-II (Ottawa-negative) rests until day 3.",
        ),
    ],
)
def test_the_day_from_which_on_visits_may_be_says_why(changes: dict[str, Any], words: str) -> None:
    assert why_not_sooner(**changes) == words
