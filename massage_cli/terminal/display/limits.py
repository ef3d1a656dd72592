"""What must not be done, and where; caps, positions and precautions."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import POSITION_WORDS
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper

_ALWAYS = "As always"
PRESSURE_WARNINGS = ("pressure-fresh", "pressure-first-visit")
"""Warnings that stand with the limits."""


def draw_limits(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw every limit: of the screening, of the notes it rests on, and of the pressure that this plan allows."""
    rows = list(_rows(document, knowledge))
    if rows:
        own = any(label not in ("", _ALWAYS) for label, _ in rows)
        paper.heading("Limits", style="bold red" if own else "bold")
        paper.rows(rows)


def _rows(document: PlanDocument, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    screening = document.screening
    if screening.avoid:
        yield "No work on", words.places(knowledge.body.merge(screening.avoid))
    everywhere = [entry.technique for entry in screening.exclusions if not entry.regions]
    if everywhere:
        yield "Do not use", _techniques(everywhere, knowledge)
    for where, techniques in _by_places(document, frozenset(everywhere)).items():
        yield f"On {words.places(knowledge.body.merge(where))}", f"no {_techniques(techniques, knowledge)}"
    yield from _labelled("Pressure", _pressure(document, knowledge))
    if screening.minutes_max is not None:
        yield "Time", f"{screening.minutes_max} minutes at most"
    if screening.positions:
        yield "Position", "; ".join(POSITION_WORDS[position] for position in screening.positions)
    pressure_now = (warning.text for warning in document.warnings if warning.id in PRESSURE_WARNINGS)
    yield from _labelled("Take care", (*pressure_now, *screening.precautions))
    yield from _labelled("Agreed", _agreements(document, knowledge))
    yield from _labelled(_ALWAYS, _sites(document, knowledge))


def _labelled(label: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The label beside the first line only."""
    for number, line in enumerate(lines):
        yield label if number == 0 else "", line


def _pressure(document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    screening = document.screening
    caps = [] if screening.pressure_max == NO_CAP else [f"{screening.pressure_max} at most, of {NO_CAP}"]
    caps += [f"{cap} at most on {words.places(knowledge.body.merge(places))}" for cap, places in _by_cap(document).items()]
    if caps:
        yield "; ".join(caps)


def _agreements(document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    """Who agreed to what, and until when that holds; limits where they are not among the precautions already."""
    cleared = {finding.rule: finding.title for finding in document.screening.findings if finding.cleared}
    for note in document.intake.clearances:
        if note.rule in cleared:
            title, days, limits = cleared[note.rule], knowledge.rule[note.rule].clearance_valid_days, ""
        elif document.protocol is not None and note.rule == document.protocol.id:
            title, days, limits = document.protocol.name, knowledge.numbers.choosing.protocol_clearance_days, note.limits or ""
        else:
            continue
        until = note.on + timedelta(days=days)
        late = "; later visits need it anew" if document.sessions and document.sessions[-1].date > until else ""
        yield f"{title}: {note.by}, {note.on}, holds until {until}{late}" + (f"; {limits}" if limits else "")


def _sites(document: PlanDocument, knowledge: Knowledge) -> Iterator[str]:
    """The endangerment sites inside the regions asked for, save those that are left alone for another reason."""
    sites = [site for site in knowledge.sites if site.id in document.screening.caution_sites and site.id not in document.screening.avoid]
    closed = ", ".join(site.name.lower() for site in sites if site.avoid)
    careful = ", ".join(site.name.lower() for site in sites if not site.avoid)
    if closed:
        yield f"no work at: {closed}"
    if careful:
        yield f"only broad, flat, light contact at: {careful}"


def _techniques(techniques: list[str], knowledge: Knowledge) -> str:
    return ", ".join(words.technique(technique, knowledge) for technique in techniques)


def _by_places(document: PlanDocument, everywhere: frozenset[str]) -> dict[tuple[str, ...], list[str]]:
    """Techniques that are out in some places only, gathered by these places; avoided places need no more words."""
    avoided = frozenset(document.screening.avoid)
    out: dict[str, list[str]] = {}
    for entry in document.screening.exclusions:
        if entry.regions and entry.technique not in everywhere:
            out.setdefault(entry.technique, []).extend(place for place in entry.regions if place not in avoided)
    gathered: dict[tuple[str, ...], list[str]] = {}
    for technique, places in out.items():
        if places:
            gathered.setdefault(tuple(places), []).append(technique)
    return gathered


def _by_cap(document: PlanDocument) -> dict[int, list[str]]:
    """Places with a cap of their own below the general one, gathered by cap, lowest first."""
    screening = document.screening
    gathered: dict[int, list[str]] = {}
    for place, cap in screening.pressure_max_at.items():
        if cap < screening.pressure_max and place not in screening.avoid:
            gathered.setdefault(cap, []).append(place)
    return dict(sorted(gathered.items()))
