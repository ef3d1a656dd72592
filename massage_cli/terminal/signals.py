"""A closed terminal and a polite kill leave by the same door as everything else, and none of them is lost."""

import _thread
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_BY_SIGNAL = 128
"""What the exit code of a program that a signal ended is above the signal's number."""
_SOON = 0.01


@contextmanager
def none_is_lost() -> Iterator[None]:
    """Within it an end comes once more when it came where Python drops what is raised, as in clearing up after an import."""
    before = sys.unraisablehook

    def heard(dropped: "sys.UnraisableHookArgs") -> None:
        number = _number_of(dropped.exc_value)
        if number is None:
            before(dropped)
        else:
            _thread.start_new_thread(_send, (number,))  # at once it would be dropped again, as this is called from there

    sys.unraisablehook = heard
    try:
        yield
    finally:
        sys.unraisablehook = before


def _number_of(raised: BaseException | None) -> signal.Signals | None:
    if isinstance(raised, KeyboardInterrupt):
        return signal.SIGINT
    code = raised.code if isinstance(raised, SystemExit) else None
    return signal.Signals(code - _BY_SIGNAL) if isinstance(code, int) and code > _BY_SIGNAL else None


def _send(number: signal.Signals) -> None:
    time.sleep(_SOON)
    _thread.interrupt_main(number)


@contextmanager
def leaving_on_signals() -> Iterator[None]:
    """Within it, both end the program with 128 and the signal's number once everything is put right; an ignored one stays ignored."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(_BY_SIGNAL + number)

    names = {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
    # who starts a program with a signal ignored, as nohup does, wants it to go on
    before = {name: signal.signal(name, leave) for name in names if signal.getsignal(name) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
