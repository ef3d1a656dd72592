"""The main block: which techniques, how hard, how long, and the outline around it (planning.md 6)."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.planning.candidates import Candidate, Candidates, case_of
from massage_cli.planning.main_block import Session, build_session, share_out
from massage_cli.planning.screening import screen
from tests.builders import TODAY, an_intake, knowledge

NUMBERS = knowledge().numbers
SMALLEST, NEIGHBOR_MAX = NUMBERS.smallest_block_minutes, NUMBERS.pressure.drainage_neighbor_max
STEPS = [(row.up_to, row.techniques) for row in NUMBERS.techniques_by_minutes]


def a_candidate(technique: str, *, regions: tuple[str, ...] = ("neck",), asked_for: bool = False) -> Candidate:
    entry = knowledge().technique[technique]
    return Candidate(technique=entry, regions=regions, score=1.0, because="", sources=(), asked_for=asked_for)


def session(
    *ranked: str | Candidate, minutes: int = 60, pressure: int = 4, caps: dict[str, int] | None = None, regions: tuple[str, ...] = ("neck",)
) -> Session:
    """The session that these candidates make, best first; a name alone works on the neck."""
    intake = an_intake(regions=list(regions))
    screening = screen(intake, knowledge(), on=TODAY)
    screening = replace(screening, limits=replace(screening.limits, pressure_max_at=caps or {}))
    case = case_of(intake, screening, knowledge().protocol["generic-chronic"], knowledge(), pressure=pressure, minutes=minutes)
    whole = tuple(each if isinstance(each, Candidate) else a_candidate(each) for each in ranked)
    return build_session(Candidates(targets=case.targets, ranked=whole, warnings=()), case)


def taken(result: Session) -> list[str]:
    return [block.candidate.technique.id for block in result.prescriptions]


def blocks(result: Session) -> list[tuple[str, int]]:
    return [(block.candidate.technique.id, block.minutes) for block in result.prescriptions]


def texts(result: Session) -> list[str]:
    return [warning.text for warning in result.warnings]


# 6.7 The examples of the text


def test_what_a_technique_cannot_use_goes_to_the_carrier() -> None:
    kept = [a_candidate(name) for name in ("trigger-point", "deep-tissue", "swedish")]
    shared, dropped = share_out(kept, 37, NUMBERS)
    assert [minutes for _, minutes in shared] == [15, 11, 11]
    assert dropped == []


def test_the_last_block_that_is_too_short_is_dropped_and_all_worked_out_again() -> None:
    kept = [a_candidate(name) for name in ("swedish", "sports", "assisted-stretching")]
    shared, dropped = share_out(kept, 18, NUMBERS)
    assert [minutes for _, minutes in shared] == [11, 7]
    assert [candidate.technique.id for candidate in dropped] == ["assisted-stretching"]


def test_a_carrier_is_kept_however_short() -> None:
    kept = [a_candidate(name) for name in ("deep-tissue", "sports", "swedish")]
    shared, _ = share_out(kept, 18, NUMBERS)
    assert shared[-1][0].technique.id == "swedish"


@pytest.mark.parametrize("technique", NUMBERS.short_by_nature)
def test_what_is_short_by_nature_is_kept_however_short(technique: str) -> None:
    shared, dropped = share_out([a_candidate("swedish"), a_candidate("sports"), a_candidate(technique)], 18, NUMBERS)
    assert (shared[-1][0].technique.id, dropped) == (technique, [])


def test_the_only_technique_is_kept_however_short() -> None:
    shared, _ = share_out([a_candidate("trigger-point")], SMALLEST - 1, NUMBERS)
    assert [minutes for _, minutes in shared] == [SMALLEST - 1]


def test_a_share_of_the_smallest_block_is_long_enough() -> None:
    main = next(main for main in range(100) if main * 20 // 100 == SMALLEST)
    kept = [a_candidate(name) for name in ("swedish", "sports", "assisted-stretching")]
    assert share_out(kept, main, NUMBERS)[1] == []
    assert [candidate.technique.id for candidate in share_out(kept, main - 1, NUMBERS)[1]] == ["assisted-stretching"]


def test_after_the_carrier_the_best_take_what_is_left() -> None:
    kept = [a_candidate(name) for name in ("assisted-stretching", "sports", "movement-therapy", "prenatal")]
    shared, _ = share_out(kept, 150, NUMBERS)
    assert [minutes for _, minutes in shared] == [15, 45, 30, 60]


def test_shares_are_hundredths_rounded_down_and_the_carrier_takes_the_rest() -> None:
    shares = NUMBERS.main_block_shares[1]
    shared, _ = share_out([a_candidate("prenatal"), a_candidate("sports")], 99, NUMBERS)
    second = 99 * shares[1] // 100
    assert [minutes for _, minutes in shared] == [99 - second, second] == [60, 39]


# 6.1 to 6.4 What is taken

PLENTY = ("swedish", "sports", "deep-tissue", "trigger-point", "assisted-stretching")


@pytest.mark.parametrize(("up_to", "number"), STEPS)
def test_the_minutes_say_how_many_techniques(up_to: int, number: int) -> None:
    assert len(taken(session(*PLENTY, minutes=up_to))) == number


@pytest.mark.parametrize(("up_to", "number"), STEPS[:-1])
def test_one_minute_more_is_the_next_step(up_to: int, number: int) -> None:
    more = session(*PLENTY, minutes=up_to + 1)
    short = [text for text in texts(more) if "its share would be" in text]
    assert len(taken(more)) + len(short) == number + 1


def test_visits_longer_than_the_table_take_as_many_as_its_last_row() -> None:
    assert len(taken(session(*PLENTY, minutes=STEPS[-1][0] + 60))) == STEPS[-1][1]


def test_the_best_are_taken() -> None:
    assert taken(session(*PLENTY)) == ["swedish", "sports", "deep-tissue"]


def test_the_best_one_that_stands_alone_is_the_whole_block() -> None:
    assert blocks(session("thai", "swedish")) == [("thai", 37)]


def test_one_that_stands_alone_and_is_not_best_is_left_out() -> None:
    assert taken(session("swedish", "thai", "sports")) == ["swedish", "sports"]


def test_a_wish_that_was_outranked_is_said() -> None:
    result = session("swedish", "sports", "deep-tissue", a_candidate("trigger-point", asked_for=True))
    assert texts(result) == ["Trigger point therapy was asked for and is left out: others rank higher."]


def test_a_wish_that_was_taken_is_not_said_to_be_outranked() -> None:
    assert texts(session(a_candidate("swedish", asked_for=True), "sports")) == []


def test_a_wish_to_stand_alone_that_was_outranked_is_said() -> None:
    result = session("swedish", a_candidate("thai", asked_for=True))
    assert texts(result) == ["Traditional Thai massage was asked for and is left out: others rank higher."]


def test_strong_work_is_passed_over_beside_drainage() -> None:
    result = session("lymphatic-drainage", "trigger-point", "swedish")
    assert taken(result) == ["lymphatic-drainage", "swedish"]
    assert texts(result) == ["Trigger point therapy is left out: strong work and lymphatic drainage do not share a region."]


def test_drainage_is_passed_over_beside_strong_work() -> None:
    result = session("trigger-point", "lymphatic-drainage", "swedish")
    assert taken(result) == ["trigger-point", "swedish"]
    assert texts(result) == ["Manual lymphatic drainage is left out: strong work and lymphatic drainage do not share a region."]


def test_what_clashes_is_not_said_to_be_outranked_too() -> None:
    result = session("lymphatic-drainage", a_candidate("trigger-point", asked_for=True), "swedish")
    assert [warning.id for warning in result.warnings] == ["technique-drainage"]


def test_work_on_another_region_does_not_clash() -> None:
    result = session(a_candidate("lymphatic-drainage", regions=("left-foot",)), "trigger-point", regions=("neck", "left-foot"))
    assert taken(result) == ["lymphatic-drainage", "trigger-point"]


@pytest.mark.parametrize(("technique", "clashes"), [("sports", False), ("trigger-point", True)])
def test_only_what_needs_more_than_the_neighbors_pressure_clashes(technique: str, clashes: bool) -> None:
    assert (knowledge().technique[technique].pressure.min > NEIGHBOR_MAX) is clashes
    assert (technique not in taken(session("lymphatic-drainage", technique))) is clashes


def test_the_best_carrier_takes_the_last_place_when_none_was_taken() -> None:
    result = session("trigger-point", "deep-tissue", "sports", "assisted-stretching", "myofascial-release", "swedish")
    assert taken(result) == ["trigger-point", "deep-tissue", "myofascial-release"]


def test_what_the_carrier_displaced_counts_as_not_taken() -> None:
    result = session("trigger-point", "deep-tissue", a_candidate("sports", asked_for=True), "swedish")
    assert texts(result) == ["Sports massage was asked for and is left out: others rank higher."]


def test_one_technique_alone_keeps_its_place_without_a_carrier() -> None:
    result = session("trigger-point", "swedish", minutes=20)
    assert taken(result) == ["trigger-point"]
    assert texts(result) == ["No broad technique is in the plan; warm up and finish with light strokes."]


def test_a_carrier_that_clashes_with_what_is_kept_is_not_added() -> None:
    result = session("trigger-point", "deep-tissue", "sports", "lymphatic-drainage")
    assert taken(result) == ["trigger-point", "deep-tissue", "sports"]


def test_a_carrier_that_clashes_with_one_of_those_kept_is_not_added() -> None:
    result = session("trigger-point", "assisted-stretching", "sports", "lymphatic-drainage")
    assert taken(result) == ["trigger-point", "assisted-stretching", "sports"]


def test_a_carrier_that_stands_alone_is_not_added() -> None:
    assert "thai" not in taken(session("trigger-point", "deep-tissue", "sports", "thai"))


def test_a_block_that_was_too_short_is_said() -> None:
    result = session("swedish", "sports", "assisted-stretching", minutes=31)
    assert blocks(result) == [("swedish", 11), ("sports", 7)]
    assert texts(result) == [
        f"{knowledge().technique['assisted-stretching'].name} is left out: its share would be under {SMALLEST} minutes."
    ]


def test_a_region_nobody_works_on_is_said() -> None:
    result = session("swedish", regions=("neck", "left-foot", "ankle"))
    assert texts(result) == ["No chosen technique works on: ankle, left foot."]


# 6.5 Pressure


def pressures(result: Session) -> dict[str, int]:
    return {block.candidate.technique.id: block.pressure for block in result.prescriptions}


def test_pressure_is_no_more_than_the_technique_and_the_client_take() -> None:
    assert pressures(session("swedish", "trigger-point", pressure=4)) == {"swedish": 3, "trigger-point": 4}
    assert pressures(session("swedish", "trigger-point", pressure=3)) == {"swedish": 3, "trigger-point": 3}


def test_the_lowest_cap_of_its_regions_holds_for_a_block() -> None:
    both = a_candidate("swedish", regions=("neck", "left-foot"))
    assert pressures(session(both, regions=("neck", "left-foot"), caps={"left-foot": 1})) == {"swedish": 1}


def test_beside_drainage_pressure_is_low() -> None:
    assert pressures(session("lymphatic-drainage", "swedish")) == {"lymphatic-drainage": 1, "swedish": NEIGHBOR_MAX}


def test_the_low_pressure_beside_drainage_is_for_what_is_beside_it() -> None:
    drainage = a_candidate("lymphatic-drainage")
    firm = replace(drainage.technique, pressure=replace(drainage.technique.pressure, max=NEIGHBOR_MAX + 1))
    result = session(replace(drainage, technique=firm), "swedish")
    assert pressures(result) == {"lymphatic-drainage": NEIGHBOR_MAX + 1, "swedish": NEIGHBOR_MAX}


def test_drainage_on_another_region_leaves_the_pressure() -> None:
    far = a_candidate("lymphatic-drainage", regions=("left-foot",))
    assert pressures(session(far, "swedish", regions=("neck", "left-foot")))["swedish"] == 3


def test_pressure_beside_drainage_that_was_dropped_stays_low() -> None:
    result = session("swedish", "lymphatic-drainage", "sports", "assisted-stretching", minutes=61)
    alone = session("sports", "swedish")
    assert pressures(result)["swedish"] == NEIGHBOR_MAX < pressures(alone)["swedish"]


# 6.6 Outline


@pytest.mark.parametrize("row", NUMBERS.session_split, ids=lambda row: str(row.minutes))
def test_the_outline_is_that_of_the_table(row: Any) -> None:
    outline = dict(session("swedish", "sports", minutes=row.minutes).outline)
    assert (outline["assess"], outline["warm-up"], outline["close"]) == (row.assess, row.warm_up, row.close)
    assert outline["main"] + outline["integrate"] == row.main + row.integrate


@pytest.mark.parametrize("minutes", [10, 14, 16, 31, 59, 61, 75, 100, 240])
def test_minutes_between_the_rows_go_to_main(minutes: int) -> None:
    row = next((row for row in reversed(NUMBERS.session_split) if row.minutes <= minutes), NUMBERS.session_split[0])
    outline = dict(session("swedish", "sports", minutes=minutes).outline)
    assert sum(outline.values()) == minutes
    assert outline["main"] + outline["integrate"] == row.main + row.integrate + minutes - row.minutes


def test_what_no_technique_can_use_moves_to_integrate() -> None:
    result = session("trigger-point", minutes=60)
    most = knowledge().technique["trigger-point"].minutes.max
    assert blocks(result) == [("trigger-point", most)]
    assert dict(result.outline)["integrate"] == 5 + 37 - most


def test_the_parts_come_in_their_order() -> None:
    assert [part for part, _ in session("swedish").outline] == ["assess", "warm-up", "main", "integrate", "close"]
