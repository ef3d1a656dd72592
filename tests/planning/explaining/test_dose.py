"""How hard and how long, step by step: the lowest step is what planning took."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.files.explained.replay import Replay, replay
from massage_cli.knowledge.named import DRAINAGE
from massage_cli.planning.dose import allowed_pressure, visit_minutes
from massage_cli.planning.explaining.dose import (
    Cap,
    block_caps,
    block_minutes_words,
    capping_at,
    level_words,
    minutes_caps,
    pressure_caps,
)
from massage_cli.planning.explaining.techniques import Choice
from massage_cli.planning.limits import NO_CAP
from tests.builders import knowledge
from tests.planning.explaining.choices import replays
from tests.saved import a_document


def test_the_lowest_step_is_the_pressure_that_planning_allows_every_client() -> None:
    for again in replays():
        assert again.protocol is not None
        planned = again.planned
        allowed = allowed_pressure(planned.intake, planned.screening, again.protocol, again.knowledge, on=planned.on)
        assert min(cap.level for cap in pressure_caps(planned, again.protocol)) == allowed.level


def test_the_lowest_step_is_the_pressure_of_every_block() -> None:
    for again in replays():
        assert again.choice is not None
        for block in again.choice.session.prescriptions:
            assert min(cap.level for cap in block_caps(block, again.planned, again.choice)) == block.pressure


def test_the_lowest_step_is_the_minutes_of_every_phase() -> None:
    for again in replays():
        assert again.protocol is not None
        for phase in again.protocol.phase:
            minutes = visit_minutes(phase.minutes.typical, again.planned.intake, again.planned.screening, again.knowledge)
            assert min(cap.level for cap in minutes_caps(phase, again.planned)) == minutes


def test_what_binds_is_named_before_what_leaves_room() -> None:
    again = replays()[0]
    assert again.protocol is not None
    caps = pressure_caps(again.planned, again.protocol)
    lowest = min(cap.level for cap in caps)
    binding, _, room = level_words(caps).partition(" Others leave room for more: ")
    assert all((cap.why in binding) == (cap.level == lowest) for cap in caps)
    assert all((cap.why in room) == (cap.level > lowest) for cap in caps)


# One client after the other

FRESH = {"condition": "acute", "onset": date(2026, 11, 15)}
EVER = Cap(level=4, why="no more than 4 is ever planned")


def again(**changes: Any) -> Replay:
    return replay(a_document(**changes), knowledge(), called="plan")


def of_session(**changes: Any) -> tuple[Cap, ...]:
    found = again(**changes)
    assert found.protocol is not None
    return pressure_caps(found.planned, found.protocol)


def choice_of(found: Replay) -> Choice:
    assert found.choice is not None
    return found.choice


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({}, Cap(level=3, why="moderate is asked for, which is 3")),
        ({"pressure": "light"}, Cap(level=2, why="light is asked for, which is 2")),
        ({"pressure": None}, Cap(level=3, why="moderate is taken where nothing is asked for, which is 3")),
        ({"pain": 6}, Cap(level=3, why="moderate is asked for, which is 3")),
        ({"pain": 7}, Cap(level=2, why="moderate is asked for, which is 3, 1 less for pain of 7 or more", facts=("pain",))),
        (FRESH, Cap(level=2, why="moderate is asked for, which is 3, 1 less while it is fresh", facts=("onset-days", "condition"))),
        (
            {**FRESH, "pain": 9, "pressure": "light"},
            Cap(
                level=1,
                why="light is asked for, which is 2, 1 less for pain of 7 or more, 1 less while it is fresh",
                facts=("pain", "onset-days", "condition"),
            ),
        ),
    ],
)
def test_the_wish_comes_first_less_what_pain_and_freshness_take(changes: dict[str, Any], start: Cap) -> None:
    assert of_session(**changes)[:2] == (start, EVER)


@pytest.mark.parametrize(
    ("changes", "caps"),
    [
        ({}, []),
        (FRESH, [Cap(level=2, why="it is fresh until 2026-11-29", facts=("onset-days", "condition"))]),
        (
            {"health": {"anticoagulant": "yes", "isotretinoin": "yes"}},
            [Cap(level=2, why="the screening caps it (anticoagulant)", rules=("anticoagulant",))],
        ),
        ({"age": 74}, []),
        ({"first_visit": True}, [Cap(level=3, why="this is the first visit")]),
    ],
)
def test_what_else_caps_a_whole_session_is_told(changes: dict[str, Any], caps: list[Cap]) -> None:
    assert [cap for cap in of_session(**changes)[2:] if not cap.why.startswith("the screening caps it (older")] == caps


def test_age_caps_from_75_on() -> None:
    assert of_session(age=75)[-1] == Cap(level=3, why="age 75 or more", facts=("age",))


def test_a_protocol_may_cap_it() -> None:
    found = again()
    assert found.protocol is not None
    capped = replace(found.protocol, pressure_max=2)
    assert pressure_caps(found.planned, capped)[-1] == Cap(level=2, why=f"{capped.name} caps it")


def test_a_screening_that_caps_at_the_highest_of_all_caps_nothing() -> None:
    found = again(health={"anticoagulant": "yes"})
    assert found.protocol is not None
    open_ = replace(found.planned.screening, limits=replace(found.planned.screening.limits, pressure_max=NO_CAP))
    whys = [cap.why for cap in pressure_caps(replace(found.planned, screening=open_), found.protocol)]
    assert not [why for why in whys if "screening" in why]


def of_blocks(found: Replay, choice: Choice | None = None) -> dict[str, list[Cap]]:
    """What caps each block beyond what caps the whole session."""
    chosen = choice or choice_of(found)
    assert found.protocol is not None
    before = len(pressure_caps(found.planned, found.protocol))
    return {
        block.candidate.technique.id: list(block_caps(block, found.planned, chosen)[before:])
        for block in choice_of(found).session.prescriptions
    }


def test_each_technique_works_within_its_own_pressure() -> None:
    assert of_blocks(again()) == {
        "swedish": [Cap(level=3, why="Swedish massage works at 1 to 3")],
        "deep-tissue": [Cap(level=4, why="Deep tissue massage works at 3 to 4")],
        "assisted-stretching": [Cap(level=3, why="Passive-resistive stretching works at 1 to 3")],
    }


def test_a_cap_of_the_screening_on_a_region_names_the_region_and_the_rules() -> None:
    found = again()
    limits = replace(found.planned.screening.limits, pressure_max_at={"lower-back": 2, "neck": 1})
    capped = replace(found, planned=replace(found.planned, screening=replace(found.planned.screening, limits=limits)))
    assert of_blocks(capped)["swedish"][1:] == [Cap(level=2, why="the screening caps it on lower back")]


def test_the_lowest_of_several_capped_regions_is_told() -> None:
    found = again(regions=["lower-back", "neck"])
    limits = replace(found.planned.screening.limits, pressure_max_at={"lower-back": 3, "neck": 2})
    capped = replace(found, planned=replace(found.planned, screening=replace(found.planned.screening, limits=limits)))
    assert of_blocks(capped)["swedish"][1:] == [Cap(level=2, why="the screening caps it on neck")]


def test_beside_drainage_of_the_same_region_work_is_lighter() -> None:
    found = again()
    choice = choice_of(found)
    first, second, *rest = choice.session.prescriptions
    drainage = replace(second, candidate=replace(second.candidate, technique=knowledge().technique[DRAINAGE]))
    beside = replace(choice, session=replace(choice.session, prescriptions=(first, drainage, *rest)))
    neighbor = Cap(level=knowledge().numbers.pressure.drainage_neighbor_max, why="it shares a region with lymphatic drainage")
    assert block_caps(first, found.planned, beside)[-1] == neighbor
    assert neighbor not in block_caps(drainage, found.planned, beside)
    elsewhere = replace(drainage, candidate=replace(drainage.candidate, regions=("neck",)))
    apart = replace(choice, session=replace(choice.session, prescriptions=(first, elsewhere, *rest)))
    assert neighbor not in block_caps(first, found.planned, apart)


def test_the_rules_that_cap_a_place_are_those_that_cap_it_there_at_that_level() -> None:
    numb = {"numbness": {"answer": "yes", "regions": ["left-thigh"]}, "anticoagulant": "yes"}
    found = again(regions=["left-thigh", "neck"], complaint=None, health=numb).planned
    assert capping_at("left-thigh", 2, found) == ("impaired-sensation",)
    assert capping_at("left-thigh", 1, found) == capping_at("neck", 2, found) == ()


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((3,), "3, as a."),
        ((3, 3), "3, as a; b."),
        ((3, 4, 5, 3), "3, as a; d. Others leave room for more: b; c."),
    ],
)
def test_the_lowest_is_told_with_all_that_bind_and_then_the_others(levels: tuple[int, ...], words: str) -> None:
    assert level_words(tuple(Cap(level=level, why=why) for level, why in zip(levels, "abcd", strict=False))) == words


@pytest.mark.parametrize(
    ("changes", "caps"),
    [
        ({}, [Cap(level=60, why="the protocol's initial visits have 60")]),
        (
            {"booking": {"minutes": 45}},
            [Cap(level=60, why="the protocol's initial visits have 60"), Cap(level=45, why="45 is the longest visit offered")],
        ),
        ({"age": 74}, [Cap(level=60, why="the protocol's initial visits have 60")]),
        (
            {"age": 75},
            [Cap(level=45, why="the protocol's initial visits have 60, and from age 75 on 75 percent of them", facts=("age",))],
        ),
    ],
)
def test_what_caps_the_minutes_of_a_visit_is_told(changes: dict[str, Any], caps: list[Cap]) -> None:
    found = again(**changes)
    assert found.protocol is not None
    assert list(minutes_caps(found.protocol.phase[0], found.planned)) == caps


def test_the_minutes_of_the_frail_end_with_a_whole_step() -> None:
    found = again(age=80)
    assert found.protocol is not None
    phase = found.protocol.phase[0]
    assert minutes_caps(replace(phase, minutes=replace(phase.minutes, typical=50)), found.planned)[0].level == 35


def test_a_rule_may_cap_the_minutes() -> None:
    note = {"rule": "child-under-12", "by": "pediatrician", "on": date(2026, 11, 20)}
    health = {"guardian-consent": "yes", "anticoagulant": "yes"}
    found = again(age=10, health=health, clearances=[note])
    assert found.protocol is not None
    caps = minutes_caps(found.protocol.phase[0], found.planned)
    assert caps[1:] == (Cap(level=30, why="the screening caps it (child-under-12)", rules=("child-under-12",)),)


def test_how_the_main_part_is_shared_out_is_told() -> None:
    three = again()
    told = [block_minutes_words(block, choice_of(three)) for block in choice_of(three).session.prescriptions]
    more = "and what is left goes to the broad technique first"
    assert told == [
        f"Its share is {share} percent of the main part, which has 37 minutes; it takes {most} at most, {more}."
        for share, most in ((50, 60), (30, 45), (20, 15))
    ]


def test_one_technique_has_the_whole_main_part() -> None:
    one = again(**FRESH, health={"anticoagulant": "yes"})
    (block,) = choice_of(one).session.prescriptions
    said = "Its share is 100 percent of the main part, which has 17 minutes; it takes 60 at most."
    assert block_minutes_words(block, choice_of(one)) == said
