"""Why: findings, warnings, measures, advice, sources, and what nobody has checked."""

from collections.abc import Collection

from massage_cli.files.plans.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.limits import PRESSURE_WARNINGS
from massage_cli.terminal.display.paper import Paper

_UNUSED = {"not-needed": "not needed: nothing was found that it would lift", "expired": "expired"}


def draw_warnings(document: PlanDocument, paper: Paper) -> None:
    """Draw what was lost against the protocol, and why."""
    told = () if document.outcome.withholds else PRESSURE_WARNINGS
    warnings = [warning for warning in document.warnings if warning.id not in told]
    if warnings:
        paper.heading("Keep in mind")
        for warning in warnings:
            paper.item(warning.text)


def draw_measures(document: PlanDocument, paper: Paper) -> None:
    """Draw the outcome measures with their smallest important change."""
    if not document.measures:
        return
    paper.heading("Measure", "at the first visit and at each review")
    for measure in document.measures:
        change = ""
        if measure.important_change is not None:
            change = f": a change of {measure.important_change:g} counts"
        elif measure.important_change_percent is not None:
            change = f": a change of {measure.important_change_percent} % counts"
        paper.item(f"{measure.name}{change}")


def draw_advice(document: PlanDocument, paper: Paper) -> None:
    """Draw the after-care lines."""
    if document.advice:
        paper.heading("Tell the client")
        for line in document.advice:
            paper.item(line)


def draw_findings(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw what was found, worst first, with reason and action; and the notes that do nothing."""
    findings = document.screening.findings
    if findings:
        paper.heading("Why", counted(len(findings), "finding"))
        for finding in findings:
            _draw_finding(finding, knowledge, paper)
            paper.line(finding.action, indent=4)
    _draw_unused(document, paper)


def draw_also_found(document: PlanDocument, told: Collection[str], knowledge: Knowledge, paper: Paper) -> None:
    """Draw, for a withheld client, the findings not told yet: why they matter, but not how to work with them."""
    findings = [finding for finding in document.screening.findings if finding.rule not in told]
    if findings:
        paper.heading("Also found", counted(len(findings), "finding"))
        for finding in findings:
            _draw_finding(finding, knowledge, paper)
    _draw_unused(document, paper)


def _draw_unused(document: PlanDocument, paper: Paper) -> None:
    for unused in document.screening.unused_clearances:
        paper.item(f"The note for {spaced(unused.rule)} does nothing: {_UNUSED.get(unused.why, unused.why)}.")


def _draw_finding(finding: FindingEntry, knowledge: Knowledge, paper: Paper) -> None:
    marks = [spaced(finding.category)]
    if not finding.certain:
        marks.append("client unsure")
    if finding.cleared:
        marks.append("cleared")
    if finding.regions:
        marks.append(words.places(knowledge.body.merge(finding.regions)))
    paper.line((finding.title, "bold"), f" ({'; '.join(marks)})", indent=2)
    paper.line(finding.reason, indent=4)


def draw_sources(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw what the plan rests on, and the keys of its sources."""
    protocol = document.protocol
    keys = [key for finding in document.screening.findings for key in finding.sources]
    if protocol is not None and not document.outcome.withholds:
        paper.heading("Rests on", f"{protocol.name}; certainty {spaced(protocol.certainty)}")
        paper.line(protocol.basis, indent=2)
        keys = [*protocol.sources, *(key for technique in document.techniques for key in technique.sources), *keys]
    if keys:
        paper.heading("Sources")
        for key in dict.fromkeys(keys):
            source = knowledge.source.get(key)
            paper.line((f"{key}  ", "bold"), "no longer in the knowledge" if source is None else source.citation, indent=2)


def draw_reminder(document: PlanDocument, knowledge: Knowledge, paper: Paper) -> None:
    """Draw what has to be kept in mind on every page."""
    paper.blank()
    reviewed = "" if document.reviewed_by_clinician else "No clinician has reviewed this knowledge. "
    paper.line((f"{reviewed}A licensed professional decides.", "bold"))
    if document.overlay is not None:
        paper.line((f"The clinic's own knowledge '{document.overlay}' was used.{_since(document, knowledge)}", "bold"))
    paper.line((f"Knowledge {document.edition}, massage {document.program}.", "dim"))


def _since(document: PlanDocument, knowledge: Knowledge) -> str:
    """Whether a clinic's own knowledge is still that which the plan was made with."""
    if knowledge.overlay is None or knowledge.overlay.name != document.overlay:
        return " It is not in use here, so its names and sources may be missing above."
    return "" if knowledge.overlay.digest == document.overlay_digest else " It has changed since."
