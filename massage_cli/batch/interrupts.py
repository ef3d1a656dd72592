"""The signals that end a batch, and how they are held back from what they would only disturb."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = frozenset({signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])})


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Within it these signals wait; threads and processes begun in it stay deaf to them, so that they come to the thread that works.

    Where the system cannot hold signals back, nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hear_interrupts() -> None:
    """End the deafness that a process was begun with."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
