"""How the client does, what is decided, and the rest of the course; and the figures of a whole course."""

import math
from collections.abc import Sequence

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Action, ProgressClass, VisitStatus
from massage_cli.planning.follow_up.progress import Progress, Scores
from massage_cli.planning.follow_up.review import Review
from massage_cli.planning.follow_up.visits import Visit, attended_of
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.course import draw_sessions
from massage_cli.terminal.display.paper import Paper

_TOP = 10
"""Pain is scored from 0 to 10."""
_STYLE = {Action.STOP_REFER: "bold white on red", Action.DISCHARGE: "bold black on green"}


def draw_review(done: Review, document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw the decision first, then what it rests on, then the visits to come."""
    decision = done.decision
    paper.line((f" {spaced(decision.action).upper()} ", _STYLE.get(decision.action, "bold")), f" {decision.because}")
    dot = f" {paper.signs.between} "
    attended = counted(done.attended, "visit attended", "visits attended")
    paper.line(dot.join((document.intake.client, f"reviewed on {words.day(done.on)}", attended)))
    draw_figures(document.visits, done.progress, knowledge, paper)
    if done.changed_techniques:
        paper.heading("From now on")
        for block in done.course.prescriptions:
            regions = words.places(knowledge.body.merge(block.candidate.regions))
            paper.item(f"{block.candidate.technique.name}: {block.minutes} minutes at pressure {block.pressure}, {regions}")
    paper.heading("Visits to come", counted(len(done.rest), "visit"))
    if not done.rest:
        paper.line("None.", indent=2)
    else:
        draw_sessions(done.rest, paper)
        if not paper.roomy:
            paper.line((f"number, day, phase, minutes; {paper.signs.review} with review", "dim"))
    for warning in done.warnings:
        paper.item(warning.text)
    if decision.sources:
        paper.heading("Rests on")
        for key in decision.sources:
            source = knowledge.source.get(key)
            paper.item(key if source is None else source.citation)
    paper.blank()
    paper.line("A proposal. You decide, together with the client; no clinician has reviewed these rules.")


def draw_figures(visits: Sequence[Visit], progress: Progress, knowledge: Knowledge, paper: Paper) -> None:
    """Draw the classes, the change in points, percent and important changes, and pain as a picture."""
    now = progress.now
    paper.heading("How it goes", spaced(now.class_))
    if now.pain.scores:
        paper.line(("Pain", "bold"), f": {_change(now.pain)}{_class(now.pain.class_)}", indent=2)
    if now.function is not None:
        steps = "" if now.function.steps is None else f"; {float(now.function.steps):.1f} times the smallest important change"
        change = _change(now.function)
        paper.line((now.function.measure.name, "bold"), f": {change}{steps}{_class(now.function.class_)}", indent=2)
    if now.soreness_hours is not None:
        paper.line(("Sore after the visit before", "bold"), f": {now.soreness_hours} hours", indent=2)
    paper.blank()
    draw_visits(visits, knowledge, paper)


def _change(scores: Scores) -> str:
    """The change from the first to the last score, in points and percent, rounded down as in the reason for a decision."""
    first, last = scores.baseline or 0, scores.last or 0
    if len(scores.scores) == 1:
        return f"{first:g}, the only score so far"
    if first == last:
        return f"{first:g} at first, {last:g} now, unchanged"
    percent = f", {math.floor(abs(100 * (first - last) / first))} percent {'less' if last < first else 'more'}" if first else ""
    points = "point" if abs(last - first) == 1 else "points"
    return f"{first:g} at first, {last:g} now ({last - first:+g} {points}{percent})"


def _class(found: ProgressClass | None) -> str:
    return "" if found is None else f"; {spaced(found)}"


def draw_visits(visits: Sequence[Visit], knowledge: Knowledge, paper: Paper) -> None:
    """Draw every visit recorded, with a bar for its pain."""
    for visit in visits:
        line = f"{visit.number:>2} {words.day(visit.date)}"
        if visit.status is not VisitStatus.ATTENDED:
            paper.line(f"{line}  {visit.status}", indent=2)
            continue
        if visit.pain is not None:
            bar = paper.signs.level * visit.pain + paper.signs.no_level * (_TOP - visit.pain)
            line += f"  {bar} {visit.pain}"
        if visit.measure is not None and visit.score is not None:
            measure = knowledge.measure.get(visit.measure)
            line += f"  {visit.measure if measure is None else measure.id} {visit.score:g}"
        paper.line(line, indent=2)


def draw_so_far(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw what has happened since the plan was made: the visits, and what the last review decided; nothing where nothing has."""
    if document.decision is not None or document.visits:
        paper.heading("So far", counted(len(attended_of(document.visits)), "visit attended", "visits attended"))
        draw_decision(document, paper)
        draw_visits(document.visits, knowledge, paper)


def draw_decision(document: PlanDocument, paper: Paper) -> None:
    """Draw what the last review decided, where there was one."""
    if document.decision is not None:
        decision = document.decision
        paper.line((f"{spaced(decision.action).upper()}", "bold"), f" on {words.day(decision.on)}: {decision.because}", indent=2)
