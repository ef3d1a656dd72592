"""Processes that plan for this one: in order, and none is lost or waited for in silence."""

import multiprocessing
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
