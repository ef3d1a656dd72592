"""The plan as Markdown, for a record that takes it."""

import re

from massage_cli.documents.kinds import Options
from massage_cli.documents.visits import ScheduledVisit, schedule
from massage_cli.files.clean import one_line
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import listed, spaced

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#!|~&^$@]|:(?=//)|(?<=www)\.|^[-+=])", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)([.)])")


def inert(text: str) -> str:
    """Text of others on one line, in which no letter means anything to Markdown or HTML."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def markdown(document: PlanDocument, _knowledge: Knowledge, _options: Options) -> bytes:
    """The plan in headings, lists and one table of visits."""
    intake = document.intake
    protocol = "" if document.protocol is None else document.protocol.name
    lines = [
        f"# Plan for {inert(intake.client)}",
        "",
        f"Planned on {document.planned_on}, edition {inert(document.edition)} of the knowledge. {inert(protocol)}.",
        "No clinician has reviewed this knowledge; a licensed professional decides.",
        "",
        f"- Condition: {spaced(intake.condition)}",
        f"- Regions: {inert(listed(intake.regions))}",
        *([f"- Pain: {intake.pain} of 10"] if intake.pain is not None else []),
        *([f"- Goals: {listed(intake.goals)}"] if intake.goals else []),
        *_limits(document),
        "",
        "## Session",
        "",
        *(
            f"- {inert(technique.name)}: {technique.minutes} minutes at pressure {technique.pressure} of 5,"
            f" {inert(listed(technique.regions))}. {inert(technique.because)}"
            for technique in document.techniques
        ),
        "",
        "## Visits",
        "",
        "| visit | date | phase | minutes | |",
        "| --- | --- | --- | --- | --- |",
        *(_row(visit) for visit in schedule(document)),
        "",
        *(f"- {inert(warning.text)}" for warning in document.warnings),
    ]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _row(visit: ScheduledVisit) -> str:
    remark = visit.status or ("review" if visit.review else "")
    return f"| {visit.number} | {visit.date} | {inert(visit.phase)} | {visit.minutes} | {remark} |"


def _limits(document: PlanDocument) -> list[str]:
    screening = document.screening
    found = [f"- Found: {inert(finding.title)}" for finding in screening.findings]
    lines = [*found, *(f"- Take care: {inert(line)}" for line in screening.precautions)]
    if screening.avoid:
        lines.append(f"- No work on: {inert(listed(screening.avoid))}")
    return lines
