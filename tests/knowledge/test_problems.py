"""How a problem is worded."""

import pickle

import pytest

from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Problem, Unreadable, near_ones, nearest, not_one_of, quoted, together


def test_a_problem_says_file_line_path_and_message() -> None:
    assert str(Problem(file="ann.toml", line=4, path="pain", message="is missing")) == "ann.toml:4: pain: is missing"


def test_a_problem_leaves_out_what_it_does_not_know() -> None:
    assert str(Problem(path="", message="is empty")) == "is empty"


def test_unreadable_keeps_every_problem_in_order() -> None:
    problems = (Problem(path="b", message="is missing"), Problem(path="a", message="is missing"))
    assert Unreadable(iter(problems)).problems == problems


def test_an_unreadable_file_puts_no_value_into_its_message() -> None:
    assert str(Unreadable([Problem(path="client", message="'Ann Lee' is not a pseudonym", value="Ann Lee")])) == "1 problems"


@pytest.mark.parametrize(("word", "found"), [("anticoagulent", "anticoagulant"), ("Fever", "fever"), ("xyz", None), ("", None)])
def test_the_nearest_word_is_suggested_when_it_is_near(word: str, found: str | None) -> None:
    assert nearest(word, ("fever", "anticoagulant")) == found


def test_few_choices_are_all_named() -> None:
    assert not_one_of("recent", ("acute", "chronic")) == "'recent' is not one of acute, chronic"


def test_many_choices_are_named_by_what_they_are() -> None:
    assert not_one_of("zzz", (f"word{number}" for number in range(13)), what="a region") == "'zzz' is not a region"


def test_the_near_choice_among_many_is_suggested() -> None:
    message = not_one_of("elbows", (*"abcdefghijklm", "elbow"), what="a region")
    assert message == "'elbows' is not a region; did you mean 'elbow'?"


def test_a_value_that_is_no_text_gets_no_suggestion() -> None:
    assert not_one_of(5, ("five",)) == "5 is not one of five"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("yes", "'yes'"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (12, "12"),
        (5.5, "5.5"),
        ({"a": 1}, "a table"),
        ([1], "a list"),
        ((), "a list"),
        (10**30, "a number of more than 30 digits"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 57}...'"),
    ],
)
def test_a_value_is_shown_short(value: object, shown: str) -> None:
    assert quoted(value) == shown


@pytest.mark.parametrize(("before", "found"), [(MOST_SUGGESTIONS - 1, True), (MOST_SUGGESTIONS, False)])
def test_a_near_word_is_looked_for_up_to_a_number_of_wrong_ones(before: int, found: bool) -> None:
    words = [f"word{number}" for number in range(13)]
    assert not_one_of("word13", words, before=before).endswith("?") == found


def test_what_is_wrong_with_one_value_is_told_once_and_of_very_many_the_first() -> None:
    each = [f"wrong {number}" for number in range(MOST_SUGGESTIONS + 2)]
    assert together(["wrong", "worse", "wrong"]) == "wrong; worse"
    assert together(each[:-2]) == "; ".join(each[:-2])
    assert together(each) == "; ".join([*each[:-2], "and 2 more like these"])


def test_twelve_choices_are_few_and_thirteen_are_not() -> None:
    words = [f"word{number}" for number in range(13)]
    assert not_one_of("zzz", words[:12]) == f"'zzz' is not one of {', '.join(words[:12])}"
    assert not_one_of("zzz", words) == "'zzz' is not known"


@pytest.mark.parametrize(("number", "shown"), [(10**30 - 1, "9" * 30), (10**30, "a number of more than 30 digits"), (1e300, "1e+300")])
def test_a_number_is_shown_up_to_thirty_digits(number: float, shown: str) -> None:
    assert quoted(number) == shown


def test_problems_are_told_to_another_process_as_they_are() -> None:
    broken = Unreadable([Problem(file="ann.toml", line=3, path="pain", value=11, message="11 is not between 0 and 10")])
    told = pickle.loads(pickle.dumps(broken))  # noqa: S301  # its own bytes
    assert (str(told), told.problems) == (str(broken), broken.problems)


NAMES = ("Fever", "fever-cured", "neck", "knee", "low-back", "low-mood", "low-sugar", "lower-leg")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("FEVR", ("Fever",)),
        ("kneck", ("neck", "knee")),
        ("low-bock", ("low-back", "low-mood")),
        ("fever-cur", ("fever-cured", "Fever")),
        ("L", ("low-back", "low-mood", "low-sugar")),
        ("xyz", ()),
        ("", ()),
        ("z" * 500, ()),
    ],
)
def test_up_to_three_near_words_are_found_nearest_first_else_those_that_begin_so(word: str, found: tuple[str, ...]) -> None:
    assert near_ones(word, NAMES) == found


def test_of_many_near_words_three_are_told() -> None:
    assert len(near_ones("low-x", ("low-a", "low-b", "low-c", "low-d", "low-e"))) == 3


def test_of_a_long_word_the_first_hundred_letters_are_looked_at() -> None:
    assert near_ones("b" * 57 + "a" * 43 + "b" * 50, ("a" * 43,)) == ("a" * 43,)


def test_of_very_many_messages_the_first_fifty_are_told_each_once_and_how_many_more_there_are() -> None:
    each = [f"{number} is wrong" for number in range(52)]
    assert together([*each[:50], *each[:3]]) == "; ".join(each[:50])
    assert together(each[:51]) == "; ".join([*each[:50], "and 1 more like these"])
    assert together(each) == "; ".join([*each[:50], "and 2 more like these"])
