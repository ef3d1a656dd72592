"""How hard and how long, step by step: the lowest step is what planning took."""

from massage_cli.files.explained.replay import replay
from massage_cli.planning.dose import allowed_pressure, visit_minutes
from massage_cli.planning.explaining.dose import block_caps, block_minutes_words, level_words, minutes_caps, pressure_caps
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


def test_the_minutes_of_a_technique_are_told_as_its_share_of_the_main_part() -> None:
    choice = replay(a_document(), knowledge(), called="plan").choice
    assert choice is not None
    words = [block_minutes_words(block, choice) for block in choice.session.prescriptions]
    shares = knowledge().numbers.main_block_shares[len(words) - 1]
    assert [sentence.partition(" of the main part")[0] for sentence in words] == [f"Its share is {share} percent" for share in shares]
    assert all(sentence.endswith("and what is left goes to the broad technique first.") for sentence in words)


def test_a_technique_alone_shares_with_none() -> None:
    choice = replay(a_document(complaint="desk-work", regions=["neck"], booking={"minutes": 15}), knowledge(), called="plan").choice
    assert choice is not None
    (block,) = choice.session.prescriptions
    assert block_minutes_words(block, choice).endswith(f"it takes {block.candidate.technique.minutes.max} at most.")
