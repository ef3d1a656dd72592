"""A whole batch: once through the list, then every row planned and written, so that an interrupted batch can go on."""

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from massage_cli import __version__
from massage_cli.batch.chunk import ChunkResult, NumberedRow, chunks_of
from massage_cli.batch.destination import Destination, Folder, Nowhere, OneFile, Stream
from massage_cli.batch.first_pass import FirstPass, ListDigest, client_of, folded, look_through
from massage_cli.batch.kept import Kept, keep_state, kept_path, read_state
from massage_cli.batch.output import STANDARD_OUTPUT, Form, out_path
from massage_cli.batch.part_file import PartFile
from massage_cli.batch.row_result import Order
from massage_cli.batch.tally import Tally, added
from massage_cli.batch.workers import planned_by_cluster, planned_here
from massage_cli.files.lists.rows import Row, broken_row
from massage_cli.files.saving import NotSaved, sweep
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
    """Who is told how far the batch is, which files could not be written, and the problems where no file takes them."""

    progress: Callable[[int, int], None]
    not_written: Callable[[NotSaved], None]
    problems: Callable[[bytes], None] = lambda _: None


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
        self._out = None if work.out in (None, STANDARD_OUTPUT) else out_path(str(work.out))
        self._done = Kept(batch=_name_of(work, first), tally=Tally())
        self._interrupted = self._read_interrupted()

    def run(self) -> Tally:
        """Do what is left, and finish."""
        if self._out is None:
            self._plan(self._stream(), None)
            return self._done.tally
        self._refuse_what_is_in_the_way(self._out)
        problems = PartFile(problems_path(self._out))
        try:
            self._refuse_what_another_batch_wrote(self._out, problems)
            place = self._place(self._out)
            try:
                self._write(place, problems, self._out)
            finally:
                place.close()
        finally:
            problems.close()
        return self._done.tally

    def _write(self, place: Destination, problems: PartFile, out: Path) -> None:
        place_is_named, problems_are_named = self._begin(place, problems, out)
        self._keep(place, problems)
        begun = kept_path(out).stat().st_mtime
        try:
            self._plan(place, problems)
        except BaseException:
            if self._done.last_row == 0:
                self._leave_nothing(place, problems, out)
            raise
        if place_is_named:
            place.discard()
        else:
            place.finish()
        if problems_are_named:
            problems.discard()
        else:
            problems.replace()
        kept_path(out).unlink(missing_ok=True)
        sweep(out.parent, f".{kept_path(out).name}.", older_than=begun)
        if self._work.order.form is Form.TOML:
            sweep(out, ".", older_than=begun)

    def _leave_nothing(self, place: Destination, problems: PartFile, out: Path) -> None:
        """Take away what was begun, where there is nothing to go on with."""
        place.discard()
        problems.discard()
        kept_path(out).unlink(missing_ok=True)

    def _plan(self, place: Destination, problems: PartFile | None) -> None:
        kept_at = time.monotonic()
        try:
            for chunk in self._results():
                place.take(chunk)
                if problems is not None:
                    problems.write(chunk.problems)
                elif chunk.problems:
                    self._watch.problems(chunk.problems)
                self._count(chunk, (place.size, 0 if problems is None else problems.size))
                if time.monotonic() - kept_at > _KEEP_EVERY_SECONDS:
                    self._keep(place, problems)
                    kept_at = time.monotonic()
            self._keep(place, problems, whole=True)
        except BaseException:
            with contextlib.suppress(NotSaved):  # what ended it counts; what was kept before still holds
                self._keep(place, problems)
            raise

    def _read_interrupted(self) -> Kept | None:
        """What there is to go on with. Raises Unreadable where it belongs to another list."""
        kept = read_state(kept_path(self._out)) if self._work.resume and self._out is not None else None
        if kept is not None and kept.batch != self._done.batch:
            raise _refused(
                "--resume", "the list, the day, the settings or the program are not those of the interrupted batch; leave --resume out"
            )
        return kept

    def _refuse_what_is_in_the_way(self, out: Path) -> None:
        """Raises NotSaved, before anything is done."""
        if self._work.order.form is Form.TOML:
            if os.path.lexists(out) and not out.is_dir():
                raise NotSaved(out, "it is a file; name a folder, or a .jsonl or .csv file")
        elif out.is_dir():
            raise NotSaved(out, "it is a folder; name a file in it")
        elif not self._work.force and os.path.lexists(out) and not self._is_named(out, 0):
            raise NotSaved(out, "it exists already; give --force to replace it and keep a backup")

    def _refuse_what_another_batch_wrote(self, out: Path, problems: PartFile) -> None:
        """The same once no other batch can be at it. Raises NotSaved."""
        try:
            self._refuse_what_is_in_the_way(out)
        except NotSaved:
            if not problems.holds(1):
                problems.discard()
            raise

    def _is_named(self, path: Path, which: int) -> bool:
        """Whether the batch was ended after this file had been given its real name, which comes last."""
        kept = self._interrupted
        return kept is not None and kept.whole and path.is_file() and path.stat().st_size == kept.sizes[which]

    def _stream(self) -> Destination:
        return Nowhere() if self._work.write is None else Stream(self._work.write)

    def _place(self, out: Path) -> Destination:
        form, force = self._work.order.form, self._work.force
        return Folder(out, force=force) if form is Form.TOML else OneFile(out, form=form, force=force)

    def _begin(self, place: Destination, problems: PartFile, out: Path) -> tuple[bool, bool]:
        """Go on where the batch was interrupted, or begin anew where not everything is there; what has its real name already."""
        kept = self._interrupted
        named = (False, False)
        if kept is not None:
            gone = (not place.holds(kept.sizes[0] or 1), not problems.holds(kept.sizes[1] or 1))
            named = (gone[0] and self._is_named(out, 0), gone[1] and self._is_named(problems_path(out), 1))
            if (named[0] or place.holds(kept.sizes[0])) and (named[1] or problems.holds(kept.sizes[1])):
                self._done = kept
            else:
                named = (False, False)
        place.go_on(0 if named[0] else self._done.sizes[0])
        problems.go_on(0 if named[1] else self._done.sizes[1])
        return named

    def _results(self) -> Iterator[ChunkResult]:
        chunks = chunks_of(self._numbered(self._done.last_row), self._work.chunk_rows)
        if self._work.dask is not None:
            return planned_by_cluster(chunks, self._work.order, address=self._work.dask)
        left = self._first.rows - self._done.last_row
        return planned_here(chunks, self._work.order, jobs=self._work.jobs, rows=left)

    def _numbered(self, done: int) -> Iterator[NumberedRow]:
        """The rows that are left and wanted. Raises Unreadable where it is not the list any more that was looked through."""
        wanted = frozenset(map(folded, self._work.only))
        digest = ListDigest()
        for number, row in enumerate(self._rows(), start=1):
            digest.add(row)
            if number <= done:
                continue
            if wanted:
                name = client_of(row)
                if name is None or folded(name) not in wanted:
                    continue
            places = self._first.twice.get(number)
            yield number, row if places is None else _stands_twice(row, places)
        if digest.text() != self._first.digest:
            raise _refused("the list", "was changed while it was read; start again when nobody writes to it")

    def _count(self, chunk: ChunkResult, sizes: tuple[int, int]) -> None:
        """Note a chunk as done, at one stroke: an interruption comes before or after it."""
        self._done = replace(self._done, last_row=chunk.last_row, sizes=sizes, tally=added(self._done.tally, chunk.tally))
        self._watch.progress(self._done.last_row, self._first.rows)

    def _keep(self, place: Destination, problems: PartFile | None, *, whole: bool = False) -> None:
        """Make sure of what was done, and write down how far that is."""
        failures = place.settle()
        if failures:
            self._done = replace(self._done, tally=added(self._done.tally, Tally(unwritten=len(failures))))
            for failure in failures:
                self._watch.not_written(failure)
        if problems is not None and self._out is not None:
            problems.settle()
            if whole and not self._done.whole:
                self._done = replace(self._done, whole=True, sizes=(place.size, problems.size))
            keep_state(kept_path(self._out), self._done)


def _name_of(work: Work, first: FirstPass) -> str:
    """A digest of everything that the output depends on."""
    parts = (__version__, work.order, first.digest, work.only, work.force)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _stands_twice(row: Row, places: str) -> Row:
    message = f"this client stands more than once: {places}; none of them is planned, give each client one row"
    return broken_row(row.source, message, line=row.line, path="client", value=client_of(row))


def _refused(where: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=where, path="", message=message)])
