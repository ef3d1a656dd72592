"""The visits as pages of a calendar: one for each month that has a visit."""

from collections.abc import Sequence
from datetime import date, timedelta

from massage_cli.documents.plain_words import DAYS, MONTHS
from massage_cli.documents.visits import ScheduledVisit
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import VisitStatus

_SUNDAY = 6


class DayCell(Value, frozen=True, kw_only=True):
    """One cell: 0 stands for no day of this month. visit: its number, 0 for none."""

    day: int = 0
    visit: int = 0
    review: bool = False
    done: bool = False


class MonthPage(Value, frozen=True, kw_only=True):
    """A month by weeks; `days` are the names of the columns."""

    name: str
    days: tuple[str, ...]
    weeks: tuple[tuple[DayCell, ...], ...]


def month_pages(visits: Sequence[ScheduledVisit], *, sunday_first: bool) -> tuple[MonthPage, ...]:
    """The months of these visits, in order."""
    on = {visit.date: visit for visit in visits}
    first_day = _SUNDAY if sunday_first else 0
    days = (*DAYS[first_day:], *DAYS[:first_day])
    return tuple(
        MonthPage(name=f"{MONTHS[month - 1]} {year}", days=days, weeks=_weeks(year, month, on, first_day))
        for year, month in sorted({(when.year, when.month) for when in on})
    )


def _weeks(year: int, month: int, on: dict[date, ScheduledVisit], first_day: int) -> tuple[tuple[DayCell, ...], ...]:
    first = date(year, month, 1)
    blank = (first.weekday() - first_day) % 7
    cells = [DayCell()] * blank
    when = first
    while when.month == month:
        visit = on.get(when)
        cells.append(
            DayCell(day=when.day)
            if visit is None
            else DayCell(day=when.day, visit=visit.number, review=visit.review, done=visit.status is VisitStatus.ATTENDED)
        )
        when += timedelta(days=1)
    cells += [DayCell()] * (-len(cells) % 7)
    return tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
