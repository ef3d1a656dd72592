"""The public holidays of a country or subdivision, by the holidays library."""

from datetime import date

from massage_cli.knowledge.problems import not_one_of
from massage_cli.planning.intake import Booking

YEARS_AHEAD = 2
"""How far holidays are looked up; no course is longer."""


def holiday_code_problem(code: str) -> str | None:
    """Why a code names no country or subdivision, or None when it does."""
    import holidays  # slow to import, and needed only where a code is given

    countries = holidays.list_supported_countries(include_aliases=False)
    country, dash, subdivision = code.partition("-")
    if country not in countries:
        return not_one_of(code, sorted(countries), what="a country code like US, or US-CA")
    if dash and subdivision not in countries[country]:
        return not_one_of(code, [f"{country}-{known}" for known in countries[country]], what=f"a subdivision of {country}")
    return None


def public_holidays(booking: Booking, *, on: date) -> frozenset[date]:
    """The public holidays from the given day to two years after it, or after a later start; none where no code is given.

    The code must be sound.
    """
    if booking.holidays is None:
        return frozenset()
    import holidays

    country, _, subdivision = booking.holidays.partition("-")
    last_year = (on if booking.start is None else max(on, booking.start)).year + YEARS_AHEAD
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=range(on.year, last_year + 1), categories=("public",))
    return frozenset(day for day in days if day >= on)
