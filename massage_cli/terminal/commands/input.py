"""What commands share on the way in: the day of planning, files, and telling what is wrong with them."""

import datetime
import re
import sys
from pathlib import Path

import msgspec

from massage_cli.files.inert import json_text
from massage_cli.files.reading import read_bytes, read_stream
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_YEARS = range(1900, 2200)


def day_of_planning(on: str | None) -> datetime.date:
    """The day given, else today. Raises Unreadable when it is not a date like 2026-11-30."""
    if on is None:
        return datetime.datetime.now().astimezone().date()
    try:
        day = datetime.date.fromisoformat(on) if _DATE.match(on) else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise Unreadable([Problem(file="--on", path="", value=on, message=f"'{on}' is not a date; write it like 2026-11-30")])
    return day


def content_of(name: str) -> tuple[bytes, str]:
    """The content of a file, or of standard input for `-`, and the name to call it by. Raises Unreadable."""
    if name != "-":
        return read_bytes(Path(name)), name
    if sys.stdin is None or sys.stdin.closed:
        raise Unreadable([Problem(file="standard input", path="", message="is closed; give the file's name instead")])
    return read_stream(sys.stdin.buffer, "standard input"), "standard input"


def refuse(broken: Unreadable, *, as_json: bool) -> ExitCode:
    """Tell every problem in words, and as JSON on standard output where that is wanted; gives the exit code."""
    for problem in broken.problems:
        say(str(problem))
    if as_json:
        errors = [
            {
                "file": readable(problem.file),
                "path": problem.path,
                "line": problem.line,
                "value": _shown(problem.value),
                "message": problem.message,
            }
            for problem in broken.problems
        ]
        write_data(json_text({"errors": errors}))
    return ExitCode.WRONG_INPUT


def readable(name: str | None) -> str | None:
    """A name without what is no letter, as a file's name may hold on some systems."""
    return None if name is None else name.encode("utf-8", errors="replace").decode()


def _shown(value: object) -> object:
    try:
        msgspec.json.encode(value)
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    return value
