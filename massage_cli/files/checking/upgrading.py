"""What the knowledge at hand changes of plans that another edition made."""

from enum import StrEnum

from msgspec.structs import replace

from massage_cli.files.courses.course_file import has_ended
from massage_cli.files.intakes.intake_file import intake_problems
from massage_cli.files.own.own_knowledge import require_overlay, same_knowledge
from massage_cli.files.plans.changes import Change, changes_between
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import STOPPING, Category, OutcomeKind, Urgency
from massage_cli.planning.follow_up.visits import intake_of_now

_PREMISE = ("edition of the knowledge", "knowledge", "planned on")
"""What differs between any two editions, and says nothing about the client."""

_OF_THE_COURSE = ("phase ", "visit ", "recorded ", "part ", "decision", "warning ", "intake ")
"""What a course that has begun owes to its visits and reviews; a plan made anew knows nothing of them."""


_OF_THE_TREATMENT = ("technique ", "protocol", *_OF_THE_COURSE)
"""What a withheld plan has nothing of; that it is gone says how to treat, and not why nobody may."""


class Effect(StrEnum):
    """What another edition does to a client's plan, the most pressing first."""

    NOW_WITHHELD = "now-withheld"
    STILL_WITHHELD = "still-withheld"
    CHANGED = "changed"
    NOW_PLANNED = "now-planned"
    UNCHANGED = "unchanged"
    ENDED = "ended"


class Upgrade(Value, frozen=True, kw_only=True):
    """One client's newest plan beside what the knowledge at hand makes of the same answers on the same day.

    because: what withholds it now, with what to do
    """

    client: str
    path: str
    edition: str
    effect: Effect
    outcome: OutcomeKind
    urgency: Urgency | None = None
    because: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def upgrade_of(version: Version, knowledge: Knowledge) -> Upgrade:
    """What the knowledge at hand changes of a plan. Raises Unreadable where the intake does not go with it, or no day is open."""
    document = version.document
    require_overlay(document.overlay, knowledge, called=str(version.path))
    if document.decision is not None and has_ended(document, today=document.decision.on):
        return _upgrade(version, Effect.ENDED, document)
    if same_knowledge(document, knowledge):
        return _upgrade(version, Effect.UNCHANGED, document)
    anew = _planned_anew(document, knowledge, called=str(version.path))
    changes = tuple(change for change in changes_between(document, anew) if _matters(change, document, anew))
    return _upgrade(version, _effect(document, anew, changes), anew, changes)


def _planned_anew(document: PlanDocument, knowledge: Knowledge, *, called: str) -> PlanDocument:
    """The plan of the same day; of a course that has begun, that of the day of its last visit, with what was said at its visits."""
    on = max((document.planned_on, *(visit.date for visit in document.visits)))
    problems = intake_problems(document.intake, knowledge, on=on)
    if problems:
        message = "does not go with this edition of the knowledge: "
        raise Unreadable(
            Problem(file=called, path=f"intake.{problem.path}", value=problem.value, message=message + problem.message)
            for problem in problems
        )
    intake = intake_of_now(document.intake, document.visits, knowledge, on=on)
    pains = [visit.pain for visit in document.visits if visit.pain is not None]
    return plan_document(replace(intake, pain=pains[-1]) if pains else intake, knowledge, on=on, called=called)


def _matters(change: Change, document: PlanDocument, anew: PlanDocument) -> bool:
    if change.about in _PREMISE:
        return False
    if anew.outcome.withholds:
        return not change.about.startswith(_OF_THE_TREATMENT)
    if document.version is None:
        return True
    # techniques that a review replaced or eased are its own; one that the plan has and may no longer have is not
    came = change.about.startswith("technique ") and change.after is not None
    return not came and not change.about.startswith(_OF_THE_COURSE)


def _because(anew: PlanDocument) -> tuple[str, ...]:
    if not anew.outcome.withholds:
        return ()
    withholding = [
        f"{finding.title}: {finding.action}"
        for finding in anew.screening.findings
        if finding.category in STOPPING or (finding.category is Category.CLEARANCE and not finding.cleared)
    ]
    return tuple(withholding) or tuple(warning.text for warning in anew.warnings)


def _effect(document: PlanDocument, anew: PlanDocument, changes: tuple[Change, ...]) -> Effect:
    before, after = document.outcome.withholds, anew.outcome.withholds
    if after:
        return Effect.NOW_WITHHELD if not before else Effect.STILL_WITHHELD if changes else Effect.UNCHANGED
    if before:
        return Effect.NOW_PLANNED
    return Effect.CHANGED if changes else Effect.UNCHANGED


def _upgrade(version: Version, effect: Effect, anew: PlanDocument, changes: tuple[Change, ...] = ()) -> Upgrade:
    document = version.document
    return Upgrade(
        client=document.intake.client,
        path=str(version.path),
        edition=document.edition,
        effect=effect,
        outcome=anew.outcome,
        urgency=anew.urgency,
        because=_because(anew) if changes else (),
        changes=changes,
    )
