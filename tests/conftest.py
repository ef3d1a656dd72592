"""What holds for every test: the same examples on every run, no network, and signals that arrive."""

import signal
import socket
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("everyday", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("everyday")

# a suite that was started in the background has them ignored, and so would every program that it starts
for _name in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(_name) is signal.SIG_IGN:
        signal.signal(_name, signal.default_int_handler if _name is signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """Every attempt to open a connection fails."""
    socket.socket.connect = _refuse


def _refuse(*_: object) -> NoReturn:
    raise RuntimeError("the tests and the program open no network connection")
