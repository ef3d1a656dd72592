"""Dates, counts, pressure and places in the words of people who are no therapists."""

import re
from collections.abc import Iterable
from datetime import date

from massage_cli.knowledge.body import WHOLE_BODY
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Certainty, Position
from massage_cli.planning.texts import counted, spaced

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Names of their own: those of the system change with its language."""

PRESSURE = {1: "very light", 2: "light", 3: "medium", 4: "firm", 5: "very firm"}
POSITION = {
    Position.NO_PRONE: "You do not lie face down.",
    Position.NO_SUPINE_FLAT: "You do not lie flat on your back.",
    Position.SIDE_LYING: "You lie on your side.",
    Position.SEATED: "You sit.",
    Position.HEAD_RAISED: "You lie with your head raised, never flat.",
}
CERTAINTY = {
    Certainty.HIGH: "Good studies stand behind this kind of plan. Still, it does not help every person.",
    Certainty.MODERATE: "Fair studies stand behind this kind of plan. Still, it does not help every person.",
    Certainty.LOW: "The studies behind this kind of plan are few or weak. It may help you, or it may not.",
    Certainty.VERY_LOW: "The studies behind this kind of plan are very few or very weak. It may help you, or it may not.",
    Certainty.NONE: "We know of no good study of this kind of plan. It may help you, or it may not.",
}
_UNITS = ((re.compile(r"(?<=[0-9]) ?min\b"), " minutes"), (re.compile(r"(?<=[0-9]) ?s\b"), " seconds"))


def day_words(when: date, *, american: bool) -> str:
    """A date in full, in the order of American English or of the rest."""
    month = MONTHS[when.month - 1]
    if american:
        return f"{DAYS[when.weekday()]}, {month} {when.day}, {when.year}"
    return f"{DAYS[when.weekday()]} {when.day} {month} {when.year}"


def gap_words(gap_days: tuple[int, ...]) -> str:
    """How far apart visits are: one week apart, 3 to 4 days apart."""
    if not gap_days:
        return "set one by one"
    shortest, longest = min(gap_days), max(gap_days)
    if shortest != longest:
        return f"{shortest} to {longest} days apart"
    if shortest % 7 == 0:
        return f"{counted(shortest // 7, 'week')} apart"
    return f"{counted(shortest, 'day')} apart"


def place_words(places: Iterable[str], knowledge: Knowledge) -> str:
    """Places as a list in a sentence, with an and before the last: neck, both knees and left foot."""
    paired = {region.id for region in knowledge.regions if region.paired}
    names = [_place(place, both=place in paired) for place in places]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _place(place: str, *, both: bool) -> str:
    if place == WHOLE_BODY:
        return "the whole body"
    words = spaced(place)
    return f"both {'feet' if words == 'foot' else words + 's'}" if both else words


def spelled(text: str) -> str:
    """A text with its units in full: 30-90 s becomes 30-90 seconds."""
    for unit, word in _UNITS:
        text = unit.sub(word, text)
    return text


def sentence(text: str) -> str:
    """A note as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) or not text else ".")
