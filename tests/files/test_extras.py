"""What is told of parts that were not installed."""

import tomllib
from pathlib import Path

import pytest

from massage_cli.files.extras import how_to_add

_PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("extra", ["xlsx", "pdf", "dask"])
def test_a_part_is_added_from_the_folder_of_the_program_and_never_by_a_name_that_somebody_else_may_have(extra: str) -> None:
    assert extra in _PROJECT["optional-dependencies"]
    assert f"'.[{extra}]'" in how_to_add(extra)
    assert _PROJECT["name"] not in how_to_add(extra)
