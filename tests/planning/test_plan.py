"""The whole way from an intake to a plan, or to why it is withheld (planning.md 1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan, withhold
from tests.builders import TODAY, a_plan, a_screening, a_withheld_plan, an_intake, knowledge

KIDNEY = {"kidney-disease": "yes", "systolic": 120, "diastolic": 70}
CLOSED = [TODAY + timedelta(days=number) for number in range(knowledge().numbers.calendar.search_days + 10)]
NOTHING_LEFT = {"declines": list(knowledge().technique)}


def test_a_healthy_client_gets_a_plan() -> None:
    plan = a_plan()
    assert (plan.outcome, plan.protocol.id, plan.on) == (OutcomeKind.CLEAR, "low-back-chronic", TODAY)
    assert len(plan.course.visits) == plan.protocol.sessions_total


def test_a_finding_that_only_limits_still_gives_a_plan() -> None:
    assert a_plan(health={"anticoagulant": "yes"}).outcome is OutcomeKind.RESTRICTED


def test_a_plan_keeps_its_intake() -> None:
    assert a_plan(age=41).intake == an_intake(age=41)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"health": {"chest-pain": "yes"}}, OutcomeKind.REFER),
        ({"health": {"surgery": "yes"}}, OutcomeKind.INCOMPLETE),
        ({"health": KIDNEY}, OutcomeKind.CLEARANCE),
        ({"complaint": "lymphedema"}, OutcomeKind.INCOMPLETE),
        ({"complaint": "scar"}, OutcomeKind.CLEARANCE),
        (NOTHING_LEFT, OutcomeKind.NO_TECHNIQUE),
    ],
)
def test_a_plan_is_withheld(changes: dict[str, Any], outcome: OutcomeKind) -> None:
    withheld = a_withheld_plan(**changes)
    assert withheld.outcome is outcome
    assert outcome.withholds


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"health": {"chest-pain": "yes", "surgery": "yes"}, "complaint": "lymphedema"}, OutcomeKind.REFER),
        ({"health": KIDNEY, "complaint": "lymphedema"}, OutcomeKind.CLEARANCE),
        ({"health": {"lymph-risk": "yes"}, "complaint": "lymphedema"} | NOTHING_LEFT, OutcomeKind.CLEARANCE),
        (NOTHING_LEFT | {"booking": {"closed": CLOSED}}, OutcomeKind.NO_TECHNIQUE),
    ],
)
def test_the_first_reason_to_withhold_is_given(changes: dict[str, Any], outcome: OutcomeKind) -> None:
    assert a_withheld_plan(**changes).outcome is outcome


def test_no_open_day_is_an_error_and_no_withheld_plan() -> None:
    with pytest.raises(NoOpenDay):
        make_plan(an_intake(booking={"closed": CLOSED}), knowledge(), on=TODAY)


def test_holidays_are_kept_free() -> None:
    first = a_plan().course.visits[0].date
    outcome = make_plan(an_intake(), knowledge(), on=TODAY, holidays=frozenset({first}))
    assert outcome.course.visits[0].date == first + timedelta(days=1)


def test_what_is_incomplete_names_what_is_unanswered() -> None:
    assert a_withheld_plan(health={"surgery": "yes"}).unanswered == ("surgery-size", "weeks-since-surgery")


def test_a_complaint_without_what_it_needs_names_it_as_unanswered() -> None:
    assert a_withheld_plan(complaint="cancer-recovery").unanswered == ("cancer-active", "cancer-past")


def test_nothing_is_unanswered_where_the_reason_is_another() -> None:
    assert a_withheld_plan(health={"chest-pain": "yes", "surgery": "yes"}).unanswered == ()


@pytest.mark.parametrize(
    ("changes", "urgency"),
    [
        ({"health": {"chest-pain": "yes"}}, Urgency.EMERGENCY),
        ({"health": {"fever": "yes"}, "regions": ["hip"]}, Urgency.DEFER),
        ({"health": KIDNEY}, None),
    ],
)
def test_urgency_is_given_with_refer_only(changes: dict[str, Any], urgency: Urgency | None) -> None:
    assert a_withheld_plan(**changes).urgency is urgency


def test_a_protocol_without_permission_is_named() -> None:
    withheld = a_withheld_plan(complaint="scar", onset=TODAY - timedelta(days=30))
    assert withheld.protocol is not None
    assert withheld.protocol.id == "scar"
    assert [warning.id for warning in withheld.warnings] == ["chronic-recent"]


def test_a_client_without_a_technique_is_told_why_each_was_lost() -> None:
    withheld = a_withheld_plan(regions=["elbow"], complaint=None, declines=["swedish"])
    assert withheld.outcome is OutcomeKind.NO_TECHNIQUE
    assert [warning.text for warning in withheld.warnings] == ["Myofascial release is left out: it needs extra training."]


def test_a_permission_lets_a_protocol_be_followed() -> None:
    note = {"rule": "scar", "by": "surgeon", "on": TODAY}
    plan = a_plan(complaint="scar", clearances=[note], booking={"trained-in": ["scar-massage"]})
    assert plan.protocol.id == "scar"


def test_prenatal_work_is_for_a_cleared_pregnancy() -> None:
    health = {"pregnant": "yes", "pregnancy-weeks": 20, "systolic": 115, "diastolic": 70}
    note = {"rule": "pregnancy", "by": "midwife", "on": TODAY}
    pregnant = {"complaint": "pregnancy-back", "health": health, "booking": {"trained-in": ["prenatal"]}}
    assert a_withheld_plan(**pregnant).outcome is OutcomeKind.CLEARANCE
    assert a_plan(**pregnant, clearances=[note]).session.prescriptions[0].candidate.technique.id == "prenatal"


def test_measures_are_those_of_the_protocol() -> None:
    plan = a_plan()
    assert tuple(measure.id for measure in plan.measures) == plan.protocol.measures


def test_advice_is_for_everybody_or_for_the_protocol_in_file_order() -> None:
    ids = [line.id for line in a_plan(complaint="carpal-tunnel", regions=["hand"]).advice]
    assert ids == [line.id for line in knowledge().advice if line.always or "carpal-tunnel" in line.protocols]
    assert "self-massage" in ids
    assert "compression-back-on" not in ids


def test_warnings_of_all_steps_come_in_the_order_of_the_text() -> None:
    plan = a_plan(
        onset=TODAY - timedelta(days=10),
        first_visit=True,
        pressure="firm",
        booking={"minutes": 40, "max-sessions": 3, "start": date(2026, 1, 5)},
    )
    assert [warning.id for warning in plan.warnings] == [
        "chronic-recent",
        "pressure-first-visit",
        "technique-untrained",
        "technique-untrained",
        "first-visit-short",
        "minutes-short",
        "minutes-short",
        "sessions-cut",
        "sessions-few",
        "start-past",
    ]


def test_techniques_are_chosen_for_the_minutes_of_the_first_phase() -> None:
    plan = a_plan(complaint="whiplash", regions=["neck"])
    assert sum(minutes for _, minutes in plan.session.outline) == plan.course.phases[0].minutes


def test_the_screening_alone_can_be_withheld_from_planning() -> None:
    incomplete = withhold(an_intake(), a_screening(health={"surgery": "yes"}), on=TODAY)
    assert (incomplete.outcome, incomplete.unanswered) == (OutcomeKind.INCOMPLETE, ("surgery-size", "weeks-since-surgery"))
    assert withhold(an_intake(), a_screening(), on=TODAY).outcome is OutcomeKind.CLEAR
