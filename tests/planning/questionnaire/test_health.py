"""The questions about health: lists, and what is asked about single answers."""

from collections.abc import Mapping

import pytest

from massage_cli.planning.questionnaire.given import RETURNING, Answer
from massage_cli.planning.questionnaire.health import health_questions, today_questions
from massage_cli.planning.questionnaire.question import Question
from tests.builders import GONE, TODAY, changed_knowledge, knowledge

KNOWLEDGE = knowledge()


def health(given: Mapping[str, Answer]) -> dict[str, Question]:
    return {question.id: question for question in health_questions(given, KNOWLEDGE, on=TODAY)}


def today(given: Mapping[str, Answer]) -> dict[str, Question]:
    return {question.id: question for question in today_questions({RETURNING: "yes", **given}, KNOWLEDGE, on=TODAY)}


def lines(question: Question) -> list[str]:
    return [option.value for option in question.options]


def test_what_is_ticked_first_in_a_list_of_the_visit_is_asked_about_right_behind_that_list() -> None:
    pages = {name: question for name, question in today({"age": 40}).items() if name.startswith("today")}
    ticked = {name: (lines(page)[0],) for name, page in pages.items()}
    asked = list(today({"age": 40, **ticked}))
    for name, (first,) in ticked.items():
        assert asked[asked.index(name) + 1] == f"fact.{first}"


@pytest.mark.parametrize(("answer", "asked"), [("yes", True), ("unsure", True), (None, False)])
def test_where_is_asked_of_what_is_true_or_not_sure(answer: Answer, asked: bool) -> None:
    given = {"health.bones": ("joint-hardware",), "fact.joint-hardware": answer}
    assert ("where.joint-hardware" in health(given)) is asked


@pytest.mark.parametrize(("answer", "asked"), [("yes", True), ("unsure", True), ("no", False)])
def test_where_is_asked_of_a_follow_up_that_is_true_or_not_sure(answer: str, asked: bool) -> None:
    given = {"health.cancer-blood": ("cancer-active",), "fact.cancer-active": "yes", "fact.cancer-site": answer}
    assert ("where.cancer-site" in health(given)) is asked


def where_likely(regions: Mapping[str, Answer]) -> list[str]:
    """The regions that are offered by name where a joint is asked for."""
    question = health({**regions, "health.bones": ("joint-hardware",), "fact.joint-hardware": "yes"})["where.joint-hardware"]
    return [line for line in lines(question) if line != "whole-body" and not line.startswith("in-")]


def test_the_regions_of_the_reason_are_offered_with_their_sides() -> None:
    assert where_likely({"regions": ("in-leg",), "regions.leg": ("knee",), "regions.knee": "left-knee"}) == ["left-knee"]


def test_of_many_regions_the_first_six_are_offered_so_that_the_list_fits() -> None:
    neck_and_trunk = {"regions": ("in-head-and-neck", "in-trunk"), "regions.head-and-neck": ("head", "jaw", "neck")}
    every = {**neck_and_trunk, "regions.trunk": ("chest", "upper-back", "lower-back", "abdomen")}
    assert where_likely(every) == ["head", "jaw", "neck", "chest", "upper-back", "lower-back"]


def test_a_number_without_a_unit_is_asked_without_one() -> None:
    bare = changed_knowledge(("facts.toml", "fact.systolic.unit", GONE))
    given = {"measured.measurements": ("systolic",)}
    units = {question.id: question.unit for question in health_questions(given, bare, on=TODAY)}
    assert units["fact.systolic"] == ""
    assert health(given)["fact.systolic"].unit == "mmHg"


def test_a_temperature_may_have_a_decimal_point_and_a_blood_pressure_is_a_whole_number() -> None:
    asked = health({"measured.measurements": ("systolic", "temperature-c")})
    assert (asked["fact.temperature-c"].whole, asked["fact.systolic"].whole) == (False, True)
