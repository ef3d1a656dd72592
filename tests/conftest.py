"""What holds for every test: the same examples on every run, no network, signals that arrive, and any order that is asked for."""

import random
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


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--shuffle SEED`: what one test leaves behind must not matter to another."""
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run the tests in another order, the same for the same number")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests into the order that was asked for; every worker comes to the same one."""
    seed = config.getoption("--shuffle")
    if seed is not None:
        random.Random(seed).shuffle(items)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """Every attempt to open a connection fails."""
    socket.socket.connect = _refuse


def _refuse(*_: object) -> NoReturn:
    raise RuntimeError("the tests and the program open no network connection")
