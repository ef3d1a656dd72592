"""`massage lint`: every fault of every file, and the rest goes on where one cannot be read."""

from pathlib import Path

import msgspec
import pytest

from tests.documents.planted import SCHEDULES, file_of
from tests.terminal.hostile import steering
from tests.terminal.massage import Ran, massage_here, snapshot
from tests.worked import FOLDER


def lint(*arguments: str, stdin: bytes = b"", **env: str) -> Ran:
    return massage_here("lint", *arguments, stdin=stdin, **env)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with faults in a plan and in a calendar, sound schedules, an intake, and a file that is nothing."""
    for base, changes in (
        ("plan", {"outline.0.minutes": 16}),
        ("care plan", {}),
        ("visits.ics", {"DESCRIPTION:60 minutes": "DESCRIPTION:90 minutes"}),
    ):
        name, content = file_of(base, changes)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "x.intake.toml").write_text('format = "massage-intake/1"\n', encoding="utf-8")
    return tmp_path


def test_a_folder_without_a_fault_says_so() -> None:
    ran = lint(str(FOLDER), str(SCHEDULES))
    assert (ran.code, ran.said, ran.text) == (0, "", "No fault in 15 files.\n")


def test_each_fault_is_told_with_where_it_is_what_is_there_and_what_is_expected(mixed: Path) -> None:
    before = snapshot(mixed)
    ran = lint(str(mixed), COLUMNS="100")
    assert (ran.code, ran.said) == (5, "")
    assert "  outline-minutes  line " in ran.text
    assert (
        ", outline\n    the parts of a session add up to 70 minutes, and a visit has 60\n    expected: parts that add up to the visit\n"
        in ran.text
    )
    assert "  text-minutes  event 1\n    the text says 90 minutes, and the visit has 60\n" in ran.text
    assert ran.text.endswith("\n2 faults in 3 files.\n")
    assert snapshot(mixed) == before


def test_scripts_get_every_fault_as_json(mixed: Path) -> None:
    ran = lint(str(mixed), "--json")
    found = msgspec.json.decode(ran.out)
    assert (ran.code, found["files"], found["unreadable"]) == (5, 3, 0)
    assert {(Path(fault["file"]).name, fault["id"]) for fault in found["faults"]} == {
        ("plan.toml", "outline-minutes"),
        ("visits.ics", "text-minutes"),
    }
    assert all(fault["path"] and fault["found"] and fault["expected"] for fault in found["faults"])


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_looked_through(mixed: Path) -> None:
    (mixed / "broken.json").write_text("{", encoding="utf-8")
    ran = lint(str(mixed), str(mixed / "none.toml"), str(mixed / "*.xyz"))
    assert ran.code == 2
    assert [name in ran.said for name in ("broken.json", "none.toml", "*.xyz")] == [True, True, True]
    assert "2 faults in 3 files." in ran.text


def test_patterns_and_standard_input_are_taken(mixed: Path) -> None:
    assert "in 1 file." in lint(str(mixed / "*.ics")).text
    name, content = file_of("medicine", {"dispenseRequest.quantity.value": 51})
    ran = lint("-", stdin=content)
    assert (ran.code, "51 are supplied" in ran.text) == (5, True)
    assert name not in ran.text


def test_a_folder_with_nothing_to_look_at_is_said_to_be_so(tmp_path: Path) -> None:
    ran = lint(str(tmp_path))
    assert ran.code == 2
    assert "holds no plan, FHIR or calendar file" in ran.said


@pytest.mark.parametrize("width", ["40", "80"])
def test_what_a_file_says_steers_no_terminal(tmp_path: Path, width: str) -> None:
    hostile = "\x1b[2J\u202e12 visits\x07"
    for base, changes in (("care plan", {"title": hostile}), ("plan", {"techniques.0.name": hostile, "techniques.0.pressure": 5})):
        name, content = file_of(base, changes)
        (tmp_path / name).write_bytes(content)
    for flags in ((), ("--json",)):
        ran = lint(str(tmp_path), *flags, COLUMNS=width)
        assert ran.code == 5
        assert steering(ran.out + ran.err) == []
        if not flags:
            assert max(map(len, ran.text.splitlines())) <= int(width)
