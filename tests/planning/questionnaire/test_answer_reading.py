"""What a person typed, as an answer: numbers, dates, and the lines of a list."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from massage_cli.planning.questionnaire.answer_reading import NotUnderstood, read_answer
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section
from tests.builders import TODAY


def a_question(**changes: object) -> Question:
    """A question for a whole number from 0 to 10, with one thing changed."""
    fields: dict[str, object] = {
        "id": "pain",
        "section": Section.REASON,
        "kind": Kind.NUMBER,
        "title": "Pain now",
        "lowest": 0,
        "highest": 10,
    }
    return Question(**{**fields, **changes})  # type: ignore[arg-type]  # a builder takes any change


LINES = tuple(Option(value=value, label=label) for value, label in (("no-pain", "No pain"), ("knee", "Knee"), ("left-knee", "Left knee")))
NUMBER = a_question()
UNBOUNDED = a_question(lowest=None, highest=None)
WEEKS = a_question(id="fact.weeks", section=Section.HEALTH, health=True, highest=45)
CELSIUS = a_question(id="fact.temperature-c", section=Section.HEALTH, health=True, whole=False, lowest=30.0, highest=45.0)
ONSET = a_question(id="onset", kind=Kind.DATE, lowest=None, highest=None)
CLIENT = a_question(id="client", kind=Kind.TEXT, lowest=None, highest=None)
LIMITS = a_question(id="clearance.pregnancy.limits", kind=Kind.TEXT, required=False)
CLOSED = a_question(id="booking.closed", kind=Kind.TEXT, required=False)
ONE = a_question(id="condition", kind=Kind.ONE, options=LINES)
SURE = a_question(
    id="fact.fever", kind=Kind.ONE, health=True, options=(Option(value="yes", label="Yes"), Option(value="unsure", label="Not sure"))
)
MANY = a_question(id="health.today", kind=Kind.MANY, health=True, options=LINES, none="None of these")
MANY_NEEDED = a_question(id="regions", kind=Kind.MANY, options=LINES)
EVERY_KIND = (NUMBER, WEEKS, CELSIUS, ONSET, CLIENT, LIMITS, CLOSED, ONE, SURE, MANY, MANY_NEEDED)


def read(question: Question, typed: str, *, on: date = TODAY) -> Answer:
    return read_answer(question, typed, on=on)


def refusal(question: Question, typed: str, *, on: date = TODAY) -> str:
    """What is said to words that are no answer; the test fails when they are one."""
    with pytest.raises(NotUnderstood) as why:
        read(question, typed, on=on)
    return str(why.value)


@given(st.sampled_from(EVERY_KIND), st.text(max_size=40))
@example(ONE, "²")
@example(MANY, "1 ²")
@example(ONSET, "2026-02-30")
@example(ONSET, "999 years ago")
@example(ONSET, "999 weeks ago")
@example(CLOSED, "2026-12-25, x")
def test_whatever_is_typed_is_an_answer_or_is_not_understood(question: Question, typed: str) -> None:
    try:
        answer = read(question, typed)
    except NotUnderstood as why:
        assert str(why)
    else:
        assert answer is not None or not question.required


@given(st.sampled_from(EVERY_KIND), st.lists(st.sampled_from("0129-,.? ayb").map(str), max_size=8).map("".join))
def test_short_scraps_of_answers_are_answers_or_are_not_understood(question: Question, typed: str) -> None:
    try:
        read(question, typed)
    except NotUnderstood as why:
        assert str(why)


# Nothing typed


@pytest.mark.parametrize("question", [question for question in EVERY_KIND if question.required], ids=lambda question: question.id)
@pytest.mark.parametrize("typed", ["", "  ", "\t", "\n"])
def test_nothing_typed_answers_nothing_that_is_needed(question: Question, typed: str) -> None:
    assert refusal(question, typed) == "This needs an answer."


@pytest.mark.parametrize("question", [LIMITS, CLOSED, a_question(required=False)], ids=lambda question: question.id)
def test_nothing_typed_leaves_out_what_may_be_left_out(question: Question) -> None:
    assert read(question, "") is None


@pytest.mark.parametrize("typed", [",", " , ", ",,,"])
def test_commas_alone_tick_nothing(typed: str) -> None:
    assert refusal(MANY, typed)
    assert refusal(MANY_NEEDED, typed)


# Numbers


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("10", 10), (" 7 ", 7), ("007", 7)])
def test_a_whole_number_in_range_is_read(typed: str, number: int) -> None:
    assert read(NUMBER, typed) == number


@pytest.mark.parametrize(
    "typed", ["-1", "11", "99999999999", "1e1", "1_0", "0x1", "seven", "3.0", "3,5", "+3", "²", "5\u00b2", "\uff15", "\u0665", "\u2164"]
)
def test_what_is_no_whole_number_in_range_is_refused(typed: str) -> None:
    assert "from 0 to 10" in refusal(NUMBER, typed)


@pytest.mark.parametrize(("typed", "number"), [("37", 37), ("37.5", 37.5), ("45.0", 45.0), ("30", 30)])
def test_a_number_with_a_decimal_point_is_read(typed: str, number: float) -> None:
    assert read(CELSIUS, typed) == number


@pytest.mark.parametrize("typed", ["29.9", "45.1", "37,5", "nan", "inf", "37.", ".5", "1e1", "\uff13\uff17"])
def test_what_is_no_number_in_range_is_refused(typed: str) -> None:
    assert "from 30.0 to 45.0" in refusal(CELSIUS, typed)


@pytest.mark.parametrize("typed", ["?", "unsure", "Not sure"])
def test_not_sure_is_an_answer_about_health(typed: str) -> None:
    assert read(WEEKS, typed) == "unsure"


@pytest.mark.parametrize("typed", ["?", "unsure"])
def test_not_sure_is_no_answer_beyond_health(typed: str) -> None:
    assert refusal(NUMBER, typed)


def test_a_number_about_health_says_that_not_sure_is_allowed() -> None:
    assert refusal(WEEKS, "x") == "A whole number from 0 to 45, or ? for not sure."


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        (NUMBER, "x", "A whole number from 0 to 10."),
        (NUMBER, "11", "A number from 0 to 10."),
        (CELSIUS, "x", "A number from 30.0 to 45.0, or ? for not sure."),
        (WEEKS, "46", "A number from 0 to 45, or ? for not sure."),
        (UNBOUNDED, "x", "A whole number."),
    ],
    ids=str,
)
def test_what_number_is_wanted_is_said(question: Question, typed: str, said: str) -> None:
    assert refusal(question, typed) == said


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("999999", 999_999)])
def test_a_number_without_limits_is_read(typed: str, number: int) -> None:
    assert read(UNBOUNDED, typed) == number


# Dates


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-05-01", "2026-05-01"),
        ("today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("3 weeks ago", "2026-10-31"),
        ("3 Weeks  AGO", "2026-10-31"),
        ("3 weeks", "2026-10-31"),
        ("a day ago", "2026-11-20"),
        ("an month", "2026-10-21"),
        ("one week ago", "2026-11-14"),
        ("0 days ago", "2026-11-21"),
        ("2 months ago", "2026-09-21"),
        ("11 months ago", "2025-12-21"),
        ("12 months ago", "2025-11-21"),
        ("1 year ago", "2025-11-21"),
    ],
)
def test_a_date_is_read_as_people_say_it(typed: str, day: str) -> None:
    assert read(ONSET, typed) == day


@pytest.mark.parametrize(
    ("on", "typed", "day"),
    [
        (date(2026, 3, 31), "1 month ago", "2026-02-28"),
        (date(2028, 3, 31), "1 month ago", "2028-02-29"),
        (date(2026, 5, 31), "1 month ago", "2026-04-30"),
        (date(2026, 1, 31), "2 months ago", "2025-11-30"),
        (date(2026, 1, 15), "1 month ago", "2025-12-15"),
        (date(2028, 2, 29), "1 year ago", "2027-02-28"),
        (date(2028, 2, 29), "4 years ago", "2024-02-29"),
        (date(2028, 3, 1), "1 day ago", "2028-02-29"),
    ],
)
def test_months_and_years_ago_end_with_the_month(on: date, typed: str, day: str) -> None:
    assert read(ONSET, typed, on=on) == day


@pytest.mark.parametrize("typed", ["2028-02-29", "2024-02-29"])
def test_a_leap_day_is_a_day(typed: str) -> None:
    assert read(ONSET, typed, on=date(2028, 3, 1)) == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-02-29", "2026-13-01", "2026-04-31", "0000-01-01", "1899-12-31", "2200-01-01", "20260501", "2026-5-1", "01/05/2026"),
        *(
            "2026-W10-1",
            "\uff12026-05-01",
            "2026-05-\u0660\u0661",
            "² weeks ago",
            "three weeks ago",
            "-3 weeks ago",
            "3.5 weeks ago",
            "soon",
        ),
        *("3 weeks ago today", "1000 weeks ago", "200 years ago"),
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert refusal(ONSET, typed)


def test_what_is_no_date_is_told_how_to_write_one() -> None:
    assert refusal(ONSET, "soon") == "A date like 2026-05-01, or like 3 weeks ago."


@pytest.mark.parametrize("name", ["onset", "clearance.pregnancy.on"])
def test_a_day_after_the_day_of_planning_is_refused(name: str) -> None:
    question = a_question(id=name, kind=Kind.DATE)
    assert "after the day of planning" in refusal(question, "2026-11-22")
    assert read(question, "2026-11-21") == "2026-11-21"


def test_a_first_visit_may_be_booked_after_the_day_of_planning() -> None:
    assert read(a_question(id="booking.start", kind=Kind.DATE), "2027-01-04") == "2027-01-04"


@pytest.mark.parametrize("typed", ["yesterday", "3 weeks ago", "3 days ago"])
def test_a_day_before_the_first_year_is_refused_however_it_is_said(typed: str) -> None:
    assert refusal(ONSET, typed, on=date(1900, 1, 1))


@pytest.mark.parametrize("typed", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_of_all_can_be_named(typed: str) -> None:
    assert read(a_question(id="booking.start", kind=Kind.DATE), typed) == typed


@pytest.mark.parametrize("typed", ["1899-12-31", "2200-01-01"])
def test_a_day_beyond_them_is_not_taken_for_one(typed: str) -> None:
    assert refusal(ONSET, typed) == "A date like 2026-05-01, or like 3 weeks ago."


@pytest.mark.parametrize("typed", ["999 weeks ago", "127 years ago"])
def test_a_day_too_long_ago_is_told_so(typed: str) -> None:
    assert refusal(ONSET, typed, on=date(1919, 1, 1) if "weeks" in typed else TODAY) == "That is too long ago."


def test_the_first_year_of_all_is_not_too_long_ago() -> None:
    assert read(ONSET, "126 years ago") == "1900-11-21"


def test_a_day_to_come_is_told_with_the_day_of_planning() -> None:
    assert refusal(ONSET, "2026-11-22") == "2026-11-22 lies after the day of planning, 2026-11-21."


def test_closed_days_are_read_with_blanks_or_commas() -> None:
    assert read(CLOSED, "2026-12-25,2026-12-28  2026-12-29") == "2026-12-25 2026-12-28 2026-12-29"


def test_a_closed_day_that_is_no_date_is_refused() -> None:
    assert refusal(CLOSED, "2026-12-25 christmas")


# Words


@pytest.mark.parametrize("typed", ["c-1", "A.b_9", "x" * 64])
def test_a_pseudonym_is_read_as_it_is(typed: str) -> None:
    assert read(CLIENT, typed) == typed


@pytest.mark.parametrize("typed", ["Jane Doe", "x" * 65, "caf\u00e9", "a/b", "\uff43-1", "a\u0000b"])
def test_what_is_no_pseudonym_is_refused(typed: str) -> None:
    assert refusal(CLIENT, typed) == "Letters, digits, '-', '_' and '.' only, at most 64; never a name."


def test_blanks_and_line_breaks_in_a_text_become_single_blanks() -> None:
    assert read(LIMITS, "  no work\n lying \t flat ") == "no work lying flat"


# Lines of a list


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1", "no-pain"), ("2", "knee"), ("3", "left-knee"), ("l", "left-knee"), ("LEFT KN", "left-knee"), ("no", "no-pain")],
)
def test_a_line_is_picked_by_number_or_unique_beginning(typed: str, value: str) -> None:
    assert read(ONE, typed) == value


@pytest.mark.parametrize("typed", ["0", "4", "-1", "²", "\uff11", "\u0661", "x", "knees", "1 2", "1.0"])
def test_what_is_no_line_is_refused(typed: str) -> None:
    assert refusal(ONE, typed) == "A number from 1 to 3, or the beginning of a line."


DOZEN = tuple(Option(value=f"v{number}", label=f"Line {number}") for number in range(1, 13))


@pytest.mark.parametrize("typed", ["0001", "0011", "1000", "00000002"])
def test_a_number_of_many_digits_is_no_line(typed: str) -> None:
    assert refusal(a_question(kind=Kind.ONE, options=DOZEN), typed) == "A number from 1 to 12, or the beginning of a line."
    assert refusal(a_question(kind=Kind.MANY, options=DOZEN), typed) == "Numbers from 1 to 12 with spaces between."


def test_a_number_of_three_digits_is_read_to_its_end() -> None:
    assert read(a_question(kind=Kind.ONE, options=DOZEN), "012") == "v12"
    assert read(a_question(kind=Kind.MANY, options=DOZEN), "012 001") == ("v1", "v12")


def test_ticked_lines_come_in_the_order_of_the_list() -> None:
    assert read(a_question(kind=Kind.MANY, options=DOZEN), "12 9 8 1") == ("v1", "v8", "v9", "v12")


def test_a_beginning_of_two_lines_is_refused() -> None:
    both = a_question(
        kind=Kind.ONE, options=(Option(value="prefers", label="Some are wanted"), Option(value="declines", label="Some are not wanted"))
    )
    assert refusal(both, "some")


def test_the_whole_name_of_a_line_is_that_line_though_another_begins_with_it() -> None:
    both = a_question(
        kind=Kind.ONE, options=(Option(value="knee", label="Knee pain"), Option(value="knee-arthritis", label="Knee arthritis"))
    )
    assert read(both, "knee") == "knee"


def test_a_label_is_the_whole_name_of_a_line_too() -> None:
    both = a_question(kind=Kind.ONE, options=(Option(value="a", label="Knee"), Option(value="b", label="Knee arthritis")))
    assert read(both, "KNEE") == "a"


def test_a_line_is_picked_by_the_beginning_of_its_value_too() -> None:
    assert read(ONE, "left-k") == "left-knee"


@pytest.mark.parametrize(("typed", "value"), [("?", "unsure"), ("not sure", "unsure"), ("n", "unsure"), ("y", "yes"), ("1", "yes")])
def test_sure_or_not_is_read(typed: str, value: str) -> None:
    assert read(SURE, typed) == value


def test_not_sure_is_no_line_where_no_line_says_so() -> None:
    assert refusal(ONE, "?")


@pytest.mark.parametrize(
    ("typed", "values"), [("1", ("no-pain",)), ("3 1", ("no-pain", "left-knee")), ("1,3", ("no-pain", "left-knee")), ("2 2", ("knee",))]
)
def test_lines_are_ticked_by_number(typed: str, values: tuple[str, ...]) -> None:
    assert read(MANY, typed) == values


@pytest.mark.parametrize("typed", ["0", "n", "none", "None"])
def test_none_of_these_is_said_in_so_many_words(typed: str) -> None:
    assert read(MANY, typed) == ()


@pytest.mark.parametrize("typed", ["0", "n", "none"])
def test_none_is_no_answer_where_a_line_is_needed(typed: str) -> None:
    assert refusal(MANY_NEEDED, typed) == "Numbers from 1 to 3 with spaces between."


@pytest.mark.parametrize("typed", ["4", "1 4", "0 1", "1 0", "none 1", "1-3", "²", "\uff11", "1 x", "1;2", "all"])
def test_a_list_with_anything_else_in_it_is_refused_as_a_whole(typed: str) -> None:
    assert refusal(MANY, typed) == "Numbers from 1 to 3 with spaces between, or none."
