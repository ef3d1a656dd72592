"""What a long run finds, told as soon as it is found."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

_MOST_TOLD = 40


class Finds:
    """The finds of a run, counted; the first ones are printed in full with the number that repeats them."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self.count = 0

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
