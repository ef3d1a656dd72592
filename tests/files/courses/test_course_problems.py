"""What keeps the course of a plan file from being worked on: all of it at once, each with its key."""

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli.files.courses.course_problems import course_problems
from massage_cli.files.plans.plan_document import PlanDocument
from tests.builders import knowledge
from tests.drawn import seeds
from tests.saved import a_document, applied, visited
from tests.terminal.display.pages import drawn_document


def paths(document: PlanDocument) -> list[str]:
    return [problem.path for problem in course_problems(document, knowledge())]


def a_course() -> PlanDocument:
    return visited(a_document(), 6, 5, measure="rmdq", score=8)


@given(seeds)
@settings(max_examples=60)
def test_a_drawn_plan_has_no_problems_unless_it_is_withheld(seed: int) -> None:
    document = drawn_document(seed % 150)
    if document is not None:
        assert paths(document) == (["outcome"] if document.outcome.withholds else [])


def test_a_course_with_visits_and_reviews_has_no_problems() -> None:
    told = visited(a_document(), 6, 6, 6, 6, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert paths(applied(told)) == []


def test_an_answer_that_no_longer_applies_is_no_problem() -> None:
    told = visited(a_document(health={"anticoagulant": "yes", "thinner-unstable": "no"}), 5, health={"anticoagulant": "no"})
    assert paths(told) == []


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("intake.complaint", lambda plan: replace(plan, intake=replace(plan.intake, complaint="gone"))),
        ("intake.health.gone", lambda plan: replace(plan, intake=replace(plan.intake, health={"gone": "yes"}))),
        (
            "intake.booking.holidays",
            lambda plan: replace(plan, intake=replace(plan.intake, booking=replace(plan.intake.booking, holidays="XX"))),
        ),
        ("protocol", lambda plan: replace(plan, protocol=None)),
        ("protocol", lambda plan: replace(plan, techniques=(replace(plan.techniques[0], id="gone"),))),
        ("phases", lambda plan: replace(plan, phases=())),
        ("phases", lambda plan: replace(plan, phases=plan.phases[:1])),
        ("visits[1].measure", lambda plan: replace(plan, visits=(plan.visits[0], replace(plan.visits[1], measure="gone")))),
        ("visits[0].health.fever", lambda plan: replace(plan, visits=(replace(plan.visits[0], health={"fever": "maybe"}),))),
        ("visits[0].health.gone", lambda plan: replace(plan, visits=(replace(plan.visits[0], health={"gone": "yes"}),))),
    ],
)
def test_what_does_not_go_with_the_knowledge_is_named_by_its_key(path: str, changed: object) -> None:
    assert paths(changed(a_course())) == [path]


def test_all_problems_are_told_at_once() -> None:
    plan = a_course()
    assert paths(replace(plan, intake=replace(plan.intake, complaint="gone"), protocol=None, phases=())) == [
        "intake.complaint",
        "protocol",
        "phases",
    ]
