"""Other techniques in place of some, and lighter, shorter visits (planning.md 11.5)."""

import pytest
from msgspec.structs import replace

from massage_cli.planning.follow_up.course import CourseSoFar
from massage_cli.planning.follow_up.easing import Treatment, ease_session, eased_minutes, plan_again, replace_techniques, treatment_of
from massage_cli.planning.follow_up.review import review
from tests.builders import TODAY, a_course, a_plan, a_visit, knowledge

NUMBERS = knowledge().numbers
GENTLE = {"condition": "acute", "onset": TODAY, "pressure": "light", "pain": 8}


def names(treatment: Treatment | CourseSoFar) -> list[str]:
    return [block.candidate.technique.id for block in treatment.prescriptions]


def pressures(treatment: Treatment | CourseSoFar) -> list[int]:
    return [block.pressure for block in treatment.prescriptions]


def minutes(treatment: Treatment | CourseSoFar) -> int:
    return sum(minutes for _, minutes in treatment.outline)


def eased(course: CourseSoFar) -> Treatment:
    return ease_session(treatment_of(course), knowledge())


def in_course(course: CourseSoFar, treatment: Treatment) -> CourseSoFar:
    return replace(course, intake=treatment.intake, prescriptions=treatment.prescriptions, outline=treatment.outline)


# Easing


@pytest.mark.parametrize(("before", "after"), [(60, 45), (45, 30), (30, 20), (20, 15), (15, 10), (14, 10), (10, 10), (8, 8), (75, 55)])
def test_eased_visits_have_three_quarters_in_whole_steps(before: int, after: int) -> None:
    assert eased_minutes(before, NUMBERS) == after


def test_every_block_is_one_level_lighter() -> None:
    course = a_course()
    after = eased(course)
    lighter = dict(zip(names(course), [max(1, level - 1) for level in pressures(course)], strict=True))
    assert {name: lighter[name] for name in names(after)} == dict(zip(names(after), pressures(after), strict=True))


def test_an_eased_session_adds_up_to_its_minutes() -> None:
    after = eased(a_course())
    assert minutes(after) == 45
    assert sum(block.minutes for block in after.prescriptions) == dict(after.outline)["main"]


def test_a_technique_that_cannot_be_lighter_is_left_out_and_said() -> None:
    course = a_course()
    at_its_lightest = [block for block in course.prescriptions if block.pressure == block.candidate.technique.pressure.min]
    assert at_its_lightest
    after = eased(course)
    for block in at_its_lightest:
        technique = block.candidate.technique
        assert technique.id not in names(after)
        why = f"{technique.name} is left out: it needs pressure {technique.pressure.min}, and {block.pressure - 1} is the most allowed."
        assert why in [warning.text for warning in after.warnings]


def test_pressure_one_stays_one() -> None:
    course = a_course(pressure="light")
    gentle = replace(course, prescriptions=tuple(replace(block, pressure=1) for block in course.prescriptions))
    after = eased(gentle)
    assert set(pressures(after)) == {1}


def test_a_plan_with_nothing_light_enough_says_so() -> None:
    course = a_course()
    heavy = tuple(
        replace(block, pressure=block.candidate.technique.pressure.min)
        for block in course.prescriptions
        if block.candidate.technique.pressure.min > 1
    )
    after = eased(replace(course, prescriptions=heavy))
    assert (after.prescriptions, after.outline) == ((), ())
    assert [warning.id for warning in after.warnings] == [*["technique-pressure"] * len(heavy), "none-light-enough"]


def test_a_block_that_easing_makes_too_short_is_said_and_nothing_else() -> None:
    assert [warning.id for warning in eased(a_course(**GENTLE)).warnings] == ["technique-short"]


def test_a_carrier_that_was_missing_before_is_not_said_to_be_lost() -> None:
    course = a_course(**GENTLE)
    without = tuple(block for block in course.prescriptions if not block.candidate.technique.carrier)
    assert without
    assert "no-carrier" not in [warning.id for warning in eased(replace(course, prescriptions=without)).warnings]


def test_regions_and_a_carrier_that_easing_loses_are_said() -> None:
    course = a_course()
    first, *others = course.prescriptions
    other = next(block for block in others if not block.candidate.technique.carrier)
    technique = replace(first.candidate.technique, pressure=replace(first.candidate.technique.pressure, min=2))
    lost = replace(first, pressure=2, candidate=replace(first.candidate, technique=technique))
    kept = replace(other, pressure=5, candidate=replace(other.candidate, regions=("left-hip",)))
    after = eased(replace(course, prescriptions=(lost, kept)))
    assert [warning.id for warning in after.warnings] == ["technique-pressure", "region-uncovered", "no-carrier"]


# Replacing


def test_replacing_is_planning_again_with_the_techniques_declined() -> None:
    course = a_course()
    gone = names(course)[-1]
    after = replace_techniques(course, [gone], knowledge())
    assert after is not None
    again = a_plan(declines=[gone]).session
    assert (after.prescriptions, after.outline) == (again.prescriptions, again.outline)
    assert after.intake.declines == (gone,)


def test_what_was_declined_before_stays_declined() -> None:
    course = a_course(declines=["cupping"])
    after = replace_techniques(course, ["cupping", names(course)[-1]], knowledge())
    assert after is not None
    assert after.intake.declines == ("cupping", names(course)[-1])


def test_without_any_other_technique_there_is_no_treatment() -> None:
    assert replace_techniques(a_course(), list(knowledge().technique), knowledge()) is None


@pytest.mark.parametrize("times", [1, 2])
def test_what_replaces_a_technique_is_as_light_and_short_as_the_course_was_eased_to(times: int) -> None:
    course = a_course(pressure="firm")
    for _ in range(times):
        course = in_course(course, eased(course))
    after = replace_techniques(course, names(course)[-1:], knowledge())
    assert after is not None
    assert minutes(after) == minutes(course)
    fresh = {
        block.candidate.technique.id: block.pressure for block in a_plan(pressure="firm", declines=names(course)[-1:]).session.prescriptions
    }
    assert pressures(after) == [max(1, fresh[name] - times) for name in names(after)]


def noted(course: CourseSoFar) -> Treatment:
    """The treatment planned again for the same client, of whom one thing more was noted."""
    after = plan_again(course, replace(course.intake, notes="x"), knowledge())
    assert after is not None
    return after


@pytest.mark.parametrize(("times", "left"), [(0, 30), (1, 20), (2, 15), (3, 10)])
def test_how_often_a_course_was_eased_is_seen_from_its_minutes_where_pressure_could_not_fall(times: int, left: int) -> None:
    course = a_course(**GENTLE)
    assert set(pressures(course)) == {1}
    for _ in range(times):
        course = in_course(course, eased(course))
    assert minutes(noted(course)) == left


@pytest.mark.parametrize(("lost", "minus", "left"), [(0, 1, 60), (1, 1, 45), (2, 1, 30), (2, 2, 45), (1, 2, 45)])
def test_how_often_a_course_was_eased_is_seen_from_the_pressure_that_one_technique_lost(lost: int, minus: int, left: int) -> None:
    adaptation = replace(NUMBERS.adaptation, ease_pressure_minus=minus)
    changed = replace(knowledge(), numbers=replace(NUMBERS, adaptation=adaptation))
    course = a_course(pressure="firm")
    first, *others = course.prescriptions
    lighter = replace(course, prescriptions=(replace(first, pressure=first.pressure - lost), *others))
    after = plan_again(lighter, replace(course.intake, notes="x"), changed)
    assert after is not None
    assert minutes(after) == left


def test_a_course_shorter_than_the_shortest_visit_is_planned_again_no_shorter() -> None:
    course = replace(a_course(**GENTLE), outline=(("main", 5),))
    assert minutes(noted(course)) == NUMBERS.booking.shortest_minutes


def test_nothing_is_planned_again_where_no_technique_is_as_light_as_the_course_was_eased_to() -> None:
    light = [technique.id for technique in knowledge().techniques if technique.pressure.min == 1]
    course = a_course(declines=light)
    assert names(course) == ["deep-tissue"]
    assert plan_again(replace(course, outline=(("main", 15),)), course.intake, knowledge()) is None


def test_planning_again_tells_of_what_was_not_told_before() -> None:
    course = a_course(prefers=["cupping"])
    after = plan_again(course, replace(course.intake, prefers=("cupping", "hot-stone")), knowledge())
    assert after is not None
    assert [warning.text for warning in after.warnings] == ["Hot stone massage was asked for and is left out: it needs extra training."]


def test_where_nothing_could_be_planned_before_all_is_told_and_nothing_is_eased() -> None:
    course = a_course(prefers=["cupping"])
    without = replace(course, intake=replace(course.intake, declines=tuple(knowledge().technique)))
    after = plan_again(without, course.intake, knowledge())
    assert after is not None
    assert after.warnings == a_plan(prefers=["cupping"]).session.warnings != ()
    assert (after.prescriptions, after.outline) == (course.prescriptions, course.outline)


def test_soreness_after_one_visit_eases_once_however_often_it_is_reviewed() -> None:
    visits = (a_visit(1, pain=6, soreness_hours=60),)
    once = review(a_course(), visits, knowledge(), today=visits[-1].date).course
    again = review(once, visits, knowledge(), today=visits[-1].date)
    assert (again.course, again.warnings) == (once, ())
