"""What differs between two plans: nothing where nothing does, and every difference a therapist would want to know of in words."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.plans.changes import Change, changes_between
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.builders import knowledge
from tests.drawn import seeds
from tests.saved import a_document, applied, as_version, missed, recorded, visit_of_plan, visited
from tests.terminal.display.pages import drawn_document

OLD = a_document()
NOT_SAID = {
    "format",
    "program",
    "version",
    "parent",
    "parent_digest",
    "reviewed_by_clinician",
    "advice",
    "holidays",
    "maintenance",
    "measures",
}
"""Keys that say nothing about this client's treatment, or only repeat what the protocol says."""


def said(old: PlanDocument, new: PlanDocument) -> list[tuple[str, str | None, str | None]]:
    return [(change.about, change.before, change.after) for change in changes_between(old, new)]


def abouts(old: PlanDocument, new: PlanDocument) -> list[str]:
    return [change.about for change in changes_between(old, new)]


@given(seeds)
@settings(max_examples=30)
def test_nothing_is_said_of_plans_that_are_the_same(seed: int) -> None:
    document = drawn_document(seed % 150)
    if document is not None:
        assert changes_between(document, document) == ()
        assert changes_between(document, as_version(replace(document, program="other"), 2)) == ()


def test_a_visit_is_one_change() -> None:
    assert said(OLD, visited(OLD, 4)) == [("recorded 1", None, "attended on 2026-11-23, pain 4")]
    assert said(OLD, missed(OLD, 1)) == [("recorded 1", None, "missed on 2026-11-23")]


def test_everything_recorded_of_a_visit_is_said() -> None:
    visit = visit_of_plan(
        OLD, 1, pain=4, measure="rmdq", score=8, soreness_hours=12, note="slept well", health={"daily-aspirin": "yes", "fever": "no"}
    )
    after = dict.fromkeys([change.after for change in changes_between(OLD, recorded(OLD, visit)) if change.about == "recorded 1"])
    assert list(after) == ["attended on 2026-11-23, pain 4, rmdq 8, sore for 12 hours, daily aspirin yes, fever no, note: slept well"]


def test_a_new_limit_is_said_with_what_it_changes() -> None:
    new = visited(OLD, 5, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert abouts(OLD, new)[:2] == ["outcome", "finding anticoagulant"]
    assert "pressure at most" in abouts(OLD, new)
    assert any(about.startswith("technique ") for about in abouts(OLD, new))


def test_a_course_that_is_withheld_says_so_first() -> None:
    new = visited(OLD, 5, health={"chest-pain": "yes"})
    assert said(OLD, new)[:2] == [("outcome", "clear", "refer"), ("urgency", None, "emergency")]
    gone = [change for change in changes_between(OLD, new) if change.about.startswith(("visit ", "technique ", "phase "))]
    assert len(gone) == len(OLD.sessions) + len(OLD.techniques) + len(OLD.phases)
    assert all(change.after is None for change in gone)


def test_a_decision_is_said_with_what_it_brings() -> None:
    before = visited(OLD, 6, 6, 6, 6)
    changes = changes_between(before, applied(before))
    assert changes[0].about == "decision"
    assert changes[0].before is None
    assert (changes[0].after or "").startswith("change techniques on 2026-12-14: Pain was 6 of 10")
    assert [change.after is None for change in changes if change.about.startswith("technique ")] == [False, True, True]


MOVED = replace(OLD.sessions[0], date=date(2026, 11, 24))
CHANGES: dict[str, tuple[str, Callable[[PlanDocument], PlanDocument]]] = {
    "client": ("client", lambda plan: replace(plan, intake=replace(plan.intake, client="bob"))),
    "age": ("intake age", lambda plan: replace(plan, intake=replace(plan.intake, age=41))),
    "complaint": ("intake complaint", lambda plan: replace(plan, intake=replace(plan.intake, complaint="neck"))),
    "health": ("intake health", lambda plan: replace(plan, intake=replace(plan.intake, health={"fever": "no"}))),
    "booking": (
        "intake booking",
        lambda plan: replace(plan, intake=replace(plan.intake, booking=replace(plan.intake.booking, minutes=45))),
    ),
    "outcome": ("outcome", lambda plan: replace(plan, outcome="restricted")),
    "urgency": ("urgency", lambda plan: replace(plan, urgency="soon")),
    "planned on": ("planned on", lambda plan: replace(plan, planned_on=date(2026, 11, 20))),
    "pressure": ("pressure at most", lambda plan: replace(plan, screening=replace(plan.screening, pressure_max=2))),
    "pressure at": ("pressure at most at", lambda plan: replace(plan, screening=replace(plan.screening, pressure_max_at={"left-knee": 1}))),
    "minutes": ("minutes at most", lambda plan: replace(plan, screening=replace(plan.screening, minutes_max=30))),
    "avoid": ("not treated", lambda plan: replace(plan, screening=replace(plan.screening, avoid=("left-knee",)))),
    "positions": ("position", lambda plan: replace(plan, screening=replace(plan.screening, positions=("side-lying",)))),
    "precautions": ("precaution", lambda plan: replace(plan, screening=replace(plan.screening, precautions=("Take care.",)))),
    "protocol": ("protocol", lambda plan: replace(plan, protocol=None)),
    "technique": ("technique ", lambda plan: replace(plan, techniques=plan.techniques[:1])),
    "technique minutes": ("technique ", lambda plan: replace(plan, techniques=(replace(plan.techniques[0], minutes=5),))),
    "outline": ("part main", lambda plan: replace(plan, outline=tuple(replace(part, minutes=1) for part in plan.outline))),
    "phase": ("phase ", lambda plan: replace(plan, phases=plan.phases[:1])),
    "date": ("visit 1", lambda plan: replace(plan, sessions=(MOVED, *plan.sessions[1:]))),
    "review": ("visit 4", lambda plan: replace(plan, sessions=tuple(replace(one, review=False) for one in plan.sessions))),
    "warning": ("warning ", lambda plan: replace(plan, warnings=visited(applied(visited(plan, 6, soreness_hours=60)), 5).warnings)),
    "edition": ("edition of the knowledge", lambda plan: replace(plan, edition="2027.01")),
    "knowledge": ("knowledge", lambda plan: replace(plan, knowledge_digest="sha256:1")),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_every_kind_of_change_is_said_both_ways(kind: str) -> None:
    about, change = CHANGES[kind]
    new = change(OLD)
    there, back = changes_between(OLD, new), changes_between(new, OLD)
    assert any(one.about.startswith(about) for one in there), [one.about for one in there]
    assert {(one.about, one.after, one.before) for one in there} == {(one.about, one.before, one.after) for one in back}
    assert all(one.before != one.after for one in there)


def test_every_key_of_a_plan_is_looked_at_or_left_out_on_purpose() -> None:
    document = applied(missed(visited(OLD, 6, 6, soreness_hours=50, health={"anticoagulant": "yes", "thinner-unstable": "no"}), 3))
    empty = a_document(client="bob", health={"chest-pain": "yes"}, age=41)
    looked_at = {about.partition(" ")[0] for about in abouts(document, empty)}
    assert {"client", "outcome", "decision", "finding", "technique", "phase", "visit", "recorded", "warning", "protocol"} <= looked_at
    assert set(PlanDocument.__struct_fields__) >= NOT_SAID


def test_a_warning_that_stays_is_not_said_because_another_came_before_it() -> None:
    old = applied(visited(OLD, 6, soreness_hours=60))
    new = replace(old, warnings=(replace(old.warnings[0], id="first", text="Another."), *old.warnings))
    assert said(old, new) == [("warning first", None, "Another.")]


def test_a_visit_cancelled_is_told_by_its_word() -> None:
    assert said(OLD, missed(OLD, 2, status=VisitStatus.CANCELLED)) == [("recorded 2", None, "cancelled on 2026-11-30")]


def test_no_change_makes_a_claim() -> None:
    for new in (
        visited(OLD, 5, health={"chest-pain": "yes"}),
        applied(visited(OLD, 6, 6, 6, 6)),
        a_document(complaint="neck", regions=["neck"]),
    ):
        words = " ".join(f"{change.about} {change.before} {change.after}" for change in changes_between(OLD, new))
        assert claims_in(words, knowledge()) == ()


def test_changes_are_plain_values() -> None:
    assert Change(about="x") == Change(about="x", before=None, after=None)
