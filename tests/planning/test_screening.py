"""The screening of one client on one day (screening.md 7, 8, 10 and the examples of 12)."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.vocabulary import Category, OutcomeKind, Urgency
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import Truth
from massage_cli.planning.screening import Finding, Screening, UnusedClearance, judge_rules, screen
from tests.builders import TODAY, a_screening, a_table, an_intake, knowledge, problems_of

HEAT = ("hot-stone",)
PREGNANCY_TIERS = ("pregnancy", "pregnancy-under-14-weeks", "pregnancy-14-weeks-or-more", "pregnancy-20-weeks-or-more")


def example(*, attested: bool = True, health: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The client of the examples: 40, shoulder and lower back, everything else no."""
    client = {"condition": "maintenance", "complaint": None, "pain": None, "regions": ["shoulder", "lower-back"], **changes}
    return a_table(**client) | {"health": ({"everything-else": "no"} if attested else {}) | (health or {})}


def note(rule: str, *, on: date = TODAY, **changes: Any) -> dict[str, Any]:
    return {"rule": rule, "by": "doctor", "on": on, **changes}


def screened(table: dict[str, Any]) -> Screening:
    return screen(check_intake(table, knowledge(), on=TODAY), knowledge(), on=TODAY)


def rules(screening: Screening) -> list[str]:
    return [finding.rule.id for finding in screening.particular]


def uncertain(screening: Screening) -> list[str]:
    return [finding.rule.id for finding in screening.particular if not finding.certain]


def closed(screening: Screening) -> list[str]:
    """Places avoided for this client, those of everybody aside."""
    return [place for place, by in screening.limits.avoided.items() if by != ("always-caution-sites",)]


SEIZURES = {"seizures": "yes", "seizure-recent": "yes"}
VEINS = {"varicose-veins": {"answer": "yes", "regions": ["left-thigh"]}, "varicose-veins-severity": "severe"}
LEFT_LEG = ["left-thigh", "left-knee", "left-lower-leg", "left-ankle", "left-foot"]
FRAGILE = {"osteoporosis": "yes", "long-term-steroids": "yes", "anticoagulant": "yes"}


@pytest.mark.parametrize(
    ("number", "table", "outcome", "found", "more"),
    [
        (1, example(), "clear", [], {}),
        (2, example(attested=False), "incomplete", [], {"unanswered": 96}),
        (
            3,
            example(attested=False, health={"chest-pain": "yes"}),
            "refer",
            ["heart-attack-signs"],
            {"urgency": "emergency", "unanswered": 95},
        ),
        (
            4,
            example(health={"systolic": 139, "diastolic": 90}),
            "restricted",
            ["blood-pressure-raised"],
            {"out": ["deep-tissue", *HEAT], "closed": ["abdomen", "throat"], "pressure": 3},
        ),
        (5, example(health={"systolic": 160, "diastolic": 80}), "clearance", ["blood-pressure-high"], {"pressure": 2}),
        (6, example(health={"systolic": 128}), "incomplete", [], {"unanswered": ["diastolic"]}),
        (8, example(health={"hot-joint": "unsure"}), "clearance", ["septic-joint-signs"], {"uncertain": ["septic-joint-signs"]}),
        (
            9,
            example(health={"anticoagulant": "unsure"}),
            "restricted",
            ["anticoagulant"],
            {"uncertain": ["anticoagulant"], "out": knowledge().techniques_named["deep"], "pressure": 2},
        ),
        (10, example(health={"varicose-veins": "yes"}), "incomplete", [], {"unanswered": ["varicose-veins-severity"]}),
        (11, example(health=VEINS, regions=["thigh"]), "restricted", ["varicose-veins-severe"], {"closed": LEFT_LEG}),
        (12, example(health=VEINS, regions=["left-knee"]), "refer", ["varicose-veins-severe"], {"urgency": "defer"}),
        (13, example(health={"bruise": "yes"}), "refer", ["bruise-or-hematoma"], {"urgency": "defer"}),
        (
            14,
            example(health=SEIZURES, clearances=[note("epilepsy-uncontrolled", on=date(2026, 5, 25))]),
            "restricted",
            ["epilepsy-uncontrolled"],
            {"cleared": ["epilepsy-uncontrolled"], "out": [*HEAT, "craniosacral", "shiatsu"]},
        ),
        (
            15,
            example(health=SEIZURES, clearances=[note("epilepsy-uncontrolled", on=date(2026, 5, 24))]),
            "clearance",
            ["epilepsy-uncontrolled"],
            {"cleared": [], "unused": [("epilepsy-uncontrolled", "expired")]},
        ),
        (
            19,
            example(health={"pregnant": "unsure", "pregnancy-weeks": "unsure", "systolic": 118, "diastolic": 70}),
            "clearance",
            list(PREGNANCY_TIERS),
            {"uncertain": list(PREGNANCY_TIERS)},
        ),
        (
            20,
            example(health=FRAGILE),
            "clearance",
            ["fragility-stack", "anticoagulant", "osteoporosis", "long-term-steroids-or-fragile-skin"],
            {},
        ),
        (21, example(health={"liver-disease": "yes"}), "clearance", ["low-platelets", "liver-disease"], {"pressure": 1}),
        (
            22,
            example(condition="injury-recovery", pain=4, onset=date(2026, 11, 19)),
            "refer",
            ["injury-under-72-hours-by-date"],
            {"urgency": "defer", "closed": ["left-shoulder", "right-shoulder", "lower-back"]},
        ),
    ],
)
def test_the_examples_of_the_text(number: int, table: dict[str, Any], outcome: str, found: list[str], more: dict[str, Any]) -> None:
    screening = screened(table)
    seen: dict[str, Any] = {
        "urgency": screening.urgency,
        "unanswered": len(screening.unanswered) if isinstance(more.get("unanswered"), int) else list(screening.unanswered),
        "out": [technique for technique in more.get("out", ()) if technique in screening.limits.excluded],
        "closed": closed(screening),
        "pressure": screening.limits.pressure_max,
        "uncertain": uncertain(screening),
        "cleared": [finding.rule.id for finding in screening.particular if finding.cleared],
        "unused": [(unused.rule, unused.why) for unused in screening.unused_clearances],
    }
    assert (screening.outcome, rules(screening)) == (outcome, found), number
    assert {key: seen[key] for key in more} == {key: list(value) if isinstance(value, tuple) else value for key, value in more.items()}


@pytest.mark.parametrize(
    ("number", "table", "path"),
    [
        (7, example(health={"diastolic": 80}), "health.diastolic"),
        (8, example(health={"hot-joint": "unsure"}, clearances=[note("septic-joint-signs")]), "clearances[0].rule"),
        (16, example(health=SEIZURES, clearances=[note("fever")]), "clearances[0].rule"),
        (17, example(health={"pregnancy-weeks": 10}), "health.pregnancy-weeks"),
        (18, example(age=62, health={"pregnant": "no"}), "health.pregnant"),
    ],
)
def test_the_examples_of_the_text_that_are_errors(number: int, table: dict[str, Any], path: str) -> None:
    assert [problem.path for problem in problems_of(table)] == [path], number


# 7. Findings


def test_findings_are_ordered_by_category_urgency_and_file() -> None:
    health = {"fever": "yes", "anticoagulant": "yes", "chest-pain": "yes", "temple-headache": "yes", "open-wound": "yes"}
    found = rules(a_screening(age=66, regions=["neck"], health=health))
    order = {category: place for place, category in enumerate(Category)}
    assert found[0] == "heart-attack-signs"
    assert [order[knowledge().rule[rule].category] for rule in found] == sorted(order[knowledge().rule[rule].category] for rule in found)


def test_an_uncertain_finding_keeps_its_place() -> None:
    assert rules(a_screening(health={"fever": "yes", "chest-pain": "unsure"}, regions=["hip"]))[0] == "heart-attack-signs"


def test_a_standing_rule_is_found_and_changes_nothing() -> None:
    screening = a_screening()
    assert [finding.rule.id for finding in screening.findings] == ["always-caution-sites"]
    assert screening.particular == ()
    assert screening.outcome is OutcomeKind.CLEAR


def test_a_finding_names_the_places_it_bears_on() -> None:
    health = {"bruise": {"answer": "yes", "regions": ["right-thigh", "left-thigh"]}}
    finding = a_screening(health=health).particular[0]
    assert finding.regions == ("left-thigh", "right-thigh")


def test_one_certain_group_makes_a_rule_certain() -> None:
    found = a_screening(regions=["hip"], health={"saddle-or-bladder": "unsure", "both-legs": "yes"}).particular
    assert [(finding.rule.id, finding.certain) for finding in found] == [("cauda-equina-signs", True)]


# 7.4, 10. Outcome

UNSURE_OUTCOMES = {
    Category.RED_FLAG: ("chest-pain", OutcomeKind.CLEARANCE),
    Category.ABSOLUTE: ("infectious-illness", OutcomeKind.CLEARANCE),
    Category.CLEARANCE: ("kidney-disease", OutcomeKind.CLEARANCE),
    Category.TECHNIQUE: ("isotretinoin", OutcomeKind.RESTRICTED),
    Category.MODIFY: ("trauma-or-anxiety", OutcomeKind.RESTRICTED),
}


@pytest.mark.parametrize("category", UNSURE_OUTCOMES)
def test_an_unsure_answer_is_not_a_no(category: Category) -> None:
    fact, outcome = UNSURE_OUTCOMES[category]
    screening = a_screening(health={fact: "unsure", "systolic": 120, "diastolic": 70})
    assert screening.outcome is outcome
    assert {finding.rule.category for finding in screening.particular} == {category}


@pytest.mark.parametrize("fact", [fact for fact, _ in UNSURE_OUTCOMES.values()])
def test_an_unanswered_question_makes_it_incomplete(fact: str) -> None:
    health = {each.id: "no" for each in knowledge().facts if each.kind == "yes-no" and each.asked_when is None and each.id != fact}
    asked = {"pregnant": "no", "gave-birth": "no"}
    screening = screened(a_table() | {"health": health | asked})
    assert (screening.outcome, screening.unanswered) == (OutcomeKind.INCOMPLETE, (fact,))


def test_a_red_flag_stands_even_if_questions_are_unanswered() -> None:
    assert screened(example(attested=False, health={"chest-pain": "yes"})).outcome is OutcomeKind.REFER


def test_an_unanswered_question_goes_before_a_clearance() -> None:
    assert a_screening(health={"kidney-disease": "yes", "systolic": 120}).outcome is OutcomeKind.INCOMPLETE


def test_urgency_is_that_of_the_worst_certain_finding() -> None:
    screening = a_screening(regions=["hip"], health={"fever": "yes", "weight-loss": "yes", "chest-pain": "unsure"})
    assert screening.urgency is min(
        (finding.rule.urgency for finding in screening.particular if finding.certain and finding.rule.urgency), key=list(Urgency).index
    )
    assert screening.urgency is not Urgency.EMERGENCY


def test_urgency_is_given_with_refer_only() -> None:
    assert a_screening(health={"chest-pain": "unsure"}).urgency is None


def test_one_requested_region_left_open_is_no_reason_to_refer() -> None:
    assert (
        a_screening(regions=["lower-back", "neck"], health={"bruise": {"answer": "yes", "regions": ["neck"]}}).outcome
        is OutcomeKind.RESTRICTED
    )


def test_positions_that_cannot_both_hold_refer() -> None:
    screening = a_screening()
    clash = replace(screening, limits=replace(screening.limits, positions=("side-lying", "seated")))
    assert (clash.outcome, clash.urgency) == (OutcomeKind.REFER, Urgency.DEFER)


@pytest.mark.parametrize("positions", [("side-lying",), ("seated",), ("no-prone", "side-lying"), ("no-prone", "seated")])
def test_one_position_alone_does_not_refer(positions: tuple[str, ...]) -> None:
    screening = a_screening()
    assert replace(screening, limits=replace(screening.limits, positions=positions)).outcome is OutcomeKind.CLEAR


def test_nowhere_to_work_refers_also_where_nothing_else_is_avoided() -> None:
    screening = a_screening()
    avoided = dict.fromkeys(screening.requested, ("bruise",))
    assert replace(screening, limits=replace(screening.limits, avoided=avoided)).outcome is OutcomeKind.REFER


def test_a_cleared_red_flag_would_still_stop() -> None:
    assert Finding(rule=knowledge().rule["heart-attack-signs"], certain=True, cleared=True).stops


@pytest.mark.parametrize(
    "health", [{"weight-loss": "yes", "lump": "unsure", "night-pain": "unsure"}, {"night-pain": "unsure", "weight-loss": "yes"}]
)
def test_one_certain_sign_makes_a_finding_certain_whatever_else_is_unsure(health: dict[str, Any]) -> None:
    screening = a_screening(regions=["hip"], health={**health, "cancer-past": "yes"})
    assert rules(screening)[0] == "possible-serious-disease-signs"
    assert screening.findings[0].certain
    assert screening.outcome is OutcomeKind.REFER


def test_a_rule_that_waits_for_an_answer_is_neither_held_nor_ruled_out() -> None:
    intake = check_intake(example(attested=False, health={"systolic": 180}), knowledge(), on=TODAY)
    results = judge_rules(Answers(intake, knowledge(), on=TODAY), knowledge())
    assert results["blood-pressure-crisis-with-symptoms"] is Truth.MISSING


def test_a_count_holds_only_together_with_what_stands_beside_it() -> None:
    assert "pulmonary-embolism-signs" not in rules(a_screening(regions=["hip"], health={"clot-ever": "yes"}))
    assert "pulmonary-embolism-signs" in rules(a_screening(regions=["hip"], health={"clot-ever": "yes", "chest-pain": "yes"}))


def test_a_place_that_was_named_is_closed_also_beside_a_rule_for_the_whole_body() -> None:
    bruise = {"answer": "yes", "regions": ["left-foot"]}
    assert "left-foot" in closed(a_screening(regions=["neck", "foot"], health={"bruise": bruise, "diabetes": "yes"}))


def test_a_finding_without_a_place_names_none() -> None:
    assert a_screening(health={"fever": "yes"}).findings[0].regions == ()


# 8. Clearances

KIDNEY = {"kidney-disease": "yes", "systolic": 120, "diastolic": 70}


def test_a_note_lifts_the_stop_and_leaves_the_limits() -> None:
    stopped = a_screening(health=KIDNEY)
    cleared = a_screening(health=KIDNEY, clearances=[note("kidney-disease")])
    assert (stopped.outcome, cleared.outcome) == (OutcomeKind.CLEARANCE, OutcomeKind.RESTRICTED)
    assert cleared.limits == stopped.limits


def test_a_note_lifts_the_one_rule_it_names() -> None:
    health = {**KIDNEY, "weak-immunity": "yes"}
    screening = a_screening(health=health, clearances=[note("kidney-disease")])
    assert screening.outcome is OutcomeKind.CLEARANCE
    assert [finding.rule.id for finding in screening.findings if finding.cleared] == ["kidney-disease"]


def test_a_note_lifts_a_stop_the_client_is_unsure_of() -> None:
    health = {"kidney-disease": "unsure", "systolic": 120, "diastolic": 70}
    assert a_screening(health=health, clearances=[note("kidney-disease")]).outcome is OutcomeKind.RESTRICTED


@pytest.mark.parametrize(("days_over", "outcome"), [(0, OutcomeKind.RESTRICTED), (1, OutcomeKind.CLEARANCE)])
def test_a_note_holds_for_its_days(days_over: int, outcome: OutcomeKind) -> None:
    signed = TODAY - timedelta(days=knowledge().rule["kidney-disease"].clearance_valid_days + days_over)
    assert a_screening(health=KIDNEY, clearances=[note("kidney-disease", on=signed)]).outcome is outcome


def test_a_note_of_today_is_valid() -> None:
    assert a_screening(health=KIDNEY, clearances=[note("kidney-disease", on=TODAY)]).outcome is OutcomeKind.RESTRICTED


def test_one_valid_note_of_several_is_enough() -> None:
    old = note("kidney-disease", on=date(2020, 1, 1))
    screening = a_screening(health=KIDNEY, clearances=[old, note("kidney-disease")])
    assert screening.outcome is OutcomeKind.RESTRICTED
    assert screening.unused_clearances == (UnusedClearance(rule="kidney-disease", why="expired"),)


def test_a_note_for_what_was_not_found_is_not_needed() -> None:
    unused = a_screening(clearances=[note("kidney-disease")]).unused_clearances
    assert unused == (UnusedClearance(rule="kidney-disease", why="not-needed"),)


def test_a_note_for_a_protocol_is_left_to_planning() -> None:
    assert a_screening(clearances=[note("scar")]).unused_clearances == ()


def test_notes_behind_one_for_a_protocol_count() -> None:
    screening = a_screening(health=KIDNEY, clearances=[note("scar"), note("kidney-disease")])
    assert [finding.rule.id for finding in screening.findings if finding.cleared] == ["kidney-disease"]


def test_precautions_are_those_of_the_findings_and_then_of_the_valid_notes_each_once() -> None:
    limits = "30 minutes at most"
    notes = [note("kidney-disease", limits=limits), note("kidney-disease", limits=limits), note("scar", limits="not said")]
    screening = a_screening(health=KIDNEY, clearances=notes)
    of_rules = [line for finding in screening.findings for line in finding.rule.precautions]
    assert screening.precautions == (*dict.fromkeys(of_rules), limits)


def test_a_note_without_limits_adds_no_precaution() -> None:
    assert a_screening(health=KIDNEY, clearances=[note("kidney-disease")]).precautions == a_screening(health=KIDNEY).precautions


def test_an_expired_note_adds_no_precaution() -> None:
    old = note("kidney-disease", on=date(2020, 1, 1), limits="30 minutes at most")
    assert "30 minutes at most" not in a_screening(health=KIDNEY, clearances=[old]).precautions


def test_a_cleared_pregnancy_is_known_as_cleared() -> None:
    health = {"pregnant": "yes", "pregnancy-weeks": 16, "systolic": 120, "diastolic": 70}
    assert not a_screening(health=health).has_cleared("pregnancy")
    cleared = a_screening(health={**health, "kidney-disease": "yes"}, clearances=[note("pregnancy")])
    assert (cleared.has_cleared("pregnancy"), cleared.has_cleared("kidney-disease")) == (True, False)
    assert not cleared.has_cleared("fever")


# Boundaries of the numbers in the rules, as the knowledge gives them


@pytest.mark.parametrize(
    ("rule", "fact", "health"),
    [
        ("blood-pressure-high", "systolic", {"diastolic": 70}),
        ("blood-pressure-crisis", "systolic", {"diastolic": 70}),
        ("blood-pressure-raised", "systolic", {"diastolic": 70}),
        ("fever", "temperature-c", {}),
        ("pregnancy-14-weeks-or-more", "pregnancy-weeks", {"pregnant": "yes"}),
        ("pregnancy-20-weeks-or-more", "pregnancy-weeks", {"pregnant": "yes"}),
        ("surgery-6-to-12-weeks", "weeks-since-surgery", {"surgery": "yes", "surgery-size": "major"}),
        ("low-platelets-mild", "platelets", {"low-platelets": "yes"}),
    ],
)
def test_a_rule_begins_at_its_number(rule: str, fact: str, health: dict[str, Any]) -> None:
    least = min(
        criterion.at_least
        for group in knowledge().rule[rule].when
        for criterion in group
        if criterion.fact == fact and criterion.at_least is not None
    )
    step = 1 if knowledge().fact[fact].whole else 0.1
    assert rule in rules(a_screening(regions=["hip"], health={**health, fact: least}))
    assert rule not in rules(a_screening(regions=["hip"], health={**health, fact: round(least - step, 1)}))


@pytest.mark.parametrize("rule", ["older-adult", "older-adult-80", "minor-12-17"])
def test_a_rule_of_age_begins_at_its_age(rule: str) -> None:
    least = next(criterion.at_least for criterion in knowledge().rule[rule].when[0] if criterion.at_least is not None)
    assert rule in rules(a_screening(age=least))
    assert rule not in rules(a_screening(age=int(least) - 1))


def test_the_date_closes_a_fresh_injury_until_the_third_day() -> None:
    last = next(c.at_most for c in knowledge().rule["injury-under-72-hours-by-date"].when[0] if c.fact == "onset-days")
    on_day = {"condition": "injury-recovery", "onset": TODAY - timedelta(days=int(last or 0))}
    day_after = {"condition": "injury-recovery", "onset": TODAY - timedelta(days=int(last or 0) + 1)}
    assert a_screening(**on_day).outcome is OutcomeKind.REFER
    assert a_screening(**day_after).outcome is OutcomeKind.CLEAR


def test_screening_is_of_the_day() -> None:
    intake = an_intake(condition="injury-recovery", onset=TODAY)
    assert screen(intake, knowledge(), on=TODAY).outcome is OutcomeKind.REFER
    assert screen(intake, knowledge(), on=TODAY + timedelta(days=3)).outcome is OutcomeKind.CLEAR
