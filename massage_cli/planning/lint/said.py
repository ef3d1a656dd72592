"""The numbers that a sentence says about visits: how often, for how long, how many, from which day."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import msgspec

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNIT_DAYS = {"day": Fraction(1), "week": Fraction(7), "fortnight": Fraction(14), "month": Fraction(30), "year": Fraction(365)}
_MOST_LETTERS = 2000
"""A longer text is looked at no further: what it says about visits stands near its beginning."""

_N = rf"(\d{{1,4}}|{'|'.join(_WORDS)})"
_UNIT = r"(day|week|fortnight|month|year)s?"
_VISITS = r"(?:massage )?(?:visits?|sessions?|treatments?|appointments?)"
_TIMES = re.compile(rf"(?:\b(once|twice|thrice)|\b{_N} ?(?:x|times|{_VISITS}))(?: (?:a|per|each|every) |/){_UNIT}\b")
_EVERY = re.compile(rf"\bevery (?:(other|second) |{_N} )?{_UNIT}\b")
_ADVERB = re.compile(r"\b(daily|weekly|fortnightly|biweekly|monthly)\b")
_FOR = re.compile(rf"\b(?:for|over) (?:the )?(?:next |first )?{_N} {_UNIT}\b")
_STARTING = re.compile(r"\b(?:starting|beginning|from|as of)(?: on)? (\d{4}-\d{2}-\d{2}|[a-z]+ \d{1,2},? \d{4})")
_NAMED_DAY = re.compile(r"([a-z]+) (\d{1,2}),? (\d{4})")
_COUNT = re.compile(
    rf"(?<!after )(?<!before )(?<!of )(?<!by )(?<!first )(?<!last )(?<!-)(?<![\d.,])\b{_N} (?:of \d+ )?{_VISITS}\b"
    r"(?! (?:is|are) (?:left|made)| more| extra| a | per | each | every |/| ago)"
)
_MINUTES_EACH = re.compile(rf"\b(\d{{1,3}})[ -]min(?:ute)?s?(?: {_VISITS}\b| (?:a|per|each) {_VISITS}\b| each\b)")
_MINUTES = re.compile(r"\b(\d{1,3})[ -]min(?:ute)?s?\b")
_TAKE = re.compile(rf"\b(?:take|apply|use|give) {_N} ")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A frequency that is said, with the days it is counted over, and how long it is to last where that follows."""

    rate: Fraction
    days: tuple[Fraction, Fraction] | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence says; lengths are in days, the least and the most that the words can mean."""

    claims: tuple[Claim, ...]
    lengths: tuple[tuple[Fraction, Fraction], ...]
    start: date | None
    visits: tuple[int, ...]
    minutes: tuple[int, ...]
    minutes_each: tuple[int, ...]
    dose: int | None


def said_in(text: str) -> Said:
    """Everything about visits that the text says in numbers or words."""
    words = " ".join(text[:_MOST_LETTERS].lower().split())
    lengths = [(found.start(), _length(found)) for found in _FOR.finditer(words)]
    started, taken = _STARTING.search(words), _TAKE.search(words)
    return Said(
        claims=tuple(_claims(words, lengths)),
        lengths=tuple(length for _, length in lengths),
        start=None if started is None else _day(started[1]),
        visits=tuple(_number(found[1]) for found in _COUNT.finditer(words)),
        minutes=tuple(int(found[1]) for found in _MINUTES.finditer(words)),
        minutes_each=tuple(int(found[1]) for found in _MINUTES_EACH.finditer(words)),
        dose=None if taken is None else _number(taken[1]),
    )


def _claims(words: str, lengths: list[tuple[int, tuple[Fraction, Fraction]]]) -> Iterator[Claim]:
    """Each frequency with the first length behind it and before the next frequency."""
    rates = sorted({found.start(): rate for found, rate in _rates(words)}.items())
    for place, (start, rate) in enumerate(rates):
        end = rates[place + 1][0] if place + 1 < len(rates) else len(words)
        yield Claim(rate=rate, days=next((length for at, length in lengths if start <= at < end), None))


def _rates(words: str) -> Iterator[tuple[re.Match[str], Fraction]]:
    for found in _ADVERB.finditer(words):
        days = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30}.get(found[1])
        if days is not None:  # biweekly means twice a week to some, and every two weeks to others
            yield found, Fraction(1, days)
    for found in _EVERY.finditer(words):
        each = 2 if found[1] else _number(found[2]) if found[2] else 1
        if each:
            yield found, 1 / (each * _UNIT_DAYS[found[3]])
    for found in _TIMES.finditer(words):
        times = {"once": 1, "twice": 2, "thrice": 3}[found[1]] if found[1] else _number(found[2])
        yield found, times / _UNIT_DAYS[found[3]]


def _length(found: re.Match[str]) -> tuple[Fraction, Fraction]:
    """The least and most days of so many days, weeks or months; a few weeks may be counted to the day after them."""
    number, unit = _number(found[1]), found[2]
    days = number * _UNIT_DAYS[unit]
    match unit:
        case "day":
            return days, days
        case "month" | "year":
            return days - 2 * number, days + 1 + number
        case _:
            return days - 6, days + 1


def _number(word: str) -> int:
    return _WORDS.index(word) + 1 if word in _WORDS else int(word)


def _day(words: str) -> date | None:
    named = _NAMED_DAY.fullmatch(words)
    try:
        if named is None:
            return date.fromisoformat(words)
        return date(int(named[3]), _MONTHS.index(named[1][:3]) + 1, int(named[2]))
    except ValueError:
        return None
