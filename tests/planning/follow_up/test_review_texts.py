"""The sentences of reviews."""

from fractions import Fraction

import pytest

from massage_cli.knowledge.check_claims import claims_in
from massage_cli.planning.follow_up import texts
from tests.builders import knowledge

SAID = {
    texts.pain_words(6, 4, 4): "Pain was 6 of 10 at first and 4, then 4 in the last two scores, 33 percent less.",
    texts.pain_words(6, 6, 6): "Pain was 6 of 10 at first and 6, then 6 in the last two scores.",
    texts.pain_words(0, 2, 2): "Pain was 0 of 10 at first and 2, then 2 in the last two scores.",
    texts.function_words("RMDQ", 12, 6, Fraction(5, 3)): "RMDQ: 12 at first, 6 now, 1.66 important steps better.",
    texts.function_words("PSFS", 4, 2, Fraction(-1)): "PSFS: 4 at first, 2 now, 1 important steps worse.",
    texts.function_words("PSFS", 4, 4, Fraction(0)): "PSFS: 4 at first, 4 now, unchanged.",
    texts.soreness_words(80, most=72): "Soreness lasted 80 hours; more than 72 is too long.",
    texts.nothing_to_compare(): "There are not yet two scores to compare.",
    texts.eased(75, 1, 60).text: "Soreness lasted 60 hours: pressure is 1 less, and visits have 75 percent of their minutes.",
    texts.none_light_enough().text: "No technique of the plan works at the lower pressure; choose lighter work before the next visit.",
    texts.nothing_in_its_place(["Swedish"]).text: "Nothing else fits in place of Swedish; ask for another technique, or refer.",
    texts.extra_cut(1, 2).text: "1 of 2 extra visits are planned; no more are paid for.",
    texts.visit_cap(1, cap=12, days=90).text: "1 visit is left out: at most 12 in any 90 days.",
    texts.visit_cap(2, cap=12, days=90).text: "2 visits are left out: at most 12 in any 90 days.",
}


@pytest.mark.parametrize("said", SAID)
def test_a_sentence_is_worded_so_and_makes_no_claim(said: str) -> None:
    assert (said, claims_in(said, knowledge())) == (SAID[said], ())


@pytest.mark.parametrize(("names", "listed"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_listed(names: list[str], listed: str) -> None:
    assert texts.in_a_list(names) == listed


def test_a_fall_is_told_in_whole_percent_however_small() -> None:
    assert texts.pain_words(10, 0, 0).endswith(", 100 percent less.")
    assert texts.pain_words(6, 6, 5).endswith(", 8 percent less.")


def test_less_than_a_step_is_still_better() -> None:
    assert texts.function_words("RMDQ", 10, 9, Fraction(1, 2)).endswith(", 0.5 important steps better.")


def test_warnings_of_reviews_are_known_by_their_ids() -> None:
    warned = (texts.eased(75, 1, 60), texts.none_light_enough(), texts.nothing_in_its_place(["A"]), texts.extra_cut(1, 2))
    assert [warning.id for warning in warned] == ["eased", "none-light-enough", "nothing-in-its-place", "extra-cut"]
    assert texts.visit_cap(1, cap=12, days=90).id == "visit-cap"
