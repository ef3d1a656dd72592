"""What may be supposed of a client: agreements that are missing and answers that limits rest on, and never a danger away."""

from typing import Any

import pytest

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import STOPPING
from massage_cli.planning.screening import screen
from massage_cli.planning.supposing import DANGER, NOTICE, SOMEBODY, Kind, Standing, Supposition, has_danger, supposed
from tests.builders import TODAY, an_intake, knowledge
from tests.drawn import drawn_intake


def of(**changes: Any) -> tuple[tuple[Supposition, ...], tuple[Standing, ...]]:
    intake = an_intake(**changes)
    return supposed(intake, screen(intake, knowledge(), on=TODAY), None, knowledge(), on=TODAY)


SEIZURES = {"seizures": "yes", "seizure-recent": "yes"}


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_danger_is_never_supposed_away_and_nothing_else_is_supposed_beside_it(answer: str) -> None:
    suppositions, standing = of(health={"chest-pain": answer, "anticoagulant": "yes", **SEIZURES})
    assert suppositions == ()
    assert [one.rule for one in standing] == ["heart-attack-signs"]
    assert ("Never lifted" if answer == "yes" else "no note stands in for that") in standing[0].words


def test_no_drawn_client_with_a_danger_gets_a_supposition() -> None:
    dangers = 0
    for seed in range(100):
        table, on = drawn_intake(seed)
        intake = check_intake(table, knowledge(), on=on)
        screening = screen(intake, knowledge(), on=on)
        if has_danger(screening):
            dangers += 1
            suppositions, standing = supposed(intake, screening, None, knowledge(), on=on)
            assert suppositions == ()
            assert {one.rule for one in standing} == {found.rule.id for found in screening.findings if found.rule.category in STOPPING}
    assert dangers > 8


def test_a_missing_agreement_is_supposed_for_its_own_rule_alone() -> None:
    suppositions, _ = of(health=SEIZURES)
    first = suppositions[0]
    assert (first.kind, first.rules) == (Kind.CLEARANCE, ("epilepsy-uncontrolled",))
    assert [(note.rule, note.on) for note in first.intake.clearances] == [("epilepsy-uncontrolled", TODAY)]


def test_the_agreement_that_a_protocol_waits_for_is_supposed_beside_those_of_findings() -> None:
    intake = an_intake(health=SEIZURES)
    protocol = knowledge().protocol["stroke-spasticity"]
    suppositions, _ = supposed(intake, screen(intake, knowledge(), on=TODAY), protocol, knowledge(), on=TODAY)
    agreed = [one.rules for one in suppositions if one.kind is not Kind.ANSWER]
    assert agreed == [("epilepsy-uncontrolled",), ("stroke-spasticity",), ("epilepsy-uncontrolled", "stroke-spasticity")]
    assert [note.rule for note in suppositions[1].intake.clearances] == ["stroke-spasticity"]


def test_several_missing_agreements_are_supposed_one_by_one_and_together() -> None:
    stack = {"osteoporosis": "yes", "long-term-steroids": "yes", "anticoagulant": "yes", **SEIZURES}
    kinds = [one.kind for one in of(health=stack)[0] if one.kind is not Kind.ANSWER]
    assert kinds == [Kind.CLEARANCE, Kind.CLEARANCE, Kind.ALL_CLEARANCES]


def test_each_answer_that_a_limit_rests_on_is_supposed_to_be_each_other_one() -> None:
    suppositions, _ = of(health={"anticoagulant": "unsure", "varicose-veins": "yes", "varicose-veins-severity": "severe"})
    told = {one.words.partition(":")[0].removeprefix("Were the answer ") for one in suppositions}
    assert {(one.words.partition(": ")[0].rpartition(" ")[2], *one.rules) for one in suppositions} == {
        ("yes", "anticoagulant"),
        ("no", "anticoagulant"),
        ("no", "varicose-veins-severe"),
        ("mild", "varicose-veins-severe"),
    }
    assert told == {"yes", "no", "mild"}


def test_of_an_age_and_of_a_number_nothing_is_supposed() -> None:
    suppositions, standing = of(age=82)
    assert suppositions == ()
    assert "Age: 82" in standing[0].words


def test_a_danger_is_told_by_its_title_and_why_nothing_lifts_it() -> None:
    title = knowledge().rule["heart-attack-signs"].title
    sure, unsure = (of(health={"chest-pain": answer})[1][0].words for answer in ("yes", "unsure"))
    assert sure == (
        f"{title}: Never lifted. It stands for as long as it is so; where it was taken down wrong, correct the intake and screen again."
    )
    assert unsure == (
        f"{title}: Not ruled out, so it counts as yes. It has to become sure, through whoever can rule it out; no note stands in for that."
    )


def test_an_agreement_on_record_is_not_supposed() -> None:
    cleared = of(health=SEIZURES, clearances=[{"rule": "epilepsy-uncontrolled", "by": "neurologist", "on": TODAY}])[0]
    assert [one.kind for one in cleared if one.kind is not Kind.ANSWER] == []


def test_an_agreement_on_record_stays_beside_those_that_are_supposed() -> None:
    intake = an_intake(
        health={**SEIZURES, "bleeding-disorder": "yes"}, clearances=[{"rule": "bleeding-disorder", "by": "hematologist", "on": TODAY}]
    )
    first = supposed(intake, screen(intake, knowledge(), on=TODAY), None, knowledge(), on=TODAY)[0][0]
    assert [(note.rule, note.by) for note in first.intake.clearances] == [
        ("bleeding-disorder", "hematologist"),
        ("epilepsy-uncontrolled", SOMEBODY),
    ]


def test_agreements_are_told_with_what_they_are_about() -> None:
    title = knowledge().rule["epilepsy-uncontrolled"].title
    one = of(health=SEIZURES)[0][0]
    assert one.words == f"Had a physician or midwife agreed: {title}"
    both = [each for each in of(health={**SEIZURES, "bleeding-disorder": "yes"})[0] if each.kind is Kind.ALL_CLEARANCES]
    assert [(each.words, each.rules) for each in both] == [
        ("Had somebody agreed to each of the 2", ("bleeding-disorder", "epilepsy-uncontrolled")),
    ]
    assert [note.rule for note in both[0].intake.clearances] == ["bleeding-disorder", "epilepsy-uncontrolled"]


def test_of_one_missing_agreement_nothing_is_supposed_together() -> None:
    assert Kind.ALL_CLEARANCES not in {one.kind for one in of(health=SEIZURES)[0]}


def test_the_agreement_that_a_course_waits_for_is_supposed_too() -> None:
    intake, protocol = an_intake(), knowledge().protocol["post-operative"]
    suppositions, _ = supposed(intake, screen(intake, knowledge(), on=TODAY), protocol, knowledge(), on=TODAY)
    (one,) = suppositions
    assert one.words == f"Had the physician or surgeon in charge agreed to the course: {protocol.name}"
    assert (one.kind, one.rules) == (Kind.CLEARANCE, ("post-operative",))
    assert [(note.rule, note.by, note.on) for note in one.intake.clearances] == [("post-operative", SOMEBODY, TODAY)]


def test_an_answer_that_is_supposed_is_told_with_its_question_and_the_rest_of_health_stays() -> None:
    (one,) = of(health={"daily-aspirin": "yes", "anticoagulant": "yes"})[0][:1]
    label = knowledge().fact["anticoagulant"].label
    assert one.words == f"Were the answer no: {label} (health.anticoagulant, told: yes)"
    assert one.intake.health == {"everything-else": "no", "daily-aspirin": "yes", "anticoagulant": "no"}


def test_a_yes_that_names_places_is_not_supposed_to_be_yes() -> None:
    placed = {"varicose-veins": {"answer": "yes", "regions": ["left-thigh"]}, "varicose-veins-severity": "severe"}
    told = {one.words.partition(":")[0] for one in of(health=placed)[0] if "health.varicose-veins," in one.words}
    assert told == {"Were the answer no"}


def test_of_a_question_that_was_not_answered_itself_nothing_is_supposed() -> None:
    suppositions, _ = of(health={"osteoporosis": "yes"})
    assert {one.words.partition("(health.")[2].partition(",")[0] for one in suppositions} == {"osteoporosis"}


def test_what_rests_on_an_answer_that_could_be_another_or_waits_for_an_agreement_is_not_left_standing() -> None:
    assert of(health={"anticoagulant": "yes"})[1] == ()
    assert of(age=11, health={"guardian-consent": "yes"})[1] == ()
    assert of(health=SEIZURES)[1] == ()


def test_what_rests_on_numbers_alone_is_told_with_all_of_them() -> None:
    _, standing = of(health={"systolic": 150, "diastolic": 95})
    (one,) = (one for one in standing if one.rule == "blood-pressure-raised")
    title, (upper, lower) = knowledge().rule[one.rule].title, (knowledge().fact[fact].label for fact in ("systolic", "diastolic"))
    assert one.words == f"{title}: it rests on a number or a fact ({upper}: 150; {lower}: 95)."


def test_what_stands_above_says_that_nothing_is_advised_and_makes_no_claim() -> None:
    text = " ".join((*NOTICE, DANGER))
    assert "advice to change an answer" in text
    assert claims_in(text, knowledge()) == ()
