"""Processes that plan for this one: in order, and none is lost or waited for in silence."""

import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from massage_cli.batch.chunk import chunks_of
from massage_cli.batch.pool import Planner, WorkerLost, planned_by_pool
from massage_cli.batch.row_result import OtherKnowledge
from tests.batch.lists import an_order, some_rows

MORE_THAN_A_LINE_HOLDS = 400
"""Rows whose plans are longer than what a line takes before somebody reads it."""

ENDED_AS_ITS_PROCESSES_BEGIN = """
import os, signal, sys
from multiprocessing import util
from massage_cli.batch.pool import planned_by_pool
from tests.batch.lists import an_order
from tests.batch.test_pool import chunks

def begin(*told, begin=util.spawnv_passfds):
    begun = begin(*told)
    if "spawn_main" in str(told):
        os.kill(os.getpid(), signal.SIGTERM)
    return begun

def end(*_):
    raise InterruptedError

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    util.spawnv_passfds = begin
    try:
        list(planned_by_pool(chunks(40), an_order(), jobs=2))
    except InterruptedError:
        print("ended")
"""
"""A batch that is told to end in the moment a process was begun and does not know yet what for."""


def chunks(rows: int, size: int = 2) -> Iterator[Any]:
    return chunks_of(enumerate(some_rows(*[{}] * rows), start=1), size)


@pytest.fixture
def planner() -> Iterator[Planner]:
    planner = Planner(an_order())
    yield planner
    planner.kill()
    planner.close()


def test_what_planning_raises_is_raised_here_and_no_process_is_left() -> None:
    with pytest.raises(OtherKnowledge):
        list(planned_by_pool(chunks(40), an_order(knowledge_digest="another"), jobs=2))
    assert multiprocessing.active_children() == []


def test_who_takes_no_more_leaves_no_process_behind() -> None:
    results = planned_by_pool(chunks(400), an_order(), jobs=2)
    assert [result.last_row for result in islice(results, 2)] == [2, 4]
    results.close()
    assert multiprocessing.active_children() == []


def test_a_process_killed_in_the_midst_of_its_answer_is_noticed(planner: Planner) -> None:
    planner.ask(next(chunks(MORE_THAN_A_LINE_HOLDS, MORE_THAN_A_LINE_HOLDS)))
    assert planner._line.poll(60)  # the answer has begun, and nobody reads it
    planner._process.kill()
    planner._process.join()
    with pytest.raises(WorkerLost):
        planner.answer()


def test_a_process_that_is_gone_is_noticed_when_it_is_asked(planner: Planner) -> None:
    planner.kill()
    planner._process.join()
    with pytest.raises(WorkerLost):
        planner.ask(next(chunks(2)))


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="the system cannot hold signals back")
def test_an_end_that_comes_while_processes_begin_is_told_by_none_of_them() -> None:
    ran = subprocess.run([sys.executable, "-c", ENDED_AS_ITS_PROCESSES_BEGIN], check=False, capture_output=True, text=True, timeout=120)
    assert (ran.stdout, ran.stderr) == ("ended\n", "")
