"""A batch that was interrupted goes on, and ends with the same bytes as one that was not."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import massage_cli.batch.run as run_module
from massage_cli.batch import part_file
from massage_cli.batch.kept import kept_path, read_state
from massage_cli.batch.part_file import PartFile, part_of
from massage_cli.batch.run import problems_path
from massage_cli.batch.tally import Tally
from massage_cli.files.lists.rows import Row
from massage_cli.files.own.own_knowledge import knowledge_of
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.problems import Unreadable
from tests.batch.lists import INVALID, WITHHELD, Told, an_order, batch_of, some_rows
from tests.terminal.massage import snapshot
from tests.worked import FOLDER

OUTS = pytest.mark.parametrize("out", ["plans", "plans.jsonl", "plans.csv"])
ROWS = some_rows(*([{}, WITHHELD, INVALID, {}] * 3))


class Stop(BaseException):
    """What ends a batch here, as a signal would."""


def expected(folder: Path, out: str, rows: list[Row] = ROWS) -> tuple[Tally, dict[str, bytes]]:
    """The counts and files of a batch that nothing interrupts."""
    tally = batch_of(rows, folder / "expected" / out)
    return tally, snapshot(folder / "expected")


class Stopping:
    """A function that ends the batch at its n-th use, before or after its work."""

    def __init__(self, real: Callable[..., Any], *, at: int, before: bool) -> None:
        self._real, self._at, self._before = real, at, before
        self.uses = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.uses += 1
        if self.uses == self._at and self._before:
            raise Stop
        result = self._real(*args, **kwargs)
        if self.uses == self._at:
            raise Stop
        return result


class StoppingAfter(Told):
    """Stops the batch when so many rows are done."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def watch(self) -> Any:
        """Hand this to a batch."""

        def progress(done: int, _: int) -> None:
            if done >= self._rows:
                raise Stop

        return run_module.Watch(progress=progress, not_written=self.not_written.append)


def interrupt(desk: Path, out: str, *, after: int = 5, **changes: Any) -> None:
    """Run a batch on the desk until so many rows are done."""
    with pytest.raises(Stop):
        batch_of(ROWS, desk / out, told=StoppingAfter(after), chunk_rows=1, **changes)


@OUTS
@pytest.mark.parametrize("after", [1, 5, 12])
def test_an_interrupted_batch_goes_on_to_the_same_end(tmp_path: Path, out: str, after: int) -> None:
    desk = tmp_path / "desk"
    interrupt(desk, out, after=after)
    told = Told()
    tally = batch_of(ROWS, desk / out, told=told, resume=True, chunk_rows=1)
    assert (tally, snapshot(desk)) == expected(tmp_path, out)
    assert [done for done, _ in told.progress] == list(range(after + 1, 13))


@OUTS
def test_an_unfinished_file_never_has_its_real_name(tmp_path: Path, out: str) -> None:
    interrupt(tmp_path, out)
    assert not (tmp_path / "plans.jsonl").exists()
    assert not (tmp_path / "plans.csv").exists()
    assert not problems_path(tmp_path / out).exists()


STEPS: dict[str, tuple[Any, str]] = {
    "the results are taken": (run_module._Batch, "_count"),
    "the state is kept": (run_module, "keep_state"),
    "the file is given its name": (PartFile, "publish"),
    "the problems are given their name": (PartFile, "replace"),
    "the part is let go": (part_file, "publish"),
}


@OUTS
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_batch_ended_round_any_step_goes_on_to_the_same_end(tmp_path: Path, out: str, step: str, when: str) -> None:
    whole = expected(tmp_path, out, ROWS[:3])
    home, name = STEPS[step]
    real: Callable[..., Any] = getattr(home, name)
    for at in range(1, 20):
        desk = tmp_path / f"desk-{at}"
        stopping = Stopping(real, at=at, before=when == "before")
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Stop):
            patch.setattr(home, name, lambda *args, stopping=stopping, **kwargs: stopping(*args, **kwargs))
            batch_of(ROWS[:3], desk / out, chunk_rows=1)
        if stopping.uses < at:
            break
        assert (batch_of(ROWS[:3], desk / out, resume=True), snapshot(desk)) == whole, at


@OUTS
def test_a_batch_killed_with_two_names_for_its_file_goes_on_to_the_same_end(
    tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link_only(part: Path, path: Path, **_: Any) -> None:
        path.hardlink_to(part)
        raise Stop

    desk = tmp_path / "desk"
    with monkeypatch.context() as patch, contextlib.suppress(Stop):
        patch.setattr(part_file, "publish", link_only)
        batch_of(ROWS, desk / out)
    assert (batch_of(ROWS, desk / out, resume=True), snapshot(desk)) == expected(tmp_path, out)


@OUTS
def test_where_the_unfinished_file_is_gone_or_cut_it_begins_anew(tmp_path: Path, out: str) -> None:
    whole = expected(tmp_path, out)
    for number, spoil in enumerate((Path.unlink, lambda part: part.write_bytes(b""))):
        desk = tmp_path / f"desk-{number}"
        interrupt(desk, out)
        for part in (part_of(desk / out), part_of(problems_path(desk / out))):
            if part.exists():
                spoil(part)
        assert (batch_of(ROWS, desk / out, resume=True), snapshot(desk)) == whole


@OUTS
def test_without_resume_it_begins_anew(tmp_path: Path, out: str) -> None:
    interrupt(tmp_path / "desk", out)
    assert (batch_of(ROWS[:2], tmp_path / "desk" / out).rows, batch_of(ROWS, tmp_path / "other" / out, resume=True)) == (
        2,
        expected(tmp_path, out)[0],
    )


OWN = an_order(own=knowledge_of(FOLDER / "riverside-clinic")[1])
"""The same with a clinic's own knowledge, which gives other plans."""


@pytest.mark.parametrize(
    "change", [{"rows": ROWS[1:]}, {"rows": [*ROWS, *some_rows({})]}, {"force": True}, {"only": ("c-1",)}, {"order": OWN}], ids=list
)
def test_what_is_not_the_same_batch_is_refused_and_nothing_is_lost(tmp_path: Path, change: dict[str, Any]) -> None:
    interrupt(tmp_path, "plans.jsonl")
    before = snapshot(tmp_path)
    with pytest.raises(Unreadable) as refused:
        batch_of(change.pop("rows", ROWS), tmp_path / "plans.jsonl", resume=True, **change)
    assert refused.value.problems[0].file == "--resume"
    assert snapshot(tmp_path) == before


def test_a_batch_ended_before_anything_was_done_leaves_nothing(tmp_path: Path) -> None:
    def fails(*_: Any, **__: Any) -> Iterator[Any]:
        raise Stop
        yield

    for out in ("plans", "plans.jsonl", "plans.csv"):
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Stop):
            patch.setattr(run_module, "planned_here", fails)
            batch_of(ROWS, tmp_path / out)
    assert snapshot(tmp_path) == {}


def test_files_that_could_not_be_written_are_counted_once(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    (desk / "plans").mkdir(parents=True)
    (desk / "plans" / "c-1.toml").write_bytes(b"older\n")
    interrupt(desk, "plans")
    state = read_state(kept_path(desk / "plans"))
    assert state is not None
    assert (state.last_row, state.tally.unwritten) == (5, 1)
    assert batch_of(ROWS, desk / "plans", resume=True).unwritten == 1


def test_temporary_files_of_a_killed_batch_are_swept_by_the_next(tmp_path: Path) -> None:
    interrupt(tmp_path, "plans")
    for left in (tmp_path / "plans" / f".c-1.toml.{'0' * 16}.massage-tmp", tmp_path / f"..plans.massage-batch.{'0' * 16}.massage-tmp"):
        left.write_bytes(b"half a pl")
        os.utime(left, (1_000_000_000, 1_000_000_000))
    batch_of(ROWS, tmp_path / "plans", resume=True)
    assert not [name for name in snapshot(tmp_path) if "massage" in name]


def test_two_batches_at_once_write_one_output(tmp_path: Path) -> None:
    other: list[str] = []

    class Meddling(Told):
        def watch(self) -> Any:
            def progress(*_: int) -> None:
                try:
                    batch_of(ROWS, tmp_path / out)
                except NotSaved as refused:
                    other.append(refused.why)

            return run_module.Watch(progress=progress, not_written=self.not_written.append)

    for out in ("plans", "plans.jsonl", "plans.csv"):
        batch_of(ROWS, tmp_path / out, told=Meddling())
        assert {name: content for name, content in snapshot(tmp_path).items() if name.startswith(f"{out}/") or name == out} == {
            name: content for name, content in expected(tmp_path, out)[1].items() if name.startswith(f"{out}/") or name == out
        }
    assert set(other) == {"another batch is writing it just now"}


@pytest.mark.parametrize("out", ["plans.jsonl", "plans.csv"])
def test_a_batch_that_came_too_late_leaves_nothing(tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(PartFile):
        def __init__(self, path: Path) -> None:
            monkeypatch.undo()
            batch_of(ROWS, tmp_path / out)
            super().__init__(path)

    monkeypatch.setattr(run_module, "PartFile", Late)
    with pytest.raises(NotSaved):
        batch_of(ROWS, tmp_path / out)
    assert sorted(snapshot(tmp_path)) == [out, f"{out}.problems.jsonl"]
