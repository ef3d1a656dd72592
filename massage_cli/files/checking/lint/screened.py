"""Faults of a screening: what the answers in the same file ask for, and it does not say."""

from collections.abc import Iterator

from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.own.own_knowledge import same_knowledge
from massage_cli.files.plans.outcome_document import screening_entry
from massage_cli.files.plans.plan_document import PlanDocument, ScreeningEntry
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.lint.fault import Fault, FaultKind, fault
from massage_cli.planning.screening import screen

_EXPECTED = "everything that the answers of this file ask for"


def screening_faults(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Findings and limits that a first version lacks, screened again with the knowledge that made it; none where that is another."""
    intake, on = document.intake, document.planned_on
    if document.version is not None or not same_knowledge(document, knowledge) or intake_problems(intake, knowledge, on=on):
        return
    again = screening_entry(screen(intake, knowledge, on=on), knowledge, unanswered=())
    yield from _findings(document.screening, again)
    yield from _limits(document.screening, again)


def _findings(said: ScreeningEntry, again: ScreeningEntry) -> Iterator[Fault]:
    certain, found_at_all = {finding.rule for finding in said.findings if finding.certain}, {finding.rule for finding in said.findings}
    for finding in again.findings:
        if finding.rule not in (certain if finding.certain else found_at_all):
            found = f"the answers bring about '{finding.rule}', and it is not among the findings"
            yield fault(FaultKind.FINDING_MISSING, "screening.findings", found, _EXPECTED)
    excluded = {(entry.technique, entry.regions) for entry in said.exclusions}
    for entry in again.exclusions:
        if (entry.technique, entry.regions) not in excluded:
            found = f"{entry.technique} is not excluded, as {', '.join(entry.because)} asks for"
            yield fault(FaultKind.FINDING_MISSING, "screening.exclusions", found, _EXPECTED)


def _limits(said: ScreeningEntry, again: ScreeningEntry) -> Iterator[Fault]:
    treated = [place for place in again.avoid if place not in said.avoid]
    if treated:
        yield fault(FaultKind.FINDING_MISSING, "screening.avoid", f"{', '.join(treated)} may be treated", _EXPECTED)
    if said.pressure_max > again.pressure_max:
        found = f"pressure {said.pressure_max} at most"
        yield fault(FaultKind.FINDING_MISSING, "screening.pressure-max", found, f"{again.pressure_max} at most")
    for place, cap in again.pressure_max_at.items():
        if said.pressure_max_at.get(place, said.pressure_max) > cap:
            yield fault(FaultKind.FINDING_MISSING, f"screening.pressure-max-at.{place}", "no such cap", f"{cap} at most")
    if again.minutes_max is not None and (said.minutes_max is None or said.minutes_max > again.minutes_max):
        yield fault(FaultKind.FINDING_MISSING, "screening.minutes-max", f"{said.minutes_max}", f"{again.minutes_max} at most")
