"""Whether another course in place of a built-in one is at least as careful: permission, rest, gaps, minutes, reviews."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import accumulate, cycle, islice

from massage_cli.knowledge.named import GENERAL_CHRONIC, INTENSIVE_CHRONIC, OTHER_COMPLAINT
from massage_cli.knowledge.numbers import Adaptation
from massage_cli.knowledge.overlay.tightening import Loosening
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.protocols import Complaint, Phase, Protocol, Upkeep
from massage_cli.knowledge.vocabulary import Condition

_NO_CAP = 5
_WINDOW_DAYS = 90
_NEVER = 10**6
_FILE = "complaints.toml"


def course_loosenings(new: Protocol, old: Protocol, numbers: Adaptation) -> Iterator[Loosening]:
    """Every key in which the new course allows more than the built-in one."""
    yield from _permission(new, old)
    yield from _rest(new, old)
    yield from _phases(new, old, numbers)
    yield from _reviews(new, old, numbers)
    yield from _upkeep(new.maintenance, old.maintenance, numbers)


def _permission(new: Protocol, old: Protocol) -> Iterator[Loosening]:
    if not old.needs_clearance:
        return
    if not new.needs_clearance:
        yield "needs-clearance", f"has to be true, as in '{old.id}': this course waits for permission"
    more = [rule for rule in new.cleared_by if rule not in old.cleared_by]
    if more:
        yield "cleared-by", f"takes the clearance of {', '.join(more)} for permission, which '{old.id}' does not; take it out"


def _rest(new: Protocol, old: Protocol) -> Iterator[Loosening]:
    if (new.pressure_max or _NO_CAP) > (old.pressure_max or _NO_CAP):
        yield "pressure-max", f"has to be {old.pressure_max} or less, as in '{old.id}'"
    if new.not_before_injury_day < old.not_before_injury_day:
        yield "not-before-injury-day", f"has to be {old.not_before_injury_day} or more, as in '{old.id}': injured tissue rests until then"
    if new.beyond_visit_cap and not old.beyond_visit_cap:
        yield "beyond-visit-cap", f"has to be false, as in '{old.id}': the most visits in 90 days hold here"


def _phases(new: Protocol, old: Protocol, numbers: Adaptation) -> Iterator[Loosening]:
    shortest, least = _shortest_gap(new), _shortest_gap(old)
    if shortest < least:
        yield "phase", f"has a gap of {shortest} days; the shortest may be {least} or more, as in '{old.id}'"
    elif _pace(new.phase[0]) > _pace(old.phase[0]):
        yield "phase", f"comes more often than '{old.id}'; its first phase may have gaps like {_cycle(old.phase[0])} days, or longer ones"
    longest, most = max(phase.minutes.typical for phase in new.phase), max(phase.minutes.max for phase in old.phase)
    if longest > most:
        yield "phase", f"has visits of {longest} minutes; {most} at most, as in '{old.id}'"
    visits = sum(phase.sessions_range[1] for phase in old.phase)
    if new.sessions_total > visits:
        yield "sessions-total", f"{new.sessions_total} visits are more than '{old.id}' ever has; {visits} at most"
    crowded, cap = visits_in_window(new), max(numbers.cap_visits_90_days, visits_in_window(old))
    if crowded > cap:
        yield "phase", f"has {crowded} visits in {_WINDOW_DAYS} days; {cap} at most"


def _shortest_gap(protocol: Protocol) -> int:
    return min(gap for phase in protocol.phase for gap in phase.gap_days)


def _pace(phase: Phase) -> Fraction:
    """Visits a day."""
    return Fraction(len(phase.gap_days), sum(phase.gap_days))


def _cycle(phase: Phase) -> str:
    return "-".join(map(str, phase.gap_days))


def visits_in_window(protocol: Protocol) -> int:
    """The most visits in any 90 days, when each is where its gap puts it."""
    gaps = [gap for phase in protocol.phase for gap in _gaps(phase, first=phase is protocol.phase[0])]
    days = tuple(accumulate(gaps, initial=0))
    return max(sum(first <= day < first + _WINDOW_DAYS for day in days) for first in days)


def _gaps(phase: Phase, *, first: bool) -> Iterator[int]:
    """The gap before each visit of a phase; the first visit of all has none."""
    return islice(cycle(phase.gap_days), max(0, phase.sessions - first))


def _reviews(new: Protocol, old: Protocol, numbers: Adaptation) -> Iterator[Loosening]:
    if new.stop_after > old.stop_after:
        yield "stop-after", f"{new.stop_after} is later than in '{old.id}'; without a gain the course stops after {old.stop_after} or fewer"
    for place, visit in enumerate(old.review_visits):
        if visit >= new.sessions_total:
            break
        if place >= len(new.review_visits) or new.review_visits[place] > visit:
            yield "review-visits", f"has review {place + 1} later than '{old.id}'; at visit {visit} or before"
            break
    if _visits_before_upkeep(new, numbers) < _visits_before_upkeep(old, numbers):
        names = ", ".join(numbers.upkeep_phases)
        yield "phase", f"calls a phase upkeep ({names}) earlier than '{old.id}'; reviews ask for less there, so give it another name"


def _visits_before_upkeep(protocol: Protocol, numbers: Adaptation) -> int:
    """How many visits are held to a gain; without upkeep all that there can be."""
    visits = 0
    for phase in protocol.phase:
        if phase.name in numbers.upkeep_phases:
            return visits
        visits += phase.sessions
    return _NEVER


def _upkeep(new: Upkeep, old: Upkeep, numbers: Adaptation) -> Iterator[Loosening]:
    if new.offer and not old.offer:
        yield "maintenance.offer", "has to be false: the built-in course ends without upkeep"
    elif new.offer and new.interval_days < old.interval_days:
        yield (
            "maintenance.interval-days",
            f"{new.interval_days} is closer than the built-in {old.interval_days}; give {old.interval_days} or more",
        )
    if _stretched(new, numbers) < _stretched(old, numbers):
        yield "maintenance.interval-days-range", f"has to go up to {_stretched(old, numbers)} days or more"


def _stretched(upkeep: Upkeep, numbers: Adaptation) -> int:
    """The gap that a steady course is stretched to (planning.md 11.1)."""
    longest, stretch = upkeep.interval_days_range[1], numbers.maintenance_stretch_days
    return min(stretch, longest) if longest > 0 else stretch


def complaint_problems(merged: Knowledge, built_in: Knowledge) -> Iterator[Problem]:
    """Complaints, own and built-in, that lead to a course less careful than the built-in knowledge has for the client."""
    for complaint in merged.complaints:
        known = built_in.complaint.get(complaint.id)
        if known is None:
            yield from _own(complaint, merged, built_in)
        elif known != complaint:
            yield from _needs(complaint, known)
            yield from _replaced(complaint, known, merged, built_in)


def _needs(complaint: Complaint, known: Complaint) -> Iterator[Problem]:
    if not _needs_as_much(complaint, known):
        message = f"has to name some of {', '.join(known.needs)}, and no others; more would let more clients in"
        yield Problem(file=_FILE, path=f"complaint.{complaint.id}.needs", message=message)


def _needs_as_much(complaint: Complaint, known: Complaint) -> bool:
    """One of the facts must be yes, so fewer of them ask for more; none at all asks for nothing."""
    return not known.needs or (bool(complaint.needs) and set(complaint.needs) <= set(known.needs))


def _replaced(complaint: Complaint, known: Complaint, merged: Knowledge, built_in: Knowledge) -> Iterator[Problem]:
    for condition in Condition:
        before = _led_to(known, condition, built_in)
        now = _led_to(complaint, condition, merged)
        path = f"complaint.{complaint.id}.protocols.{condition}"
        for message in dict.fromkeys(_less_careful(now, before, merged)):
            yield Problem(file=_FILE, path=path, value=now[0].id, message=message)


def _own(complaint: Complaint, merged: Knowledge, built_in: Knowledge) -> Iterator[Problem]:
    """A complaint of one's own may lead where some built-in one leads for the same condition, or to a course as careful as that."""
    for condition, name in complaint.protocols.items():
        now = _led_to(complaint, condition, merged)
        served = (each for each in built_in.complaints if _needs_as_much(complaint, each))
        if not any(_is_as_careful(now, _led_to(each, condition, built_in), merged) for each in served):
            for message in _why_not(now, condition, merged, built_in):
                yield Problem(file=_FILE, path=f"complaint.{complaint.id}.protocols.{condition}", value=name, message=message)


def _why_not(now: tuple[Protocol, ...], condition: Condition, merged: Knowledge, built_in: Knowledge) -> Iterable[str]:
    """What a complaint has to need for its course, where built-in ones lead there; else how that is less careful than the general one."""
    name = now[0].id
    needs = dict.fromkeys(fact for each in built_in.complaints if each.protocols.get(condition) == name for fact in each.needs)
    if needs:
        return [f"'{name}' is for clients who are known to need it; name {' or '.join(needs)} under needs"]
    return dict.fromkeys(_less_careful(now, _led_to(built_in.complaint[OTHER_COMPLAINT], condition, built_in), merged))


def _led_to(complaint: Complaint, condition: Condition, knowledge: Knowledge) -> tuple[Protocol, ...]:
    """The courses that a complaint may lead to (planning.md 2.1 and 2.2)."""
    name = complaint.protocols.get(condition) or knowledge.complaint[OTHER_COMPLAINT].protocols[condition]
    names = (name, INTENSIVE_CHRONIC) if name == GENERAL_CHRONIC else (name,)
    return tuple(knowledge.protocol[each] for each in names)


def _is_as_careful(now: tuple[Protocol, ...], before: tuple[Protocol, ...], knowledge: Knowledge) -> bool:
    return next(_less_careful(now, before, knowledge), None) is None


def _less_careful(now: tuple[Protocol, ...], before: tuple[Protocol, ...], knowledge: Knowledge) -> Iterator[str]:
    """Every way in which a course that is led to now allows more than one that was led to before, unless it was one of these."""
    allowed = {protocol.id for protocol in before}
    for new in (protocol for protocol in now if protocol.id not in allowed):
        for old in before:
            for key, message in course_loosenings(new, old, knowledge.numbers.adaptation):
                yield f"'{new.id}': {key} {message}"


def frail_minutes_problems(merged: Knowledge) -> Iterator[Problem]:
    """Courses whose visits would be too short for the frail to be planned at all."""
    numbers = merged.numbers
    for protocol in merged.protocols:
        for phase in protocol.phase:
            minutes = phase.minutes.typical * numbers.pressure.frail_minutes_percent // 100
            minutes -= minutes % numbers.pressure.frail_minutes_step
            if minutes < numbers.booking.shortest_minutes:
                message = (
                    f"phase {phase.name} leaves {minutes} minutes for the frail; a visit has {numbers.booking.shortest_minutes} or more"
                )
                yield Problem(file="protocols.toml", path=f"protocol.{protocol.id}.phase", message=message)
