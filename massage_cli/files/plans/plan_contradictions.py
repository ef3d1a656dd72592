"""What no plan of this program says: a file that does was changed, and nothing is made of it."""

from collections.abc import Iterator

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import STOPPING, OutcomeKind
from massage_cli.planning.intake_problems import FIRST_DAY, LAST_DAY
from massage_cli.planning.lint.fault import Fault, FaultKind, fault


def contradictions(document: PlanDocument) -> Iterator[Fault]:
    """An outcome against its findings, visits for a withheld client, half a course, impossible dates."""
    stops = any(finding.certain and finding.category in STOPPING for finding in document.screening.findings)
    if stops and document.outcome is not OutcomeKind.REFER:
        found = f"'{document.outcome}' does not agree with the findings, one of which stops everything"
        yield fault(FaultKind.OUTCOME, "outcome", found, f"'{OutcomeKind.REFER}'")
    if document.outcome.withholds and (document.sessions or document.techniques or document.phases):
        found = "a withheld plan has no techniques, phases or sessions"
        yield fault(FaultKind.WITHHELD_SCHEDULE, "sessions", found, "nothing that says when or how to treat")
    together = {bool(document.sessions), bool(document.phases), bool(document.outline)}
    if document.version is None and len(together) > 1:
        yield fault(FaultKind.INCOMPLETE_PLAN, "sessions", "sessions, phases and outline go together", "all three, or none where withheld")
    if not all(phase.gap_days for phase in document.phases):
        yield fault(FaultKind.INCOMPLETE_PLAN, "phases", "a phase has no gap-days", "the days between visits")
    days = (
        document.planned_on,
        *(session.date for session in document.sessions),
        *document.holidays,
        *(visit.date for visit in document.visits),
        *(note.on for note in document.intake.clearances),
    )
    if not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        found = f"a date is not between {FIRST_DAY} and {LAST_DAY}"
        yield fault(FaultKind.NOT_A_DATE, "sessions", found, "a day of a course that can be")
