"""Faults of the work in a plan file: techniques, regions, pressure and minutes against what limits them."""

from collections.abc import Iterable, Iterator

from massage_cli.files.checking.lint.course import ahead
from massage_cli.files.plans.plan_document import PlanDocument, TechniqueEntry
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.lint.fault import Fault, FaultKind, fault

_MAIN = "main"


def treatment_faults(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """Everything that is wrong with how a plan treats."""
    for place, entry in enumerate(document.techniques):
        path = f"techniques[{place}]"
        technique = knowledge.technique.get(entry.id)
        if technique is not None:
            if not technique.pressure.min <= entry.pressure <= technique.pressure.max:
                allowed = f"{technique.pressure.min} to {technique.pressure.max}"
                yield fault(FaultKind.PRESSURE_RANGE, f"{path}.pressure", f"{entry.name} at pressure {entry.pressure}", allowed)
            if technique.extra_training and entry.id not in document.intake.booking.trained_in:
                found = f"{entry.name} needs extra training"
                yield fault(FaultKind.TECHNIQUE_UNTRAINED, f"{path}.id", found, "a technique that the therapist is trained in")
        if entry.id in document.intake.declines:
            yield fault(FaultKind.TECHNIQUE_DECLINED, f"{path}.id", f"{entry.name} is declined", "a technique that is not declined")
        yield from _places(document, entry, path, knowledge)
    yield from _minutes(document, knowledge)


def _expanded(names: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The places of the names that are known; unknown ones are told of elsewhere."""
    known = [name for name in names if name in knowledge.body.places_of]
    return knowledge.body.expand(known) if known else ()


def _places(document: PlanDocument, entry: TechniqueEntry, path: str, knowledge: Knowledge) -> Iterator[Fault]:
    screening = document.screening
    places = _expanded(entry.regions, knowledge)
    for exclusion in screening.exclusions:
        if exclusion.technique == entry.id:
            there = set(places).intersection(_expanded(exclusion.regions, knowledge))
            if there or not exclusion.regions:
                where = f" in {', '.join(knowledge.body.sort(there))}" if there else ""
                found = f"{entry.name} is excluded{where} by {', '.join(exclusion.because)}"
                yield fault(FaultKind.TECHNIQUE_EXCLUDED, path, found, "a technique that the findings leave free there")
    avoided = set(places).intersection(_expanded(screening.avoid, knowledge))
    if avoided:
        found = f"{entry.name} works on {', '.join(knowledge.body.sort(avoided))}"
        yield fault(FaultKind.REGION_AVOIDED, f"{path}.regions", found, "no work there")
    beside = set(places).difference(_expanded(document.intake.regions, knowledge))
    if beside:
        found = f"{entry.name} works on {', '.join(knowledge.body.sort(beside))}"
        yield fault(FaultKind.REGION_NOT_ASKED, f"{path}.regions", found, "the regions of the intake")
    caps = [screening.pressure_max, knowledge.numbers.pressure.highest_ever]
    for name, cap in screening.pressure_max_at.items():
        if set(places).intersection(_expanded((name,), knowledge)):
            caps.append(cap)
    if entry.pressure > min(caps):
        yield fault(FaultKind.PRESSURE_OVER, f"{path}.pressure", f"{entry.name} at pressure {entry.pressure}", f"{min(caps)} at most")


def _minutes(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    total = sum(part.minutes for part in document.outline)
    if document.version is None and document.outline and document.phases and total != document.phases[0].minutes:
        found = f"the parts of a session add up to {total} minutes, and a visit has {document.phases[0].minutes}"
        yield fault(FaultKind.OUTLINE_MINUTES, "outline", found, "parts that add up to the visit")
    for place, part in enumerate(document.outline):
        worked = sum(entry.minutes for entry in document.techniques)
        if part.part == _MAIN and worked != part.minutes:
            found = f"the techniques take {worked} minutes, and the main part has {part.minutes}"
            yield fault(FaultKind.MAIN_MINUTES, f"outline[{place}].minutes", found, "techniques that fill the main part")
        if part.minutes < 0:
            yield fault(FaultKind.OUTLINE_MINUTES, f"outline[{place}].minutes", f"{part.minutes} minutes", "0 or more")
    yield from _most_minutes(document)
    yield from _session_minutes(document, knowledge)


def _most_minutes(document: PlanDocument) -> Iterator[Fault]:
    offered, capped = document.intake.booking.minutes, document.screening.minutes_max
    still = frozenset(ahead(document))
    for place, session in enumerate(document.sessions):
        if session in still and offered is not None and session.minutes > offered:
            found = f"visit {session.number} of {session.minutes} minutes"
            yield fault(FaultKind.MINUTES_OVER, f"sessions[{place}].minutes", found, f"{offered} at most, as booked")
    for place, phase in enumerate(document.phases):
        # the first version alone: a limit that came at a visit shortens the session, and the dates stay as agreed
        if document.version is None and capped is not None and phase.minutes > capped:
            found = f"{phase.minutes} minutes in phase {phase.name}"
            yield fault(FaultKind.MINUTES_OVER, f"phases[{place}].minutes", found, f"{capped} at most, as the findings allow")


def _session_minutes(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    minutes = {phase.name: phase.minutes for phase in document.phases}
    still = ahead(document)
    counted = frozenset(still)
    for place, session in enumerate(document.sessions):
        meant = minutes.get(session.phase)
        if meant is None or session not in counted:
            continue
        longest = meant + knowledge.numbers.first_visit_extra_minutes if place == 0 and document.intake.is_first_visit else meant
        may_be_longer = document.version is not None and session is still[0]
        if session.minutes < meant or (session.minutes > longest and not may_be_longer):
            found = f"visit {session.number} has {session.minutes} minutes"
            expected = f"{meant}, as phase {session.phase}" + (f", to {longest} at the first visit" if longest > meant else "")
            yield fault(FaultKind.SESSION_MINUTES, f"sessions[{place}].minutes", found, expected)
