"""What holds for every test: the same examples on every run, and no network."""

import socket
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("everyday", deadline=None, derandomize=True, max_examples=120)
settings.load_profile("everyday")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """Every attempt to open a connection fails."""
    socket.socket.connect = _refuse


def _refuse(*_: object) -> NoReturn:
    raise RuntimeError("the tests and the program open no network connection")
