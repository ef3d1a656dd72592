"""Where: the lists of regions, and their sides."""

from collections.abc import Mapping

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.places import place_questions
from massage_cli.planning.questionnaire.question import Question, Section
from tests.builders import knowledge

PARTS = ["in-head-and-neck", "in-arm", "in-trunk", "in-leg"]


def questions(given: Mapping[str, Answer], *near: str, section: Section = Section.REASON) -> dict[str, Question]:
    asked = place_questions("regions", section, "Where", given, knowledge(), near=near)
    return {question.id: question for question in asked}


def lines(question: Question) -> list[str]:
    return [option.value for option in question.options]


def test_the_likely_regions_come_first_then_the_parts_of_the_body_and_the_whole_last() -> None:
    assert lines(questions({}, "neck", "left-knee")["regions"]) == ["neck", "left-knee", *PARTS, "whole-body"]


def test_the_whole_body_comes_first_where_it_is_likely_and_stands_there_once() -> None:
    assert lines(questions({}, "whole-body", "neck")["regions"]) == ["whole-body", "neck", *PARTS]


def test_a_side_that_was_picked_already_is_not_asked() -> None:
    assert list(questions({"regions": ("left-knee", "neck")}, "left-knee", "neck")) == ["regions"]


def test_where_something_of_health_is_enter_alone_answers_neither_the_place_nor_its_side() -> None:
    given = {"regions": ("knee",)}
    about_health = questions(given, "knee", section=Section.HEALTH)
    assert [question.health for question in about_health.values()] == [True, True]
    assert [question.health for question in questions(given, "knee").values()] == [False, False]
