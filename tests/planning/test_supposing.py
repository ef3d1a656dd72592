"""What may be supposed of a client: agreements that are missing and answers that limits rest on, and never a danger away."""

from typing import Any

import pytest

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import STOPPING
from massage_cli.planning.screening import screen
from massage_cli.planning.supposing import DANGER, NOTICE, Kind, Standing, Supposition, has_danger, supposed
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


def test_what_stands_above_says_that_nothing_is_advised_and_makes_no_claim() -> None:
    text = " ".join((*NOTICE, DANGER))
    assert "advice to change an answer" in text
    assert claims_in(text, knowledge()) == ()
