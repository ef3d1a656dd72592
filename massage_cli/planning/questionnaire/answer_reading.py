"""What a person typed, as an answer: numbers, dates like "3 weeks ago", and the lines of a list by number or name."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import assert_never

from massage_cli.planning.intake_problems import CLIENT_PATTERN
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Option, Question

_WHOLE = re.compile(r"[0-9]{1,6}\Z", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?\Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_AGO = re.compile(r"(an?|one|[0-9]{1,3})\s+(day|week|month|year)s?(\s+ago)?\Z", re.ASCII)
_UNSURE = ("?", "unsure", "not sure")
_MOST_DIGITS = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class NotUnderstood(Exception):
    """What was typed is no answer to the question; the text says what would be."""


def read_answer(question: Question, typed: str, *, on: date) -> Answer:
    """The answer that the words mean. Raises NotUnderstood."""
    words = " ".join(typed.split())
    if not words:
        if question.required:
            raise NotUnderstood("This needs an answer.")
        return None
    match question.kind:
        case Kind.TEXT:
            return _text(question, words)
        case Kind.NUMBER:
            return _number(question, words.lower())
        case Kind.DATE:
            return _date(question, words.lower(), on=on)
        case Kind.ONE:
            return _line(question.options, words)
        case Kind.MANY:
            return _lines(question, words)
        case _:
            assert_never(question.kind)


def _text(question: Question, words: str) -> str:
    if question.id == "client" and not CLIENT_PATTERN.match(words):
        raise NotUnderstood("Letters, digits, '-', '_' and '.' only, at most 64; never a name.")
    if question.id == "booking.closed":
        return " ".join(_iso(word).isoformat() for word in words.replace(",", " ").split())
    return words


def _number(question: Question, words: str) -> int | float | str:
    if question.health and words in _UNSURE:
        return "unsure"
    number: int | float
    if _WHOLE.match(words):
        number = int(words)
    elif not question.whole and _DECIMAL.match(words):
        number = float(words)
    else:
        raise NotUnderstood(f"A {'whole ' if question.whole else ''}number{_range(question)}.")
    if (question.lowest is not None and number < question.lowest) or (question.highest is not None and number > question.highest):
        raise NotUnderstood(f"A number{_range(question)}.")
    return number


def _range(question: Question) -> str:
    limits = "" if question.lowest is None else f" from {question.lowest} to {question.highest}"
    return f"{limits}, or ? for not sure" if question.health else limits


def _date(question: Question, words: str, *, on: date) -> str:
    ago = _AGO.match(words)
    if words in ("today", "yesterday"):
        day = on - timedelta(days=words == "yesterday")
    elif ago:
        day = _before(on, int(ago[1]) if ago[1].isdigit() else 1, ago[2])
    else:
        day = _iso(words)
    if day.year < _FIRST_YEAR:
        raise NotUnderstood("That is too long ago.")
    if (question.id == "onset" or question.id.startswith("clearance.")) and day > on:
        raise NotUnderstood(f"{day} lies after the day of planning, {on}.")
    return day.isoformat()


def _iso(words: str) -> date:
    try:
        day = date.fromisoformat(words) if _DAY.match(words) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotUnderstood("A date like 2026-05-01, or like 3 weeks ago.")
    return day


def _before(on: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return on - timedelta(days=count * (7 if unit == "week" else 1))
    months = on.year * 12 + on.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _line(options: tuple[Option, ...], words: str) -> str:
    """One line, by its number, or by the beginning of its name when only one begins so."""
    if words.isascii() and words.isdigit():
        if len(words) <= _MOST_DIGITS and 1 <= int(words) <= len(options):
            return options[int(words) - 1].value
    elif words in _UNSURE and any(option.value == "unsure" for option in options):
        return "unsure"
    else:
        lowered = words.lower()
        whole = [option.value for option in options if lowered in (option.value, option.label.lower())]
        if whole:
            return whole[0]
        begun = [option.value for option in options if option.value.startswith(lowered) or option.label.lower().startswith(lowered)]
        if len(begun) == 1:
            return begun[0]
    raise NotUnderstood(f"A number from 1 to {len(options)}, or the beginning of a line.")


def _lines(question: Question, words: str) -> tuple[str, ...]:
    """Several lines by number; 0 or none for the explicit nothing."""
    if question.none and words.lower() in ("0", "n", "none"):
        return ()
    picked = words.replace(",", " ").split()
    if not picked or not all(_is_line(word, len(question.options)) for word in picked):
        nothing = ", or none" if question.none else ""
        raise NotUnderstood(f"Numbers from 1 to {len(question.options)} with spaces between{nothing}.")
    return tuple(question.options[number - 1].value for number in sorted({int(word) for word in picked}))


def _is_line(word: str, lines: int) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS and 1 <= int(word) <= lines
