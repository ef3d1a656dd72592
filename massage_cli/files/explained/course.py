"""Why the course is what it is: its phases, and the day of each visit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from massage_cli.files.explained.lines import line, told
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import PhaseEntry, SessionEntry
from massage_cli.knowledge.protocols import Phase
from massage_cli.planning.dose import fit_to_budget, widen
from massage_cli.planning.explaining.dates import PlacedDay, day_name, day_words, earliest_words, why_closed
from massage_cli.planning.explaining.dose import level_words, minutes_caps
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic, origins
from massage_cli.planning.texts import cycle

_CALENDAR = ("booking.start", "booking.weekdays", "booking.closed", "booking.holidays", "booking.max-per-week")


def explain_phases(again: Replay) -> Iterator[Explanation]:
    """Every value of every phase."""
    protocol = again.protocol
    if protocol is None:
        return
    own = {phase.name: phase for phase in protocol.phase}
    counts = fit_to_budget(tuple(phase.sessions for phase in protocol.phase), again.planned.intake.booking.max_sessions)
    planned = {phase.name: count for phase, count in zip(protocol.phase, counts, strict=True)}
    for place, entry in enumerate(again.document.phases):
        phase = own.get(entry.name)
        yield from _phase(f"phases[{place}]", entry, phase, planned.get(entry.name, entry.sessions), again)


def _phase(path: str, entry: PhaseEntry, phase: Phase | None, planned: int, again: Replay) -> Iterator[Explanation]:
    visits, gaps, minutes = _visits(entry, phase, planned, again), _gaps(entry, phase, again), _minutes(entry, phase, again)
    origin = phase.origin if phase is not None else None
    rests: dict[str, Any] = {"id": entry.name, "sources": () if again.protocol is None else again.protocol.sources}
    letters: dict[str, Any] = {"origin": () if origin is None else origins((*origin.sessions, *origin.frequency))}
    whole = f"{entry.name}: {entry.sessions} visits, gaps of {cycle(entry.gap_days)} days, {entry.minutes} minutes"
    yield Explanation(path=path, topic=Topic.COURSE, what=whole, because=(*visits, *gaps, *minutes), main=True, **rests, **letters)
    yield line(Topic.COURSE, f"{path}.name", entry.name, "The name of the phase in the protocol.", **rests)
    budget, week = told("booking.max-sessions", again.planned), told("booking.max-per-week", again.planned)
    origin_of = {key: () if origin is None else origins(getattr(origin, key)) for key in ("sessions", "frequency", "minutes")}
    yield line(Topic.COURSE, f"{path}.sessions", entry.sessions, *visits, answers=(budget,), origin=origin_of["sessions"], **rests)
    for number, gap in enumerate(entry.gap_days):
        key = f"{path}.gap-days[{number}]"
        yield line(Topic.COURSE, key, gap, *gaps, answers=(week,), origin=origin_of["frequency"], **rests)
    offered = (told("booking.minutes", again.planned), again.planned.told("age"))
    yield line(Topic.COURSE, f"{path}.minutes", entry.minutes, *minutes, answers=offered, origin=origin_of["minutes"], **rests)
    yield line(Topic.COURSE, f"{path}.first", entry.first, "The day of its first visit.", **rests)
    yield line(Topic.COURSE, f"{path}.last", entry.last, "The day of its last visit.", **rests)


def _visits(entry: PhaseEntry, phase: Phase | None, planned: int, again: Replay) -> tuple[str, ...]:
    if phase is None:
        return (f"{entry.sessions} visits.",)
    sentences = [f"The protocol has {phase.sessions} visits of this phase."]
    if planned < phase.sessions:
        sentences.append(f"{again.planned.intake.booking.max_sessions} visits are paid for in all, which leaves {planned} here.")
    if entry.sessions != planned:
        sentences.append(f"A review since has made them {entry.sessions}.")
    return tuple(sentences)


def _gaps(entry: PhaseEntry, phase: Phase | None, again: Replay) -> tuple[str, ...]:
    if phase is None:
        return (f"Gaps of {cycle(entry.gap_days)} days.",)
    sentences, wanted = [f"Its gaps are {cycle(phase.gap_days)} days."], again.planned.intake.booking.max_per_week
    if widen(phase.gap_days, wanted) != phase.gap_days:
        sentences.append(f"{wanted} a week at most are wanted, so {cycle(widen(phase.gap_days, wanted))}.")
    if entry.gap_days != widen(phase.gap_days, wanted):
        sentences.append(f"A review since has made them {cycle(entry.gap_days)}.")
    return tuple(sentences)


def _minutes(entry: PhaseEntry, phase: Phase | None, again: Replay) -> tuple[str, ...]:
    if phase is None:
        return (f"{entry.minutes} minutes a visit.",)
    caps = minutes_caps(phase, again.planned)
    least = min(cap.level for cap in caps)
    words = f"Minutes of a visit: {level_words(caps)}"
    return (words,) if entry.minutes == least else (words, f"A visit or review since has made them {entry.minutes}.")


def explain_sessions(again: Replay) -> Iterator[Explanation]:
    """Every value of every visit of the plan; above all why it falls on its day."""
    calendar = tuple(answer for key in _CALENDAR if (answer := told(key, again.planned)).said != "not given")
    before: list[SessionEntry | None] = [None, *again.document.sessions]
    for place, (earlier, session) in enumerate(pairwise(before)):
        if session is not None:
            yield from _session(f"sessions[{place}]", session, earlier, calendar, again)
    code = again.document.intake.booking.holidays
    for place, day in enumerate(again.document.holidays):
        because = f"A public holiday of {code} between the first and the last visit; it is kept free."
        yield line(Topic.VISITS, f"holidays[{place}]", day, because, answers=(told("booking.holidays", again.planned),))


def _session(
    path: str, session: SessionEntry, earlier: SessionEntry | None, calendar: tuple[Told, ...], again: Replay
) -> Iterator[Explanation]:
    why = _day(session, earlier, again)
    rests: dict[str, Any] = {"id": str(session.number)}
    what = f"visit {session.number}: {day_name(session.date)}"
    yield Explanation(path=path, topic=Topic.VISITS, what=what, because=why, main=True, answers=calendar, **rests)
    yield line(Topic.VISITS, f"{path}.number", session.number, "Visits are counted through, in order of their days.", **rests)
    yield line(Topic.VISITS, f"{path}.date", session.date, *why, answers=calendar, **rests)
    phase = f"The phase that visit {session.number} belongs to, by the visits of each phase."
    yield line(Topic.VISITS, f"{path}.phase", session.phase, phase, **rests)
    yield line(Topic.VISITS, f"{path}.minutes", session.minutes, *_length(session, again), **rests)
    yield line(Topic.VISITS, f"{path}.review", session.review, _review(session, again), **rests)


def _placed(session: SessionEntry, again: Replay) -> PlacedDay | None:
    """The steps to a visit's day, where it is the day that planning gave it."""
    placed = () if again.days is None else again.days.placed
    number = session.number - 1
    return placed[number] if 0 <= number < len(placed) and placed[number].day == session.date else None


def _day(session: SessionEntry, earlier: SessionEntry | None, again: Replay) -> tuple[str, ...]:
    placed, days = _placed(session, again), again.days
    if placed is not None and days is not None and again.choice is not None:
        words = day_words(placed)
        if placed.gap_days is not None:
            return words
        return (*earliest_words(days.earliest, again.planned.intake, again.choice.case, on=again.planned.on), *words)
    decision = again.document.decision
    moved = "By the knowledge at hand it would fall on another day."
    if decision is not None:
        moved = f"A review has placed it anew; the last one was on {decision.on}."
    since = "" if earlier is None else f" It is {(session.date - earlier.date).days} days after visit {earlier.number}."
    closed = None if days is None else why_closed(session.date, days.calendar)
    state = "The day is open." if closed is None else f"By the booking: {closed}."
    gaps = {phase.name: cycle(phase.gap_days) for phase in again.document.phases}
    return (f"{moved}{since}", f"Gaps of its phase: {gaps.get(session.phase, 'not known')} days. {state}")


def _length(session: SessionEntry, again: Replay) -> tuple[str, ...]:
    usual = {phase.name: phase.minutes for phase in again.document.phases}.get(session.phase, session.minutes)
    words = f"A visit of phase {session.phase} has {usual} minutes"
    if session.minutes > usual:
        return (f"{words}; the first visit has {session.minutes - usual} more, for questions and tests.",)
    if session.minutes < usual:
        return (f"{words}; this one was made shorter since.",)
    return (f"{words}.",)


def _review(session: SessionEntry, again: Replay) -> str:
    protocol = again.protocol
    visits = () if protocol is None else protocol.review_visits
    if session.number == again.document.sessions[-1].number:
        return "The last visit is a review."
    if session.review and session.number in visits:
        return f"The protocol reviews at visits {', '.join(map(str, visits))}."
    if session.review:
        return "Placed by a review since, which counts visits attended."
    return f"No review: those are at visits {', '.join(map(str, visits))} and at the last."
