"""`massage batch --report`: written last, of this batch, and in place of nothing else."""

import json
import os
from pathlib import Path

import pytest

from massage_cli.batch.report import REPORT_FORMAT
from tests.batch.lists import INVALID, WITHHELD, write_list
from tests.builders import a_table
from tests.terminal.massage import ON, Ran, massage_here, snapshot


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: a sound list, and one with rows of every kind."""
    monkeypatch.chdir(tmp_path)
    write_list(tmp_path / "sound.jsonl", (a_table(client=f"c-{number}") for number in range(3)))
    write_list(tmp_path / "mixed.jsonl", [a_table(client="ann"), a_table(client="stop", **WITHHELD), a_table(client="bad", **INVALID)])
    return tmp_path


def batch(*arguments: str) -> Ran:
    """Run the command in this process, on the usual day."""
    return massage_here("batch", *ON, *arguments)


def test_the_report_is_written_and_says_where_everything_is(desk: Path) -> None:
    ran = batch("mixed.jsonl", "--out", "plans", "--report", "report.json")
    report = json.loads((desk / "report.json").read_text(encoding="utf-8"))
    assert (report["rows"], report["planned"], report["withheld"], report["invalid"]) == (3, 1, 1, 1)
    assert (report["out"], report["problems-file"], report["sources"]) == ("plans", "plans.problems.jsonl", ["mixed.jsonl"])
    assert (desk / "report.json").stat().st_mode & 0o777 == 0o600
    assert [line.split() for line in ran.said.splitlines() if line.startswith(("  p", "  r"))] == [
        ["plans", "plans"],
        ["problems", "plans.problems.jsonl"],
        ["report", "report.json"],
    ]


def test_the_report_may_go_to_standard_output(desk: Path) -> None:
    to_file, to_output = (batch("mixed.jsonl", "--dry-run", "--report", report) for report in ("report.json", "-"))
    assert to_output.out == (desk / "report.json").read_bytes()
    assert (to_file.out, to_output.code) == (b"", 2)
    assert json.loads(to_output.out)["format"] == REPORT_FORMAT


@pytest.mark.usefixtures("desk")
def test_plans_and_report_cannot_both_be_standard_output() -> None:
    ran = batch("sound.jsonl", "--out", "-", "--report", "-")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.startswith("--report: ")


@pytest.mark.parametrize("report", ["sound.jsonl", "other.txt", "folder", "pipe"])
def test_a_report_replaces_nothing_but_a_report(desk: Path, report: str) -> None:
    (desk / "folder").mkdir()
    os.mkfifo(desk / "pipe")
    (desk / "other.txt").write_bytes(b"other\n")
    before = snapshot(desk)
    assert batch("sound.jsonl", "--out", "plans", "--report", report).code == 4
    assert batch("sound.jsonl", "--out", "plans", "--report", report, "--force").code == 4
    assert snapshot(desk) == before


@pytest.mark.parametrize("report", ["plans.jsonl", "plans.jsonl.problems.jsonl", "./plans.jsonl"])
def test_a_report_is_none_of_the_other_files(desk: Path, report: str) -> None:
    before = snapshot(desk)
    assert batch("sound.jsonl", "--out", "plans.jsonl", "--report", report).code == 2
    assert snapshot(desk) == before


def test_a_report_that_is_there_is_of_the_last_batch(desk: Path) -> None:
    batch("sound.jsonl", "--out", "plans.jsonl", "--report", "report.json")
    assert (desk / "report.json").exists()
    assert batch("sound.jsonl", "--out", "plans.jsonl", "--report", "report.json").code == 4
    assert not (desk / "report.json").exists()


def test_what_cannot_be_looked_at_in_the_place_of_a_report_is_told_with_why(desk: Path) -> None:
    (desk / "report.json").symlink_to("report.json")
    ran = batch("sound.jsonl", "--out", "plans", "--report", "report.json")
    assert (ran.code, ran.said) == (4, "report.json: not saved: Too many levels of symbolic links\n")
    assert not (desk / "plans").exists()


def test_a_report_that_cannot_be_written_hides_no_counts(desk: Path) -> None:
    ran = batch("sound.jsonl", "--out", "plans", "--report", "/proc/report.json")
    assert ran.code == 4
    assert "Planned   3" in ran.said
    assert "/proc/report.json: not saved" in ran.said
    assert len(snapshot(desk / "plans")) == 3
