"""Which protocol serves a client, and whether there is leave to follow it (planning.md 1.3, 1.4 and 2)."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.named import PAIN_ALL_OVER
from massage_cli.knowledge.vocabulary import Condition
from massage_cli.planning.protocol_choice import ProtocolChoice, choose_protocol, has_permission, most_minutes, unmet_needs
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_screening, an_intake, knowledge

NUMBERS = knowledge().numbers
CHOOSING, CONTRADICTIONS = NUMBERS.choosing, NUMBERS.contradictions
GENERAL, INTENSIVE = "generic-chronic", "generic-chronic-intensive"


def choice(**changes: Any) -> ProtocolChoice:
    intake = an_intake(**changes)
    return choose_protocol(intake, screen(intake, knowledge(), on=TODAY), knowledge(), on=TODAY)


def warnings(**changes: Any) -> list[str]:
    return [warning.text for warning in choice(**changes).warnings]


def days_ago(days: int) -> Any:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("complaint", "condition", "protocol"),
    [
        ("neck", "chronic", "neck-chronic"),
        ("neck", "maintenance", "generic-maintenance"),
        ("whiplash", "acute", "whiplash"),
        (None, "chronic", GENERAL),
        (None, "acute", "generic-acute"),
        (None, "injury-recovery", "generic-injury"),
        ("other", "maintenance", "generic-maintenance"),
    ],
)
def test_the_complaint_and_the_condition_choose_the_protocol(complaint: str | None, condition: str, protocol: str) -> None:
    chosen = choice(complaint=complaint, condition=condition, onset=days_ago(50))
    assert (chosen.protocol.id, chosen.warnings) == (protocol, ())


def test_a_condition_the_complaint_does_not_name_is_served_in_general_and_says_so() -> None:
    chosen = choice(complaint="tension-headache", condition="injury-recovery", onset=days_ago(50))
    assert chosen.protocol.id == "generic-injury"
    assert [warning.text for warning in chosen.warnings] == [
        "Tension headache: no protocol of its own for injury recovery; the general one is used."
    ]


def test_a_contradiction_is_said_before_the_general_protocol() -> None:
    chosen = choice(complaint="tension-headache", condition="acute", onset=days_ago(CONTRADICTIONS.acute_over_days + 1))
    assert [warning.id for warning in chosen.warnings] == ["acute-old", "general-protocol"]


SEVERE = {"complaint": "upper-back", "pain": CHOOSING.intensive_pain_from, "booking": {"minutes": CHOOSING.intensive_minutes}}


CAPPED = {"health": {"heart-failure": "yes", "systolic": 120, "diastolic": 70}}
"""Visits of 30 minutes at most, by a rule."""


def test_severe_chronic_pain_gets_the_intensive_protocol() -> None:
    assert choice(**SEVERE).protocol.id == INTENSIVE


@pytest.mark.parametrize(
    "changes",
    [
        {"pain": CHOOSING.intensive_pain_from - 1},
        {"booking": {"minutes": CHOOSING.intensive_minutes - 1}},
        {"age": NUMBERS.pressure.frail_age},
        {"health": {"widespread-pain": "yes"}},
        {"health": {"widespread-pain": "unsure"}},
        CAPPED,
    ],
    ids=["less pain", "too short", "frail", "widespread pain", "perhaps widespread pain", "minutes capped"],
)
def test_one_reason_against_is_enough_for_the_ordinary_protocol(changes: dict[str, Any]) -> None:
    assert choice(**(SEVERE | changes)).protocol.id == GENERAL


def test_no_minutes_named_are_long_enough() -> None:
    assert choice(**(SEVERE | {"booking": {}})).protocol.id == INTENSIVE


def test_the_age_below_frail_still_gets_the_intensive_protocol() -> None:
    assert choice(**(SEVERE | {"age": NUMBERS.pressure.frail_age - 1})).protocol.id == INTENSIVE


def test_pain_all_over_never_gets_the_intensive_protocol_even_where_it_has_none_of_its_own() -> None:
    general = {Condition.CHRONIC: GENERAL}
    complaints = tuple(replace(each, protocols=general) if each.id == PAIN_ALL_OVER else each for each in knowledge().complaints)
    intake = an_intake(**(SEVERE | {"complaint": PAIN_ALL_OVER}))
    chosen = choose_protocol(intake, screen(intake, knowledge(), on=TODAY), replace(knowledge(), complaints=complaints), on=TODAY)
    assert chosen.protocol.id == GENERAL


def test_a_named_protocol_is_never_replaced() -> None:
    assert choice(complaint="neck", pain=9).protocol.id == "neck-chronic"


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [({}, NUMBERS.longest_minutes), ({"booking": {"minutes": 90}}, 90), (CAPPED, 30), (CAPPED | {"booking": {"minutes": 20}}, 20)],
)
def test_the_longest_visit_is_the_smaller_of_booking_and_screening(changes: dict[str, Any], minutes: int) -> None:
    assert most_minutes(an_intake(**changes), a_screening(**changes), knowledge()) == minutes


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"condition": "chronic", "onset": days_ago(CONTRADICTIONS.chronic_under_days - 1)}, True),
        ({"condition": "chronic", "onset": days_ago(CONTRADICTIONS.chronic_under_days)}, False),
        ({"condition": "chronic"}, False),
        ({"condition": "chronic", "onset": days_ago(CONTRADICTIONS.acute_over_days + 1)}, False),
        ({"condition": "injury-recovery", "onset": days_ago(CONTRADICTIONS.acute_over_days + 1)}, False),
        ({"condition": "acute", "onset": days_ago(CONTRADICTIONS.acute_over_days + 1)}, True),
        ({"condition": "acute", "onset": days_ago(CONTRADICTIONS.acute_over_days)}, False),
        ({"condition": "maintenance", "pain": CONTRADICTIONS.maintenance_pain_from}, True),
        ({"condition": "maintenance", "pain": CONTRADICTIONS.maintenance_pain_from - 1}, False),
        ({"condition": "maintenance", "pain": None}, False),
    ],
)
def test_a_contradiction_warns_from_its_number_on(changes: dict[str, Any], warned: bool) -> None:
    assert bool(warnings(**changes)) is warned


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"condition": "chronic", "onset": days_ago(41)}, "Called chronic, but it began 41 days ago; under 6 weeks is acute."),
        ({"condition": "acute", "onset": days_ago(91)}, "Called acute, but it began 91 days ago; over 3 months is chronic."),
        ({"condition": "maintenance", "pain": 7}, "Called maintenance, but pain is 7 of 10; a treatment course may fit better."),
    ],
)
def test_a_contradiction_is_worded(changes: dict[str, Any], text: str) -> None:
    assert warnings(**changes) == [text]


@pytest.mark.parametrize(
    ("complaint", "health", "needs"),
    [
        ("low-back", {}, ()),
        ("lymphedema", {}, ("lymph-risk",)),
        ("lymphedema", {"lymph-risk": "yes"}, ()),
        ("lymphedema", {"lymph-risk": "unsure"}, ()),
        ("cancer-recovery", {}, ("cancer-active", "cancer-past")),
        ("cancer-recovery", {"cancer-past": "yes"}, ()),
        ("stroke-spasticity", {}, ("heart-or-stroke-event", "neurological-condition")),
    ],
)
def test_a_complaint_that_needs_an_answer_names_it(complaint: str, health: dict[str, Any], needs: tuple[str, ...]) -> None:
    assert unmet_needs(an_intake(complaint=complaint, health=health), knowledge(), on=TODAY) == needs


def permitted(protocol: str = "scar", **changes: Any) -> bool:
    intake = an_intake(**changes)
    return has_permission(intake, screen(intake, knowledge(), on=TODAY), knowledge().protocol[protocol], knowledge(), on=TODAY)


def a_note(rule: str, days: int = 0) -> dict[str, Any]:
    return {"rule": rule, "by": "doctor", "on": days_ago(days)}


def test_most_protocols_need_no_permission() -> None:
    assert permitted("generic-chronic")


def test_a_protocol_that_needs_permission_is_not_followed_without() -> None:
    assert not permitted()


@pytest.mark.parametrize(
    ("days", "holds"), [(0, True), (CHOOSING.protocol_clearance_days, True), (CHOOSING.protocol_clearance_days + 1, False)]
)
def test_a_note_for_the_protocol_holds_for_its_days(days: int, holds: bool) -> None:
    assert permitted(clearances=[a_note("scar", days)]) is holds


def test_a_note_for_another_protocol_is_no_permission() -> None:
    assert not permitted(clearances=[a_note("lymphedema")])


WOUND = {"surgery": "yes", "surgery-size": "minor", "weeks-since-surgery": 1}


def test_a_cleared_rule_of_the_protocol_is_a_permission() -> None:
    assert not permitted(health=WOUND)
    assert permitted(health=WOUND, clearances=[a_note("surgery-minor-under-2-weeks")])


def test_a_cleared_rule_of_something_else_is_none() -> None:
    health = {"kidney-disease": "yes", "systolic": 120, "diastolic": 70}
    assert not permitted(health=health, clearances=[a_note("kidney-disease")])
