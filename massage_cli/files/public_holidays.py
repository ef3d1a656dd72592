"""The public holidays of a country or subdivision, by the holidays library."""

from datetime import date

from massage_cli.knowledge.problems import not_one_of

YEARS_AHEAD = 2
"""How far holidays are looked up from the day of planning; no course is longer."""


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


def public_holidays(code: str | None, *, on: date) -> frozenset[date]:
    """The public holidays from the given day for two years; none where no code is given. The code must be sound."""
    if code is None:
        return frozenset()
    import holidays

    country, _, subdivision = code.partition("-")
    years = range(on.year, on.year + YEARS_AHEAD + 1)
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=years, categories=("public",))
    last = date(on.year + YEARS_AHEAD, on.month, min(on.day, 28))
    return frozenset(day for day in days if on <= day <= last)
