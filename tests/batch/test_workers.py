"""Who plans the chunks: one process, several, or a cluster; the same results in the same order, and nobody left over."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from massage_cli.batch import workers
from massage_cli.batch.chunk import chunks_of
from massage_cli.batch.pool import WorkerLost
from massage_cli.batch.row_result import OtherKnowledge
from massage_cli.batch.run import Watch
from massage_cli.batch.workers import NoCluster, planned_by_cluster, planned_here
from tests.batch.lists import Told, an_order, batch_of, clinic, some_rows, write_list
from tests.batch.processes import is_alive, started
from tests.terminal.massage import ON, Ran, environment, massage, snapshot

ROOT = Path(__file__).parents[2]
PATCHED = (sys.executable, "-m", "tests.batch.patched")
ALWAYS_A_POOL = (*PATCHED, "massage_cli.batch.workers:WORTH_A_POOL_SECONDS=0", "--", "batch", *ON, "--jobs", "2")
ENDLESS = 20_000
"""Rows that take longer to plan than anything takes here."""


def planned(number: int, **how: Any) -> list[Any]:
    """What comes of so many rows, in chunks of two."""
    return list(planned_here(chunks_of(enumerate(some_rows(*[{}] * number), start=1), 2), an_order(), **how))


@pytest.fixture
def always_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is to do, a pool does it."""
    monkeypatch.setattr(workers, "WORTH_A_POOL_SECONDS", 0.0)


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "planned_by_pool", None)
    assert len(planned(4, jobs=8, rows=4)) == 2


@pytest.mark.usefixtures("always_a_pool")
def test_a_pool_gives_the_same_in_the_same_order() -> None:
    results = planned(20, jobs=2, rows=20)
    assert results == planned(20, jobs=1, rows=20)
    assert [result.last_row for result in results] == list(range(2, 21, 2))


@pytest.mark.usefixtures("always_a_pool")
def test_a_worker_that_is_killed_ends_the_batch_and_it_can_go_on(tmp_path: Path) -> None:
    rows = some_rows(*[{}] * 60)

    class Killing(Told):
        def watch(self) -> Watch:
            def progress(done: int, of: int) -> None:
                self.progress.append((done, of))
                for process in multiprocessing.active_children():
                    process.kill()

            return Watch(progress=progress, not_written=self.not_written.append)

    out = tmp_path / "plans.jsonl"
    with pytest.raises(WorkerLost):
        batch_of(rows, out, told=Killing(), jobs=2, chunk_rows=1)
    assert not out.exists()
    told = Told()
    batch_of(rows, out, told=told, resume=True)
    batch_of(rows, tmp_path / "expected.jsonl")
    assert out.read_bytes() == (tmp_path / "expected.jsonl").read_bytes()
    assert told.progress[0][0] > 1


# Processes of a terminal


def wait_for(wanted: Any) -> None:
    """Wait until something is so; the time limit of the test ends it otherwise."""
    while not wanted():
        time.sleep(0.005)


@contextlib.contextmanager
def a_long_batch(folder: Path, **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A batch that two processes plan, caught when these are starting."""
    write_list(folder / "list.jsonl", (table | {"client": f"c-{number}"} for number, table in enumerate(clinic(100) * (ENDLESS // 100))))
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*ALWAYS_A_POOL, "list.jsonl", "--out", "plans.jsonl"], cwd=folder, env=env, stderr=subprocess.PIPE, **how
    ) as program:
        try:
            wait_for(lambda: len(started(program.pid)) == 2)
            yield program
        finally:
            program.kill()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux lists them")
def test_control_c_while_processes_start_is_answered_without_noise(tmp_path: Path) -> None:
    with a_long_batch(tmp_path, start_new_session=True) as program:
        os.killpg(program.pid, signal.SIGINT)
        assert program.stderr is not None
        said = program.stderr.read().decode()
        assert program.wait() == 130
    assert said == "Interrupted; what was done is kept. To go on: the same command with --resume\n"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux lists them")
def test_no_process_outlives_a_batch_that_is_killed(tmp_path: Path) -> None:
    with a_long_batch(tmp_path) as program:
        processes = started(program.pid)
        program.kill()
        program.wait()
        wait_for(lambda: not any(map(is_alive, processes)))
    assert not (tmp_path / "plans.jsonl").exists()


# A cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two processes on this machine."""
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-m", "tests.batch.cluster"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        yield program.stdout.readline().decode().strip()


def test_a_cluster_gives_the_same_bytes(cluster: str, tmp_path: Path) -> None:
    write_list(tmp_path / "list.jsonl", clinic(200))
    for where, how in (("here", ("--jobs", "1")), ("there", ("--dask", cluster))):
        for out in ("plans", "plans.jsonl"):
            ran = massage("batch", "list.jsonl", *ON, "--out", f"{where}/{out}", *how, folder=tmp_path)
            assert ran.code == 2
            assert "Planned" in ran.said
            assert "distributed" not in ran.said
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def cluster_refused(folder: Path, address: str) -> Ran:
    """What is said where the cluster cannot be used."""
    write_list(folder / "list.jsonl", clinic(10))
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    program = [
        *PATCHED,
        "massage_cli.batch.workers:CLUSTER_SECONDS=0.5",
        "--",
        "batch",
        *ON,
        "list.jsonl",
        "--out",
        "plans",
        "--dask",
        address,
    ]
    ran = subprocess.run(program, cwd=folder, env=env, capture_output=True, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "--dask: nobody answers at 'tcp://127.0.0.1:9'\n"),
        ("cluster", "--dask: 'cluster' is not the address of a cluster, like tcp://127.0.0.1:8786\n"),
        ("foo://127.0.0.1:9", "--dask: 'foo://127.0.0.1:9' is not the address of a cluster, like tcp://127.0.0.1:8786\n"),
        ("", "--dask: '' is not the address of a cluster, like tcp://127.0.0.1:8786\n"),
    ],
)
def test_where_there_is_no_cluster_that_is_told_and_nothing_is_left(tmp_path: Path, address: str, said: str) -> None:
    ran = cluster_refused(tmp_path, address)
    assert (ran.code, ran.said) == (2, said)
    assert sorted(snapshot(tmp_path)) == ["list.jsonl"]


def test_without_the_package_it_is_told_what_to_install() -> None:
    with mock.patch.dict(sys.modules, {"distributed": None}), pytest.raises(NoCluster) as refused:
        list(planned_by_cluster(iter(()), an_order(), address="tcp://127.0.0.1:8786"))
    assert "pipx install --force '.[dask]'" in str(refused.value)


class Lost:
    """A cluster whose answers are errors."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def nthreads(self) -> dict[str, int]:
        """One worker."""
        return {"worker": 1}

    def submit(self, *_: Any, **__: Any) -> "Lost":
        """The promise of an error."""
        return self

    def result(self) -> None:
        """The error."""
        raise self._error


@pytest.mark.parametrize(("error", "told"), [(ModuleNotFoundError("massage_cli"), NoCluster), (OtherKnowledge(), OtherKnowledge)])
def test_a_worker_that_cannot_plan_is_told(error: Exception, told: type[Exception]) -> None:
    with pytest.raises(told):
        list(workers._planned_by_client(chunks_of(enumerate(some_rows({}), start=1), 1), an_order(), Lost(error)))
