"""`massage export`: where documents go, and what is said when they cannot be made."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from massage_cli.documents.kinds import KINDS
from massage_cli.documents.names import DocumentKind
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.terminal.commands import export
from tests.documents.made import made
from tests.terminal.massage import ON, massage, massage_here
from tests.worked import plan_file, plan_of


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A folder with the plans of two clients, one of them withheld."""
    (tmp_path / "plans").mkdir()
    for name in ("low-back", "chest-pain"):
        shutil.copy(plan_file(name), tmp_path / "plans")
    return tmp_path


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if OutcomeKind.CLEAR in KINDS[kind].of and "discharge" not in kind])
def test_a_document_goes_to_standard_output_whole_and_alone(practice: Path, kind: DocumentKind) -> None:
    ran = massage("export", "plans/low-back.toml", "--to", kind, *ON, folder=practice)
    assert (ran.code, ran.err) == (0, b"")
    assert ran.out == made(kind, plan_of("low-back"))


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("handout", "low-back"), "low-back.html"),
        (("handout", "low-back", "--pdf"), "low-back.pdf"),
        (("export", "low-back", "--to", "html"), "low-back.html"),
        (("letter", "chest-pain"), "chest-pain.html"),
        (("letter", "chest-pain", "--text"), None),
        (("export", "low-back", "--to", "ics"), None),
    ],
    ids=str,
)
def test_a_page_that_nobody_can_read_as_it_stands_is_not_put_on_a_screen(
    practice: Path, words: tuple[str, ...], file: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(practice)
    monkeypatch.setattr(export, "output_is_a_screen", lambda: True)
    ran = massage_here(*words)
    if file is None:
        assert (ran.code, ran.said) == (0, "")
    else:
        assert (ran.code, ran.out) == (2, b"")
        assert ran.said.endswith(f"so name a file for it, like --output {file}\n")
        assert massage_here(*words, "--output", file).code == 0


def test_a_client_is_enough_to_find_the_plan(practice: Path) -> None:
    by_client = massage("export", "low-back", "--to", "ics", *ON, folder=practice)
    assert by_client.code == 0
    assert by_client.out == massage("export", "plans/low-back.toml", "--to", "ics", *ON, folder=practice).out


def test_a_document_is_saved_privately_and_named_on_standard_error(practice: Path) -> None:
    ran = massage("export", "low-back", "--to", "ics", "--output", "out/visits.ics", *ON, folder=practice)
    saved = practice / "out" / "visits.ics"
    assert (ran.code, ran.out) == (0, b"")
    assert "Saved the visits for a calendar to out/visits.ics" in ran.said
    assert saved.read_bytes() == made("ics", plan_of("low-back"))
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_what_stands_there_is_kept_unless_forced_and_then_as_a_backup(practice: Path) -> None:
    saved = practice / "visits.csv"
    saved.write_text("mine")
    wanted = ("export", "low-back", "--to", "csv", "--output", "visits.csv", *ON)
    refused = massage(*wanted, folder=practice)
    assert refused.code == 4
    assert "exists already" in refused.said
    assert saved.read_text() == "mine"
    forced = massage(*wanted, "--force", folder=practice)
    assert forced.code == 0
    assert (practice / "visits.csv.bak").read_text() == "mine"
    assert "visits.csv.bak" in forced.said
    assert saved.read_bytes() == made("csv", plan_of("low-back"))


@pytest.mark.parametrize("words", ["9:30", "24:00", "09:60", "0930", "morning", "", "٠٩:٣٠"])
def test_a_time_of_day_that_is_none_is_refused(practice: Path, words: str) -> None:
    ran = massage("export", "low-back", "--to", "ics", "--at", words, *ON, folder=practice)
    assert (ran.code, ran.out) == (2, b"")
    assert "is not a time of day; write it like 09:30" in ran.said


def test_a_time_of_day_and_a_reminder_reach_the_calendar(practice: Path) -> None:
    ran = massage("export", "low-back", "--to", "ics", "--at", "09:30", "--reminder", "24", *ON, folder=practice)
    assert "DTSTART:20261130T093000\r\n" in ran.text
    assert "TRIGGER:-P1D\r\n" in ran.text


@pytest.mark.parametrize("name", ["nobody", "plans/nothing.toml", "plans"])
def test_a_plan_that_is_not_there_is_told(practice: Path, name: str) -> None:
    ran = massage("export", name, "--to", "ics", *ON, folder=practice)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.strip()


def test_a_document_of_a_withheld_plan_is_refused_with_what_is_possible(practice: Path) -> None:
    ran = massage("export", "chest-pain", "--to", "ics", "--output", "visits.ics", *ON, folder=practice)
    assert (ran.code, ran.out) == (2, b"")
    assert "the plan is refer" in ran.said
    assert "Possible: referral, referral-text" in ran.said
    assert not (practice / "visits.ics").exists()


def test_an_unknown_kind_is_wrong_usage(practice: Path) -> None:
    ran = massage("export", "low-back", "--to", "docx", *ON, folder=practice)
    assert ran.code == 2
    assert "docx" in ran.said


def test_visits_dropped_by_a_later_version_are_cancelled_in_its_calendar(practice: Path) -> None:
    recorded = massage(
        *("visit", "low-back", "--status", "missed", "--date", "2026-11-30", "--on", "2026-11-30", "--format", "json"), folder=practice
    )
    assert recorded.code == 0, recorded.said
    assert json.loads(recorded.out)["version"] == 2
    text = massage("export", "low-back", "--to", "ics", *ON, folder=practice).text
    assert text.count("SEQUENCE:1\r\n") == 10
    assert text.count("STATUS:CANCELLED\r\n") == 1
