"""Why a technique is in or out: the reason told is the one that decided."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.explained.replay import replay
from massage_cli.planning import texts
from massage_cli.planning.candidates import usable_regions
from massage_cli.planning.explaining.techniques import Choice, Standing, Verdict, score_words
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


# The whole of what is told

LOW_BACK = "Low back pain, chronic (12 weeks or more)"


@pytest.mark.parametrize(
    ("technique", "changes", "because"),
    [
        ("deep-tissue", {"declines": ["deep-tissue"]}, ["It was declined."]),
        (
            "acupressure",
            {},
            [
                "Acupressure is left out: it needs extra training.",
                "The training it takes: short course; name it under booking.trained-in where the therapist has it.",
            ],
        ),
        (
            "assisted-stretching",
            {"booking": {"trained-in": ["myofascial-release"]}},
            [
                "3 techniques fit a visit of 60 minutes, and others score as much or more.",
                "It ranks 4 of 4.",
                "Score 6: evidence 3 x 0, goal 2 x 1, regions 2 x 2, asked for 1 x 0.",
            ],
        ),
        ("thai", {}, ["It stands alone: it would be the whole session, so it is taken only where it is asked for."]),
        ("shiatsu", {}, [f"It is not among the techniques of {LOW_BACK}, and nobody asked for it."]),
        ("swedish", {}, ["It ranks 1 of 3.", "Score 14: evidence 3 x 2, goal 2 x 2, regions 2 x 2, asked for 1 x 0."]),
        ("deep-tissue", {"pressure": "light"}, ["Deep tissue massage is left out: it needs pressure 3, and 2 is the most allowed."]),
        (
            "swedish",
            {"prefers": ["thai"], "booking": {"trained-in": ["thai"]}},
            [
                "Traditional Thai massage is best and stands alone: nothing is done beside it.",
                "It ranks 2 of 4.",
                "Score 14: evidence 3 x 2, goal 2 x 2, regions 2 x 2, asked for 1 x 0.",
            ],
        ),
        (
            "thai",
            {"prefers": ["thai"], "booking": {"trained-in": ["thai"]}},
            ["It ranks 1 of 4.", "Score 15: evidence 3 x 2, goal 2 x 2, regions 2 x 2, asked for 1 x 1."],
        ),
    ],
)
def test_all_that_is_told_of_a_technique(technique: str, changes: dict[str, Any], because: list[str]) -> None:
    assert list(verdict(technique, **changes).because) == because


def test_a_technique_that_came_as_far_as_a_score_is_told_with_it() -> None:
    choice = a_choice()
    for candidate in choice.found.ranked:
        assert choice.verdict(candidate.technique).candidate == candidate


def a_choice(**changes: Any) -> Choice:
    choice = replay(a_document(**changes), knowledge(), called="plan").choice
    assert choice is not None
    return choice


def removed(technique: str, **changes: Any) -> Verdict:
    """What is told of the only technique of a protocol, removed in the case of the valid intake with a change."""
    choice = a_choice()
    case = replace(choice.case, protocol=replace(choice.case.protocol, techniques=(technique,)), trained_in=(technique,), **changes)
    return replace(choice, case=case, found=replace(choice.found, ranked=())).verdict(knowledge().technique[technique])


def test_a_technique_that_stands_alone_needs_a_visit_as_long_as_it_takes() -> None:
    thai = knowledge().technique["thai"]
    found = removed("thai", minutes=thai.minutes.min - 1)
    said = f"It stands alone and needs {thai.minutes.min} minutes; a visit has {thai.minutes.min - 1}."
    assert (found.technique, found.standing, found.because, found.candidate) == (thai, Standing.MINUTES, (said,), None)


def test_where_no_region_is_left_that_is_told() -> None:
    found = removed("swedish", requested=())
    assert (found.standing, found.because) == (Standing.REGION, ("No region is left to be treated.",))


def test_a_technique_that_is_not_used_on_the_regions_is_told_so() -> None:
    told = removed("craniosacral", requested=("left-knee", "right-knee"))
    assert (told.standing, told.because) == (Standing.REGION, ("It is not used on knee.",))


@pytest.mark.parametrize(("first", "asked"), [(True, False), (False, True), (False, False)])
def test_only_what_stands_alone_is_out_for_standing_alone(first: bool, asked: bool) -> None:
    techniques = ("stretch-first", "swedish")[first:]
    choice = a_choice()
    protocol = replace(choice.case.protocol, techniques=techniques)
    case = replace(choice.case, protocol=protocol, prefers=("swedish",) if asked else (), requested=())
    told = replace(choice, case=case, found=replace(choice.found, ranked=())).verdict(knowledge().technique["swedish"])
    assert told.standing is Standing.REGION


def outscored(*, best: str, score: float, taken: tuple[str, ...] = ("swedish", "deep-tissue"), out: str = "assisted-stretching") -> Verdict:
    """What is told of a technique that is left out of a session, with its score."""
    choice = a_choice()
    by_id = {one.technique.id: one for one in choice.found.ranked}
    left_out = replace(by_id[out], score=score)
    ranked = (*(one for name, one in by_id.items() if name != out), left_out)
    blocks = tuple(block for block in choice.session.prescriptions if block.candidate.technique.id in taken)
    left = replace(choice, found=replace(choice.found, ranked=ranked), session=replace(choice.session, prescriptions=blocks, warnings=()))
    assert ranked[0].technique.id == best
    return left.verdict(left_out.technique)


@pytest.mark.parametrize(
    ("score", "why"),
    [
        (9.5, "2 techniques fit a visit of 60 minutes, and others score as much or more."),
        (10.0, "It gave way to a broad technique, which every session of two or more techniques has where one is left."),
    ],
)
def test_a_technique_gives_way_to_a_better_one_or_to_a_broad_one(score: float, why: str) -> None:
    found = outscored(best="swedish", score=score)
    assert (found.standing, found.because[:2]) == (Standing.OUTSCORED, (why, "It ranks 3 of 3."))


def test_where_one_technique_fits_it_is_told_as_one() -> None:
    assert outscored(best="swedish", score=1, taken=("swedish",)).because[0].startswith("1 technique fits a visit of 60 minutes")


def test_a_technique_that_stands_alone_and_is_not_the_best_is_told_so() -> None:
    choice = a_choice()
    first, *rest = choice.found.ranked
    last = replace(rest[-1], technique=replace(rest[-1].technique, id="alone", stands_alone=True))
    case = replace(choice.case, prefers=("alone",))
    found = replace(choice, case=case, found=replace(choice.found, ranked=(first, *rest, last))).verdict(last.technique)
    said = ("It stands alone, and it is not the best of those left.", "It ranks 4 of 4.")
    assert (found.standing, found.because[:2]) == (Standing.ALONE, said)


@pytest.mark.parametrize("standing", [Standing.DRAINAGE, Standing.SHORT])
def test_a_technique_that_a_session_leaves_out_with_a_warning_is_told_with_it(standing: Standing) -> None:
    choice = a_choice()
    name = knowledge().technique["assisted-stretching"].name
    smallest = knowledge().numbers.smallest_block_minutes
    warning = texts.technique_drainage(name) if standing is Standing.DRAINAGE else texts.technique_short(name, smallest)
    session = replace(choice.session, prescriptions=choice.session.prescriptions[:2], warnings=(warning,))
    found = replace(choice, session=session).verdict(knowledge().technique["assisted-stretching"])
    assert (found.standing, found.because[:2]) == (standing, (warning.text, "It ranks 3 of 3."))


CARRIES = "It is taken as the broad technique that carries the session."


def carrying(carrier: str, blocks: tuple[str, ...], *, also: str = "", alone: str = "", of: str = "", tied: bool = False) -> bool:
    """Whether `of`, or else the carrier, is told to carry a session of these, where only the carrier and `also` are broad.

    `alone` stands alone; where they are tied, all score the same.
    """
    choice = a_choice()
    made = {}
    for one in choice.found.ranked:
        name = one.technique.id
        technique = replace(one.technique, carrier=name in (carrier, also), stands_alone=name == alone)
        made[name] = replace(one, technique=technique, score=1.0 if tied else one.score)
    prescriptions = tuple(
        replace(block, candidate=made[block.candidate.technique.id])
        for block in choice.session.prescriptions
        if block.candidate.technique.id in blocks
    )
    ranked = tuple(sorted(made.values(), key=lambda one: one.technique.id == alone))
    found = replace(choice, found=replace(choice.found, ranked=ranked), session=replace(choice.session, prescriptions=prescriptions))
    return CARRIES in found.verdict(made[of or carrier].technique).because


def test_a_broad_technique_that_a_better_one_gave_way_to_carries_the_session() -> None:
    assert carrying("assisted-stretching", ("swedish", "assisted-stretching"))


def test_a_technique_that_nothing_gave_way_to_or_that_is_not_broad_carries_nothing() -> None:
    assert not carrying("swedish", ("swedish", "assisted-stretching"))
    assert not carrying("assisted-stretching", ("swedish", "deep-tissue", "assisted-stretching"))
    assert not carrying("assisted-stretching", ("swedish", "assisted-stretching"), also="swedish")
    assert not carrying("assisted-stretching", ("swedish", "assisted-stretching"), alone="deep-tissue")
    assert not carrying("swedish", ("swedish", "assisted-stretching"), of="assisted-stretching")
    assert not carrying("assisted-stretching", ("swedish", "assisted-stretching"), tied=True)
