"""The screen of a withheld client: what to do now, before anything else."""

from massage_cli.files.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Category, OutcomeKind
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper

_STOPPING = (Category.RED_FLAG, Category.ABSOLUTE)
_MOST_QUESTIONS = 12
"""How many open questions are written out; a file with more was hardly begun."""


def draw_what_now(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> frozenset[str]:
    """Draw what to do now, with nothing in it that says how to treat; gives the rules it has told of."""
    paper.heading("What to do now")
    match document.outcome:
        case OutcomeKind.REFER:
            return _draw_stops(document, paper)
        case OutcomeKind.CLEARANCE:
            return _draw_clearance(document, paper)
        case OutcomeKind.INCOMPLETE:
            _draw_questions(document, knowledge, paper)
        case _:
            paper.line("Ask for a technique by name (prefers), choose another region, or pass the client to a colleague.", indent=2)
    return frozenset()


def _draw_stops(document: PlanDocument, paper: Paper) -> frozenset[str]:
    findings = document.screening.findings
    stops = [finding for finding in findings if finding.certain and finding.category in _STOPPING]
    if not stops and not document.screening.avoid:
        paper.line("The client would have to lie on the side and sit at once; no position is left. Ask the physician.", indent=2)
        return frozenset()
    if not stops:
        paper.line("Every region asked for has to be left alone. Ask for another region, or plan again when this has passed.", indent=2)
        stops = [finding for finding in findings if finding.regions]
    for finding in stops:
        paper.line((finding.title, "bold"), indent=2)
        paper.line(finding.action, indent=4)
        paper.line((finding.reason, "dim"), indent=4)
    return frozenset(finding.rule for finding in stops)


def _draw_clearance(document: PlanDocument, paper: Paper) -> frozenset[str]:
    needed = [finding for finding in document.screening.findings if _awaits(finding)]
    for finding in needed:
        paper.line((finding.title, "bold"), indent=2)
        if finding.category in _STOPPING:
            paper.line("The client is unsure. Find out first; no note can stand in for the answer.", indent=4)
        else:
            paper.line("A physician or midwife has to agree first.", indent=4)
            paper.line(f'{finding.action} Then record it with rule = "{finding.rule}" under [[clearances]].', indent=4)
        paper.line((finding.reason, "dim"), indent=4)
    if not needed and document.protocol is not None:
        paper.line((document.protocol.name, "bold"), indent=2)
        paper.line("This course needs the agreement of the physician or surgeon in charge.", indent=4)
        paper.line(f'Then record it with rule = "{document.protocol.id}" under [[clearances]].', indent=4)
    return frozenset(finding.rule for finding in needed)


def _awaits(finding: FindingEntry) -> bool:
    if finding.category in _STOPPING:
        return not finding.certain
    return finding.category is Category.CLEARANCE and not finding.cleared


def _draw_questions(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    unanswered = document.screening.unanswered
    paper.line(f"Answer {words.counted(len(unanswered), 'question', 'questions')} under [health]:", indent=2)
    for fact_id in unanswered[:_MOST_QUESTIONS]:
        fact = knowledge.fact.get(fact_id)
        paper.line((fact_id, "bold"), indent=2)
        paper.line(fact_id if fact is None else fact.ask, indent=4)
    if len(unanswered) > _MOST_QUESTIONS:
        paper.line(f"and {len(unanswered) - _MOST_QUESTIONS} more; `massage questions` lists them all.", indent=2)
        paper.line('everything-else = "no" attests that all the others were asked and answered no.', indent=2)
