"""`massage diff`, `history` and `discharge`: versions in words, one after the other, and the course in figures."""

from pathlib import Path

import msgspec
import pytest

from massage_cli.files.plans.versions import chain, newest
from tests.saved import a_document, applied, missed, save_plan, visited, write
from tests.terminal.massage import massage, massage_here, snapshot


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A plan with two visits recorded, the first with a new limit, and a review."""
    path = save_plan(tmp_path)
    limit = ("--health", "anticoagulant=yes", "--health", "thinner-unstable=no")
    massage_here("visit", str(path), "--status", "attended", "--pain", "6", *limit, "--on", "2026-11-23")
    massage_here("visit", str(path), "--status", "missed", "--on", "2026-11-30")
    massage_here("review", str(path), "--apply", "--missed", "keep", "--on", "2026-12-01")
    return path


# Diff


def test_what_differs_is_said_in_words(told: Path) -> None:
    before = snapshot(told.parent)
    ran = massage("diff", "ann.toml", "ann.v2.toml", folder=told.parent)
    assert (ran.code, ran.said) == (0, "")
    words = " ".join(ran.text.split())
    assert "- outcome: restricted; it was: clear" in words
    assert "- New: finding anticoagulant: Blood thinner" in words
    assert "- Gone: technique Deep tissue massage: " in words
    assert "- New: recorded 1: attended on 2026-11-23, pain 6, anticoagulant yes" in words
    assert snapshot(told.parent) == before


def test_plans_that_are_the_same_say_so(told: Path) -> None:
    ran = massage_here("diff", str(told), str(told))
    assert (ran.code, ran.text) == (0, "The plans say the same.\n")


def test_a_script_gets_the_changes(told: Path) -> None:
    new = told.with_name("ann.v3.toml")
    table = msgspec.json.decode(massage_here("diff", str(told.with_name("ann.v2.toml")), str(new), "--json").out)
    assert table["new"] == str(new)
    assert table["changes"] == [{"about": "recorded 2", "after": "missed on 2026-11-30"}]
    same = msgspec.json.decode(massage_here("diff", str(told), str(told), "--json").out)
    assert same["changes"] == []


def test_other_knowledge_is_told_without_its_digest(told: Path) -> None:
    other = told.with_name("other.toml")
    text = told.read_text(encoding="utf-8")
    digest = newest(told).document.knowledge_digest
    other.write_text(text.replace(digest, "sha256:1"), encoding="utf-8")
    assert massage_here("diff", str(told), str(other)).text == "  - The knowledge is another one.\n"


@pytest.mark.parametrize("arguments", [("none.toml", "ann.toml"), ("ann.toml", "none.toml"), ("ann.toml", "."), ("ann.toml", "x" * 500)])
def test_a_plan_that_is_not_there_is_2(told: Path, arguments: tuple[str, str]) -> None:
    ran = massage_here("diff", *(str(told.parent / name) for name in arguments))
    assert (ran.code, ran.out) == (2, b"")


# History


def test_the_history_has_every_version_with_what_it_brought(told: Path) -> None:
    ran = massage("history", "ann.toml", folder=told.parent)
    assert (ran.code, ran.said) == (0, "")
    lines = ran.text.splitlines()
    assert lines[0] == "ann: 4 versions, planned on Sat 2026-11-21"
    assert [line for line in lines if line.startswith("VERSION")] == [f"VERSION {number}  ann.v{number}.toml" for number in (2, 3, 4)]
    assert lines[-2:] == ["   1 Mon 2026-11-23  ■■■■■■□□□□ 6", "   2 Mon 2026-11-30  missed"]
    assert massage_here("history", str(told.with_name("ann.v3.toml"))).out == ran.out


def test_a_script_gets_the_history(told: Path) -> None:
    table = msgspec.json.decode(massage_here("history", str(told), "--json").out)
    versions = chain(told)
    assert table["client"] == "ann"
    assert [(row["version"], row["file"], row["digest"]) for row in table["versions"]] == [
        (version.number, version.path.name, version.digest) for version in versions
    ]
    assert table["versions"][0]["changes"] == []
    assert table["versions"][2]["changes"] == [{"about": "recorded 2", "after": "missed on 2026-11-30"}]


def test_a_changed_version_is_told_by_its_file(told: Path) -> None:
    told.write_bytes(told.read_bytes() + b"\n")
    for flags in ((), ("--json",)):
        ran = massage_here("history", str(told), *flags)
        assert ran.code == 2
        assert f"{told.with_name('ann.v2.toml')}: parent-digest: was made from another ann.toml" in ran.said


# Discharge


def test_a_course_is_summed_up(told: Path) -> None:
    ran = massage("discharge", "ann.toml", "--on", "2026-12-31", folder=told.parent)
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.splitlines()[0] == "Summary of the course  ann, Thu 2026-12-31"
    words = " ".join(ran.text.split())
    assert "1 attended, 1 missed, 0 cancelled, of 10 planned" in words
    assert "CONTINUE on Tue 2026-12-01" in words
    assert "Work 60 minutes" in words


def test_a_script_gets_the_figures(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", applied(missed(visited(a_document(client="ann"), 6, 1, 1), 4)))
    table = msgspec.json.decode(massage_here("discharge", str(path), "--on", "2026-12-31", "--json").out)
    figures = {key: table[key] for key in ("client", "planned", "attended", "missed", "cancelled", "minutes", "class")}
    assert figures == {"client": "ann", "planned": 4, "attended": 3, "missed": 1, "cancelled": 0, "minutes": 180, "class": "resolved"}
    assert table["decision"]["action"] == "discharge"


@pytest.mark.parametrize("command", ["history", "discharge"])
def test_the_client_is_enough(tmp_path: Path, command: str) -> None:
    save_plan(tmp_path / "plans")
    assert massage(command, "ann", folder=tmp_path).code == 0
    assert massage(command, "bob", folder=tmp_path).code == 2


def test_a_withheld_course_has_a_history_and_no_figures(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    massage_here("visit", str(path), "--status", "attended", "--health", "chest-pain=yes", "--on", "2026-11-23")
    assert "outcome: refer; it was: clear" in massage_here("history", str(path)).text
    assert massage_here("discharge", str(path)).code == 2
