"""What a plan would be otherwise: first that nothing of it is so, then the differences alone."""

from massage_cli.files.plans.supposed import Difference, WhatIf, in_short
from massage_cli.planning.supposing import DANGER, NOTICE
from massage_cli.planning.texts import counted
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish
from massage_cli.terminal.display.verdict import draw_verdict_line
from massage_cli.terminal.display.versions import draw_changes


def show_what_if(found: WhatIf) -> None:
    """Write what is supposed and what it changes to standard output."""
    paper = paper_for_stdout()
    draw_what_if(found, paper)
    publish(paper)


def draw_what_if(found: WhatIf, paper: Paper) -> None:
    """Draw the verdict as it is, what none of this is, and the differences of each supposition."""
    document = found.document
    paper.line(("As it is:", "bold"))
    draw_verdict_line(document, paper)
    dot = f" {paper.signs.between} "
    paper.line(dot.join((document.intake.client, f"planned on {document.planned_on}")))
    paper.blank()
    for sentence in NOTICE:
        paper.line(sentence)
    if found.danger:
        paper.line((DANGER, "bold red"))
    for one in found.differences:
        _draw(one, found, paper)
    if found.standing:
        paper.heading("Nothing is supposed of")
        for standing in found.standing:
            paper.item(f"{standing.words}")
    if not found.differences and not found.standing:
        paper.blank()
        paper.line(_nothing(found))
    paper.blank()
    paper.line(("No clinician has reviewed this knowledge. A licensed professional decides.", "bold"))


def _draw(one: Difference, found: WhatIf, paper: Paper) -> None:
    paper.blank()
    paper.line((one.supposition.words, "bold"))
    if one.problem is not None or one.document is None:
        paper.item(f"No plan could be made: {one.problem}")
        return
    if one.left_out:
        paper.item(f"Not asked then, so left out: {', '.join(one.left_out)}")
    if not one.changes:
        paper.item("Nothing would differ." if not found.untold else "Nothing that may be shown would differ.")
    draw_changes(in_short(one.changes, found.document, one.document), paper)
    if found.untold:
        paper.item("Nothing of how to treat is shown while the client's own plan says stop.")
    if found.document.outcome.withholds and not one.document.outcome.withholds:
        paper.item("This is no plan: the client's own stays withheld for as long as this is not true.")


def _nothing(found: WhatIf) -> str:
    count = len(found.document.screening.unanswered)
    if count:
        return f"{counted(count, 'question is', 'questions are')} open; ask the client. To try an answer: --set PATH=VALUE"
    return "No finding limits or withholds this plan. To try something else: --set PATH=VALUE"
