"""The plan file as values: what it says of a plan, of a withheld plan and of a screening alone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of, screening_document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import Outcome, make_plan
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_plan, a_withheld_plan, an_intake, knowledge
from tests.drawn import drawn_intake

COURSE = ("techniques", "outline", "phases", "sessions", "maintenance", "measures", "advice", "holidays")
"""The keys that say how to treat and when."""

PREGNANT = {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 120, "diastolic": 70}
UNTRAINED = {
    "complaint": "lymphedema",
    "regions": ["forearm"],
    "health": {"lymph-risk": "yes"},
    "clearances": [{"rule": "lymphedema", "by": "oncologist", "on": TODAY}],
}
"""Needs lymphatic drainage, and the therapist has no training in it."""


def document(outcome: Outcome) -> PlanDocument:
    return document_of(outcome, knowledge(), program="test")


def plain(outcome: Outcome) -> dict[str, Any]:
    """The document as the file holds it."""
    return msgspec.to_builtins(document(outcome))


def test_a_plan_says_what_made_it() -> None:
    made = document(a_plan())
    assert (made.edition, made.program, made.planned_on) == (knowledge().edition.edition, "test", TODAY)
    assert made.knowledge_digest == knowledge().digest
    assert made.reviewed_by_clinician is False


def test_a_plan_carries_its_intake_unchanged() -> None:
    assert document(a_plan(pain=7)).intake == an_intake(pain=7)


def test_keys_that_hold_nothing_are_left_out() -> None:
    assert not {"urgency", "holidays"} & set(plain(a_plan()))
    assert not {"minutes-max", "avoid", "findings", "unanswered"} & set(plain(a_plan())["screening"])


def test_a_plan_has_a_course() -> None:
    assert set(plain(a_plan())) >= {"techniques", "outline", "phases", "sessions", "maintenance", "measures", "advice", "protocol"}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"health": {"chest-pain": "yes"}}, OutcomeKind.REFER),
        ({"health": PREGNANT}, OutcomeKind.CLEARANCE),
        ({"health": {"varicose-veins": "yes"}}, OutcomeKind.INCOMPLETE),
        (UNTRAINED, OutcomeKind.NO_TECHNIQUE),
    ],
)
def test_a_withheld_plan_has_nothing_that_says_how_to_treat(changes: dict[str, Any], outcome: OutcomeKind) -> None:
    withheld = plain(a_withheld_plan(**changes))
    assert withheld["outcome"] == outcome
    assert not set(COURSE) & set(withheld)


def test_only_a_referral_has_an_urgency() -> None:
    assert document(a_withheld_plan(health={"chest-pain": "yes"})).urgency == "emergency"
    assert document(a_withheld_plan(health=PREGNANT)).urgency is None


def test_what_is_open_is_listed_for_an_incomplete_intake() -> None:
    assert document(a_withheld_plan(health={"varicose-veins": "yes"})).screening.unanswered == ("varicose-veins-severity",)


def test_findings_carry_the_words_of_their_rule() -> None:
    (finding,) = document(a_withheld_plan(health={"chest-pain": "yes"})).screening.findings
    rule = knowledge().rule[finding.rule]
    assert (finding.title, finding.reason, finding.action, finding.sources) == (rule.title, rule.reason, rule.action, rule.sources)


def test_what_standing_rules_limit_stands_as_caution_sites_only() -> None:
    standing = {rule.id for rule in knowledge().rules if rule.standing}
    screening = document(a_plan(regions=["neck"], complaint="neck")).screening
    assert screening.caution_sites
    assert not {finding.rule for finding in screening.findings} & standing
    assert not {rule for entry in screening.exclusions for rule in entry.because} & standing
    assert not set(screening.avoid) & {site.id for site in knowledge().sites}


def test_what_has_to_be_left_alone_for_this_client_stands_in_the_screening() -> None:
    bruised = a_plan(regions=["lower-back", "neck"], health={"bruise": {"answer": "yes", "regions": ["neck"]}})
    assert document(bruised).screening.avoid == ("neck",)


@pytest.mark.parametrize("region", ["neck", "lower-back", "abdomen", "knee"])
def test_caution_sites_lie_inside_the_regions_asked_for(region: str) -> None:
    sites = document(a_plan(regions=[region], complaint=None)).screening.caution_sites
    assert list(sites) == [site.id for site in knowledge().sites if site.region == region]


def test_a_note_that_does_nothing_is_told_with_why() -> None:
    made = document(a_plan(clearances=[{"rule": "pregnancy", "by": "midwife", "on": TODAY}]))
    assert [(unused.rule, unused.why) for unused in made.screening.unused_clearances] == [("pregnancy", "not-needed")]


def test_a_technique_out_everywhere_comes_before_its_places() -> None:
    health = {
        "anticoagulant": "yes",
        "varicose-veins": {"answer": "yes", "regions": ["left-lower-leg"]},
        "varicose-veins-severity": "severe",
    }
    entries = document(a_plan(age=71, health=health)).screening.exclusions
    deep = [entry.regions for entry in entries if entry.technique == "deep-tissue"]
    assert deep[0] == ()
    assert all(deep[1:])
    assert len(deep) > 1


@settings(max_examples=80)
@given(st.integers(0, 200))
def test_a_screening_is_the_plan_without_what_planning_adds(seed: int) -> None:
    table, on = drawn_intake(seed)
    intake = check_intake(table, knowledge(), on=on)
    screening = screen(intake, knowledge(), on=on)
    alone = msgspec.to_builtins(screening_document_of(intake, screening, knowledge(), on=on, program="test"))
    assert not {*COURSE, "protocol", "warnings"} & set(alone)
    try:
        plan = plain(make_plan(intake, knowledge(), on=on))
    except NoOpenDay:
        return
    later = {"outcome", "urgency", "screening"} if plan["outcome"] in ("incomplete", "clearance", "no-technique") else set()
    assert {key: plan[key] for key in alone if key not in later} == {key: value for key, value in alone.items() if key not in later}
    left_open = {"unanswered"}
    assert {k: v for k, v in plan["screening"].items() if k not in left_open} == {
        k: v for k, v in alone["screening"].items() if k not in left_open
    }
