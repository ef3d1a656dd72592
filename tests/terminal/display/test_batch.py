"""What is said of a batch: how far it is, whom to tell first, and the counts."""

import io
import re
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte
import pytest

from massage_cli.batch.row_result import Triage
from massage_cli.batch.tally import Referral, Tally
from massage_cli.terminal.display.batch import draw_counts, draw_urgent, progress, tell_summary
from massage_cli.terminal.display.paper import Paper
from tests.builders import knowledge
from tests.terminal.hostile import HOSTILE, short, steering

TALLY = Tally(
    rows=120,
    triage={"planned": 100, "withheld": 15, "invalid": 5},
    outcomes={"clear": 90, "restricted": 10, "refer": 12, "clearance": 2, "no-technique": 1},
    urgency={"emergency": 2, "same-day": 10},
    reasons={"heart-attack-signs": 2, "fever": 10},
    problems={"pain": 3, "age": 1, "client": 3, "booking.minutes": 1, "onset": 1},
    referrals=[
        Referral(rank=0, row=7, client="ann", reasons=("heart-attack-signs", "fever")),
        Referral(rank=1, row=3, client="bob", reasons=("no-region-left",)),
    ],
)


def page(draw: Callable[[Paper], None], *, width: int = 80) -> str:
    paper = Paper(width=width, color=False, symbols=True)
    draw(paper)
    return paper.text()


class Screen(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


class Full(io.StringIO):
    """Standard error that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


def test_the_counts() -> None:
    assert page(lambda paper: draw_counts(paper, TALLY)) == (
        "\nBATCH\n"
        "  Rows      120\n"
        "  Planned   100  clear 90, restricted 10\n"
        "  Withheld   15  refer 12, clearance 2, no technique 1\n"
        "  Invalid     5  client 3, pain 3, age 1, booking.minutes 1, ...\n"
        "  Referred: emergency 2, same day 10\n"
    )


def test_the_counts_of_nothing() -> None:
    assert page(lambda paper: draw_counts(paper, Tally())) == "\nBATCH\n  Rows      0\n  Planned   0\n  Withheld  0\n  Invalid   0\n"


def test_files_that_could_not_be_written_are_counted_apart() -> None:
    shown = page(lambda paper: draw_counts(paper, Tally(rows=3, triage={"planned": 3}, unwritten=2)))
    assert "  Not written  2\n" in shown


@pytest.mark.parametrize("width", [40, 80, 160])
def test_every_line_fits(width: int) -> None:
    for draw in (lambda paper: draw_counts(paper, TALLY), lambda paper: draw_urgent(paper, TALLY, knowledge())):
        assert all(len(line) <= width for line in page(draw, width=width).split("\n"))


def test_the_most_urgent_are_told_first_with_why() -> None:
    title = knowledge().rule["heart-attack-signs"].title
    shown = " ".join(page(lambda paper: draw_urgent(paper, TALLY, knowledge())).split())
    assert shown.startswith(f"REFERRED: TELL THESE CLIENTS FIRST EMERGENCY ann row 7: {title}")
    assert "SAME DAY bob row 3: no region left" in shown
    assert shown.endswith("and 10 more, less urgent or later in the list")


def test_where_nobody_is_referred_that_is_told() -> None:
    assert page(lambda paper: draw_urgent(paper, Tally(), knowledge())).endswith("Nobody is referred.\n")


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_text_in_key_paths_and_names_of_files_is_inert(capsys: pytest.CaptureFixture[str], text: str) -> None:
    tell_summary(Tally(rows=1, triage={Triage.INVALID: 1}, problems={text: 1}), knowledge(), urgent=True, files={"plans": text})
    told = capsys.readouterr()
    assert told.out == ""
    assert steering(told.err.encode()) == []


@pytest.mark.parametrize("stream", [None, Full(), io.TextIOWrapper(io.BytesIO(), encoding="ascii")], ids=["closed", "full", "ascii"])
def test_what_nobody_can_hear_breaks_nothing(monkeypatch: pytest.MonkeyPatch, stream: Any) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as tell:
        tell(1, 2)
    tell_summary(TALLY, knowledge(), urgent=True, files={"plans": "Pläne"})


def test_without_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as tell:
        tell(1, 2)
    assert capsys.readouterr() == ("", "")


def test_at_a_terminal_a_bar_is_shown_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with progress() as tell:
        tell(1, 2)
        tell(2, 2)
    assert "2/2" in screen.getvalue()
    shown = pyte.Screen(80, 10)
    shown.set_mode(pyte.modes.LNM)
    pyte.Stream(shown).feed(screen.getvalue())
    assert "".join(shown.display).strip() == ""
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a thread is deaf to")
def test_what_ends_a_batch_does_not_come_to_the_thread_that_draws_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen())
    monkeypatch.setenv("TERM", "xterm")
    before = set(threading.enumerate())
    with progress():
        (drawing,) = set(threading.enumerate()) - before
        told = Path(f"/proc/self/task/{drawing.native_id}/status").read_text()
    deaf_to = int(re.findall(r"SigBlk:\s*(\w+)", told)[0], 16)
    assert [name for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if not deaf_to >> (name - 1) & 1] == []
