"""The list of bugs goes with the program as it is."""

import tomllib

import pytest

from tests.planted.__main__ import BUGS, ROOT, catching, planted

ALL = tomllib.loads(BUGS.read_text(encoding="utf-8"))["bug"]


@pytest.mark.parametrize("bug", ALL, ids=lambda bug: bug["what"])
def test_a_bug_can_be_planted_and_has_tests_to_catch_it(bug: dict[str, str]) -> None:
    sound = (ROOT / "massage_cli" / bug["file"]).read_text(encoding="utf-8")
    assert planted(bug, sound) != sound
    assert [name for name in catching(bug) if not (ROOT / name).is_file()] == []
