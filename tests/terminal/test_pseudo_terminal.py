"""A real terminal: the verdict in color on the first line, and every line inside the width."""

import sys

import pexpect
import pyte
import pytest

from tests.terminal.massage import ON, PROGRAM, environment, massage_here
from tests.worked import intake_file, plan_file

CLIENT = str(intake_file("blood-thinner"))
STOPPED = str(intake_file("chest-pain"))


def shown(width: int, *arguments: str, **env: str) -> tuple[pyte.Screen, int]:
    """What a terminal of this width and 24 lines shows, on a screen long enough to hold it all; and the exit code."""
    program = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], *arguments], dimensions=(24, width), env=environment(TERM="xterm-256color", **env))
    screen = pyte.Screen(width, 400)
    stream = pyte.ByteStream(screen)
    with program:
        while True:
            try:
                stream.feed(program.read_nonblocking(4096, timeout=30))
            except pexpect.EOF:
                break
    return screen, program.exitstatus


def lines_of(screen: pyte.Screen) -> list[str]:
    """The lines on the screen up to the last that is not empty."""
    return "\n".join(line.rstrip() for line in screen.display).rstrip("\n").split("\n")


@pytest.mark.parametrize("width", [80, 40])
def test_the_verdict_stands_on_the_first_line_in_color(width: int) -> None:
    screen, code = shown(width, "plan", CLIENT, *ON)
    assert code == 0
    assert screen.display[0].startswith(" GO WITH LIMITS  ")
    assert {screen.buffer[0][column].bg for column in range(16)} == {"brown"}
    assert screen.buffer[0][1].bold


def test_a_stop_is_red() -> None:
    screen, code = shown(80, "plan", STOPPED, *ON)
    assert code == 3
    assert screen.display[0].startswith(" STOP: EMERGENCY  ")
    assert {screen.buffer[0][column].bg for column in range(17)} == {"red"}


def test_a_page_for_a_browser_does_not_fill_a_terminal() -> None:
    screen, code = shown(80, "handout", str(plan_file("low-back")))
    assert code == 2
    assert lines_of(screen)[0].startswith("--output: is missing; the handout for the client is a page")


@pytest.mark.parametrize("width", [80, 40, 100])
def test_a_terminal_shows_the_lines_of_the_page_as_they_were_wrapped(width: int) -> None:
    screen, _ = shown(width, "plan", CLIENT, *ON)
    assert lines_of(screen) == massage_here("plan", CLIENT, *ON, COLUMNS=str(width)).text.rstrip("\n").split("\n")


@pytest.mark.parametrize("width", [30, 20])
def test_a_terminal_too_narrow_still_gets_every_word(width: int) -> None:
    screen, code = shown(width, "plan", STOPPED, *ON)
    assert code == 3
    letters = "".join("".join(line.split()) for line in massage_here("plan", STOPPED, *ON, COLUMNS="40").text.splitlines())
    assert "".join("".join(line.split()) for line in screen.display) == letters


def test_color_can_be_switched_off() -> None:
    screen, _ = shown(80, "plan", CLIENT, *ON, NO_COLOR="1")
    cells = [screen.buffer[row][column] for row in range(20) for column in range(80)]
    assert {(cell.fg, cell.bg, cell.bold) for cell in cells} == {("default", "default", False)}


def test_a_screen_of_questions_fits_too() -> None:
    screen, code = shown(40, "questions")
    assert code == 0
    assert max(len(line.rstrip()) for line in screen.display) <= 40


def test_problems_are_told_on_the_terminal() -> None:
    program = pexpect.run(
        f"{sys.executable} -m massage_cli plan - --on soon", env=environment(TERM="xterm"), withexitstatus=True, encoding="utf-8"
    )
    assert program == ("--on: 'soon' is not a date; write it like 2026-11-30\r\n", 2)
