"""What kind of number a question takes."""

import pytest

from massage_cli.knowledge.facts import BUILT_IN_FACTS
from tests.builders import knowledge


@pytest.mark.parametrize(("fact", "whole"), [("systolic", True), ("weeks-since-surgery", True), ("temperature-c", False), ("fever", False)])
def test_a_number_is_whole_when_its_bounds_are_written_without_a_point(fact: str, whole: bool) -> None:
    assert knowledge().fact[fact].whole is whole


def test_no_question_has_the_name_of_a_built_in_fact() -> None:
    assert set(BUILT_IN_FACTS).isdisjoint(knowledge().fact)


def test_questions_where_yes_is_good_news_say_so() -> None:
    good_news = {fact.id for fact in knowledge().facts if "yes is the good answer" in fact.ask}
    assert good_news == {"guardian-consent", "head-injury-checked", "surgeon-agrees"}
