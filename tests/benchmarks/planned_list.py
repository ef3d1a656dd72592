"""A list planned by `run_batch` as the program does it, and the machine's own pace to hold figures against."""

import gc
import time
from datetime import date
from pathlib import Path

from massage_cli.batch.output import form_of
from massage_cli.batch.row_result import Order
from massage_cli.batch.run import Watch, Work, run_batch
from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.own.settings import Settings
from massage_cli.files.saving import NotSaved
from tests.clinic import ON

gc.disable()  # as the program does for itself


def plan_list(source: Path, out: Path, *, jobs: int = 1, on: date = ON) -> None:
    """Plan every row of a list. Raises NotSaved where a file could not be written."""
    knowledge = built_in_knowledge()
    order = Order(on=on, form=form_of(str(out)), settings=Settings(), knowledge_digest=knowledge.digest)
    watch = Watch(progress=lambda _done, _rows: None, not_written=_give_up)
    run_batch(lambda: rows_of((str(source),), None, knowledge), Work(out=str(out), order=order, jobs=jobs), watch)


def _give_up(failure: NotSaved) -> None:
    raise failure


def million_additions() -> float:
    """The seconds of processor time that a loop of a million additions takes."""
    start = time.process_time()
    sum(number for number in range(1_000_000))
    return time.process_time() - start
