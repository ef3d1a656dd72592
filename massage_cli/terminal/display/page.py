"""The page of one document: the verdict first, then what binds the therapist, then the plan, then why."""

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.terminal.display.course import draw_course
from massage_cli.terminal.display.limits import draw_limits
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish
from massage_cli.terminal.display.reasons import (
    draw_advice,
    draw_also_found,
    draw_findings,
    draw_measures,
    draw_reminder,
    draw_sources,
    draw_warnings,
)
from massage_cli.terminal.display.review import draw_so_far
from massage_cli.terminal.display.session import draw_session
from massage_cli.terminal.display.verdict import draw_verdict, draw_verdict_line
from massage_cli.terminal.display.withheld import draw_what_now


def show(document: PlanDocument, knowledge: Knowledge) -> None:
    """Write the page of a document to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    draw(document, knowledge, paper)
    publish(paper)


def draw(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw a plan, a screening, or what to do now when the plan is withheld."""
    draw_verdict(document, knowledge, paper)
    draw_so_far(document, knowledge, paper)
    if document.outcome.withholds:
        told = draw_what_now(document, knowledge, paper)
        draw_warnings(document, paper)
        draw_also_found(document, told, knowledge, paper)
    else:
        draw_limits(document, knowledge, paper)
        draw_findings(document, knowledge, paper)
        if document.sessions and not document.stopped:
            draw_session(document, paper)
            draw_course(document, paper)
            draw_warnings(document, paper)
            draw_measures(document, paper)
            draw_advice(document, paper)
        draw_sources(document, knowledge, paper)
    draw_reminder(document, knowledge, paper)
    draw_verdict_line(document, paper)
