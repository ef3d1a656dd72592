"""The verdict: one line that cannot be misread, and who and what it is about."""

from massage_cli.files.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper

_STYLE = {
    OutcomeKind.CLEAR: "bold black on green",
    OutcomeKind.RESTRICTED: "bold black on yellow",
    OutcomeKind.REFER: "bold white on red",
    OutcomeKind.CLEARANCE: "bold white on magenta",
    OutcomeKind.INCOMPLETE: "bold white on magenta",
    OutcomeKind.NO_TECHNIQUE: "bold white on magenta",
}
_SENTENCE = {
    OutcomeKind.CLEAR: ("GO", "Nothing found that limits the work."),
    OutcomeKind.RESTRICTED: ("GO WITH LIMITS", "Read the limits before you start."),
    OutcomeKind.CLEARANCE: ("WAIT", "Clearance is needed first. No session today."),
    OutcomeKind.INCOMPLETE: ("WAIT", "Questions are open. No plan until they are answered."),
    OutcomeKind.NO_TECHNIQUE: ("NO PLAN", "No technique of the protocol is left for this client."),
}
_REFER = {
    Urgency.EMERGENCY: ("STOP: EMERGENCY", "No session. The client needs emergency help now."),
    Urgency.SAME_DAY: ("STOP: SAME DAY", "No session. A doctor has to see the client today."),
    Urgency.SOON: ("STOP: SOON", "No session. A doctor has to see the client soon."),
    Urgency.DEFER: ("STOP: NOT NOW", "No session now. See what has to change first."),
}


def draw_verdict(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw the verdict, then the client, the reason and the course in a line each."""
    if document.outcome is OutcomeKind.REFER:
        label, sentence = _REFER[document.urgency or Urgency.DEFER]
    else:
        label, sentence = _SENTENCE[document.outcome]
    paper.line((f" {label} ", _STYLE[document.outcome]), " ", (sentence, "bold"))
    dot = f" {paper.signs.between} "
    paper.line(dot.join((document.intake.client, f"age {document.intake.age}", f"planned on {words.day(document.planned_on)}")))
    paper.line(dot.join(_reason(document, knowledge)))
    if document.sessions:
        paper.line(_summary(document))


def _reason(document: PlanDocument, knowledge: Knowledge) -> list[str]:
    intake = document.intake
    complaint = words.complaint(intake.complaint, knowledge)
    parts = [spaced(intake.condition) if complaint is None else f"{complaint}, {spaced(intake.condition)}"]
    parts.append(words.places(intake.regions))
    if intake.pain is not None:
        parts.append(f"pain {intake.pain} of 10")
    return parts


def _summary(document: PlanDocument) -> str:
    phases = ", then ".join(f"{phase.sessions} {words.every(phase.gap_days)}" for phase in document.phases)
    visits = words.counted(len(document.sessions), "visit", "visits")
    first, last = document.sessions[0], document.sessions[-1]
    if len(document.sessions) == 1:
        return f"{visits} of {first.minutes} minutes on {words.day(first.date)}"
    return f"{visits} ({phases}), {words.day(first.date)} to {words.day(last.date)}"
