"""Nothing in the knowledge is out of reach, and every course that can be booked tapers on open days."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.techniques import Technique
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import Plan, make_plan
from tests.builders import TODAY, a_table, knowledge

KNOWLEDGE = knowledge()
_ONSET = {"acute": 20, "injury-recovery": 30, "chronic": 400}
_PREGNANT = {
    "health": {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 118, "diastolic": 74},
    "clearances": [{"rule": "pregnancy", "by": "midwife", "on": TODAY}],
}


def planned(**changes: Any) -> Plan | None:
    """The plan of a client who wants and has all that may be needed; none where it is withheld or cannot be."""
    condition = changes.get("condition", "chronic")
    onset = TODAY - timedelta(days=_ONSET[condition]) if condition in _ONSET else None
    try:
        outcome = make_plan(check_intake(a_table(**{"onset": onset} | changes), KNOWLEDGE, on=TODAY), KNOWLEDGE, on=TODAY)
    except (Unreadable, NoOpenDay):
        return None
    return outcome if isinstance(outcome, Plan) else None


def wishing(technique: Technique) -> Iterator[Plan | None]:
    """Plans of clients who ask for a technique, each with another complaint, where it can be used."""
    regions = [region for region in technique.regions if region != "whole-body"][:1] or ["lower-back"]
    booking = {"minutes": 90, "trained-in": [technique.id]}
    others = [other.id for other in KNOWLEDGE.techniques if other is not technique]
    for declined, complaint, extra in product(([], others), KNOWLEDGE.complaints, ({}, _PREGNANT)):
        for condition in complaint.protocols:
            changes = {"complaint": complaint.id, "condition": condition, "regions": regions, "booking": booking, "pressure": "firm"}
            yield planned(prefers=[technique.id], declines=declined, **changes, **extra)


def prescribes(plan: Plan | None, technique: Technique) -> bool:
    return plan is not None and any(block.candidate.technique is technique for block in plan.session.prescriptions)


def test_every_technique_can_be_planned() -> None:
    out_of_reach = [
        technique.id for technique in KNOWLEDGE.techniques if not any(prescribes(plan, technique) for plan in wishing(technique))
    ]
    assert out_of_reach == []


def bookings() -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every protocol with every small booking of visits, visits a week and weekdays."""
    of_protocol = {
        protocol: (complaint, condition) for complaint in KNOWLEDGE.complaints for condition, protocol in complaint.protocols.items()
    }
    weekdays = (None, ["mon"], ["tue", "sat"], ["mon", "wed", "fri"])
    for (complaint, condition), most, weekly, days in product(of_protocol.values(), (None, 1, 3, 8), (None, 1, 3), weekdays):
        booking = {
            "max-sessions": most,
            "max-per-week": weekly,
            "weekdays": days,
            "closed": [TODAY + timedelta(days=day) for day in (9, 16, 17, 30)],
        }
        kept = {key: value for key, value in booking.items() if value is not None}
        yield planned(complaint=complaint.id, condition=condition, booking=kept), booking


def test_every_small_booking_of_every_protocol_tapers_on_open_days() -> None:
    looked_at = 0
    for plan, booking in bookings():
        if plan is None:
            continue
        looked_at += 1
        days = [visit.date for visit in plan.course.visits]
        assert all(earlier < later for earlier, later in pairwise(days))
        assert set(booking["closed"]).isdisjoint(days)
        assert {day.strftime("%a").lower() for day in days} <= set(booking["weekdays"] or ("mon", "tue", "wed", "thu", "fri"))
        assert len(days) <= (booking["max-sessions"] or plan.protocol.sessions_total)
        for before, after in pairwise(plan.course.phases):
            assert len(after.gap_days) * sum(before.gap_days) <= len(before.gap_days) * sum(after.gap_days)
    assert looked_at > 900
