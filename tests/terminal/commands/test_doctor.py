"""`massage doctor`: every part is looked at, and what is not well is told with what to do."""

import json
from pathlib import Path

import pytest

from massage_cli.files.cases import vectors
from massage_cli.terminal.commands import doctor
from tests.terminal.massage import Ran, massage_here
from tests.worked import FOLDER as PLANS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with nothing in it, and a folder to work in."""
    (tmp_path / "home").mkdir()
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    return tmp_path / "home"


def examined(home: Path, *arguments: str) -> Ran:
    return massage_here("doctor", *arguments, HOME=str(home))


def states(ran: Ran) -> dict[str, str]:
    return {check["part"]: check["state"] for check in json.loads(ran.out)["checks"]}


def test_a_whole_program_is_well(home: Path) -> None:
    ran = examined(home, "--json")
    assert ran.code == 0
    assert "wrong" not in states(ran).values()
    assert [states(ran)[part] for part in ("program", "knowledge", "vectors", "settings", "plans", "drafts")] == ["ok"] * 6


def test_it_is_told_in_words_that_fit_the_screen(home: Path) -> None:
    ran = massage_here("doctor", HOME=str(home), COLUMNS="60")
    assert ran.text.startswith("Doctor\n")
    assert ran.text.rstrip().endswith("Everything that is needed works.")
    assert "no clinician has reviewed it" in " ".join(ran.text.split())
    assert max(map(len, ran.text.splitlines())) <= 60


def test_a_vector_that_differs_is_a_bug(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "vectors.jsonl"
    file.write_bytes(vectors.VECTORS.read_bytes().replace(b'"pressure-max":2', b'"pressure-max":5', 1))
    monkeypatch.setattr(vectors, "VECTORS", file)
    ran = examined(home)
    assert ran.code == 1
    assert f"wrong: 1 of {len(vectors.read_vectors())} differ" in " ".join(ran.text.split())
    assert "To be put right: vectors." in ran.text


@pytest.mark.parametrize("content", [None, b"{"], ids=["missing", "spoiled"])
def test_vectors_that_cannot_be_read_are_told(home: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "vectors.jsonl"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(vectors, "VECTORS", file)
    ran = examined(home)
    assert (ran.code, "missing or spoiled" in ran.text) == (1, True)


def test_knowledge_that_is_not_sound_is_told(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "FOLDER", tmp_path)
    ran = examined(home, "--json")
    assert (ran.code, states(ran)["knowledge"], "vectors" in states(ran)) == (1, "wrong", False)


def test_wrong_settings_are_the_persons(home: Path) -> None:
    folder = home / ".config" / "massage-cli"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('weekdays = ["someday"]\n')
    ran = examined(home)
    assert ran.code == 2
    assert "massage settings tells them" in " ".join(ran.text.split())


def set_own(home: Path, folder: str) -> Path:
    """Settings that name a folder of the clinic's own knowledge, and a folder for plans."""
    settings = home / ".config" / "massage-cli" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'knowledge = {folder}\nplans-folder = "clients"\n', encoding="utf-8")
    return settings.parent


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ('"missing"', "missing tells them"),
        ('"unsound"', "unsound tells them"),
        ("7", "massage settings tells why"),
        ('""', "massage settings tells why"),
    ],
)
def test_own_knowledge_that_cannot_be_used_is_told_with_who_tells_more(home: Path, name: str, advice: str) -> None:
    folder = set_own(home, name)
    (folder / "unsound").mkdir()
    (folder / "unsound" / "techniques.toml").write_text("[[technique]]\n", encoding="utf-8")
    ran = examined(home)
    assert (ran.code, states(examined(home, "--json"))["own"]) == (2, "wrong")
    assert "own wrong: " in (said := " ".join(ran.text.split()))
    assert advice in said


def test_own_knowledge_that_is_sound_is_told_where_it_is_and_the_settings_stand_beside_it(home: Path) -> None:
    set_own(home, f'"{PLANS / "riverside-clinic"}"')
    ran = examined(home)
    assert ran.code == 0
    assert "riverside-clinic, checked whole" in (said := " ".join(ran.text.split()))
    assert "plans clients is made when something is saved" in said


def test_a_folder_of_drafts_that_is_a_file_is_no_bug_of_the_program(home: Path) -> None:
    drafts = home / ".local" / "state" / "massage-cli" / "drafts"
    drafts.parent.mkdir(parents=True)
    drafts.write_text("", encoding="utf-8")
    assert (examined(home).code, states(examined(home, "--json"))["drafts"]) == (2, "wrong")


def test_a_folder_that_is_a_file_or_open_to_others_is_told(home: Path) -> None:
    plans = Path("plans")
    plans.write_text("")
    assert (examined(home).code, states(examined(home, "--json"))["plans"]) == (2, "wrong")
    plans.unlink()
    plans.mkdir(mode=0o755)
    plans.chmod(0o755)
    ran = examined(home)
    assert (ran.code, "chmod 700 closes it" in " ".join(ran.text.split())) == (0, True)


def test_a_missing_extra_is_told_with_how_to_install_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    ran = examined(home)
    assert ran.code == 0
    assert "pipx install --force '.[pdf]'" in " ".join(ran.text.split())
