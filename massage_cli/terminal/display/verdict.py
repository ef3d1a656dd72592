"""The verdict: one line that cannot be misread, and who and what it is about."""

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Action, OutcomeKind, Urgency
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.display.withheld import worst_not_ruled_out

_STYLE = {
    OutcomeKind.CLEAR: "bold black on green",
    OutcomeKind.RESTRICTED: "bold black on yellow",
    OutcomeKind.REFER: "bold white on red",
    OutcomeKind.CLEARANCE: "bold white on magenta",
    OutcomeKind.INCOMPLETE: "bold white on magenta",
    OutcomeKind.NO_TECHNIQUE: "bold white on magenta",
}
_SENTENCE = {
    OutcomeKind.CLEAR: ("GO", "Screening found nothing that limits the work."),
    OutcomeKind.RESTRICTED: ("GO WITH LIMITS", "Read the limits before you start."),
    OutcomeKind.CLEARANCE: ("WAIT", "Clearance is needed first. No session today."),
    OutcomeKind.INCOMPLETE: ("WAIT", "Questions are open. No plan until they are answered."),
    OutcomeKind.NO_TECHNIQUE: ("NO PLAN", "No technique of the protocol is left for this client."),
}
_SCREENED = {
    OutcomeKind.CLEAR: ("SCREENED", "Nothing found that limits the work. This is no plan yet."),
    OutcomeKind.RESTRICTED: ("SCREENED: LIMITS", "Only within the limits below. This is no plan yet."),
}
_NOT_RULED_OUT = {
    Urgency.EMERGENCY: ("DANGER NOT RULED OUT", "An emergency sign is unsure: treat it as yes until it is ruled out."),
    Urgency.SAME_DAY: ("DANGER NOT RULED OUT", "A sign that needs a doctor today is unsure: treat it as yes until it is ruled out."),
    Urgency.SOON: ("NOT RULED OUT", "A sign that needs a doctor is unsure: find out first."),
    Urgency.DEFER: ("NOT RULED OUT", "Something that forbids a session now is unsure: find out first."),
}
_REFER = {
    Urgency.EMERGENCY: ("STOP: EMERGENCY", "No session. The client needs emergency help now."),
    Urgency.SAME_DAY: ("STOP: SAME DAY", "No session. A doctor has to see the client today."),
    Urgency.SOON: ("STOP: SOON", "No session. A doctor has to see the client soon."),
    Urgency.DEFER: ("STOP: NOT NOW", "No session now. See what has to change first."),
}


_ENDED = {
    Action.STOP_REFER: ("STOP", "The course was stopped at its review: screen again and refer.", OutcomeKind.REFER),
    Action.DISCHARGE: ("DISCHARGE", "The course has reached its end; no visit follows those below.", OutcomeKind.CLEAR),
}


def draw_verdict(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw the verdict, then the client, the reason and the course in a line each."""
    draw_verdict_line(document, paper)
    dot = f" {paper.signs.between} "
    paper.line(dot.join((document.intake.client, f"age {document.intake.age}", f"planned on {words.day(document.planned_on)}")))
    paper.line(dot.join(_reason(document, knowledge)))
    if document.sessions:
        paper.line(_summary(document))
    if not (document.outcome.withholds or document.stopped):
        paper.line("The screening holds for that day only: ask the questions of each visit again before every session.")


def draw_verdict_line(document: PlanDocument, paper: Paper) -> None:
    """Draw the verdict alone; a danger that is not ruled out is part of it, and so is the end of a course."""
    ended = None if document.decision is None or document.outcome.withholds else _ENDED.get(document.decision.action)
    if ended is not None:
        label, sentence, kind = ended
        paper.line((f" {label} ", _STYLE[kind]), " ", (sentence, "bold"))
        return
    unsure = worst_not_ruled_out(document)
    if document.outcome is OutcomeKind.REFER:
        label, sentence = _REFER[document.urgency or Urgency.DEFER]
        paper.line((f" {label} ", _STYLE[document.outcome]), " ", (sentence, "bold"))
    if unsure is not None:
        label, sentence = _NOT_RULED_OUT[unsure]
        paper.line((f" {label} ", _STYLE[OutcomeKind.REFER]), " ", (sentence, "bold"))
    if document.outcome is not OutcomeKind.REFER and unsure is None:
        planned = document.outcome.withholds or document.sessions
        label, sentence = (_SENTENCE if planned else _SCREENED)[document.outcome]
        paper.line((f" {label} ", _STYLE[document.outcome]), " ", (sentence, "bold"))


def _reason(document: PlanDocument, knowledge: Knowledge) -> list[str]:
    intake = document.intake
    complaint = words.complaint(intake.complaint, knowledge)
    parts = [spaced(intake.condition).capitalize() if complaint is None else f"{complaint}, {spaced(intake.condition)}"]
    parts.append(words.places(intake.regions))
    if intake.pain is not None:
        parts.append(f"pain {intake.pain} of 10")
    return parts


def _summary(document: PlanDocument) -> str:
    phases = ", then ".join(f"{phase.sessions} {words.every(phase.gap_days)}" for phase in document.phases)
    visits = counted(len(document.sessions), "visit")
    first, last = document.sessions[0], document.sessions[-1]
    if len(document.sessions) == 1:
        return f"{visits} of {first.minutes} minutes on {words.day(first.date)}"
    return f"{visits} ({phases}), {words.day(first.date)} to {words.day(last.date)}"
