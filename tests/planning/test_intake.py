"""The intake as a value: what it holds, and what is meant where it says nothing."""

from datetime import timedelta

import msgspec
import pytest

from massage_cli.knowledge.vocabulary import Wish
from massage_cli.planning.intake import Booking, Clearance, Intake, Placed, file_keys
from tests.builders import TODAY, a_table, an_intake


def test_an_intake_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        an_intake().pain = 3


def test_what_was_not_said_is_not_filled_in() -> None:
    intake = an_intake(complaint=None, pressure=None, first_visit=None)
    assert (intake.complaint, intake.pressure, intake.first_visit) == (None, None, None)
    assert intake.booking == Booking()


def test_no_complaint_means_other() -> None:
    assert an_intake(complaint=None).complaint_or_other == "other"
    assert an_intake(complaint="neck").complaint_or_other == "neck"


def test_no_wish_means_moderate_pressure() -> None:
    assert an_intake(pressure=None).wish is Wish.MODERATE
    assert an_intake(pressure="light").wish is Wish.LIGHT


@pytest.mark.parametrize(("said", "is_first"), [(None, True), (True, True), (False, False)])
def test_a_visit_is_the_first_unless_said_otherwise(said: bool | None, is_first: bool) -> None:
    assert an_intake(first_visit=said).is_first_visit is is_first


def test_the_day_of_onset_is_day_0() -> None:
    assert an_intake(onset=TODAY).days_since_onset(TODAY) == 0
    assert an_intake(onset=TODAY - timedelta(days=14)).days_since_onset(TODAY) == 14


def test_an_onset_that_is_not_known_gives_no_days() -> None:
    assert an_intake().days_since_onset(TODAY) is None


def test_pain_0_is_an_answer() -> None:
    assert an_intake(pain=0).pain == 0


def test_an_intake_goes_back_into_the_same_table() -> None:
    notes = [{"rule": "scar", "by": "doctor", "on": "2026-11-01"}]
    table = a_table(health={"bruise": {"answer": "yes", "regions": ["neck"]}}, clearances=notes)
    assert msgspec.json.decode(msgspec.json.encode(msgspec.convert(table, Intake))) == table


def test_an_answer_may_hold_regions() -> None:
    reply = an_intake(health={"bruise": {"answer": "yes", "regions": ["neck"]}}).health["bruise"]
    assert reply == Placed(answer="yes", regions=("neck",))


def test_a_date_may_be_a_text() -> None:
    assert an_intake(onset="2026-11-01").onset == TODAY.replace(day=1)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (Clearance, ("rule", "by", "on", "limits")),
        (Booking, ("start", "weekdays", "closed", "holidays", "max-sessions", "max-per-week", "minutes", "trained-in")),
    ],
)
def test_file_keys_are_kebab_case_and_in_order(kind: type, keys: tuple[str, ...]) -> None:
    assert file_keys(kind) == keys


def test_the_values_of_two_intakes_are_their_own() -> None:
    one, other = msgspec.convert(a_table(health=None), Intake), msgspec.convert(a_table(health=None), Intake)
    assert one.health == {} == other.health
    assert one.health is not other.health
