"""Versions of a plan: what differs, how they followed each other, and the course summed up."""

import itertools
from collections.abc import Sequence

from massage_cli.files.courses.summary import Summary
from massage_cli.files.plans.changes import Change, changes_between
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish
from massage_cli.terminal.display.review import draw_decision, draw_visits

_SILENT = ("knowledge",)
"""Digests say nothing to a person."""


def show_differences(changes: Sequence[Change]) -> None:
    """Write every difference to standard output, in words."""
    paper = paper_for_stdout()
    if not changes:
        paper.line("The plans say the same.")
    draw_changes(changes, paper)
    publish(paper)


def draw_changes(changes: Sequence[Change], paper: Paper) -> None:
    """Draw each difference as a line of a list."""
    for change in changes:
        if change.about in _SILENT:
            paper.item("The knowledge is another one.")
        elif change.before is None:
            paper.item(f"New: {change.about}: {change.after}")
        elif change.after is None:
            paper.item(f"Gone: {change.about}: {change.before}")
        else:
            paper.item(f"{change.about}: {change.after}; it was: {change.before}")


def show_versions(versions: Sequence[Version], knowledge: Knowledge) -> None:
    """Write the history to standard output: each version with what it brought, then the visits."""
    paper = paper_for_stdout()
    first = versions[0].document
    paper.line((first.intake.client, "bold"), f": {counted(len(versions), 'version')}, planned on {words.day(first.planned_on)}")
    for before, version in itertools.pairwise(versions):
        paper.heading(f"Version {version.number}", version.path.name)
        draw_changes(changes_between(before.document, version.document), paper)
    last = versions[-1].document
    if last.visits:
        paper.heading("Visits")
        draw_visits(last.visits, knowledge, paper)
    publish(paper)


def show_summary(summary: Summary, document: PlanDocument, knowledge: Knowledge) -> None:
    """Write the course in figures to standard output."""
    paper = paper_for_stdout()
    paper.line(("Summary of the course", "bold"), f"  {summary.client}, {words.day(summary.on)}")
    rows = [("Protocol", summary.protocol)]
    if summary.first is not None and summary.last is not None:
        rows.append(("From", f"{words.day(summary.first)} to {words.day(summary.last)}"))
    rows.append(
        ("Visits", f"{summary.attended} attended, {summary.missed} missed, {summary.cancelled} cancelled, of {summary.planned} planned")
    )
    rows.append(("Work", f"{summary.minutes} minutes"))
    for label, change in (("Pain", summary.pain), ("Function", summary.function)):
        if change is not None:
            name = "" if label == "Pain" else f"{change.name}: "
            found = "" if change.class_ is None else f" ({spaced(change.class_)})"
            rows.append((label, f"{name}{change.first:g} at first, {change.last:g} at last{found}"))
    rows.append(("In all", spaced(summary.class_)))
    paper.rows(rows)
    draw_decision(document, paper)
    if document.visits:
        paper.heading("Visits")
        draw_visits(document.visits, knowledge, paper)
    paper.blank()
    paper.line("Figures as recorded; they say nothing about the cause. No clinician has reviewed them.")
    publish(paper)
