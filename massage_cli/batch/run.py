"""A whole batch: once through the list, then every row planned and written, so that an interrupted batch can go on."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from massage_cli import __version__
from massage_cli.batch.chunk import ChunkResult, NumberedRow, chunks_of
from massage_cli.batch.destination import (
    Destination,
    Folder,
    Kept,
    Nowhere,
    OneFile,
    PartFile,
    Stream,
    keep_state,
    kept_path,
    read_state,
)
from massage_cli.batch.first_pass import FirstPass, client_of, folded, look_through
from massage_cli.batch.output import STANDARD_OUTPUT, Form
from massage_cli.batch.row_result import Order
from massage_cli.batch.tally import Tally, add
from massage_cli.batch.workers import planned_by_cluster, planned_here
from massage_cli.files.rows import Row, broken_row
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.problems import Problem, Unreadable

CHUNK_ROWS = 64
"""Rows that are planned and written at a time; small enough that an interruption is answered at once."""
_KEEP_EVERY_SECONDS = 1.0


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is to do beside planning its rows; `out` is None for a dry run."""

    out: str | None
    order: Order
    only: tuple[str, ...] = ()
    force: bool = False
    resume: bool = False
    jobs: int = 1
    dask: str | None = None
    write: Callable[[bytes], None] | None = None
    chunk_rows: int = CHUNK_ROWS


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told how far the batch is, and which files could not be written."""

    progress: Callable[[int, int], None]
    not_written: Callable[[NotSaved], None]


def problems_path(out: Path) -> Path:
    """Where the problems of invalid rows are written: beside the output."""
    return out.with_name(f"{out.name}.problems.jsonl")


def run_batch(rows: Callable[[], Iterator[Row]], work: Work, watch: Watch) -> Tally:
    """Plan every row that `rows` gives anew each time it is called, write what comes of it, and give the counts.

    What was done is kept when anything ends it early, and `resume` goes on from there. Raises Unreadable for a wish that
    cannot be fulfilled, NotSaved when the output cannot be written at all, WorkerLost and OtherKnowledge.
    """
    first = look_through(rows(), only=work.only)
    missing = [name for name in work.only if folded(name) not in first.wanted]
    if missing:
        raise Unreadable(Problem(file="--only", path="", value=name, message=f"no client '{name}' is in the list") for name in missing)
    return _Batch(rows, work, watch, first).run()


class _Batch:
    def __init__(self, rows: Callable[[], Iterator[Row]], work: Work, watch: Watch, first: FirstPass) -> None:
        self._rows, self._work, self._watch, self._first = rows, work, watch, first
        self._out = None if work.out in (None, STANDARD_OUTPUT) else Path(str(work.out))
        self._name = _name_of(work, first)
        self._tally, self._last_row = Tally(), 0
        self._kept = self._begin()

    def run(self) -> Tally:
        """Do what is left, and finish."""
        place = self._place()
        problems = None if self._out is None else PartFile(problems_path(self._out), keep=self._kept.sizes[1])
        self._keep(place, problems)
        kept_at = time.monotonic()
        try:
            for chunk in self._results():
                place.take(chunk)
                if problems is not None:
                    problems.write(chunk.problems)
                self._take(chunk)
                if time.monotonic() - kept_at > _KEEP_EVERY_SECONDS:
                    self._keep(place, problems)
                    kept_at = time.monotonic()
            self._keep(place, problems, last=True)
        except BaseException:
            self._keep(place, problems)
            raise
        place.finish()
        if problems is not None and self._out is not None:
            problems.replace()
            kept_path(self._out).unlink(missing_ok=True)
        return self._tally

    def _begin(self) -> Kept:
        nothing = Kept(batch=self._name, last_row=0, sizes=(0, 0), tally=Tally())
        if not self._work.resume:
            return nothing
        kept = None if self._out is None else read_state(kept_path(self._out))
        if kept is None:
            return nothing
        if kept.batch != self._name:
            raise _refused(
                "--resume", "the list, the day, the settings or the program are not those of the interrupted batch; leave --resume out"
            )
        self._tally, self._last_row = kept.tally, kept.last_row
        return kept

    def _place(self) -> Destination:
        """Where the results go. Raises NotSaved, before anything is done, where a file is in the way."""
        if self._out is None:
            return Nowhere() if self._work.write is None else Stream(self._work.write)
        if self._work.order.form is Form.TOML:
            return Folder(self._out, force=self._work.force)
        if not self._work.force and os.path.lexists(self._out):
            raise NotSaved(self._out, "it exists already; give --force to replace it and keep a backup")
        return OneFile(self._out, form=self._work.order.form, keep=self._kept.sizes[0], force=self._work.force)

    def _results(self) -> Iterator[ChunkResult]:
        chunks = chunks_of(self._numbered(), self._work.chunk_rows)
        if self._work.dask is not None:
            return planned_by_cluster(chunks, self._work.order, address=self._work.dask)
        left = self._first.rows - self._last_row
        return planned_here(chunks, self._work.order, jobs=self._work.jobs, rows=left)

    def _numbered(self) -> Iterator[NumberedRow]:
        wanted = frozenset(map(folded, self._work.only))
        for number, row in enumerate(self._rows(), start=1):
            if number <= self._kept.last_row:
                continue
            if wanted:
                name = client_of(row)
                if name is None or folded(name) not in wanted:
                    continue
            places = self._first.twice.get(number)
            yield number, row if places is None else _stands_twice(row, places)

    def _take(self, chunk: ChunkResult) -> None:
        add(self._tally, chunk.tally)
        self._last_row = chunk.last_row
        self._watch.progress(self._last_row, self._first.rows)

    def _keep(self, place: Destination, problems: PartFile | None, *, last: bool = False) -> None:
        """Make sure of what was done, and write down how far that is."""
        for failure in place.settle():
            self._tally.unwritten += 1
            self._watch.not_written(failure)
        if problems is None or self._out is None:
            return
        problems.settle()
        if not last:
            kept = Kept(batch=self._name, last_row=self._last_row, sizes=(place.size, problems.size), tally=self._tally)
            keep_state(kept_path(self._out), kept)


def _name_of(work: Work, first: FirstPass) -> str:
    """A digest of everything that the output depends on."""
    parts = (__version__, work.order, first.digest, work.only, work.force)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _stands_twice(row: Row, places: str) -> Row:
    message = f"this client stands more than once: {places}; none of them is planned, give each client one row"
    return broken_row(row.source, message, line=row.line, path="client", value=client_of(row))


def _refused(where: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=where, path="", message=message)])
