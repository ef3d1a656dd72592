"""Public holidays of a country or subdivision."""

from datetime import date, timedelta

import holidays
import pytest

from massage_cli.files.public_holidays import holiday_code_problem, public_holidays
from tests.builders import TODAY

COUNTRIES = holidays.list_supported_countries(include_aliases=False)


def test_christmas_day_is_a_holiday_in_the_united_states() -> None:
    assert date(2026, 12, 25) in public_holidays("US", on=TODAY)


def test_an_ordinary_monday_is_none() -> None:
    assert date(2026, 11, 30) not in public_holidays("US", on=TODAY)


def test_a_subdivision_has_its_own_beside_those_of_the_country() -> None:
    there, everywhere = public_holidays("US-CA", on=TODAY), public_holidays("US", on=TODAY)
    assert date(2027, 3, 31) in there - everywhere  # Cesar Chavez Day
    assert date(2026, 12, 25) in there


def test_no_code_means_no_holidays() -> None:
    assert public_holidays(None, on=TODAY) == frozenset()


def test_holidays_begin_on_the_day_of_planning_and_end_after_two_years() -> None:
    days = public_holidays("US", on=date(2026, 12, 25))
    assert min(days) == date(2026, 12, 25)
    assert date(2028, 12, 25) in days
    assert max(days) <= date(2028, 12, 25)


def test_a_leap_day_is_a_day_of_planning_like_any_other() -> None:
    assert date(2028, 7, 4) in public_holidays("US", on=date(2028, 2, 29))


@pytest.mark.parametrize("code", ["US", "US-CA", "DE", "DE-BY", "GB-SCT", "CA-QC"])
def test_a_code_that_exists_is_sound(code: str) -> None:
    assert holiday_code_problem(code) is None


@pytest.mark.parametrize(
    ("code", "near"),
    [("us", "US"), ("USA", "US"), ("US-ZZ", "US-"), ("US-ca", "US-CA"), ("US-CAL", "US-CA"), ("us-ca", "US-CA"), ("DE-By", "DE-BY")],
)
def test_a_wrong_code_is_refused_with_a_near_one(code: str, near: str) -> None:
    message = holiday_code_problem(code) or ""
    assert message.startswith(f"'{code}' is not ")
    assert f"did you mean '{near}" in message


@pytest.mark.parametrize("code", ["", "-", "US-", "US-CA-LA", " US", "US ", "U", "-CA", "../US", "holidays", "12", "\x1b[31m"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    assert holiday_code_problem(code) is not None


def test_the_library_fails_for_no_country_or_subdivision() -> None:
    without = []
    for country, subdivisions in COUNTRIES.items():
        for code in (country, *(f"{country}-{name}" for name in subdivisions[:2])):
            assert holiday_code_problem(code) is None
            days = public_holidays(code, on=TODAY)
            assert all(TODAY <= day <= TODAY + timedelta(days=731) for day in days)
            without += [] if days else [code]
    assert len(without) < 0.05 * len(COUNTRIES)  # an island where nobody lives has none


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2199, 12, 31)])
def test_a_day_of_planning_far_away_fails_for_no_country(on: date) -> None:
    for country in COUNTRIES:
        assert all(on <= day for day in public_holidays(country, on=on)), country
