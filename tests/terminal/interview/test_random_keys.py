"""250 people at the keys, who answer at random: see `random_sessions.py`."""

from pathlib import Path

import pytest

from tests.terminal.interview.random_sessions import sit

SESSIONS, TOGETHER = 250, 125


@pytest.mark.parametrize("first", range(0, SESSIONS, TOGETHER))
def test_who_presses_keys_at_random_comes_to_an_end_and_to_the_plan_that_was_reviewed(tmp_path: Path, first: int) -> None:
    seen = sit(range(first, first + TOGETHER), by_keys=True, folder=tmp_path)
    assert seen["plans shown"] > 0
    assert seen["INTERRUPTED"] > 0
