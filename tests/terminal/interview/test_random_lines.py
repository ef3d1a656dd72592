"""1,750 people in plain mode, who answer at random: see `random_sessions.py`."""

from pathlib import Path

import pytest

from tests.terminal.interview.random_sessions import sit

SESSIONS, TOGETHER = 1750, 125


@pytest.mark.parametrize("first", range(0, SESSIONS, TOGETHER))
def test_who_types_lines_at_random_comes_to_an_end_and_to_the_plan_that_was_reviewed(tmp_path: Path, first: int) -> None:
    seen = sit(range(first, first + TOGETHER), by_keys=False, folder=tmp_path)
    assert seen["plans shown"] > 0
    assert seen["INTERRUPTED"] > 0
