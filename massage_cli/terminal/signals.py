"""A closed terminal and a polite kill leave by the same door as everything else."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def leaving_on_signals() -> Iterator[None]:
    """A closed terminal and a polite kill leave through the same door as everything else, so that the terminal is put right."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001  # what the system calls
        raise SystemExit(128 + number)

    before = {name: signal.signal(name, leave) for name in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
