"""A visit told by flags: everything wrong with it is told at once, by its key, and nothing is written."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from massage_cli.terminal.commands.visit_flags import Told
from tests.saved import a_document, visited, write
from tests.terminal.massage import Ran, massage_here, snapshot

MONDAY = ("--on", "2026-11-23")
NOTHING_NEW = ("--status", "attended", "--nothing-new")


def visit(path: Path, *flags: str, on: tuple[str, ...] = MONDAY) -> Ran:
    return massage_here("visit", str(path), *on, *flags)


def wrong(path: Path, *flags: str, on: tuple[str, ...] = MONDAY) -> list[str]:
    """The keys of all problems; nothing may have been written, and a script gets the same problems."""
    before = snapshot(path.parent)
    ran, as_json = visit(path, *flags, on=on), visit(path, *flags, "--format", "json", on=on)
    assert (ran.code, ran.out, as_json.code) == (2, b"", 2)
    assert snapshot(path.parent) == before
    errors: list[dict[str, Any]] = msgspec.json.decode(as_json.out)["errors"]
    assert len(errors) == len(ran.said.splitlines())
    assert all(line.startswith(f"{error['file']}: ") for line, error in zip(ran.said.splitlines(), errors, strict=True))
    return [error["path"] for error in errors]


@pytest.mark.parametrize(
    ("flags", "keys"),
    [
        ((*NOTHING_NEW, "--number", "1"), ["number", "date"]),
        (("--status", "missed", "--number", "1"), ["number"]),
        ((*NOTHING_NEW, "--number", "11", "--date", "2026-11-22"), ["number"]),
        ((*NOTHING_NEW, "--date", "2026-11-30"), ["date"]),
        (("--status", "missed", "--date", "2026-11-24"), ["date"]),
        ((*NOTHING_NEW, "--date", "2026-11-20"), ["date"]),
        (("--status", "cancelled", "--date", "2026-11-20"), ["date"]),
        ((*NOTHING_NEW, "--date", "soon"), ["date"]),
        ((*NOTHING_NEW, "--date", "2026-11-22", "--measure", "nope", "--score", "3"), ["measure"]),
        ((*NOTHING_NEW, "--date", "2026-11-22", "--measure", "rmdq", "--score", "25"), ["score"]),
        ((*NOTHING_NEW, "--date", "2026-11-22", "--measure", "rmdq", "--score", "nan"), ["score"]),
        ((*NOTHING_NEW, "--date", "2026-11-22", "--measure", "rmdq"), ["measure"]),
        ((*NOTHING_NEW, "--date", "2026-11-22", "--score", "3"), ["measure"]),
        (("--status", "missed", "--pain", "3"), ["pain"]),
        (("--status", "missed", "--measure", "rmdq", "--score", "3"), ["measure", "score"]),
        (("--status", "cancelled", "--soreness-hours", "3"), ["soreness-hours"]),
        (("--status", "attended", "--date", "2026-11-22"), ["health"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "fever"), ["health"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "fever="), ["health"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "nope=yes"), ["health"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "everything-else=no"), ["health"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "fever=3"), ["health.fever"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "fever=yes", "--health", "fever=no"), ["health.fever"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "fever=yes@neck"), ["health.fever"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "systolic=yes"), ["health.systolic"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "systolic=999"), ["health.systolic"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "numbness=yes@nowhere"), ["health.numbness.regions"]),
        (("--status", "attended", "--date", "2026-11-22", "--health", "thinner-unstable=no"), ["health.thinner-unstable"]),
        (("--pain", "3"), ["status"]),
        (("--nothing-new",), ["status"]),
        (("--date", "2026-11-22"), ["status"]),
    ],
    ids=" ".join,
)
def test_what_is_wrong_with_a_visit_is_named_by_its_key(tmp_path: Path, flags: tuple[str, ...], keys: list[str]) -> None:
    path = write(tmp_path / "ann.toml", visited(a_document(client="ann"), 5))
    assert wrong(path, *flags) == keys


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", visited(a_document(client="ann"), 5))
    flags = ("--status", "attended", "--number", "1", "--date", "soon", "--measure", "rmdq", "--score", "99")
    health = ("--health", "x", "--health", "y", "--health", "fever=3", "--health", "systolic=5")
    assert wrong(path, *flags, *health) == ["number", "date", "score", "health", "health", "health.fever", "health.systolic"]
    missed = ("--status", "missed", "--number", "44", "--date", "2027-01-01", "--pain", "3", "--score", "3")
    assert wrong(path, *missed) == ["number", "date", "pain", "measure", "score"]


def test_a_visit_is_asked_about_where_nothing_but_its_number_is_told() -> None:
    assert Told().is_asked_for
    assert Told(number=3).is_asked_for
    for told in (Told(pain=0), Told(note=""), Told(nothing_new=True), Told(status="missed"), Told(health=("fever=no",))):
        assert not told.is_asked_for
