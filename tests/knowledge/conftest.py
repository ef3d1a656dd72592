"""Reading TOML takes most of the time of these tests, and each changes one file of twelve: the others are read once."""

import tomllib
from functools import lru_cache
from types import SimpleNamespace

import pytest

from massage_cli.knowledge import parsing

_loads_once = lru_cache(maxsize=64)(tomllib.loads)


@pytest.fixture(autouse=True)
def each_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "tomllib", SimpleNamespace(loads=_loads_once))
