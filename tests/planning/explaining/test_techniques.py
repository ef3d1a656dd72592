"""Why a technique is in or out: the reason told is the one that decided."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.explained.replay import replay
from massage_cli.planning.candidates import usable_regions
from massage_cli.planning.explaining.techniques import Standing, Verdict, score_words
from massage_cli.planning.texts import PlanWarning
from tests.builders import knowledge
from tests.planning.explaining.choices import replays
from tests.saved import a_document


def verdict(technique: str, **changes: Any) -> Verdict:
    choice = replay(a_document(**changes), knowledge(), called="plan").choice
    assert choice is not None
    return choice.verdict(knowledge().technique[technique])


def test_a_technique_is_chosen_exactly_where_it_is_in_the_session() -> None:
    for again in replays():
        assert again.choice is not None
        chosen = {entry.id for entry in again.document.techniques}
        standing = {technique.id: again.choice.verdict(technique).standing for technique in knowledge().techniques}
        assert {technique for technique, found in standing.items() if found is Standing.CHOSEN} == chosen


def test_a_technique_that_a_test_removed_is_told_with_the_warning_of_that_test() -> None:
    seen = set()
    for again in replays():
        assert again.choice is not None
        for technique in knowledge().techniques:
            found = again.choice.verdict(technique)
            tested = usable_regions(technique, again.choice.case)
            if isinstance(tested, PlanWarning) and found.standing is not Standing.NO_CANDIDATE:
                assert found.standing == tested.id
                assert tested.text in found.because
            seen.add(found.standing)
    assert len(seen) >= 10


def test_where_no_region_is_left_a_technique_says_so() -> None:
    choice = replay(a_document(), knowledge(), called="plan").choice
    assert choice is not None
    nowhere = replace(choice, case=replace(choice.case, requested=()), found=replace(choice.found, ranked=()))
    found = nowhere.verdict(knowledge().technique["swedish"])
    assert (found.standing, found.because) == (Standing.REGION, ("No region is left to be treated.",))


def test_a_technique_that_is_the_whole_session_and_does_not_fit_says_how_long_it_takes() -> None:
    choice = replay(a_document(complaint="desk-work", regions=["neck"]), knowledge(), called="plan").choice
    assert choice is not None
    short = replace(choice, case=replace(choice.case, minutes=9), found=replace(choice.found, ranked=()))
    found = short.verdict(knowledge().technique["chair-massage"])
    assert (found.standing, found.because) == (Standing.MINUTES, ("It stands alone and needs 10 minutes; a visit has 9.",))


@pytest.mark.parametrize(
    ("technique", "changes", "standing", "because"),
    [
        ("deep-tissue", {"declines": ["deep-tissue"]}, Standing.DECLINED, "It was declined."),
        ("deep-tissue", {"health": {"anticoagulant": "yes"}}, Standing.EXCLUDED, "screening excludes it (anticoagulant)"),
        ("acupressure", {}, Standing.UNTRAINED, "name it under booking.trained-in"),
        ("assisted-stretching", {"booking": {"trained-in": ["myofascial-release"]}}, Standing.OUTSCORED, "3 techniques fit"),
        ("thai", {}, Standing.ALONE, "taken only where it is asked for"),
        ("shiatsu", {}, Standing.NO_CANDIDATE, "not among the techniques of"),
        ("swedish", {}, Standing.CHOSEN, "It ranks 1 of"),
        ("deep-tissue", {"pressure": "light"}, Standing.PRESSURE, "needs pressure 3, and 2 is the most allowed"),
    ],
)
def test_the_reason_is_the_one_that_decided(technique: str, changes: dict[str, Any], standing: Standing, because: str) -> None:
    found = verdict(technique, **changes)
    assert (found.standing, because in " ".join(found.because)) == (standing, True)


def test_the_parts_of_a_score_add_up_to_it() -> None:
    for again in replays():
        assert again.choice is not None
        for candidate in again.choice.found.ranked:
            words = score_words(candidate, again.choice.case)
            total, _, parts = words.removesuffix(".").removeprefix("Score ").partition(": ")
            products = [part.rpartition(" x ") for part in parts.split(", ")]
            assert sum(float(weight.split()[-1]) * float(value) for weight, _, value in products) == float(total) == candidate.score
