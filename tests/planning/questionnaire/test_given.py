"""The intake that answers make."""

from collections.abc import Mapping
from datetime import date

import pytest

from massage_cli.knowledge.vocabulary import Condition
from massage_cli.planning.intake import INTAKE_FORMAT, Clearance, Intake, Placed
from massage_cli.planning.questionnaire.given import (
    RETURNING,
    Answer,
    chosen,
    clearances_of,
    complaint_of,
    health_of,
    intake_so_far,
    intake_table,
    record,
    regions_of,
)
from tests.builders import a_table, knowledge
from tests.terminal.interview.answering import asked_of, checked, interviewed

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


def test_only_questions_about_clearances_record_one() -> None:
    assert clearances_of({"notes": "recorded", "pressure": "recorded"}) == ()


def test_a_place_stands_with_what_is_not_sure() -> None:
    given = {"health.skin-implants": ("bruise",), "fact.bruise": "unsure", "where.bruise": ("neck",)}
    assert health_of(given, KNOWLEDGE)["bruise"] == Placed(answer="unsure", regions=("neck",))


def test_before_anything_is_answered_the_intake_has_stand_ins() -> None:
    nothing = Intake(format=INTAKE_FORMAT, client="", age=0, condition=Condition.CHRONIC, regions=("whole-body",))
    assert intake_so_far({}, KNOWLEDGE) == nothing


def test_what_was_answered_so_far_is_in_the_intake() -> None:
    ticked = {"health.skin-implants": ("bruise",), "fact.bruise": "yes", "where.bruise": ("in-leg",), "where.bruise.leg": ("knee",)}
    clearance = {"clearance.pregnancy": "recorded", "clearance.pregnancy.by": "midwife", "clearance.pregnancy.on": "2026-11-10"}
    pregnant = {"health.pregnancy": ("pregnant",), "fact.pregnancy-weeks": 20, "clearance.pregnancy.limits": "no work on the belly"}
    told = {"age": 30, "pain": 3, "onset": "2026-10-01", "goals": ("pain-relief", "mobility"), "condition": "acute"}
    given = interviewed({**told, **ticked, **pregnant, **clearance})
    so_far, whole = intake_so_far(given, KNOWLEDGE), checked(given)
    for field in ("format", "client", "age", "condition", "complaint", "regions", "pain", "onset", "goals", "clearances"):
        assert getattr(so_far, field) == getattr(whole, field), field
    assert {fact: reply for fact, reply in so_far.health.items() if reply != "no"} == {
        fact: reply for fact, reply in whole.health.items() if fact != "everything-else"
    }


def test_half_an_agreement_is_not_in_the_intake_yet() -> None:
    half = {"clearance.pregnancy": "recorded", "clearance.pregnancy.by": "midwife"}
    assert intake_so_far(half, KNOWLEDGE).clearances == ()
    whole = intake_so_far({**half, "clearance.pregnancy.on": "2026-11-10"}, KNOWLEDGE).clearances
    assert whole == (Clearance(rule="pregnancy", by="midwife", on=date(2026, 11, 10)),)


def test_booking_as_usual_says_nothing() -> None:
    assert "booking" not in table_of({**interviewed(), "booking.minutes": 60})


def test_booking_holds_what_was_changed_alone() -> None:
    given = interviewed(
        {"booking": "change", "booking.start": "2026-12-01", "booking.closed": "2026-12-25 2026-12-28", "booking.weekdays": ("mon",)}
    )
    assert table_of(given)["booking"] == {"start": "2026-12-01", "closed": ["2026-12-25", "2026-12-28"], "weekdays": ["mon"]}


def test_everything_that_was_answered_stands_in_the_table() -> None:
    places = {"health.skin-implants": ("bruise",), "fact.bruise": "yes", "where.bruise": ("in-leg",), "where.bruise.leg": ("knee",)}
    booking = {f"booking.{key}": value for key, value in (("max-sessions", 9), ("max-per-week", 2), ("minutes", 45), ("holidays", "US"))}
    told = {"wishes": "both", "prefers": ("swedish",), "declines": ("deep-tissue",), "first-visit": "yes", "booking": "change"}
    given = {**interviewed({**told, **places, **booking, "booking.trained-in": ("cupping",)}), "notes": "Mornings."}
    assert table_of(given) == a_table(
        client="c-1",
        prefers=["swedish"],
        declines=["deep-tissue"],
        first_visit=True,
        notes="Mornings.",
        health={"bruise": {"answer": "yes", "regions": ["knee"]}},
        booking={"holidays": "US", "max-sessions": 9, "max-per-week": 2, "minutes": 45, "trained-in": ["cupping"]},
    )


def test_the_side_that_was_picked_is_in_the_intake_so_far() -> None:
    given = {"regions": ("in-leg",), "regions.leg": ("knee",), "regions.knee": "left-knee"}
    assert intake_so_far(given, KNOWLEDGE).regions == ("left-knee",)


def test_what_is_no_number_in_a_draft_that_was_changed_by_hand_is_no_pain_and_no_age_so_far() -> None:
    so_far = intake_so_far({"pain": "unsure", "age": "forty"}, KNOWLEDGE)
    assert (so_far.pain, so_far.age) == (None, 0)


def test_a_tick_of_today_stands_though_the_list_of_its_group_was_asked_without_it() -> None:
    given = {RETURNING: "yes", "today.2": ("anticoagulant",), "today": (), "fact.anticoagulant": "yes", "health.medicines": ()}
    table = intake_table(given, frozenset(given.keys() - {RETURNING}), KNOWLEDGE)
    assert table["health"]["anticoagulant"] == "yes"


def test_a_choice_of_no_is_an_answer_of_its_own_as_nothing_attests_it() -> None:
    given = interviewed({"health.skin-implants": ("device",), "fact.device": "yes", "fact.pacemaker": "no"})
    assert table_of(given)["health"] == {"everything-else": "no", "device": "yes", "pacemaker": "no"}
