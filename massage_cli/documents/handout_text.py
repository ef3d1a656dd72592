"""What a handout says, in plain words, whatever it is printed as. Health answers, findings and notes stay out of it."""

from collections.abc import Iterator
from itertools import groupby

from massage_cli.documents.body_map import BodyMap, body_map
from massage_cli.documents.kinds import Options
from massage_cli.documents.month_pages import MonthPage, month_pages
from massage_cli.documents.plain_words import CERTAINTY, POSITION, PRESSURE, day_words, gap_words, place_words, sentence, spelled
from massage_cli.documents.taper_picture import taper_picture, taper_words
from massage_cli.documents.visits import ScheduledVisit, schedule
from massage_cli.files.clean import clean_line
from massage_cli.files.plans.plan_document import PlanDocument, TechniqueEntry
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.texts import counted

_EMERGENCY, _DOCTOR = "emergency", "same-day-doctor"
_OFF = (VisitStatus.MISSED, VisitStatus.CANCELLED)
_PARTS = {
    "assess": "to ask and check",
    "warm-up": "to warm up",
    "main": "for the main work",
    "integrate": "to round off",
    "close": "to finish",
}


class Work(Value, frozen=True, kw_only=True):
    """One technique: its name, what is done in short, and what it is like."""

    name: str
    facts: str
    description: str


class Handout(Value, frozen=True, kw_only=True):
    """The texts and pictures of a handout; every text is on one line and without letters that steer."""

    client: str
    subject: str
    planned_on: str
    therapist: str
    phone: str
    schedule: tuple[str, ...]
    months: tuple[MonthPage, ...]
    taper: str
    taper_words: str
    map: BodyMap
    works: tuple[Work, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    care: tuple[str, ...]
    emergency: tuple[str, ...]
    doctor: tuple[str, ...]
    evidence: str
    edition: str


def handout_of(document: PlanDocument, knowledge: Knowledge, options: Options) -> Handout:
    """The handout of a plan; the alarm signs come from the knowledge, so that no plan can be without them."""
    visits = tuple(visit for visit in schedule(document) if visit.status not in _OFF)
    complaint = knowledge.complaint.get(document.intake.complaint or "")
    alarm = {line.id: line.text for line in knowledge.advice if line.id in (_EMERGENCY, _DOCTOR)}
    worked = [place for technique in document.techniques for place in technique.regions]
    days = [visit.date for visit in visits]
    return Handout(
        client=clean_line(document.intake.client),
        subject="" if complaint is None else complaint.name,
        planned_on=day_words(document.planned_on, american=options.letter_paper),
        therapist=clean_line(options.therapist or ""),
        phone=clean_line(options.phone or ""),
        schedule=tuple(_schedule(document, visits, options)),
        months=month_pages(visits, sunday_first=options.letter_paper),
        taper=taper_picture(days) if days else "",
        taper_words=taper_words(days) if days else "",
        map=body_map(map(clean_line, worked), map(clean_line, document.screening.avoid), knowledge),
        works=tuple(_work(technique, knowledge) for technique in document.techniques),
        limits=tuple(map(clean_line, _limits(document, knowledge))),
        notes=tuple(sentence(clean_line(line)) for line in document.screening.precautions),
        care=tuple(clean_line(line) for line in document.advice if line not in alarm.values()),
        emergency=(alarm[_EMERGENCY],) if _EMERGENCY in alarm else (),
        doctor=(alarm[_DOCTOR],) if _DOCTOR in alarm else (),
        evidence="" if document.protocol is None else CERTAINTY[document.protocol.certainty],
        edition=clean_line(document.edition),
    )


def _schedule(document: PlanDocument, visits: tuple[ScheduledVisit, ...], options: Options) -> Iterator[str]:
    american = options.letter_paper
    if not visits:
        yield "No visits are planned right now."
        return
    first, last = visits[0], visits[-1]
    number = counted(len(visits), "visit")
    if first is last:
        yield f"You have {number}, on {day_words(first.date, american=american)}."
    else:
        yield f"You have {number}, from {day_words(first.date, american=american)} to {day_words(last.date, american=american)}."
    alike = groupby(document.phases, key=lambda phase: gap_words(phase.gap_days))
    phases = [f"{counted(sum(phase.sessions for phase in group), 'visit')}, {gap}" for gap, group in alike]
    if len(visits) > 1 and sum(phase.sessions for phase in document.phases) == len(visits):
        yield f"The plan: {'; then '.join(phases)}."
    yield from _lengths(document)
    if options.at is not None:
        yield f"Visits start at {options.at:%H:%M}."
    if document.maintenance is not None and document.maintenance.offered:
        yield f"After that, you can come about every {document.maintenance.every_days} days if you like."


def _lengths(document: PlanDocument) -> Iterator[str]:
    minutes = [session.minutes for session in document.sessions]
    if not minutes:
        return
    usual = max(set(minutes), key=lambda length: (minutes.count(length), length))
    other = sorted({length for length in minutes[1:] if length != usual})
    yield f"A visit takes {usual} minutes" + (f", some {' or '.join(map(str, other))} minutes." if other else ".")
    if minutes[0] != usual and document.sessions[0].number == 1:
        yield f"The first one takes {minutes[0]} minutes."
    if document.outline:
        parts = [f"{entry.minutes} {_PARTS.get(entry.part, clean_line(entry.part))}" for entry in document.outline]
        yield f"Of these minutes: {', '.join(parts)}."


def _work(technique: TechniqueEntry, knowledge: Knowledge) -> Work:
    known = knowledge.technique.get(technique.id)
    places = clean_line(place_words(technique.regions, knowledge))
    return Work(
        name=clean_line(technique.name),
        facts=f"{technique.minutes} minutes, {PRESSURE[technique.pressure]} pressure: {places}.",
        description="" if known is None else spelled(known.description),
    )


def _limits(document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    """What is left alone, where only light pressure is used, and how the client lies; of the whole plan, not of one technique."""
    screening, body = document.screening, knowledge.body
    if screening.avoid:
        known = body.merge(place for place in screening.avoid if place in body.order)
        others = tuple(place for place in screening.avoid if place not in body.order)
        yield f"Left alone: {place_words((*known, *others), knowledge)}."
    if screening.pressure_max < max(PRESSURE):
        yield f"Everywhere: {PRESSURE[screening.pressure_max]} pressure at most."
    by_cap: dict[int, list[str]] = {}
    for place, cap in screening.pressure_max_at.items():
        if cap < screening.pressure_max and place not in screening.avoid and place in body.order:
            by_cap.setdefault(cap, []).append(place)
    for cap, places in sorted(by_cap.items()):
        yield f"{PRESSURE[cap].capitalize()} pressure at most: {place_words(body.merge(places), knowledge)}."
    if screening.minutes_max is not None:
        yield f"No visit is longer than {screening.minutes_max} minutes."
    yield from (POSITION[position] for position in screening.positions)
