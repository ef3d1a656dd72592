"""A closed terminal and a polite kill leave by the same door as everything else."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def leaving_on_signals() -> Iterator[None]:
    """Within it, both end the program with 128 and the signal's number once everything is put right; an ignored one stays ignored."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    names = {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
    # who starts a program with a signal ignored, as nohup does, wants it to go on
    before = {name: signal.signal(name, leave) for name in names if signal.getsignal(name) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
