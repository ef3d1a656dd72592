"""What kind of number a question takes."""

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.facts import BUILT_IN_FACTS
from tests.builders import knowledge


@pytest.mark.parametrize(("fact", "whole"), [("systolic", True), ("weeks-since-surgery", True), ("temperature-c", False), ("fever", False)])
def test_a_number_is_whole_when_its_bounds_are_written_without_a_point(fact: str, whole: bool) -> None:
    assert knowledge().fact[fact].whole is whole


@pytest.mark.parametrize("bound", ["min", "max"])
def test_one_bound_with_a_point_is_enough_for_numbers_with_one(bound: str) -> None:
    assert replace(knowledge().fact["systolic"], **{bound: 100.5}).whole is False


def test_no_question_has_the_name_of_a_built_in_fact() -> None:
    assert set(BUILT_IN_FACTS).isdisjoint(knowledge().fact)


def test_questions_where_yes_is_good_news_say_so() -> None:
    good_news = {fact.id for fact in knowledge().facts if "yes is the good answer" in fact.ask}
    assert good_news == {"guardian-consent", "head-injury-checked", "surgeon-agrees"}
