"""What must not be done, and where; caps, positions and precautions."""

from collections.abc import Iterator

from massage_cli.files.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Position
from massage_cli.planning.limits import NO_CAP
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper

_POSITION_WORDS = {
    Position.NO_PRONE: "not face down",
    Position.NO_SUPINE_FLAT: "not flat on the back",
    Position.SIDE_LYING: "lying on the side",
    Position.SEATED: "seated",
    Position.HEAD_RAISED: "head raised, never flat",
}


def draw_limits(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw every limit, or nothing at all where the client has none of their own but the caution sites."""
    rows = list(_rows(document, knowledge))
    if rows:
        paper.heading("Limits", style="bold red" if len(rows) > 1 else "bold")
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
    if screening.pressure_max < NO_CAP:
        yield "Pressure", f"{screening.pressure_max} at most, of 5"
    for cap, capped in _by_cap(document).items():
        yield f"Pressure {cap}", f"at most on {words.places(knowledge.body.merge(capped))}"
    if screening.minutes_max is not None:
        yield "Time", f"{screening.minutes_max} minutes at most"
    if screening.positions:
        yield "Position", "; ".join(_POSITION_WORDS[position] for position in screening.positions)
    for line in screening.precautions:
        yield "Take care", line
    if screening.caution_sites:
        sites = ", ".join(words.site(site, knowledge) for site in screening.caution_sites)
        yield "As always", f"only broad, light contact at: {sites}"


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
