"""The screen of a withheld client: what to do now, before anything else."""

from typing import assert_never

from massage_cli.files.plans.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind, Urgency
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display.paper import Paper

_MOST_QUESTIONS = 12
"""How many open questions are written out; a file with more was hardly begun."""


def worst_not_ruled_out(document: PlanDocument) -> Urgency | None:
    """How fast help would be due for what the client is unsure of, where that is faster than what is certain."""
    stopping = [finding for finding in document.screening.findings if finding.category in STOPPING]
    ranks = list(Urgency)
    unsure = min((ranks.index(finding.urgency) for finding in stopping if not finding.certain and finding.urgency), default=len(ranks))
    certain = min((ranks.index(finding.urgency) for finding in stopping if finding.certain and finding.urgency), default=len(ranks))
    return ranks[unsure] if unsure < certain else None


def draw_what_now(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> frozenset[str]:
    """Draw what to do now, with nothing in it that says how to treat; gives the rules it has told of.

    A danger that is certain or not ruled out comes first, whatever else withholds the plan.
    """
    paper.heading("What to do now")
    dangers = [finding for finding in document.screening.findings if finding.category in STOPPING]
    for finding in dangers:
        _draw_danger(finding, paper)
    told = frozenset(finding.rule for finding in dangers)
    match document.outcome:
        case OutcomeKind.REFER:
            return told if any(finding.certain for finding in dangers) else told | _draw_nowhere(document, knowledge, paper)
        case OutcomeKind.CLEARANCE:
            return told | _draw_clearance(document, knowledge, paper)
        case OutcomeKind.INCOMPLETE:
            _draw_questions(document, knowledge, paper)
        case OutcomeKind.NO_TECHNIQUE:
            paper.line("Ask for a technique by name (prefers), choose another region, or pass the client to a colleague.", indent=2)
        case OutcomeKind.CLEAR | OutcomeKind.RESTRICTED:
            pass
        case _:
            assert_never(document.outcome)
    return told


def _draw_danger(finding: FindingEntry, paper: Paper) -> None:
    urgency = "" if finding.urgency is None else f" ({spaced(finding.urgency)})"
    paper.line((finding.title, "bold"), urgency, indent=2)
    if not finding.certain:
        paper.line(("The client is unsure. Treat it as yes until it is ruled out; no note can stand in for the answer.", "bold"), indent=4)
    paper.line(finding.action, indent=4)
    paper.line((finding.reason, "dim"), indent=4)


def _draw_nowhere(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> frozenset[str]:
    """Why there is nowhere, or no position, to work in."""
    if not document.screening.avoid:
        paper.line("The client would have to lie on the side and sit at once; no position is left. Ask the physician.", indent=2)
        return frozenset()
    paper.line("Every region asked for has to be left alone. Ask for another region, or plan again when this has passed.", indent=2)
    paper.line("A yes without a place counts for every region asked for; name the place where it is known.", indent=2)
    closing = [finding for finding in document.screening.findings if _avoids(finding, knowledge)]
    for finding in closing:
        paper.line((finding.title, "bold"), indent=2)
        paper.line((finding.reason, "dim"), indent=4)
    return frozenset(finding.rule for finding in closing)


def _avoids(finding: FindingEntry, knowledge: Knowledge) -> bool:
    rule = knowledge.rule.get(finding.rule)
    return rule is not None and any(block.avoid for block in rule.at)


def _draw_clearance(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> frozenset[str]:
    findings = document.screening.findings
    needed = [finding for finding in findings if finding.category is Category.CLEARANCE and not finding.cleared]
    expired = {unused.rule for unused in document.screening.unused_clearances if unused.why == "expired"}
    for finding in needed:
        paper.line((finding.title, "bold"), indent=2)
        if finding.rule in expired:
            paper.line("The note on record is too old.", indent=4)
        paper.line(finding.action, indent=4)
        paper.line(f'Agreed? Record who and when with rule = "{finding.rule}" under [[clearances]].', indent=4)
        paper.line((finding.reason, "dim"), indent=4)
    protocol = document.protocol
    if protocol is not None:
        paper.line((protocol.name, "bold"), indent=2)
        if any(note.rule == protocol.id for note in document.intake.clearances):
            days = knowledge.numbers.choosing.protocol_clearance_days
            paper.line(f"The note on record is older than {days} days.", indent=4)
        paper.line("This course needs the agreement of the physician or surgeon in charge.", indent=4)
        paper.line(f'Agreed? Record who and when with rule = "{protocol.id}" under [[clearances]].', indent=4)
    return frozenset(finding.rule for finding in needed)


def _draw_questions(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    unanswered = document.screening.unanswered
    complaint = knowledge.complaint.get(document.intake.complaint_or_other)
    if complaint is not None and complaint.needs and set(unanswered) <= set(complaint.needs):
        paper.line(f"'{complaint.name}' is for clients of whom one of these is true, or might be; else name another complaint:", indent=2)
    else:
        paper.line(f"Answer {counted(len(unanswered), 'question')} under [health]:", indent=2)
    for fact_id in unanswered[:_MOST_QUESTIONS]:
        fact = knowledge.fact.get(fact_id)
        paper.line((fact_id, "bold"), indent=2)
        paper.line(fact_id if fact is None else fact.ask, indent=4)
    if len(unanswered) > _MOST_QUESTIONS:
        paper.line(f"and {len(unanswered) - _MOST_QUESTIONS} more; `massage questions` lists them all.", indent=2)
        paper.line('everything-else = "no" attests that all the others were asked and answered no.', indent=2)
