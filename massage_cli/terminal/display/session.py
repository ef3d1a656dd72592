"""One session: its outline, and the techniques with minutes, pressure, places and reasons."""

from massage_cli.files.plans.plan_document import PlanDocument, TechniqueEntry
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper


def draw_session(document: PlanDocument, paper: Paper) -> None:
    """Draw an ordinary visit of the first phase."""
    minutes = sum(entry.minutes for entry in document.outline)
    extra = document.sessions[0].minutes - minutes
    more = f"; the first visit {extra} more, for questions and tests" if extra else ""
    paper.heading("Session", f"{minutes} minutes, phase {document.phases[0].name}{more}")
    dash = f" {paper.signs.between} "
    paper.line(dash.join(f"{spaced(entry.part)} {entry.minutes}" for entry in document.outline), indent=2)
    for technique in document.techniques:
        _draw_technique(technique, paper)


def _draw_technique(technique: TechniqueEntry, paper: Paper) -> None:
    level = paper.signs.level * technique.pressure + paper.signs.no_level * (NO_CAP - technique.pressure)
    facts = f"{technique.minutes} min, pressure {technique.pressure} of {NO_CAP}"
    if paper.roomy:
        paper.line((technique.name, "bold"), f"  {facts} {level}", indent=2)
        paper.line(f"on {words.places(technique.regions)}", indent=4)
        paper.line((technique.because, "dim"), indent=4)
    else:
        paper.line((technique.name, "bold"), indent=2)
        paper.line(f"{facts} {level}", indent=4)
        paper.line(f"on {words.places(technique.regions)}", indent=4)
        paper.line((technique.because, "dim"), indent=4)
