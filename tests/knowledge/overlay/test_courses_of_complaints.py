"""To which courses a clinic's complaints may lead: to none that is less careful than the built-in knowledge has for the client."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.overlay.courses import complaint_problems
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.vocabulary import Condition
from tests.builders import knowledge

UPKEEP_TOO_SOON = "maintenance.interval-days-range has to go up to 42 days or more"


def refused(complaint: Complaint, *courses: Protocol) -> list[tuple[str, Any, str]]:
    """What is said of the built-in complaints with one more or another one, and with these courses: where, of what, and why."""
    known = knowledge()
    complaints = {each.id: each for each in (*known.complaints, complaint)}
    protocols = {each.id: each for each in (*known.protocols, *courses)}
    merged = replace(known, complaints=tuple(complaints.values()), protocols=tuple(protocols.values()))
    problems = list(complaint_problems(merged, known))
    assert {problem.file for problem in problems} <= {"complaints.toml"}
    return [(problem.path, problem.value, problem.message) for problem in problems]


def built_in(complaint: str, protocols: dict[Condition, str] | None = None, **changes: Any) -> Complaint:
    """A built-in complaint that leads elsewhere for some conditions, with changes."""
    known = knowledge().complaint[complaint]
    return replace(known, protocols={**known.protocols, **(protocols or {})}, **changes)


def own(protocols: dict[Condition, str], **changes: Any) -> Complaint:
    """A complaint of one's own."""
    return Complaint(id="ours", name="Ours", regions=("neck",), synonyms=(), protocols=protocols, **changes)


def course(like: str, **changes: Any) -> Protocol:
    """A course of one's own that is a built-in one under another name, with changes."""
    return replace(knowledge().protocol[like], id="our-course", **changes)


def upkeep_too_soon(like: str) -> Protocol:
    return course(like, maintenance=replace(knowledge().protocol[like].maintenance, interval_days_range=(1, 2)))


def stops_later(like: str) -> tuple[Protocol, str]:
    """A course that goes on longer without a gain, and what is said of it."""
    stop = knowledge().protocol[like].stop_after
    said = f"stop-after {stop + 1} is later than in '{like}'; without a gain the course stops after {stop} or fewer"
    return course(like, stop_after=stop + 1), f"'our-course': {said}"


def test_a_complaint_that_leads_where_it_did_is_as_careful_as_it_was() -> None:
    assert refused(built_in("other", name="Anything else")) == []
    assert refused(built_in("shoulder", synonyms=("rotator cuff",))) == []


@pytest.mark.parametrize("needs", [(), ("cancer-active", "pregnant"), ("pregnant",)])
def test_a_complaint_goes_on_asking_for_what_it_asked_for(needs: tuple[str, ...]) -> None:
    said = "has to name some of cancer-active, cancer-past, and no others; more would let more clients in"
    assert refused(built_in("cancer-recovery", needs=needs)) == [("complaint.cancer-recovery.needs", None, said)]
    assert refused(built_in("cancer-recovery", needs=("cancer-active",))) == []


def test_a_complaint_that_asked_for_nothing_may_ask_for_something() -> None:
    assert refused(built_in("shoulder", needs=("pregnant",))) == []


def test_a_built_in_complaint_is_told_with_the_course_that_it_leads_to() -> None:
    later, said = stops_later("shoulder")
    found = refused(built_in("shoulder", {Condition.CHRONIC: "our-course"}), later)
    assert found == [("complaint.shoulder.protocols.chronic", "our-course", said)]
    assert refused(built_in("shoulder", {Condition.CHRONIC: "our-course"}), course("shoulder")) == []


def test_a_course_for_everything_else_is_told_once_and_not_for_each_complaint_that_falls_back_on_it() -> None:
    later, said = stops_later("generic-acute")
    assert any(Condition.ACUTE not in complaint.protocols for complaint in knowledge().complaints)
    found = refused(built_in("other", {Condition.ACUTE: "our-course"}), later)
    assert found == [("complaint.other.protocols.acute", "our-course", said)]


def test_a_change_of_everything_else_is_told_for_a_changed_complaint_that_falls_back_on_it() -> None:
    later, said = stops_later("generic-acute")
    known = knowledge()
    changed = {"other": built_in("other", {Condition.ACUTE: "our-course"}), "carpal-tunnel": built_in("carpal-tunnel", name="Wrist")}
    complaints = tuple(changed.get(each.id, each) for each in known.complaints)
    merged = replace(known, complaints=complaints, protocols=(*known.protocols, later))
    told = {(problem.path, problem.message) for problem in complaint_problems(merged, known)}
    assert told == {("complaint.other.protocols.acute", said), ("complaint.carpal-tunnel.protocols.acute", said)}


def test_who_is_led_to_the_general_course_may_be_led_to_the_intensive_one() -> None:
    found = refused(built_in("shoulder", {Condition.CHRONIC: "generic-chronic"}))
    assert {path for path, _, _ in found} == {"complaint.shoulder.protocols.chronic"}
    longer = "phase has visits of 60 minutes; 45 at most, as in 'shoulder'"
    assert [message for _, _, message in found][:2] == [f"'generic-chronic': {longer}", f"'generic-chronic-intensive': {longer}"]


def test_a_course_for_the_general_one_stands_in_for_the_intensive_one_as_well_and_is_told_once() -> None:
    found = refused(built_in("other", {Condition.CHRONIC: "our-course"}), upkeep_too_soon("generic-chronic"))
    assert found == [("complaint.other.protocols.chronic", "our-course", f"'our-course': {UPKEEP_TOO_SOON}")]
    assert refused(built_in("other", {Condition.CHRONIC: "our-course"}), course("generic-chronic")) == []


def test_an_own_complaint_is_told_for_each_condition_that_leads_too_far() -> None:
    later, said = stops_later("generic-maintenance")
    found = refused(own({Condition.CHRONIC: "neck-chronic", Condition.MAINTENANCE: "our-course", Condition.ACUTE: "generic-acute"}), later)
    assert found == [("complaint.ours.protocols.maintenance", "our-course", said)]


def test_an_own_complaint_with_a_course_of_its_own_is_held_to_the_general_one_and_told_once() -> None:
    found = refused(own({Condition.CHRONIC: "our-course"}), upkeep_too_soon("generic-chronic"))
    assert found == [("complaint.ours.protocols.chronic", "our-course", f"'our-course': {UPKEEP_TOO_SOON}")]


@pytest.mark.parametrize(
    ("protocol", "condition", "needs"),
    [
        ("pregnancy-lbp", Condition.CHRONIC, "pregnant"),
        ("stroke-spasticity", Condition.CHRONIC, "heart-or-stroke-event or neurological-condition"),
    ],
)
def test_an_own_complaint_is_told_what_it_has_to_need_for_a_built_in_course(protocol: str, condition: Condition, needs: str) -> None:
    said = f"'{protocol}' is for clients who are known to need it; name {needs} under needs"
    assert refused(own({condition: protocol})) == [(f"complaint.ours.protocols.{condition}", protocol, said)]
    for need in needs.split(" or "):
        assert refused(own({condition: protocol}, needs=(need,))) == []
