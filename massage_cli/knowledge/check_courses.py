"""Whether complaints and protocols make sound courses."""

from collections.abc import Iterator
from itertools import pairwise

from massage_cli.knowledge.check_references import missing
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.protocols import Phase, Protocol
from massage_cli.knowledge.vocabulary import Condition, LiftedBy


def check_complaints(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of complaints: what they name, and whether each protocol is for its condition."""
    file = "complaints.toml"
    regions = (*(region.id for region in knowledge.regions), "whole-body")
    for complaint in knowledge.complaints:
        path = f"complaint.{complaint.id}"
        yield from missing(file, f"{path}.regions", complaint.regions, regions, what="a region")
        yield from missing(file, f"{path}.needs", complaint.needs, knowledge.fact, what="a fact")
        yield from missing(file, f"{path}.protocols", complaint.protocols.values(), knowledge.protocol, what="a protocol")
        for condition, protocol_id in complaint.protocols.items():
            protocol = knowledge.protocol.get(protocol_id)
            if protocol is not None and condition not in protocol.conditions:
                yield Problem(file=file, path=f"{path}.protocols.{condition}", message=f"'{protocol_id}' is not for this condition")
    other = knowledge.complaint.get("other")
    if other is None or set(other.protocols) != set(Condition):
        yield Problem(file=file, path="complaint.other", message="must name a general protocol for every condition")


def check_protocols(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of protocols: what they name, their totals, and phases that come more often as they go on."""
    file = "protocols.toml"
    cleared_rules = tuple(rule.id for rule in knowledge.rules if rule.clearance is LiftedBy.LIFTS_STOP)
    for protocol in knowledge.protocols:
        path = f"protocol.{protocol.id}"
        yield from missing(file, f"{path}.techniques", protocol.techniques, knowledge.technique, what="a technique")
        yield from missing(file, f"{path}.measures", protocol.measures, knowledge.measure, what="a measure")
        yield from missing(file, f"{path}.cleared-by", protocol.cleared_by, cleared_rules, what="a rule that a clearance lifts")
        if protocol.evidence_from is not None:
            yield from missing(file, f"{path}.evidence-from", [protocol.evidence_from], knowledge.protocol, what="a protocol")
        yield from (Problem(file=file, path=path, message=message) for message in _protocol_form(protocol))


def _protocol_form(protocol: Protocol) -> Iterator[str]:
    if not protocol.phase or not protocol.techniques or not protocol.conditions:
        yield "needs a phase, a technique and a condition"
    if sum(phase.sessions for phase in protocol.phase) != protocol.sessions_total:
        yield "sessions-total is not the sum of its phases"
    if protocol.stop_after > protocol.sessions_total:
        yield "stop-after lies beyond the last visit"
    reviews = protocol.review_visits
    if list(reviews) != sorted(set(reviews)) or any(visit > protocol.sessions_total for visit in reviews):
        yield "review-visits do not rise, or lie beyond the last visit"
    if len(set(protocol.techniques)) != len(protocol.techniques):
        yield "a technique stands twice"
    if protocol.maintenance.offer != (protocol.maintenance.interval_days > 0):
        yield "maintenance is offered without an interval, or has an interval without being offered"
    yield from _phase_form(protocol.phase)


def _phase_form(phases: tuple[Phase, ...]) -> Iterator[str]:
    names = [phase.name for phase in phases]
    if len(set(names)) != len(names):
        yield "two phases have one name"
    for phase in phases:
        if not phase.gap_days:
            yield f"phase {phase.name} has no gap-days"
        if not phase.minutes.min <= phase.minutes.typical <= phase.minutes.max:
            yield f"the minutes of phase {phase.name} do not rise"
        if not phase.sessions_range[0] <= phase.sessions <= phase.sessions_range[1]:
            yield f"the sessions of phase {phase.name} are outside their range"
    pace = [len(phase.gap_days) / sum(phase.gap_days) for phase in phases if phase.gap_days]
    if any(later > earlier for earlier, later in pairwise(pace)):
        yield "visits a week rise from one phase to the next"
