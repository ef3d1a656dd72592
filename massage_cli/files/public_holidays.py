"""The public holidays of a country or subdivision, by the holidays library."""

from datetime import date
from functools import lru_cache

from massage_cli.knowledge.problems import not_one_of

YEARS_AHEAD = 2
"""How far holidays are looked up; no course is longer."""


@lru_cache(maxsize=256)
def holiday_code_problem(code: str) -> str | None:
    """Why a code names no country or subdivision, or None when it does."""
    import holidays  # slow to import, and needed only where a code is given

    countries = holidays.list_supported_countries(include_aliases=False)
    country, dash, subdivision = code.partition("-")
    if country in countries and (not dash or subdivision in countries[country]):
        return None
    near = countries.get(country.upper())
    if near is None:
        return not_one_of(code, sorted(countries), what="a country code like US, or US-CA")
    return not_one_of(code, [country.upper(), *(f"{country.upper()}-{name}" for name in near)], what=f"a subdivision of {country.upper()}")


@lru_cache(maxsize=256)
def public_holidays(code: str | None, *, on: date, start: date | None = None) -> frozenset[date]:
    """The public holidays from the given day to two years after it, or after a later start; none where no code is given.

    The code must be sound.
    """
    if code is None:
        return frozenset()
    last = _years_after(on if start is None else max(on, start))
    return frozenset(day for day in _of_years(code, on.year, last.year) if on <= day <= last)


@lru_cache(maxsize=256)
def _of_years(code: str, first: int, last: int) -> tuple[date, ...]:
    """All public holidays of the years; working them out takes longer than a whole plan, and a list of clients shares them."""
    import holidays

    country, _, subdivision = code.partition("-")
    return tuple(holidays.country_holidays(country, subdiv=subdivision or None, years=range(first, last + 1), categories=("public",)))


def _years_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + YEARS_AHEAD, 3, 1) if leap_day else day.replace(year=day.year + YEARS_AHEAD)
