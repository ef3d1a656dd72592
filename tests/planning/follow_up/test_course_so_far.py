"""The course as it stands at a review."""

import pytest
from msgspec.structs import replace

from tests.builders import a_course, a_plan


def test_a_plan_is_a_course_that_nothing_has_happened_to() -> None:
    course, plan = a_course(), a_plan()
    assert (course.intake, course.on, course.protocol) == (plan.intake, plan.on, plan.protocol)
    assert (course.phases, course.sessions) == (plan.course.phases, plan.course.visits)
    assert (course.prescriptions, course.outline, course.reviewed) == (plan.session.prescriptions, plan.session.outline, None)


def test_an_ordinary_visit_is_as_long_as_its_outline() -> None:
    assert a_course(booking={"minutes": 45}).minutes == 45


@pytest.mark.parametrize(("number", "phase"), [(1, "initial"), (8, "initial"), (9, "taper"), (10, "taper"), (11, "taper")])
def test_a_visit_belongs_to_its_phase_and_one_beside_the_plan_to_that_before(number: int, phase: str) -> None:
    course = a_course()
    assert course.phase_names[course.place_of(number)] == phase


def test_before_any_visit_of_the_plan_it_is_the_first_phase() -> None:
    course = a_course()
    assert replace(course, sessions=course.sessions[8:]).place_of(1) == 0


def test_a_visit_of_a_phase_that_is_gone_belongs_where_the_one_before_it_does() -> None:
    course = a_course()
    gone = replace(course, phases=course.phases[:1])
    assert gone.place_of(10) == 0
