"""What a plan would be otherwise: the differences that each supposition makes, and nothing of how to treat where none may be told."""

from datetime import date

import msgspec

from massage_cli.files.intakes.values_set import with_values
from massage_cli.files.plans.changes import Change, changes_between
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.answers import Answers
from massage_cli.planning.follow_up.visits import without_unasked
from massage_cli.planning.screening import screen
from massage_cli.planning.supposing import Standing, Supposition, has_danger, supposed
from massage_cli.planning.texts import spaced

_TREATING = ("technique", "part", "phase", "visit", "pressure", "minutes", "position", "precaution")
"""What is said of how to treat; nothing of it is shown of a plan that is withheld."""
_AROUND_IT = ("protocol", "warning")
_MOST_VISITS = 4
"""Up to so many visits are told one by one."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A supposition with the document it would give, and how that differs; or what is wrong with it.

    left_out: answers to questions that would not be asked then
    """

    supposition: Supposition
    document: PlanDocument | None = None
    changes: tuple[Change, ...] = ()
    left_out: tuple[str, ...] = ()
    problem: str | None = None


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """The plan as it is, what it would be, and the findings of which nothing is supposed.

    danger: a finding that stops everything stands, certain or not
    untold: nothing of how to treat is told, as the client is to be referred, or a danger stands
    """

    document: PlanDocument
    differences: tuple[Difference, ...]
    standing: tuple[Standing, ...]
    danger: bool
    untold: bool


def what_if(document: PlanDocument, values: tuple[str, ...], knowledge: Knowledge, *, on: date, called: str) -> WhatIf:
    """What is supposed of a plan, with the differences that it makes. Raises Unreadable where a value that was set is wrong."""
    screening = screen(document.intake, knowledge, on=on)
    danger = has_danger(screening)
    untold = danger or document.outcome is OutcomeKind.REFER
    suppositions: tuple[Supposition, ...] = ()
    standing: tuple[Standing, ...] = ()
    if values:
        suppositions = (with_values(document.intake, values, knowledge, on=on),)
    else:
        waits = document.outcome is OutcomeKind.CLEARANCE and document.protocol is not None
        protocol = knowledge.protocol[document.protocol.id] if waits and document.protocol is not None else None
        suppositions, standing = supposed(document.intake, screening, protocol, knowledge, on=on)
    differences = tuple(difference(document, one, knowledge, called=called, untold=untold) for one in suppositions)
    return WhatIf(document=document, differences=differences, standing=standing, danger=danger, untold=untold)


def difference(before: PlanDocument, supposition: Supposition, knowledge: Knowledge, *, called: str, untold: bool) -> Difference:
    """How a plan would differ by a supposition; with `untold` nothing of how to treat is in it."""
    on = before.planned_on
    intake = without_unasked(supposition.intake, knowledge, on=on)
    told = {**before.intake.health, **supposition.intake.health}
    answers = Answers(intake, knowledge, on=on)
    gone = (name for name in told if name not in intake.health and name in knowledge.fact)
    left_out = tuple(name for name in gone if not answers.is_asked(knowledge.fact[name]))
    try:
        after = plan_document(intake, knowledge, on=on, called=called)
    except Unreadable as broken:
        return Difference(supposition=supposition, left_out=left_out, problem=broken.problems[0].message)
    changes = tuple(change for change in changes_between(before, after) if not change.about.startswith(("intake", "client")))
    if untold:
        changes = tuple(change for change in changes if not change.about.startswith((*_TREATING, *_AROUND_IT)))
    elif before.outcome.withholds:
        changes = tuple(change for change in changes if _may_be_told(change, after))
    return Difference(supposition=supposition, document=after, changes=changes, left_out=left_out)


def _may_be_told(change: Change, after: PlanDocument) -> bool:
    """False for what says how to treat in a plan that is withheld: that of before, or both."""
    return not change.about.startswith(_TREATING) or (change.after is not None and not after.outcome.withholds)


def in_short(changes: tuple[Change, ...], before: PlanDocument, after: PlanDocument) -> tuple[Change, ...]:
    """The differences with the parts of a session told as one, and many visits too."""
    parts = [change for change in changes if change.about.startswith("part ")]
    visits = [change for change in changes if change.about.startswith("visit ")]
    changes = _as_one(changes, parts, Change(about="session", before=_session(before), after=_session(after)))
    if len(visits) <= _MOST_VISITS:
        return changes
    was, now = _visits(before), _visits(after)
    one = Change(about="visits", before=was, after=now if now != was else f"as many, {len(visits)} of them otherwise")
    return _as_one(changes, visits, one)


def _as_one(changes: tuple[Change, ...], some: list[Change], one: Change) -> tuple[Change, ...]:
    """The differences with one in place of some."""
    if not some:
        return changes
    place = changes.index(some[0])
    return (*changes[:place], one, *(change for change in changes[place:] if change not in some))


def _session(document: PlanDocument) -> str | None:
    parts = ", ".join(f"{spaced(part.part)} {part.minutes}" for part in document.outline)
    return f"{sum(part.minutes for part in document.outline)} minutes: {parts}" if parts else None


def _visits(document: PlanDocument) -> str | None:
    if not document.sessions:
        return None
    return f"{len(document.sessions)}, {document.sessions[0].date} to {document.sessions[-1].date}"
