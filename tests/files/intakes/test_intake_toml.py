"""An intake as TOML: the same intake gives the same text, and the text gives the same intake."""

from typing import Any

import pytest
from hypothesis import given

from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.intakes.intake_toml import intake_as_toml
from tests.builders import TODAY, an_intake, knowledge
from tests.drawn import drawn_intake, seeds
from tests.terminal.hostile import HOSTILE, short, steering


@given(seeds)
def test_every_intake_reads_back_the_same(seed: int) -> None:
    table, on = drawn_intake(seed)
    intake = check_intake(table, knowledge(), on=on)
    text = intake_as_toml(intake, knowledge())
    assert read_intake(text.encode(), "client.toml", knowledge(), on=on) == intake


def test_the_order_in_which_health_was_answered_leaves_no_trace() -> None:
    orders: list[dict[str, Any]] = [{"fever": "no", "bruise": "no"}, {"bruise": "no", "fever": "no"}]
    assert len({intake_as_toml(an_intake(health=health), knowledge()) for health in orders}) == 1


def test_an_intake_without_answers_about_health_has_no_such_table() -> None:
    assert "[health]" not in intake_as_toml(an_intake(health=None), knowledge())


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_notes_steer_nothing(text: str) -> None:
    written = intake_as_toml(an_intake(notes=text), knowledge())
    assert steering(written.encode()) == []
    assert read_intake(written.encode(), "client.toml", knowledge(), on=TODAY).notes == text
