"""An end is never lost, wherever in the program it comes."""

import subprocess
import sys

import pytest

from tests.terminal.massage import environment

ENDED_IN_CLEARING_UP = """
import os, signal, time
from massage_cli.terminal.signals import leaving_on_signals, none_is_lost

class Clearing:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})
        for _ in range(1000):
            pass

with none_is_lost(), leaving_on_signals():
    try:
        Clearing()
        for _ in range(1000):
            time.sleep(0.01)
        print("lost")
    except BaseException as heard:
        print(repr(heard))
"""
"""A program that is told to end in a place where Python drops what is raised."""


@pytest.mark.parametrize(
    ("name", "heard"), [("SIGINT", "KeyboardInterrupt()"), ("SIGTERM", "SystemExit(143)"), ("SIGHUP", "SystemExit(129)")]
)
@pytest.mark.skipif(sys.platform == "win32", reason="there such a signal ends the program at once")
def test_an_end_that_comes_where_python_drops_what_is_raised_comes_once_more(name: str, heard: str) -> None:
    script = ENDED_IN_CLEARING_UP.replace("{name}", name)
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=False, timeout=60)
    assert (ran.stdout, ran.stderr) == (f"{heard}\n", "")


def test_what_else_python_drops_is_told_as_before() -> None:
    script = """
from massage_cli.terminal.signals import none_is_lost

class Broken:
    def __del__(self):
        raise ValueError("broken")

with none_is_lost():
    Broken()
"""
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=False, timeout=60)
    assert ran.stderr.endswith("ValueError: broken\n")
