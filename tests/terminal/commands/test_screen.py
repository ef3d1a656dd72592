"""`massage screen`: the screening alone."""

import json
from pathlib import Path

import pytest

from tests.terminal.massage import ON, massage, massage_here, snapshot
from tests.worked import NAMES, intake_file

PLANNING = {"protocol", "techniques", "outline", "phases", "sessions", "maintenance", "measures", "warnings", "advice", "holidays"}
"""The keys that planning adds."""


@pytest.mark.parametrize("name", NAMES)
def test_a_screening_is_the_plan_without_what_planning_adds(name: str) -> None:
    file = str(intake_file(name))
    screened, planned = (massage_here(command, file, *ON, "--format", "json") for command in ("screen", "plan"))
    screening, plan = json.loads(screened.out), json.loads(planned.out)
    assert not PLANNING & set(screening)
    shared = set(screening) - ({"outcome", "urgency"} if plan["outcome"] in ("no-technique", "incomplete", "clearance") else set())
    assert {key: screening[key] for key in shared} == {key: plan[key] for key in shared}
    assert set(plan) - set(screening) <= PLANNING


@pytest.mark.parametrize("format_", ["text", "toml", "json"])
def test_a_screening_that_allows_work_is_0(folder: Path, format_: str) -> None:
    ran = massage("screen", "ann.toml", *ON, "--format", format_, folder=folder)
    assert (ran.code, ran.said) == (0, "")
    assert ran.out


@pytest.mark.parametrize("format_", ["text", "toml", "json"])
def test_a_screening_that_withholds_is_3(folder: Path, format_: str) -> None:
    ran = massage("screen", "stop.toml", *ON, "--format", format_, folder=folder)
    assert (ran.code, ran.said) == (3, "")
    assert ran.out


def test_the_page_of_a_screening_is_no_plan_and_says_so(folder: Path) -> None:
    text = massage_here("screen", str(folder / "worked.intake.toml"), *ON).text
    assert "This is no plan yet." in text.partition("\n")[0]
    assert not any(heading in text for heading in ("SESSION ", "COURSE ", "TELL THE CLIENT", "MEASURE "))


def test_a_screening_leaves_nothing_behind(folder: Path) -> None:
    before = snapshot(folder)
    massage("screen", "ann.toml", folder=folder)
    assert snapshot(folder) == before


def test_a_client_without_an_open_day_can_be_screened(folder: Path) -> None:
    file = folder / "ann.toml"
    closed = "\n[booking]\nmax-sessions = 1\nweekdays = ['sun']\n"
    file.write_text(file.read_text(encoding="utf-8") + closed, encoding="utf-8")
    assert massage_here("screen", str(file), *ON).code == 0
