"""`massage batch`: plans for many clients, and what is told of them."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from massage_cli.batch.output import STANDARD_OUTPUT, form_of, out_path
from massage_cli.batch.pool import WorkerLost
from massage_cli.batch.report import is_report, report_of
from massage_cli.batch.row_result import Order, OtherKnowledge, Triage
from massage_cli.batch.run import Watch, Work, problems_path, run_batch
from massage_cli.batch.tally import Tally
from massage_cli.batch.workers import NoCluster
from massage_cli.files.inert import json_text
from massage_cli.files.lists.capped_lines import MOST_SKIPPED
from massage_cli.files.lists.rows import Row
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.own_knowledge import OwnKnowledge
from massage_cli.files.own.settings import read_settings
from massage_cli.files.reading import MOST_BYTES, is_pipe, open_file
from massage_cli.files.saving import NotSaved, replace_quietly
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_and_own
from massage_cli.terminal.display.batch import progress, tell_summary
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.signals import leaving_on_signals
from massage_cli.terminal.streams import say, write_bytes, write_data

MOST_FAILURES_TOLD = 20
MOST_PROBLEMS_TOLD = 20
STANDARD_INPUT_NAME = "-"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was asked for on the command line."""

    sources: tuple[str, ...]
    out: str | None
    on: str | None
    only: tuple[str, ...]
    fail_on: tuple[str, ...]
    report: str | None
    urgent: bool
    dry_run: bool
    force: bool
    resume: bool
    jobs: int | None
    dask: str | None
    own: str | None = None


def plan_list(wish: Wish) -> ExitCode:
    """Plan every row of the sources and say what came of them."""
    knowledge, own = knowledge_and_own(wish.own)
    try:
        work = _work(wish, knowledge, own)
        with _read_once(wish.sources) as copies, leaving_on_signals():
            return _run(wish, work, knowledge, copies)
    except Unreadable as broken:
        return refuse(broken, as_json=False)
    except NotSaved as why:
        say(f"{why.path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN


def _work(wish: Wish, knowledge: Knowledge, own: OwnKnowledge | None) -> Work:
    """What the batch is to do. Raises Unreadable."""
    if wish.out is None and not wish.dry_run:
        raise _wrong("--out", "is missing; name a folder, a .jsonl or .csv file, or - for standard output; or try with --dry-run")
    form = form_of(wish.out or "plans")
    settings = read_settings(settings_path(), knowledge)
    to_output = wish.out == STANDARD_OUTPUT and not wish.dry_run
    return Work(
        out=None if wish.dry_run else wish.out,
        order=Order(on=day_of_planning(wish.on), form=form, settings=settings, knowledge_digest=knowledge.digest, own=own),
        only=wish.only,
        force=wish.force,
        resume=wish.resume,
        jobs=_processors() if wish.jobs is None else wish.jobs,
        dask=wish.dask,
        write=write_bytes if to_output else None,
    )


def _run(wish: Wish, work: Work, knowledge: Knowledge, copies: dict[str, BinaryIO]) -> ExitCode:
    def rows() -> Iterator[Row]:
        for copy in copies.values():
            copy.seek(0)
        return rows_of(wish.sources, copies.get(STANDARD_INPUT_NAME), knowledge, pipes=copies)

    _make_way_for_report(wish, work)
    try:
        with progress() as tell:
            tally = run_batch(rows, work, Watch(progress=tell, not_written=_tell_not_written(), problems=_tell_problems()))
    except KeyboardInterrupt:
        _say_kept(work)
        return ExitCode.INTERRUPTED
    except SystemExit:
        _say_kept(work)
        raise
    except WorkerLost:
        say("A process that was planning was ended from outside, perhaps for want of memory.")
        _say_kept(work)
        return ExitCode.BUG
    except OtherKnowledge:
        raise _wrong("--dask", "a worker has another edition of the knowledge; install the same program there") from None
    except NoCluster as why:
        raise _wrong("--dask", str(why)) from None
    try:
        _finish(wish, work, knowledge, tally)
    except KeyboardInterrupt:
        say("Interrupted; the plans are written, but not everything was told of them.")
        return ExitCode.INTERRUPTED
    return _exit_code(tally, wish.fail_on)


def _finish(wish: Wish, work: Work, knowledge: Knowledge, tally: Tally) -> None:
    """Tell the counts, and write the report last: that it is there says that everything else is. Raises NotSaved."""
    out = _file_out(work)
    problems = problems_path(out) if out is not None and tally.of(Triage.INVALID) else None
    files = {name: str(path) for name, path in (("plans", out), ("problems", problems)) if path is not None}
    if wish.report not in (None, STANDARD_OUTPUT):
        files["report"] = str(wish.report)
    tell_summary(tally, knowledge, urgent=wish.urgent, files=files)
    if wish.report is not None:
        names = {"out": work.out, "problems": None if problems is None else str(problems)}
        text = json_text(report_of(tally, work.order, knowledge, sources=wish.sources, **names))
        if wish.report == STANDARD_OUTPUT:
            write_data(text)
        else:
            replace_quietly(Path(wish.report), text.encode())


def _file_out(work: Work) -> Path | None:
    return None if work.out in (None, STANDARD_OUTPUT) else out_path(str(work.out))


def _make_way_for_report(wish: Wish, work: Work) -> None:
    """Take an older report away, so that one that is there is of this batch. Raises NotSaved where anything else stands there."""
    if wish.report is None:
        return
    out = _file_out(work)
    if wish.report == STANDARD_OUTPUT:
        if work.write is not None:
            raise _wrong("--report", "standard output is taken by the plans; name a file for one of both")
        return
    path = Path(wish.report)
    own = () if out is None else (out, problems_path(out))
    if os.path.realpath(path) in map(os.path.realpath, own):  # Path.resolve breaks on a loop of links
        raise _wrong("--report", f"'{wish.report}' is written by the batch itself; choose another name")
    try:
        if os.path.lexists(path) and not is_report(path):
            raise NotSaved(path, "something else than the report of a batch stands there; choose another name")
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotSaved(path, error.strerror or type(error).__name__) from None


def _exit_code(tally: Tally, fail_on: tuple[str, ...]) -> ExitCode:
    if tally.unwritten:
        return ExitCode.NOT_WRITTEN
    if tally.of(Triage.INVALID):
        return ExitCode.WRONG_INPUT
    return ExitCode.WITHHELD if any(tally.outcomes.get(outcome) for outcome in fail_on) else ExitCode.DONE


def _say_kept(work: Work) -> None:
    if work.out in (None, STANDARD_OUTPUT):
        say("Interrupted; nothing is kept of a batch that writes no files.")
    else:
        say("Interrupted; what was done is kept. To go on: the same command with --resume")


def _tell_not_written() -> Callable[[NotSaved], None]:
    """Tells of the first files that could not be written; all are counted."""
    told = 0

    def tell(failure: NotSaved) -> None:
        nonlocal told
        told += 1
        if told <= MOST_FAILURES_TOLD:
            say(f"{failure.path}: not saved: {failure.why}")
        elif told == MOST_FAILURES_TOLD + 1:
            say("More files could not be saved; they are counted below.")

    return tell


def _tell_problems() -> Callable[[bytes], None]:
    """Tells the first problems of a batch that writes no list of them: where, which key path, and what is allowed there."""
    told = 0

    def tell(lines: bytes) -> None:
        nonlocal told
        for line in lines.splitlines():
            told += 1
            if told <= MOST_PROBLEMS_TOLD:
                problem = msgspec.json.decode(line)
                say(str(Problem(file=problem["source"], line=problem.get("line"), path=problem["path"], message=problem["message"])))
            elif told == MOST_PROBLEMS_TOLD + 1:
                say("More rows have problems; all are counted below, and listed where the plans are written to a folder or file.")

    return tell


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _read_once(sources: tuple[str, ...]) -> Iterator[dict[str, BinaryIO]]:
    """Standard input and the pipes among the sources, as files that can be read twice: private ones without a name, gone afterwards."""
    with ExitStack() as stack:
        copies: dict[str, BinaryIO] = {}
        for name in dict.fromkeys(sources):
            stream = _only_once(name)
            if stream is None:
                continue
            copies[name] = stack.enter_context(tempfile.TemporaryFile())
            _copy_lines(stream, copies[name])
            if stream is not sys.stdin.buffer:
                stream.close()
        yield copies


def _only_once(name: str) -> BinaryIO | None:
    """The stream of a source that cannot be read a second time. None for all others, and for a pipe that gives nothing: rows tell why."""
    if name == STANDARD_INPUT_NAME:
        return None if sys.stdin is None or sys.stdin.closed else sys.stdin.buffer
    try:
        return open_file(Path(name)) if is_pipe(Path(name)) else None
    except Unreadable:
        return None


def _copy_lines(source: BinaryIO, file: BinaryIO) -> None:
    """Copy a list; not further than a line is looked at, so that a device without an end does not fill the disk."""
    open_line = 0
    while open_line <= MOST_SKIPPED + MOST_BYTES and (piece := source.read(MOST_BYTES)):
        file.write(piece)
        _, ended, rest = piece.rpartition(b"\n")
        open_line = len(rest) if ended else open_line + len(piece)


def _wrong(where: str, message: str) -> Unreadable:
    return Unreadable([Problem(file=where, path="", message=message)])
