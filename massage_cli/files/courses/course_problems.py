"""What keeps the course of a plan file from being worked on: it is withheld, or does not go with this knowledge."""

from collections.abc import Iterator

from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.own.own_knowledge import overlay_problem
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.planning.intake_problems import reply_problems

_ANEW = "plan the client anew"


def course_problems(document: PlanDocument, knowledge: Knowledge) -> tuple[Problem, ...]:
    """Everything that keeps a course from being worked on; a plan of this program and knowledge has nothing of it."""
    if document.outcome.withholds:
        message = f"the plan is withheld, so there is no course; {_ANEW} when the reason is gone"
        return (Problem(path="outcome", value=str(document.outcome), message=message),)
    other = overlay_problem(document.overlay, knowledge)
    if other is not None:
        return (other,)
    return (*_intake(document, knowledge), *_plan(document, knowledge), *_phases(document), *_visits(document, knowledge))


def _intake(document: PlanDocument, knowledge: Knowledge) -> Iterator[Problem]:
    for problem in intake_problems(document.intake, knowledge, on=document.planned_on):
        yield replace(problem, path=f"intake.{problem.path}")


def _plan(document: PlanDocument, knowledge: Knowledge) -> Iterator[Problem]:
    protocol = None if document.protocol is None else document.protocol.id
    techniques = {technique.id for technique in document.techniques}
    regions = {region for technique in document.techniques for region in technique.regions}
    if protocol not in knowledge.protocol or not techniques <= knowledge.technique.keys() or not regions <= knowledge.body.places_of.keys():
        message = f"this edition of the knowledge does not have everything that the plan names; {_ANEW}"
        yield Problem(path="protocol", value=protocol, message=message)


def _phases(document: PlanDocument) -> Iterator[Problem]:
    phases = {phase.name for phase in document.phases}
    if not phases or any(session.phase not in phases for session in document.sessions):
        yield Problem(path="phases", message="a visit is in none of the phases; the file was changed")


def _visits(document: PlanDocument, knowledge: Knowledge) -> Iterator[Problem]:
    for place, visit in enumerate(document.visits):
        if visit.measure is not None and visit.measure not in knowledge.measure:
            message = f"'{visit.measure}' is not a measure of this edition of the knowledge"
            yield Problem(path=f"visits[{place}].measure", value=visit.measure, message=message)
        for problem in reply_problems(visit.health, knowledge):
            yield replace(problem, path=f"visits[{place}].{problem.path}")
