"""Interviews with people who press keys, type lines and paste at random: each ends, and in the plan that was reviewed."""

from tests.soak.finds import Finds
from tests.terminal.interview.random_sessions import sessions

COUNT = 50_000
_OTHERS = 1_000_000
"""The tests of every run sit through those before."""


def soak(count: int, seed: int, finds: Finds) -> str:
    """Sit through so many interviews, a fifth of them by keys."""
    first = seed if seed > _OTHERS else _OTHERS + seed
    seen, found = sessions(count, first)
    finds.done = count
    for number, told in found:
        finds.tell(number, told)
    return f"{dict(seen)}"
