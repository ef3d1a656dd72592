"""What a long run finds, told as soon as it is found; and how far it came, however it is ended."""

import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_MOST_TOLD = 40
_TELL_EVERY_SECONDS = 60.0


class Finds:
    """The finds of a run, counted; the first ones are printed in full with the number that repeats them."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._stopped = False
        self.count = self.done = 0

    def tell(self, number: int, what: str) -> None:
        """Count a find, and print how to come to it again."""
        self.count += 1
        if self.count <= _MOST_TOLD:
            sys.stdout.write(f"FOUND, again by: python -m tests.soak {self._subject} --count 1 --seed {number}\n{what}\n")
            sys.stdout.flush()
        elif self.count == _MOST_TOLD + 1:
            sys.stdout.write("More is found; it is counted below.\n")

    @contextmanager
    def watch(self, number: int, what: str) -> Iterator[None]:
        """Anything raised inside is a find."""
        try:
            yield
        except Exception as wrong:  # noqa: BLE001  # whatever comes is what is looked for
            self.tell(number, f"{what}: {''.join(traceback.format_exception(wrong))}")

    def each(self, cases: Iterable[T]) -> Iterator[T]:
        """The cases one after the other, counted, until somebody ends the run; from time to time it is told how many are done."""
        told = time.monotonic()
        for case in cases:
            if self._stopped:
                return
            yield case
            self.done += 1
            if time.monotonic() - told > _TELL_EVERY_SECONDS:
                told = time.monotonic()
                sys.stderr.write(f"{self._subject}: {self.done:,} done, {self.count:,} found\n")

    @contextmanager
    def ended_by_signals(self) -> Iterator[None]:
        """Control-C and SIGTERM end the run after the case that is being looked at, so that its figures are told."""

        def stop(*_: Any) -> None:
            self._stopped = True

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
