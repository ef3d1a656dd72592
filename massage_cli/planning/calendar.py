"""The dated course: visits on open days, near their targets and never crowded (planning.md 7.2, 7.4, 7.5 and 8)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial

import msgspec
from msgspec.structs import replace

from massage_cli.knowledge.numbers import BookingNumbers, CalendarNumbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Days, Protocol
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Condition, Weekday
from massage_cli.planning import texts
from massage_cli.planning.dose import Dose, most_a_week
from massage_cli.planning.intake import Booking, Intake
from massage_cli.planning.texts import PlanWarning

_DAYS_A_WEEK = 7
_WEEKDAYS = tuple(Weekday)


class PlannedVisit(Value, frozen=True, kw_only=True):
    """One dated session of the course, as it is planned."""

    number: int
    date: date
    phase: str
    minutes: int
    review: bool


class DatedPhase(Value, frozen=True, kw_only=True):
    """A phase with its first and last day."""

    name: str
    sessions: int
    gap_days: tuple[Days, ...]
    minutes: int
    first: date
    last: date


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The phases and visits of a plan, in order of date, with the public holidays between them."""

    phases: tuple[DatedPhase, ...]
    visits: tuple[PlannedVisit, ...]
    holidays: tuple[date, ...]
    warnings: tuple[PlanWarning, ...]


class NoOpenDay(Exception):
    """No day is open for a visit: its number, and the first and last day looked at."""

    def __init__(self, visit: int, first: date, last: date) -> None:
        self.visit, self.first, self.last = visit, first, last
        super().__init__(f"no open day for visit {visit} from {first} to {last}")


class OpenDays(msgspec.Struct, frozen=True, kw_only=True):
    """Which days visits may fall on, and how far one may be looked for."""

    weekdays: frozenset[int]
    closed: frozenset[date]
    search_days: int

    def is_open(self, day: date) -> bool:
        """True when the weekday is worked and the day is neither closed nor a holiday (planning.md 8.1)."""
        return day.weekday() in self.weekdays and day not in self.closed

    def first_from(self, earliest: date) -> date:
        """The first open day from the given day on. Raises NoOpenDay."""
        for days in range(self.search_days + 1):
            day = earliest + timedelta(days=days)
            if self.is_open(day):
                return day
        raise NoOpenDay(1, earliest, earliest + timedelta(days=self.search_days))

    def nearest(self, target: date, earliest: date, fits: Callable[[date], bool], *, visit: int) -> date:
        """The open day nearest the target that fits, not before `earliest`, ties to the later day (planning.md 8.3). Raises NoOpenDay."""
        if target >= earliest and self.is_open(target) and fits(target):
            return target
        first = max(target - timedelta(days=self.search_days), earliest)
        last = max(target, earliest) + timedelta(days=self.search_days)
        reach = max((last - target).days, (target - first).days)
        for days in range(1, reach + 1):
            for day in (target + timedelta(days=days), target - timedelta(days=days)):
                if first <= day <= last and self.is_open(day) and fits(day):
                    return day
        raise NoOpenDay(visit, first, last)


def open_days(booking: Booking, holidays: frozenset[date], numbers: CalendarNumbers) -> OpenDays:
    """The days that booking and holidays leave open."""
    worked = numbers.default_weekdays if booking.weekdays is None else booking.weekdays
    return OpenDays(
        weekdays=frozenset(_WEEKDAYS.index(day) for day in worked), closed=holidays.union(booking.closed), search_days=numbers.search_days
    )


def project(
    dose: Dose, protocol: Protocol, intake: Intake, knowledge: Knowledge, *, on: date, holidays: frozenset[date] = frozenset()
) -> Course:
    """The dates of every visit, stepping in days from the first open one. Raises NoOpenDay."""
    booking, numbers = intake.booking, knowledge.numbers
    days = open_days(booking, holidays, numbers.calendar)
    earliest, warnings = earliest_day(intake, protocol, numbers.calendar, on=on)
    rhythm = replace(dose, warnings=())
    course = _dated(rhythm, protocol.review_visits, days, earliest, booking.max_per_week, numbers.booking, holidays)
    return replace(course, warnings=(*warnings, *course.warnings)) if warnings else course


@lru_cache(maxsize=1024)
def _dated(
    dose: Dose,
    review_visits: tuple[int, ...],
    days: OpenDays,
    earliest: date,
    per_week: int | None,
    numbers: BookingNumbers,
    holidays: frozenset[date],
) -> Course:
    """The course from its earliest day on. The clients of one clinic share the same few, so the last ones are remembered."""
    placed = place_visits(dose, days, earliest, per_week)
    visits = []
    for number, (day, place) in enumerate(placed, start=1):
        extra = dose.first_visit_extra_minutes if number == 1 else 0
        phase = dose.phases[place]
        review = number in review_visits or number == len(placed)
        visits.append(PlannedVisit(number=number, date=day, phase=phase.name, minutes=phase.minutes + extra, review=review))
    phases = []
    for place, phase in enumerate(dose.phases):
        dates = [day for day, of_phase in placed if of_phase == place]
        phases.append(
            DatedPhase(
                name=phase.name, sessions=phase.sessions, gap_days=phase.gap_days, minutes=phase.minutes, first=dates[0], last=dates[-1]
            )
        )
    return Course(
        phases=tuple(phases),
        visits=tuple(visits),
        holidays=tuple(day for day in sorted(holidays) if placed[0][0] <= day <= placed[-1][0]),
        warnings=_thinness(placed, dose, numbers),
    )


def earliest_day(intake: Intake, protocol: Protocol, numbers: CalendarNumbers, *, on: date) -> tuple[date, tuple[PlanWarning, ...]]:
    """The earliest day of the first visit (planning.md 8.2)."""
    start, warnings = intake.booking.start, []
    earliest = on if start is None else max(start, on)
    if start is not None and start < on:
        warnings.append(texts.start_past(start, on))
    rest_days = protocol.not_before_injury_day
    if intake.condition is Condition.INJURY_RECOVERY:
        rest_days = max(rest_days, numbers.injury_not_before_day)
    if intake.onset is not None and intake.onset + timedelta(days=rest_days) > earliest:
        earliest = intake.onset + timedelta(days=rest_days)
        warnings.append(texts.start_delayed(earliest, rest_days))
    return earliest, tuple(warnings)


def place_visits(dose: Dose, days: OpenDays, earliest: date, per_week: int | None) -> list[tuple[date, int]]:
    """The day and the phase (by place) of each visit (planning.md 7.2, 8.2 to 8.4). Raises NoOpenDay."""
    placed: list[tuple[date, int]] = []
    in_week: dict[int, int] = {}
    target = earliest
    for place, phase in enumerate(dose.phases):
        most = most_a_week(phase.gap_days, per_week)
        for visit in range(phase.sessions):
            if not placed:
                day = target = days.first_from(earliest)
            else:
                gap = gap_before(visit + 1, phase.gap_days, in_first_phase=place == 0)
                target += timedelta(days=gap)
                not_before = soonest(placed[-1][0], gap)
                day, target = settle(days, target, not_before, partial(has_room, in_week, most), visit=len(placed) + 1)
            placed.append((day, place))
            count_day(in_week, day)
    return placed


def gap_before(visit: int, gap_days: tuple[int, ...], *, in_first_phase: bool) -> int:
    """The days before a visit of a phase, counted from 1; the first phase has no gap before its first (planning.md 7.2)."""
    return gap_days[(visit - (2 if in_first_phase else 1)) % len(gap_days)]


def soonest(previous: date, gap: int) -> date:
    """The first day a visit may fall on after the previous one: half the gap on, rounded up (planning.md 8.3)."""
    return previous + timedelta(days=-(-gap // 2))


def settle(days: OpenDays, target: date, not_before: date, fits: Callable[[date], bool], *, visit: int) -> tuple[date, date]:
    """The day of a visit, and its target as the next one counts from it (planning.md 8.3 and 8.4). Raises NoOpenDay."""
    day = days.nearest(target, not_before, fits, visit=visit)
    late = (day - target).days
    return day, target + timedelta(days=late - late % _DAYS_A_WEEK) if late >= _DAYS_A_WEEK else target


def has_room(in_week: dict[int, int], most: int, day: date) -> bool:
    """True when the week of a day holds fewer visits than the most it may."""
    return in_week.get(_week(day), 0) < most


def count_day(in_week: dict[int, int], day: date) -> None:
    """Count a visit in its week."""
    in_week[_week(day)] = in_week.get(_week(day), 0) + 1


def _week(day: date) -> int:
    """The number of the week, Monday to Sunday, that a day lies in; day 1 of the calendar was a Monday."""
    return (day.toordinal() - 1) // _DAYS_A_WEEK


def _thinness(placed: list[tuple[date, int]], dose: Dose, numbers: BookingNumbers) -> tuple[PlanWarning, ...]:
    """Whether the course is drawn out beyond what the evidence rests on (planning.md 8.5)."""
    span = (placed[-1][0] - placed[0][0]).days
    wished = 0
    for place, phase in enumerate(dose.phases):
        gaps = phase.protocol_gap_days
        first = 1 if place == 0 else 0
        wished += sum(gaps[(visit - first) % len(gaps)] for visit in range(first, phase.sessions))
    over = span - wished
    if wished > 0 and over >= numbers.span_may_grow_days and 100 * over > numbers.span_may_grow_percent * wished:
        return (texts.course_thin(span, wished),)
    return ()
