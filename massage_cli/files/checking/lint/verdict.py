"""Faults of what a plan file says about itself: outcome, urgency, ids, versions and what is recorded."""

from collections.abc import Container, Iterator
from datetime import date

from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.own.own_knowledge import same_knowledge
from massage_cli.files.plans.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind, Position, Urgency, VisitStatus
from massage_cli.planning.follow_up.visit_problems import visit_problems
from massage_cli.planning.follow_up.visits import Visit
from massage_cli.planning.lint.fault import Fault, FaultKind, fault

_DIGEST = "sha256:"


def verdict_faults(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Everything that is wrong with a plan's own account of itself."""
    for problem in intake_problems(document.intake, knowledge, on=document.planned_on):
        yield fault(FaultKind.INTAKE, f"intake.{problem.path}", problem.message, "an intake that this edition of the knowledge accepts")
    yield from _outcome(document, knowledge)
    yield from _urgency(document)
    yield from _ids(document, knowledge)
    yield from _chain(document)
    yield from _recorded(document, knowledge)
    if document.reviewed_by_clinician:
        yield fault(FaultKind.OUTCOME, "reviewed-by-clinician", "true", "false: no clinician has reviewed this knowledge")
    if not document.outcome.withholds and same_knowledge(document, knowledge):
        for line in knowledge.advice:
            if line.always and line.text not in document.advice:
                found = f"a line that every plan has is missing: {line.text}"
                yield fault(FaultKind.ADVICE_MISSING, "advice", found, "every alarm and after-care line of the knowledge")


def _stops(finding: FindingEntry) -> bool:
    return finding.certain and finding.category in STOPPING


def _waits(finding: FindingEntry) -> bool:
    return finding.category in STOPPING or (finding.category is Category.CLEARANCE and not finding.cleared)


def _outcome(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """The outcome against the findings, as screening.md 10 has it; what only planning withholds is taken as it is."""
    if document.outcome in _allowed(document, knowledge):
        return
    meant = " or ".join(sorted(_allowed(document, knowledge)))
    yield fault(FaultKind.OUTCOME, "outcome", f"'{document.outcome}' does not agree with the findings", meant)


def _allowed(document: PlanDocument, knowledge: Knowledge) -> frozenset[OutcomeKind]:
    screening = document.screening
    if any(map(_stops, screening.findings)) or _nowhere(document, knowledge):
        return frozenset({OutcomeKind.REFER})
    if screening.unanswered:
        return frozenset({OutcomeKind.INCOMPLETE})
    if any(map(_waits, screening.findings)):
        return frozenset({OutcomeKind.CLEARANCE})
    protocol = None if document.protocol is None else knowledge.protocol.get(document.protocol.id)
    allowed = {OutcomeKind.RESTRICTED if screening.findings else OutcomeKind.CLEAR}
    if document.protocol is not None:
        allowed.add(OutcomeKind.NO_TECHNIQUE)
    if protocol is not None and protocol.needs_clearance:
        allowed.add(OutcomeKind.CLEARANCE)
    return frozenset(allowed)


def _nowhere(document: PlanDocument, knowledge: Knowledge) -> bool:
    """True when every region asked for is to be avoided, or no position is left."""
    known = knowledge.body.places_of
    asked = {place for name in document.intake.regions for place in known.get(name, ())}
    avoided = {place for name in document.screening.avoid for place in known.get(name, ())}
    positions = document.screening.positions
    return (bool(asked) and asked <= avoided) or (Position.SIDE_LYING in positions and Position.SEATED in positions)


def _urgency(document: PlanDocument) -> Iterator[Fault]:
    due = [finding.urgency for finding in document.screening.findings if _stops(finding) and finding.urgency is not None]
    refers = document.outcome is OutcomeKind.REFER
    meant = min(due, key=tuple(Urgency).index, default=Urgency.DEFER) if refers else None
    if document.urgency != meant:
        found = f"'{document.urgency}'" if document.urgency is not None else "none is given"
        yield fault(FaultKind.URGENCY, "urgency", found, f"'{meant}', that of the worst finding" if meant else "no urgency unless referred")


def _ids(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    screening, places = document.screening, knowledge.body.places_of
    named: list[tuple[str, str, Container[str]]] = []
    if document.protocol is not None:
        named.append(("protocol.id", document.protocol.id, knowledge.protocol))
    for place, entry in enumerate(document.techniques):
        named.append((f"techniques[{place}].id", entry.id, knowledge.technique))
        named += [(f"techniques[{place}].regions", region, places) for region in entry.regions]
    for place, finding in enumerate(screening.findings):
        named.append((f"screening.findings[{place}].rule", finding.rule, knowledge.rule))
        named += [(f"screening.findings[{place}].regions", region, places) for region in finding.regions]
    for place, exclusion in enumerate(screening.exclusions):
        named.append((f"screening.exclusions[{place}].technique", exclusion.technique, knowledge.technique))
        named += [(f"screening.exclusions[{place}].because", rule, knowledge.rule) for rule in exclusion.because]
        named += [(f"screening.exclusions[{place}].regions", region, places) for region in exclusion.regions]
    named += [("screening.avoid", region, places) for region in screening.avoid]
    named += [("screening.pressure-max-at", region, places) for region in screening.pressure_max_at]
    named += [("screening.caution-sites", site, places) for site in screening.caution_sites]
    named += [("screening.unanswered", fact, knowledge.fact) for fact in screening.unanswered]
    named += [(f"measures[{place}].id", measure.id, knowledge.measure) for place, measure in enumerate(document.measures)]
    for path, name, known in named:
        if name not in known:
            yield fault(FaultKind.UNKNOWN_ID, path, f"'{name}' is not known", "an id of this edition of the knowledge")


def _chain(document: PlanDocument) -> Iterator[Fault]:
    later = document.version is not None
    if later != (document.parent is not None) or later != (document.parent_digest is not None):
        found = "version, parent and parent-digest do not stand together"
        yield fault(FaultKind.VERSION_CHAIN, "version", found, "all three in a later version, and none in the first")
    if document.parent_digest is not None and not document.parent_digest.startswith(_DIGEST):
        yield fault(FaultKind.VERSION_CHAIN, "parent-digest", "it is no digest", f"{_DIGEST} and 64 letters and digits")
    if not later and (document.visits or document.decision is not None):
        found = "a first version holds visits or a decision"
        yield fault(FaultKind.VERSION_CHAIN, "visits", found, "they are recorded in a version of their own")


def _is_of_an_earlier_version(problem: Problem, document: PlanDocument, recorded: Container[int]) -> bool:
    """True for what was right when it was recorded: a number that a review has changed since, or a day before the course was withheld."""
    if problem.path == "number":
        return problem.value not in recorded
    return problem.path == "date" and document.outcome.withholds


def _recorded(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    numbered: dict[int, Visit] = {}
    on_day: dict[date, Visit] = {}
    for place, visit in enumerate(document.visits):
        # one earlier record of the same number and one of the same day tell as much as all of them
        before = tuple(each for each in (numbered.get(visit.number), on_day.get(visit.date)) if each is not None)
        for problem in visit_problems(visit, before, document.sessions, knowledge, planned_on=document.planned_on, today=date.max):
            if not _is_of_an_earlier_version(problem, document, numbered):
                path = f"visits[{place}].{problem.path}"
                yield fault(FaultKind.VISIT_RECORD, path, problem.message, "a record that the plan and its other visits allow")
        numbered.setdefault(visit.number, visit)
        if visit.status is VisitStatus.ATTENDED:
            on_day.setdefault(visit.date, visit)
    decision = document.decision
    if decision is None:
        return
    seen = [visit.date for visit in document.visits if visit.number == decision.visit and visit.status is VisitStatus.ATTENDED]
    if (decision.on < document.planned_on and not document.outcome.withholds) or any(day > decision.on for day in seen):
        found = f"decided on {decision.on}, before what it rests on"
        yield fault(FaultKind.DECISION_DATE, "decision.on", found, "the day of the last visit looked at, or later")
    if decision.visit is not None and not seen:
        found = f"visit {decision.visit} was not attended"
        yield fault(FaultKind.DECISION_DATE, "decision.visit", found, "a visit that took place")
