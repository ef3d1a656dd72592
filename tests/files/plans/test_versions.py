"""The versions of a plan: a chain that is never changed, never forked and never broken by what is written."""

import hashlib
import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from massage_cli.files.plans import versions
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.files.plans.versions import Version, amend, chain, first_path, newest, path_of, plans_in, read_version
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.problems import Unreadable
from tests.saved import a_document, as_version, recorded, save_plan, visit_of_plan, write
from tests.terminal.massage import environment, snapshot


def next_visit(before: Version) -> PlanDocument:
    number = len(before.document.visits) + 1
    return recorded(before.document, visit_of_plan(before.document, number))


def three(folder: Path, client: str = "ann", suffix: str = ".toml") -> Path:
    """A plan with two visits recorded."""
    path = save_plan(folder, client, suffix=suffix)
    for _ in range(2):
        amend(path, next_visit)
    return path


def problems_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as broken:
        newest(path)
    return [(Path(problem.file or "").name, problem.path) for problem in broken.value.problems]


def listed(folder: Path) -> list[str]:
    return [item.path.name if isinstance(item, Version) else f"! {item.problems[0].path}" for item in plans_in(folder)]


# Writing


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_each_version_names_the_one_before_and_its_digest(tmp_path: Path, suffix: str) -> None:
    versions = chain(three(tmp_path, suffix=suffix))
    assert [version.path.name for version in versions] == [f"ann{suffix}", f"ann.v2{suffix}", f"ann.v3{suffix}"]
    assert [version.document.version for version in versions] == [None, 2, 3]
    for before, after in pairwise(versions):
        assert after.document.parent == before.path.name
        assert after.document.parent_digest == f"sha256:{hashlib.sha256(before.path.read_bytes()).hexdigest()}" == before.digest


def test_older_versions_are_never_touched(tmp_path: Path) -> None:
    path = three(tmp_path)
    before = snapshot(tmp_path)
    amend(path, next_visit)
    after = snapshot(tmp_path)
    assert after.keys() - before.keys() == {"ann.v4.toml"}
    assert {name: after[name] for name in before} == before


def test_a_version_is_the_owners_alone(tmp_path: Path) -> None:
    three(tmp_path)
    assert stat.S_IMODE((tmp_path / "ann.v2.toml").stat().st_mode) == 0o600


def test_any_version_leads_to_the_newest(tmp_path: Path) -> None:
    three(tmp_path)
    for name in ("ann.toml", "ann.v2.toml", "ann.v3.toml"):
        assert newest(tmp_path / name).path.name == "ann.v3.toml"
        assert [version.number for version in chain(tmp_path / name)] == [1, 2, 3]


def test_a_visit_given_to_an_old_version_is_recorded_in_the_newest(tmp_path: Path) -> None:
    three(tmp_path)
    written = amend(tmp_path / "ann.v2.toml", next_visit)
    assert written.path.name == "ann.v4.toml"
    assert [visit.number for visit in written.document.visits] == [1, 2, 3]


def test_what_was_written_is_what_is_given_back(tmp_path: Path) -> None:
    path = three(tmp_path)
    assert amend(path, next_visit) == read_version(tmp_path / "ann.v4.toml")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda before: replace(before.document, warnings=(), advice=("\udcff",)), ""),
        (lambda before: replace(before.document, advice=("x" * MOST_BYTES,)), ""),
        (lambda before: replace(before.document, phases=(replace(before.document.phases[0], gap_days=()),)), "phases"),
    ],
    ids=["broken letters", "too large", "no sound plan"],
)
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_version_that_could_not_be_read_again_is_not_written(tmp_path: Path, change: object, path: str, suffix: str) -> None:
    plan = three(tmp_path, suffix=suffix)
    before = snapshot(tmp_path)
    try:
        amend(plan, change)
    except Unreadable as broken:
        assert broken.problems[0].path == path
        assert snapshot(tmp_path) == before
    assert newest(plan).number >= 3


def test_a_plan_whose_name_is_no_text_has_versions_too(tmp_path: Path) -> None:
    path = tmp_path / "ann\udcff.toml"
    path.write_bytes(to_toml(a_document()).encode())
    assert amend(path, next_visit).path.name == "ann\udcff.v2.toml"
    assert newest(path).number == 2


# Names


def test_a_client_may_be_called_like_a_version(tmp_path: Path) -> None:
    path = three(tmp_path, "a.v2")
    assert [version.path.name for version in chain(path)] == ["a.v2.toml", "a.v2.v2.toml", "a.v2.v3.toml"]
    assert first_path(read_version(tmp_path / "a.v2.v3.toml")) == path
    assert listed(tmp_path) == ["a.v2.v3.toml"]


def test_another_clients_plan_in_the_place_of_a_version_is_told(tmp_path: Path) -> None:
    path = save_plan(tmp_path, "a")
    save_plan(tmp_path, "a.v2")
    before = snapshot(tmp_path)
    with pytest.raises(Unreadable):
        amend(path, next_visit)
    assert snapshot(tmp_path) == before
    assert problems_of(path) == [("a.v2.toml", "version")]


def test_a_number_in_a_name_that_is_not_its_version_leads_nowhere_else(tmp_path: Path) -> None:
    renamed = write(tmp_path / "copy.v7.toml", as_version(a_document(), 2))
    assert first_path(read_version(renamed)) == renamed
    assert path_of(renamed, 3).name == "copy.v7.v3.toml"


# What is wrong with a chain


def test_a_parent_that_was_changed_is_found_by_its_digest(tmp_path: Path) -> None:
    path = three(tmp_path)
    path.write_bytes(path.read_bytes() + b"\n")
    assert problems_of(path) == [("ann.v2.toml", "parent-digest")]
    with pytest.raises(Unreadable):
        chain(tmp_path / "ann.v3.toml")
    with pytest.raises(Unreadable):
        amend(path, next_visit)


def test_a_version_with_another_number_than_its_name_is_found(tmp_path: Path) -> None:
    path = three(tmp_path)
    (tmp_path / "ann.v3.toml").write_bytes((tmp_path / "ann.v2.toml").read_bytes())
    assert problems_of(path) == [("ann.v3.toml", "version")]


def test_a_gap_is_found_and_nothing_is_written_into_it(tmp_path: Path) -> None:
    path = three(tmp_path)
    (tmp_path / "ann.v2.toml").unlink()
    assert problems_of(path) == [("ann.v3.toml", "version")]
    before = snapshot(tmp_path)
    with pytest.raises(Unreadable):
        amend(path, next_visit)
    assert snapshot(tmp_path) == before


def test_versions_written_while_the_newest_is_looked_for_are_no_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, list_names = save_plan(tmp_path), versions.os.listdir

    def list_after_two_more(folder: Path) -> list[str]:
        monkeypatch.setattr(versions.os, "listdir", list_names)
        amend(path, next_visit)
        amend(path, next_visit)
        return list_names(folder)

    monkeypatch.setattr(versions.os, "listdir", list_after_two_more)
    assert newest(path).number == 3


def test_a_plan_of_a_client_called_like_a_later_version_is_no_gap(tmp_path: Path) -> None:
    path = three(tmp_path)
    save_plan(tmp_path, "ann.v9")
    assert newest(path).number == 3


def test_a_version_without_its_first_one_stands_alone(tmp_path: Path) -> None:
    three(tmp_path).unlink()
    assert newest(tmp_path / "ann.v2.toml").number == 3
    with pytest.raises(Unreadable):
        chain(tmp_path / "ann.v3.toml")


# A folder


def test_a_folder_gives_the_newest_version_of_each_plan_in_name_order(tmp_path: Path) -> None:
    three(tmp_path)
    three(tmp_path, "bob", suffix=".json")
    save_plan(tmp_path, "cleo")
    assert listed(tmp_path) == ["ann.v3.toml", "bob.v3.json", "cleo.toml"]


def test_what_is_no_plan_is_passed_over(tmp_path: Path) -> None:
    save_plan(tmp_path)
    (tmp_path / "intake.toml").write_text('format = "massage-intake/1"', encoding="utf-8")
    (tmp_path / "report.json").write_text('{"counts": {"planned": 3}}', encoding="utf-8")
    (tmp_path / "own.toml").write_text('name = "x"', encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".hidden.toml").write_text("= ", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    assert listed(tmp_path) == ["ann.toml"]


def test_what_cannot_be_read_is_given_as_its_problems_and_the_rest_goes_on(tmp_path: Path) -> None:
    save_plan(tmp_path, "ann")
    (tmp_path / "bob.toml").write_text('format = "massage-plan/1"\nage = ', encoding="utf-8")
    (tmp_path / "bud.toml").write_text('format = "massage-plan/1"\n', encoding="utf-8")
    save_plan(tmp_path, "cleo")
    assert listed(tmp_path) == ["ann.toml", "! ", "! outcome", "cleo.toml"]


def test_a_gap_in_a_folder_is_told_and_both_ends_are_looked_at(tmp_path: Path) -> None:
    three(tmp_path)
    (tmp_path / "ann.v2.toml").unlink()
    assert listed(tmp_path) == ["! version", "ann.v3.toml"]


# Side by side

WRITER = """
import sys
from itertools import pairwise
from pathlib import Path
from massage_cli.files.plans.versions import amend
from tests.saved import recorded, visit_of_plan
number = int(sys.argv[2])
amend(Path(sys.argv[1]), lambda before: recorded(before.document, visit_of_plan(before.document, number)))
"""


def test_eight_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    env = environment(PYTHONPATH=str(Path(__file__).parents[3]))
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(number)], env=env) for number in range(1, 9)]
    assert [writer.wait(60) for writer in running] == [0] * 8
    versions = chain(path)
    assert [version.number for version in versions] == list(range(1, 10))
    assert [visit.number for visit in versions[-1].document.visits] == list(range(1, 9))
    for before, after in pairwise(versions):
        assert len(after.document.visits) == len(before.document.visits) + 1
    assert len(list(tmp_path.iterdir())) == 9
