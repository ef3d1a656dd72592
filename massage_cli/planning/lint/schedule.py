"""A schedule as any file may hold one: dated visits, and stretches of days at one frequency, with what is said of them in words."""

from datetime import date
from fractions import Fraction

import msgspec


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One dated visit; `start` is in minutes since midnight. What a file does not say is None."""

    path: str
    day: date
    number: int | None = None
    start: int | None = None
    minutes: int | None = None
    review: bool | None = None
    text: str = ""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days at one frequency.

    rate: visits a day
    cycle_days: how many days the frequency is counted over, like 7 for three times a week
    days: how many days it lasts, both ends counted
    """

    path: str
    first: date | None = None
    last: date | None = None
    days: Fraction | None = None
    visits: int | None = None
    rate: Fraction | None = None
    cycle_days: Fraction | None = None
    minutes: int | None = None
    text: str = ""


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The visits and stretches of one course, in file order, between its first and last day; cancelled visits are left out.

    texts: what is said of the course as a whole, each with its path
    numbered_from_one: True where no number may be missing
    may_tighten: True where a review has brought visits closer on purpose
    may_pause: True where long gaps are those of closed days, which whoever planned knew and the file does not say
    """

    path: str
    first: date | None = None
    last: date | None = None
    slots: tuple[Slot, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    numbered_from_one: bool = False
    may_tighten: bool = False
    may_pause: bool = False
