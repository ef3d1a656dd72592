"""The intake that answers make."""

from collections.abc import Mapping

import pytest

from massage_cli.planning.intake import Placed
from massage_cli.planning.questionnaire.given import (
    Answer,
    chosen,
    clearances_of,
    complaint_of,
    health_of,
    intake_table,
    record,
    regions_of,
)
from tests.builders import a_table, knowledge
from tests.terminal.interview.answering import asked_of, interviewed

KNOWLEDGE = knowledge()


def table_of(given: Mapping[str, Answer]) -> dict[str, object]:
    return intake_table(given, frozenset(question.id for question in asked_of(given)), KNOWLEDGE)


def test_a_healthy_client_makes_the_table_of_a_file() -> None:
    assert table_of(interviewed({"client": "test-client"})) == a_table()


def test_what_was_left_out_is_no_key_of_the_table() -> None:
    assert "onset" not in table_of(interviewed({"onset": None}))


def test_pain_of_0_is_an_answer() -> None:
    assert table_of(interviewed({"pain": 0}))["pain"] == 0


def test_answers_to_questions_that_do_not_apply_are_not_used() -> None:
    given = {**interviewed(), "prefers": ("swedish",)}
    assert "prefers" not in table_of(given)


def test_a_plain_no_is_said_once_for_all() -> None:
    assert table_of(interviewed())["health"] == {"everything-else": "no"}


def test_a_no_to_a_follow_up_is_not_repeated() -> None:
    given = interviewed({"health.medicines": ("anticoagulant",), "fact.anticoagulant": "yes", "fact.thinner-unstable": "no"})
    assert table_of(given)["health"] == {"everything-else": "no", "anticoagulant": "yes"}


def test_of_a_list_the_lines_that_were_seen_are_written_down_and_of_no_other_question() -> None:
    given: dict[str, Answer] = {}
    record(given, "goals", ("mobility",), ("pain-relief", "mobility"))
    record(given, "age", 40, ())
    assert given == {"goals": ("mobility",), "seen.goals": ("pain-relief", "mobility"), "age": 40}


def test_ticks_are_gathered_over_the_pages_of_a_list() -> None:
    assert chosen({"prefers": ("a",), "prefers.2": ("b", "a"), "prefersx": ("c",)}, "prefers") == ("a", "b")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"complaint": "neck"}, "neck"),
        ({"complaint": "more", "complaint.2": "other"}, "other"),
        ({"complaint": "neck", "complaint.2": "other"}, "neck"),
        ({"complaint": "more"}, None),
        ({"complaint": "more", **{f"complaint.{page}": "more" for page in range(2, 100)}}, None),
        ({"complaint": ("neck",)}, None),
        ({}, None),
    ],
)
def test_the_complaint_is_the_one_picked_on_the_page_that_was_shown_last(given: dict[str, Answer], complaint: str | None) -> None:
    assert complaint_of(given) == complaint


def test_regions_come_in_body_order_with_their_sides() -> None:
    given = {"regions": ("in-leg", "neck"), "regions.leg": ("knee",), "regions.knee": "left-knee"}
    assert regions_of("regions", given, KNOWLEDGE.body, sided=True) == ("neck", "left-knee")
    assert regions_of("regions", given, KNOWLEDGE.body, sided=False) == ("neck", "knee")


def test_the_whole_body_is_all_there_is_to_say() -> None:
    assert regions_of("regions", {"regions": ("whole-body", "neck")}, KNOWLEDGE.body, sided=True) == ("whole-body",)


def test_regions_of_a_part_that_is_no_longer_ticked_are_not_used() -> None:
    assert regions_of("regions", {"regions": ("neck",), "regions.leg": ("knee",)}, KNOWLEDGE.body, sided=True) == ("neck",)


def test_a_line_that_was_seen_and_not_ticked_is_a_no() -> None:
    assert health_of({"health.today": ()}, KNOWLEDGE)["fever"] == "no"


def test_a_line_that_was_not_seen_is_no_answer() -> None:
    assert "chest-pain" not in health_of({"health.today": ()}, KNOWLEDGE)


def test_a_tick_that_is_not_confirmed_is_not_sure() -> None:
    assert health_of({"health.today": ("fever",)}, KNOWLEDGE)["fever"] == "unsure"


def test_a_tick_taken_away_is_a_no_whatever_was_confirmed_before() -> None:
    assert health_of({"health.today": (), "fact.fever": "yes"}, KNOWLEDGE)["fever"] == "no"


def test_places_stand_with_a_yes() -> None:
    given = {"health.skin-implants": ("bruise",), "fact.bruise": "yes", "where.bruise": ("neck",)}
    assert health_of(given, KNOWLEDGE)["bruise"] == Placed(answer="yes", regions=("neck",))


def test_a_place_stands_with_no_answer_of_no_and_with_no_question_that_does_not_ask_where() -> None:
    places = {"where.bruise": ("neck",), "where.fever": ("neck",)}
    given = {"health.skin-implants": (), "fact.bruise": "yes", "health.today": ("fever",), "fact.fever": "yes", **places}
    health = health_of(given, KNOWLEDGE)
    assert (health["bruise"], health["fever"]) == ("no", "yes")


def test_a_yes_whose_place_cannot_be_said_stands_alone() -> None:
    given = {"health.skin-implants": ("bruise",), "fact.bruise": "yes", "where.bruise": ()}
    assert health_of(given, KNOWLEDGE)["bruise"] == "yes"


def test_an_agreement_has_who_when_and_limits() -> None:
    given = {"clearance.pregnancy": "recorded", "clearance.pregnancy.by": "midwife", "clearance.pregnancy.on": "2026-11-10"}
    assert clearances_of(given) == ({"rule": "pregnancy", "by": "midwife", "on": "2026-11-10"},)
    assert clearances_of({**given, "clearance.pregnancy": "none"}) == ()


def test_booking_as_usual_says_nothing() -> None:
    assert "booking" not in table_of({**interviewed(), "booking.minutes": 60})


def test_booking_holds_what_was_changed_alone() -> None:
    given = interviewed(
        {"booking": "change", "booking.start": "2026-12-01", "booking.closed": "2026-12-25 2026-12-28", "booking.weekdays": ("mon",)}
    )
    assert table_of(given)["booking"] == {"start": "2026-12-01", "closed": ["2026-12-25", "2026-12-28"], "weekdays": ["mon"]}
