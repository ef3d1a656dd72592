"""What commands take in: the day of planning, a file or standard input; and how they tell what is wrong with it."""

import datetime
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from massage_cli.terminal.commands.input import day_of_planning
from tests.builders import TODAY
from tests.terminal.massage import ON, massage, massage_here, snapshot

READERS = pytest.mark.parametrize("command", ["plan", "screen", "show"])
FIVE_KEYS = ["file", "path", "line", "value", "message"]


def errors_of(out: bytes) -> list[dict[str, Any]]:
    """The errors in the JSON of standard output, each with exactly the five keys."""
    table = json.loads(out)
    assert list(table) == ["errors"]
    assert all(list(error) == FIVE_KEYS for error in table["errors"])
    return table["errors"]


@pytest.mark.parametrize("on", ["2026-11-30", "1900-01-01", "2199-12-31", "2028-02-29"])
def test_a_date_is_the_day_of_planning(on: str) -> None:
    assert day_of_planning(on).isoformat() == on


WRONG_DAYS = ("", "today", "2026-13-01", "2027-02-29", "30.11.2026", "2026-11-3", "20261130", "2026-W48-1", "1899-12-31", "2200-01-01")
WRONG_DAYS += (" 2026-11-30", "2026-11-30\n", "2026-11-30T00:00", "\u0662\u0660\u0662\u0666-11-30", "0000-00-00", "9999-12-31")


@pytest.mark.parametrize("on", WRONG_DAYS, ids=ascii)
def test_a_wrong_day_of_planning_is_2_and_says_how_to_write_it(folder: Path, on: str) -> None:
    ran = massage_here("plan", str(folder / "ann.toml"), "--on", on)
    assert (ran.code, ran.out) == (2, b"")
    assert "is not a date; write it like 2026-11-30" in ran.said


def test_a_wrong_day_in_json_is_one_error(folder: Path) -> None:
    ran = massage_here("screen", str(folder / "ann.toml"), "--on", "soon", "--format", "json")
    assert ran.code == 2
    (error,) = errors_of(ran.out)
    assert (error["file"], error["value"]) == ("--on", "soon")


@READERS
@pytest.mark.parametrize("what", ["nobody.toml", ".", "wrong.toml", "empty.toml", "cut.toml"])
def test_a_file_that_cannot_be_used_is_2_with_a_line_on_standard_error(folder: Path, command: str, what: str) -> None:
    (folder / "empty.toml").write_bytes(b"")
    (folder / "cut.toml").write_bytes((folder / "ann.toml").read_bytes()[:-9])
    before = snapshot(folder)
    ran = massage(command, what, folder=folder)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.startswith(f"{what}: ") or ran.said.startswith(f"{what}:")
    assert "Traceback" not in ran.said
    assert snapshot(folder) == before


@READERS
def test_a_file_that_may_not_be_read_is_2(folder: Path, command: str) -> None:
    file = folder / "ann.toml"
    file.chmod(0o000)
    if os.access(file, os.R_OK):  # root may read everything; a loop of links nobody can
        file.unlink()
        file.symlink_to("ann.toml")
    ran = massage(command, "ann.toml", folder=folder)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.startswith("ann.toml: cannot be read: ")


@pytest.mark.parametrize("command", ["plan", "screen"])
def test_every_problem_is_told_in_words_and_in_json(folder: Path, command: str) -> None:
    in_words = massage(command, "wrong.toml", *ON, folder=folder)
    as_json = massage(command, "wrong.toml", *ON, "--format", "json", folder=folder)
    assert in_words.code == as_json.code == 2
    assert in_words.out == b""
    assert in_words.err == as_json.err
    errors = errors_of(as_json.out)
    assert [error["path"] for error in errors] == ["age", "pain", "pian"]
    assert [error["value"] for error in errors] == [140, 12, 3]
    lines = [f"wrong.toml:{error['line']}: {error['path']}: {error['message']}" for error in errors]
    assert in_words.said.splitlines() == lines
    text = (folder / "wrong.toml").read_text(encoding="utf-8").splitlines()
    assert [text[error["line"] - 1].split(" ")[0] for error in errors] == ["age", "pain", "pian"]


@pytest.mark.parametrize(
    "value", ["nan", "inf", "1e400", "99999999999999999999999", "07:32:00", "2026-11-30T10:00:00Z", "[[[1]]]", "{a = {b = 1}}"]
)
def test_any_value_can_be_told_of_in_json(folder: Path, value: str) -> None:
    file = folder / "ann.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("pain = 5", f"pain = {value}"), encoding="utf-8")
    ran = massage_here("plan", str(file), *ON, "--format", "json")
    assert ran.code == 2
    assert [error["path"] for error in errors_of(ran.out)] == ["pain"]


@READERS
def test_a_file_whose_name_is_no_text_is_refused(folder: Path, command: str) -> None:
    for format_ in ("text", "json"):
        ran = massage(command, b"\xff\xfe.toml", "--format", format_, folder=folder)
        assert ran.code == 2
        assert b"there is no such file" in ran.err
        if format_ == "json":
            assert len(errors_of(ran.out)) == 1


@pytest.mark.parametrize("command", ["plan", "screen"])
@pytest.mark.parametrize("name", ["ann.toml", "saved.toml", "stop.toml"])
def test_a_dash_reads_standard_input(folder: Path, command: str, name: str) -> None:
    from_file = massage(command, name, *ON, "--format", "json", folder=folder)
    from_input = massage(command, "-", *ON, "--format", "json", folder=folder, stdin=(folder / name).read_bytes())
    assert from_input == from_file


def test_a_dash_shows_a_plan_from_standard_input(folder: Path) -> None:
    saved = (folder / "saved.toml").read_bytes()
    assert massage("show", "-", "--format", "toml", folder=folder, stdin=saved).out == saved


@READERS
def test_problems_of_standard_input_name_it(folder: Path, command: str) -> None:
    ran = massage(command, "-", folder=folder, stdin=b"pain = = 5\n")
    assert ran.code == 2
    assert ran.said.startswith("standard input:1: is not TOML")


def test_standard_input_without_an_open_day_is_named_like_any_other() -> None:
    closed = NO_OPEN_DAY.encode()
    assert massage_here("plan", "-", *ON, stdin=closed).said.startswith("standard input: booking: ")


@READERS
def test_closed_standard_input_is_2(folder: Path, command: str) -> None:
    ran = massage(command, "-", folder=folder, preexec_fn=lambda: os.close(0))  # closes a stream
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said == "standard input: is closed; give the file's name instead\n"


@READERS
def test_empty_standard_input_is_2(folder: Path, command: str) -> None:
    ran = massage(command, "-", folder=folder)
    assert (ran.code, ran.out) == (2, b"")
    assert "is empty" in ran.said


@READERS
def test_endless_standard_input_is_2(folder: Path, command: str) -> None:
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123  # a device
        ran = massage(command, "-", folder=folder, stdin=endless)
    assert (ran.code, ran.out) == (2, b"")
    assert "larger than 1 MiB" in ran.said


NO_OPEN_DAY = """\
format = "massage-intake/1"
client = "ann"
age = 40
condition = "chronic"
regions = ["lower-back"]
pain = 5

[health]
everything-else = "no"

[booking]
weekdays = ["sun"]
closed = [{}]
""".format(", ".join((TODAY + datetime.timedelta(days=days)).isoformat() for days in range(400)))


def test_no_open_day_is_2_at_the_booking(folder: Path) -> None:
    (folder / "closed.toml").write_text(NO_OPEN_DAY, encoding="utf-8")
    before = snapshot(folder)
    ran = massage("plan", "closed.toml", *ON, "--format", "json", "--save", folder=folder)
    assert ran.code == 2
    (error,) = errors_of(ran.out)
    assert (error["file"], error["path"]) == ("closed.toml", "booking")
    assert "no open day for visit 1" in error["message"]
    assert snapshot(folder) == before


def test_the_day_is_today_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # noqa: ARG003  # the clock's own form
            return datetime.datetime(2031, 5, 6, 12, 0, tzinfo=datetime.UTC)

    monkeypatch.setattr("massage_cli.terminal.commands.input.datetime", SimpleNamespace(datetime=Clock, date=datetime.date))
    assert day_of_planning(None) == datetime.date(2031, 5, 6)
