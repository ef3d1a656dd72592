"""A whole batch: the counts add up, nothing is written twice or lost, and it goes on where it was interrupted."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.batch.output import Form
from massage_cli.batch.row_result import Triage
from massage_cli.batch.run import Work, problems_path, run_batch
from massage_cli.batch.tally import Tally
from massage_cli.files.lists.rows import Row, RowKind
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.problems import Unreadable
from tests.batch.lists import INVALID, WITHHELD, Told, a_row, an_order, batch_of, clinic, lines_of, some_rows
from tests.terminal.massage import snapshot

KINDS: dict[str, dict[str, Any]] = {"planned": {}, "withheld": WITHHELD, "invalid": INVALID}
OUTS = pytest.mark.parametrize("out", ["plans", "plans.jsonl", "plans.csv"])


def clinic_rows(count: int) -> list[Row]:
    """Rows of the invented clinic, every tenth invalid."""
    return [
        Row(source="list.jsonl", kind=RowKind.JSON, line=line, content=json.dumps(table).encode())
        for line, table in enumerate(clinic(count), start=1)
    ]


# Counts


@settings(max_examples=40)
@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=8) | st.sampled_from(sorted(KINDS)).map(lambda kind: [kind] * 6))
def test_planned_withheld_and_invalid_add_up_to_the_rows(kinds: list[str]) -> None:
    told: list[bytes] = []
    tally = batch_of(some_rows(*(KINDS[kind] for kind in kinds)), "-", write=told.append)
    assert {triage: tally.of(triage) for triage in Triage} == {triage: kinds.count(triage) for triage in Triage}
    assert tally.rows == len(kinds)
    assert [json.loads(line)["intake"]["client"] for line in b"".join(told).splitlines()] == [
        f"c-{number}" for number, kind in enumerate(kinds, start=1) if kind != "invalid"
    ]


@OUTS
@pytest.mark.parametrize("bad", [0, 1, 5, 10])
def test_bad_rows_are_in_the_list_of_problems_and_the_rest_is_planned(tmp_path: Path, out: str, bad: int) -> None:
    tally = batch_of(some_rows(*[INVALID] * bad, *[{}] * (10 - bad)), tmp_path / out)
    problems = problems_path(tmp_path / out)
    assert (tally.of(Triage.PLANNED), tally.of(Triage.INVALID)) == (10 - bad, bad)
    assert [line["row"] for line in lines_of(problems)] == list(range(1, bad + 1)) if bad else not problems.exists()
    written = snapshot(tmp_path)
    if out == "plans":
        assert len([name for name in written if name.startswith("plans/")]) == 10 - bad
    else:
        assert written[out].count(b"\n") == {"plans.jsonl": 10 - bad, "plans.csv": 11}[out]
    assert not [name for name in written if name.startswith(".")]


@OUTS
def test_an_empty_list_is_a_batch_of_nothing(tmp_path: Path, out: str) -> None:
    assert batch_of([], tmp_path / out) == Tally()


def test_problems_are_gone_when_a_later_run_has_none(tmp_path: Path) -> None:
    problems = problems_path(tmp_path / "plans")
    batch_of(some_rows({}, INVALID), tmp_path / "plans")
    assert problems.stat().st_mode & 0o777 == 0o600
    batch_of(some_rows({}, {}), tmp_path / "plans")
    assert sorted(snapshot(tmp_path)) == ["plans", "plans/c-1.toml", "plans/c-2.toml"]


def test_clients_who_stand_twice_are_refused_everywhere_and_the_rest_is_planned(tmp_path: Path) -> None:
    rows = [a_row(line=1, client="ann"), a_row(line=2, client="bob"), a_row(line=1, client="ANN", source="other.jsonl")]
    tally = batch_of(rows, tmp_path / "plans")
    assert (tally.of(Triage.PLANNED), tally.of(Triage.INVALID), tally.problems) == (1, 2, {"client": 2})
    assert sorted(snapshot(tmp_path / "plans")) == ["bob.toml"]
    for line in lines_of(problems_path(tmp_path / "plans")):
        assert "list.jsonl, line 1 and other.jsonl, line 1" in line["message"]
        assert (line["path"], line["found"]) == ("client", "text")


def test_a_client_without_a_name_is_invalid() -> None:
    tally = batch_of([a_row(client=None), a_row(line=2, client=None)], None, form=Form.JSON_LINES)
    assert (tally.of(Triage.INVALID), tally.problems) == (2, {"client": 2})


def test_only_some_clients_are_planned_on_wish(tmp_path: Path) -> None:
    tally = batch_of(some_rows({}, WITHHELD, {}, INVALID), tmp_path / "plans", only=("C-2", "c-3", "c-2"))
    assert (tally.rows, tally.of(Triage.PLANNED), tally.of(Triage.WITHHELD)) == (2, 1, 1)
    assert sorted(snapshot(tmp_path / "plans")) == ["c-2.toml", "c-3.toml"]


def test_a_client_who_is_not_there_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        batch_of(some_rows({}), tmp_path / "plans", only=("c-1", "eve", "bob"))
    assert [problem.value for problem in refused.value.problems] == ["eve", "bob"]
    assert snapshot(tmp_path) == {}


# The same bytes


def digest_of(folder: Path) -> str:
    """One digest of all files below a folder."""
    content = snapshot(folder)
    return hashlib.sha256(b"".join(name.encode() + b"\0" + content[name] for name in sorted(content))).hexdigest()


SETTINGS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (1, 64, ("plans", "plans.jsonl", "plans.csv")),
    (1, 64, ("plans.jsonl",)),
    (1, 1, ("plans.jsonl", "plans.csv")),
    (1, 7, ("plans",)),
    (2, 7, ("plans", "plans.csv")),
    (4, 64, ("plans.jsonl",)),
)


def test_jobs_chunks_runs_and_folders_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = clinic_rows(500)
    monkeypatch.setattr("massage_cli.batch.workers.WORTH_A_POOL_SECONDS", 0.0)
    digests: dict[str, set[str]] = {"plans": set(), "plans.jsonl": set(), "plans.csv": set()}
    tallies = []
    for number, (jobs, chunk_rows, outs) in enumerate(SETTINGS):
        for out in outs:
            folder = tmp_path / f"{number}-{out}"
            tallies.append(batch_of(rows, folder / out, jobs=jobs, chunk_rows=chunk_rows))
            digests[out].add(digest_of(folder))
    assert [len(of_one_kind) for of_one_kind in digests.values()] == [1, 1, 1]
    assert all(tally == tallies[0] for tally in tallies)


# What is in the way


def test_the_same_files_are_fine_and_other_ones_stay(tmp_path: Path) -> None:
    rows, told = some_rows({}, {}, {}), Told()
    batch_of(rows, tmp_path / "plans")
    (tmp_path / "plans" / "c-2.toml").write_bytes(b"older\n")
    tally = batch_of(rows, tmp_path / "plans", told=told)
    assert (tally.unwritten, tally.of(Triage.PLANNED)) == (1, 3)
    assert [failure.path.name for failure in told.not_written] == ["c-2.toml"]
    assert (tmp_path / "plans" / "c-2.toml").read_bytes() == b"older\n"


@pytest.mark.parametrize("out", ["plans.jsonl", "plans.csv"])
def test_a_file_that_exists_is_refused_before_any_work(tmp_path: Path, out: str) -> None:
    (tmp_path / out).write_bytes(b"older\n")
    told = Told()
    with pytest.raises(NotSaved):
        batch_of(some_rows({}), tmp_path / out, told=told)
    assert (snapshot(tmp_path), told.progress) == ({out: b"older\n"}, [])
    batch_of(some_rows({}), tmp_path / out, force=True)
    assert snapshot(tmp_path)[f"{out}.bak"] == b"older\n"
    assert sorted(snapshot(tmp_path)) == [out, f"{out}.bak"]


@pytest.mark.parametrize("force", [False, True])
def test_the_wrong_kind_of_thing_is_refused_before_any_work(tmp_path: Path, force: bool) -> None:
    (tmp_path / "plans").write_bytes(b"older\n")
    (tmp_path / "plans.jsonl").mkdir()
    for out in ("plans", "plans.jsonl"):
        told = Told()
        with pytest.raises(NotSaved):
            batch_of(some_rows({}), tmp_path / out, told=told, force=force)
        assert told.progress == []
    assert snapshot(tmp_path) == {"plans": b"older\n", "plans.jsonl": b""}


def test_a_list_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    rows = some_rows({}, {}, {})
    looks = iter([rows, [rows[1], rows[0], rows[2]]])
    work = Work(out=str(tmp_path / "plans.jsonl"), order=an_order(Form.JSON_LINES))
    with pytest.raises(Unreadable) as refused:
        run_batch(lambda: iter(next(looks)), work, Told().watch())
    assert "changed" in refused.value.problems[0].message
    assert not (tmp_path / "plans.jsonl").exists()
