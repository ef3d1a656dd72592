"""What a plan would be otherwise: the differences alone, and nothing of how to treat where none may be told."""

from datetime import date
from typing import Any

import pytest

from massage_cli.files.intakes.values_set import with_values
from massage_cli.files.plans.supposed import Difference, difference, in_short
from tests.builders import TODAY, knowledge
from tests.saved import a_document


def differs(*values: str, untold: bool = False, **changes: Any) -> Difference:
    before = a_document(**changes)
    supposition = with_values(before.intake, values, knowledge(), on=TODAY)
    return difference(before, supposition, knowledge(), called="plan", untold=untold)


def test_answers_that_would_not_be_asked_are_left_out_and_named() -> None:
    changes = {"health": {"varicose-veins": "yes", "varicose-veins-severity": "mild"}}
    found = differs("health.varicose-veins=no", **changes)
    assert found.left_out == ("varicose-veins-severity",)
    assert found.document is not None
    assert found.document.outcome == "clear"


def test_an_answer_that_was_taken_out_and_is_still_asked_is_open_and_not_left_out() -> None:
    found = differs("health.varicose-veins-severity=", health={"varicose-veins": "yes", "varicose-veins-severity": "mild"})
    assert found.left_out == ()
    assert found.document is not None
    assert found.document.screening.unanswered == ("varicose-veins-severity",)


def test_the_differences_leave_out_what_was_set() -> None:
    found = differs("health.anticoagulant=yes")
    about = [change.about for change in found.changes]
    assert about[0] == "outcome"
    assert "technique Deep tissue massage" in about
    assert not [name for name in about if name.startswith("intake")]


@pytest.mark.parametrize("health", [{"chest-pain": "yes"}, {"chest-pain": "unsure"}])
def test_beside_what_stops_everything_nothing_is_told_of_how_to_treat(health: dict[str, str]) -> None:
    found = differs("health.chest-pain=no", untold=True, health=health)
    assert {change.about.split()[0] for change in found.changes} <= {"outcome", "urgency", "finding"}


def test_of_a_plan_that_stays_withheld_nothing_is_told_of_how_to_treat() -> None:
    weeks = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 118, "diastolic": 74}
    found = differs("health.pregnant=no", complaint="pregnancy-back", health=weeks)
    assert found.document is not None
    assert found.document.outcome == "incomplete"
    assert {change.about.split()[0] for change in found.changes} <= {"outcome", "finding", "unanswered", "not"}


def test_many_visits_and_the_parts_of_a_session_are_told_as_one() -> None:
    before = a_document()
    found = differs("booking.minutes=45", "booking.start=2026-12-01")
    assert found.document is not None
    short = in_short(found.changes, before, found.document)
    assert [change.about for change in short if change.about.startswith(("visit", "part", "session"))] == ["session", "visits"]
    assert len(short) < len(found.changes)


def test_a_calendar_without_an_open_day_is_told_and_no_bug() -> None:
    closed = ";".join(str(date.fromordinal(TODAY.toordinal() + days)) for days in range(120))
    found = differs(f"booking.closed={closed}")
    assert found.document is None
    assert "no open day" in (found.problem or "")
