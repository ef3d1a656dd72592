"""Which techniques can be used on which regions, and how they rank (planning.md 5)."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.protocols import Protocol
from massage_cli.planning.candidates import Candidate, Candidates, candidates, case_of, usable_regions
from massage_cli.planning.screening import screen
from tests.builders import TODAY, a_screening, an_intake, knowledge

TECHNIQUES = knowledge().technique
ALL_TRAINING = {"trained-in": list(TECHNIQUES)}


def a_protocol(*techniques: str, protocol: str = "generic-chronic") -> Protocol:
    return replace(knowledge().protocol[protocol], techniques=techniques or ("swedish",))


def found(
    *techniques: str,
    pressure: int = 3,
    minutes: int = 60,
    protocol: str = "generic-chronic",
    caps: dict[str, int] | None = None,
    **changes: Any,
) -> Candidates:
    """What is found when these techniques are the protocol's list, and screening caps pressure in these places."""
    intake = an_intake(**changes)
    screening = screen(intake, knowledge(), on=TODAY)
    screening = replace(screening, limits=replace(screening.limits, pressure_max_at=caps or screening.limits.pressure_max_at))
    case = case_of(intake, screening, a_protocol(*techniques, protocol=protocol), knowledge(), pressure=pressure, minutes=minutes)
    return candidates(case)


def names(result: Candidates) -> list[str]:
    return [candidate.technique.id for candidate in result.ranked]


def texts(result: Candidates) -> list[str]:
    return [warning.text for warning in result.warnings]


def the(technique: str, result: Candidates) -> Candidate:
    return next(candidate for candidate in result.ranked if candidate.technique.id == technique)


# 5.1 Targets


def test_targets_are_the_regions_requested_in_body_order() -> None:
    assert found("swedish", regions=["knee", "neck"]).targets == ("neck", "left-knee", "right-knee")


def test_what_is_avoided_is_no_target_and_is_said() -> None:
    result = found(regions=["lower-back", "knee"], health={"bruise": {"answer": "yes", "regions": ["left-knee"]}})
    assert result.targets == ("lower-back", "right-knee")
    assert texts(result) == ["Not treated: left knee."]


def test_both_sides_that_are_avoided_are_said_as_one() -> None:
    result = found(regions=["lower-back", "knee"], health={"bruise": {"answer": "yes", "regions": ["knee"]}})
    assert texts(result) == ["Not treated: knee."]


# 5.2, 5.3 Candidates and their tests


def test_candidates_are_the_protocols_and_then_those_asked_for_once_each() -> None:
    result = found("swedish", "sports", prefers=["movement-therapy", "swedish", "movement-therapy"], goals=[], complaint=None)
    assert sorted(names(result)) == ["movement-therapy", "sports", "swedish"]


def test_a_decline_beats_a_wish_without_a_word() -> None:
    result = found("swedish", "sports", prefers=["sports"], declines=["sports"])
    assert (names(result), result.warnings) == (["swedish"], ())


def test_one_that_stands_alone_is_for_the_first_place_or_on_request() -> None:
    assert names(found("thai", booking=ALL_TRAINING)) == ["thai"]
    assert names(found("swedish", "thai", booking=ALL_TRAINING)) == ["swedish"]
    assert "thai" in names(found("swedish", "thai", prefers=["thai"], booking=ALL_TRAINING))


def test_one_that_stands_alone_and_was_not_asked_for_goes_without_a_word() -> None:
    assert found("swedish", "thai").warnings == ()


def test_what_screening_excludes_is_out_with_the_rules_sorted() -> None:
    result = found("trigger-point", health={"osteoporosis": "yes", "anticoagulant": "yes"})
    assert texts(result) == ["Trigger point therapy is left out: screening excludes it (anticoagulant, osteoporosis)."]


def test_a_request_never_brings_back_what_screening_excludes() -> None:
    result = found("swedish", prefers=["trigger-point"], health={"anticoagulant": "yes"})
    assert names(result) == ["swedish"]
    assert texts(result) == ["Trigger point therapy was asked for and is left out: screening excludes it (anticoagulant)."]


PREGNANT = {"pregnant": "yes", "pregnancy-weeks": 16, "systolic": 120, "diastolic": 70}
NOTE = {"rule": "pregnancy", "by": "midwife", "on": TODAY}


def test_prenatal_work_is_for_a_cleared_pregnancy_only() -> None:
    assert texts(found("prenatal", booking=ALL_TRAINING)) == ["Prenatal massage is left out: it is for a cleared pregnancy only."]
    assert names(found("prenatal", booking=ALL_TRAINING, health=PREGNANT, clearances=[NOTE])) == ["prenatal"]
    assert names(found("prenatal", booking=ALL_TRAINING, health=PREGNANT)) == []


def test_what_needs_training_is_for_those_who_have_it() -> None:
    assert texts(found("cupping")) == ["Cupping is left out: it needs extra training."]
    assert names(found("cupping", booking={"trained-in": ["cupping"]})) == ["cupping"]


def test_what_is_not_used_on_the_regions_is_said_on_request_alone() -> None:
    assert found("reflexology", booking=ALL_TRAINING).warnings == ()
    asked = found("swedish", prefers=["reflexology"], booking=ALL_TRAINING)
    assert texts(asked) == ["Reflexology was asked for and is left out: it is not used on these regions."]


def test_what_screening_excludes_on_all_its_regions_is_out_there() -> None:
    health = {"rash": {"answer": "yes", "regions": ["lower-back"]}}
    rules = ", ".join(sorted(a_screening(health=health).limits.excluded_at["trigger-point"]["lower-back"]))
    assert texts(found("trigger-point", health=health)) == [f"Trigger point therapy is left out: screening excludes it there ({rules})."]


def test_what_screening_excludes_on_one_region_is_used_on_the_others() -> None:
    health = {"rash": {"answer": "yes", "regions": ["lower-back"]}}
    result = found("trigger-point", regions=["lower-back", "neck"], health=health)
    assert the("trigger-point", result).regions == ("neck",)


@pytest.mark.parametrize("technique", ["trigger-point", "sports", "swedish"])
def test_a_technique_needs_its_lowest_pressure(technique: str) -> None:
    least = TECHNIQUES[technique].pressure.min
    assert names(found(technique, pressure=least)) == [technique]
    if least > 1:
        expected = f"{TECHNIQUES[technique].name} is left out: it needs pressure {least}, and {least - 1} is the most allowed."
        assert texts(found(technique, pressure=least - 1)) == [expected]


def test_the_most_that_is_allowed_is_that_of_the_best_region() -> None:
    result = found("trigger-point", pressure=4, regions=["neck", "hip"], caps={"neck": 1, "left-hip": 2, "right-hip": 1})
    assert texts(result) == ["Trigger point therapy is left out: it needs pressure 3, and 2 is the most allowed."]


def test_a_region_with_a_lower_cap_falls_away_alone() -> None:
    result = found("swedish", "trigger-point", regions=["thigh"], caps={"left-thigh": 2})
    assert the("swedish", result).regions == ("left-thigh", "right-thigh")
    assert the("trigger-point", result).regions == ("right-thigh",)


def test_one_that_stands_alone_needs_its_minutes() -> None:
    least = TECHNIQUES["thai"].minutes.min
    assert names(found("thai", minutes=least, booking=ALL_TRAINING)) == ["thai"]
    assert found("thai", minutes=least - 1, booking=ALL_TRAINING).warnings == ()
    asked = found("thai", minutes=least - 1, prefers=["thai"], booking=ALL_TRAINING)
    assert texts(asked) == [f"Traditional Thai massage was asked for and is left out: it needs {least} minutes."]


def test_one_that_is_joined_with_others_needs_no_minutes_of_its_own() -> None:
    assert TECHNIQUES["tuina"].minutes.min > 15
    assert names(found("tuina", minutes=15, booking=ALL_TRAINING)) == ["tuina"]


def test_pressure_is_the_reason_before_minutes() -> None:
    asked = found("thai", minutes=15, pressure=1, prefers=["thai"], booking=ALL_TRAINING)
    assert [warning.id for warning in asked.warnings] == ["technique-pressure"]


def test_the_rules_that_exclude_everywhere_are_sorted() -> None:
    health = {"osteoporosis": "yes", "systolic": 139, "diastolic": 90}
    assert a_screening(health=health).limits.excluded["deep-tissue"] == ("osteoporosis", "blood-pressure-raised")
    assert texts(found("deep-tissue", health=health)) == [
        "Deep tissue massage is left out: screening excludes it (blood-pressure-raised, osteoporosis)."
    ]


RASH = {"rash": {"answer": "yes", "regions": ["lower-back"]}}
ON_THE_THIGH = {fact: {"answer": "yes", "regions": ["left-thigh"]} for fact in ("varicose-veins", "numbness")}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"health": {"anticoagulant": "yes"} | RASH, "regions": ["jaw"]}, "screening excludes it (anticoagulant)"),
        ({"health": RASH, "regions": ["jaw"]}, "it needs extra training"),
        ({"health": RASH, "regions": ["jaw"], "booking": ALL_TRAINING}, "it is not used on these regions"),
        ({"health": RASH, "booking": ALL_TRAINING}, "screening excludes it there (eczema-or-psoriasis)"),
        ({"booking": ALL_TRAINING}, "it needs pressure 2, and 1 is the most allowed"),
        ({"booking": ALL_TRAINING, "pressure": 2}, None),
    ],
)
def test_the_first_test_that_applies_is_the_reason_given(changes: dict[str, Any], reason: str | None) -> None:
    allowed = changes.get("pressure", 1)
    result = found("swedish", prefers=["instrument-assisted"], **(changes | {"pressure": allowed}))
    lead = "Instrument-assisted soft tissue mobilization was asked for and is left out:"
    assert texts(result) == ([] if reason is None else [f"{lead} {reason}."])


@pytest.mark.parametrize(
    ("warning", "changes"),
    [
        ("technique-excluded", {"health": {"anticoagulant": "yes"}}),
        ("technique-excluded", {"health": RASH}),
        ("technique-untrained", {"booking": {}}),
        ("technique-region", {"regions": ["jaw"]}),
        ("technique-pressure", {"pressure": 1}),
        ("technique-minutes", {"minutes": 15, "prefers": ["shiatsu"]}),
        ("technique-prenatal", {"prefers": ["prenatal"]}),
    ],
)
def test_what_is_lost_is_known_by_its_id(warning: str, changes: dict[str, Any]) -> None:
    result = found("swedish", **({"prefers": ["instrument-assisted"], "booking": ALL_TRAINING} | changes))
    assert [each.id for each in result.warnings] == [warning]


def test_the_rules_that_exclude_somewhere_are_sorted_and_told_apart() -> None:
    health = {**ON_THE_THIGH, "varicose-veins-severity": "mild"}
    by = a_screening(regions=["left-thigh"], health=health).limits.excluded_at["trigger-point"]["left-thigh"]
    assert len(by) > 1
    assert tuple(sorted(by)) != by
    result = found("trigger-point", regions=["left-thigh"], health=health)
    assert texts(result) == [f"Trigger point therapy is left out: screening excludes it there ({', '.join(sorted(by))})."]


def test_rules_of_several_regions_are_sorted_together() -> None:
    rules = tuple(f"rule-{letter}" for letter in "hbgafdce")
    intake = an_intake(regions=["neck", "lower-back"])
    screening = screen(intake, knowledge(), on=TODAY)
    excluded_at = {"trigger-point": {"neck": rules[:4], "lower-back": rules[3:]}}
    screening = replace(screening, limits=replace(screening.limits, excluded_at=excluded_at))
    case = case_of(intake, screening, a_protocol("trigger-point"), knowledge(), pressure=3, minutes=60)
    told = ", ".join(sorted(rules))
    assert texts(candidates(case)) == [f"Trigger point therapy is left out: screening excludes it there ({told})."]


@pytest.mark.parametrize(
    ("technique", "changes"),
    [("swedish", {"declines": ["swedish"]}), ("thai", {}), ("craniosacral", {"regions": ["left-knee"], "booking": ALL_TRAINING})],
)
def test_one_that_goes_without_a_word_has_no_regions(technique: str, changes: dict[str, Any]) -> None:
    intake = an_intake(**changes)
    screening = screen(intake, knowledge(), on=TODAY)
    protocol = a_protocol(*(("swedish", "thai") if technique == "thai" else (technique,)))
    case = case_of(intake, screening, protocol, knowledge(), pressure=3, minutes=60)
    assert usable_regions(TECHNIQUES[technique], case) == ()


def test_a_technique_is_used_on_those_regions_alone_that_it_is_for() -> None:
    result = found("reflexology", "swedish", regions=["neck", "hand", "foot"], booking=ALL_TRAINING)
    assert the("reflexology", result).regions == ("left-hand", "right-hand", "left-foot", "right-foot")


def test_a_technique_for_the_whole_body_is_used_everywhere() -> None:
    assert the("movement-therapy", found("movement-therapy", regions=["jaw", "knee"])).regions == ("jaw", "left-knee", "right-knee")


def test_techniques_lost_are_said_in_the_order_of_the_candidates() -> None:
    result = found("cupping", "trigger-point", "hot-stone", pressure=2)
    assert [text.partition(" is ")[0] for text in texts(result)] == ["Cupping", "Trigger point therapy", "Hot stone massage"]


# 5.4, 5.5 Scores and reasons

WEIGHTS = knowledge().numbers.weights


def test_the_score_adds_evidence_goal_region_and_preference() -> None:
    plain = the("trigger-point", found("trigger-point"))
    asked = the("trigger-point", found("trigger-point", prefers=["trigger-point"]))
    scores, factors = knowledge().numbers.evidence_scores, knowledge().numbers.direction_factors
    assert plain.score == WEIGHTS.evidence * scores["low"] * factors["mixed"] + WEIGHTS.goal * 2 + WEIGHTS.region * 2
    assert asked.score == plain.score + WEIGHTS.preference


def test_covering_some_regions_scores_less_than_covering_all() -> None:
    all_of_them = the("trigger-point", found("trigger-point", regions=["neck"]))
    some = the("trigger-point", found("trigger-point", regions=["neck", "ankle"]))
    assert all_of_them.score - some.score == WEIGHTS.region


def test_the_best_goal_counts_and_no_goal_counts_nothing() -> None:
    best, none = the("swedish", found(goals=["posture", "relaxation"])), the("swedish", found(goals=[]))
    assert best.score - none.score == WEIGHTS.goal * 2


def test_the_highest_score_comes_first() -> None:
    scores = [candidate.score for candidate in found("assisted-stretching", "sports", "swedish", "trigger-point").ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 1


def test_equals_keep_the_order_of_the_candidates() -> None:
    one, other = "sports", "assisted-stretching"
    scores = {candidate.technique.id: candidate.score for candidate in found(one, other).ranked}
    assert scores[one] == scores[other]
    assert (names(found(one, other)), names(found(other, one))) == ([one, other], [other, one])


def test_evidence_for_another_protocol_counts_where_the_protocol_says_so() -> None:
    intensive = the("trigger-point", found("trigger-point", protocol="generic-chronic-intensive"))
    assert intensive.score == the("trigger-point", found("trigger-point")).score


@pytest.mark.parametrize(
    ("technique", "protocol", "changes", "because"),
    [
        ("swedish", "low-back-chronic", {}, "Low certainty of benefit; fits pain relief well; covers every region to be treated."),
        (
            "swedish",
            "neck-chronic",
            {"goals": ["posture", "mobility"]},
            "Low certainty with mixed results; fits mobility partly; covers every region to be treated.",
        ),
        (
            "deep-tissue",
            "low-back-chronic",
            {"goals": ["swelling"]},
            "Very low certainty and unclear; fits none of the goals; covers every region to be treated.",
        ),
        (
            "instrument-assisted",
            "generic-injury",
            {"goals": [], "regions": ["knee", "jaw"]},
            "Low certainty of no effect; no goal named; covers some of the regions to be treated.",
        ),
        (
            "hot-stone",
            "generic-chronic",
            {},
            "No direct evidence for this protocol; fits pain relief partly; covers every region to be treated.",
        ),
        (
            "sports",
            "generic-chronic",
            {"prefers": ["sports"]},
            "No direct evidence for this protocol; fits pain relief partly; covers every region to be treated; asked for.",
        ),
    ],
)
def test_the_reason_says_evidence_goal_region_and_wish(technique: str, protocol: str, changes: dict[str, Any], because: str) -> None:
    result = found(technique, protocol=protocol, booking=ALL_TRAINING, **changes)
    assert the(technique, result).because == because


def test_of_goals_that_fit_alike_the_first_is_named() -> None:
    because = the("swedish", found(goals=["relaxation", "pain-relief"])).because
    assert "fits relaxation well" in because


def test_the_sources_are_those_of_the_indication() -> None:
    indication = next(each for each in TECHNIQUES["trigger-point"].indication if each.for_ == "generic-chronic")
    assert the("trigger-point", found("trigger-point")).sources == indication.sources
    assert the("sports", found("sports")).sources == ()
