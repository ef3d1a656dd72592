"""Where the results of a batch go: a folder, one file, standard output or nowhere; and what is kept of a batch that was interrupted."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from massage_cli.batch.chunk import ChunkResult
from massage_cli.batch.output import Form, heading
from massage_cli.batch.tally import Tally
from massage_cli.files.saving import NotSaved, make_folder, publish, replace_quietly, save_all


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch came: what it was a batch of, the last row done, how long its unfinished files were then, and the counts."""

    batch: str
    last_row: int
    sizes: tuple[int, int]
    tally: Tally


class Destination(Protocol):
    """Takes the results in order. What was taken before `settle` came back is safe."""

    def take(self, chunk: ChunkResult) -> None:
        """Write the results of a chunk."""

    def settle(self) -> tuple[NotSaved, ...]:
        """Wait until everything taken is written; the files that could not be, since the last time."""

    def finish(self) -> None:
        """Give the output its real name. Raises NotSaved."""

    @property
    def size(self) -> int:
        """The bytes of unfinished output."""


class Nowhere:
    """Writes nothing, for a dry run."""

    size = 0

    def take(self, chunk: ChunkResult) -> None:
        """Drop it."""

    def settle(self) -> tuple[NotSaved, ...]:
        """Nothing can fail."""
        return ()

    def finish(self) -> None:
        """There is nothing to finish."""


class Stream(Nowhere):
    """Hands the lines on as they come, to standard output."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def take(self, chunk: ChunkResult) -> None:
        """Write the lines."""
        self._write(chunk.lines)


class Folder(Nowhere):
    """One file for each client. Writing waits for the disk, so it is done beside the planning."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self._folder, self._force = folder, force
        self._writer = ThreadPoolExecutor(1)
        self._under_way: Future[list[NotSaved]] | None = None
        self._failed: list[NotSaved] = []

    def take(self, chunk: ChunkResult) -> None:
        """Begin to write the files of a chunk, those of the chunk before being written."""
        self._wait()
        self._under_way = self._writer.submit(save_all, self._folder, chunk.files, force=self._force)

    def settle(self) -> tuple[NotSaved, ...]:
        """Wait for the files taken last."""
        self._wait()
        failed, self._failed = tuple(self._failed), []
        return failed

    def finish(self) -> None:
        """Let the writer go."""
        self._writer.shutdown()

    def _wait(self) -> None:
        if self._under_way is not None:
            self._failed += self._under_way.result()
            self._under_way = None


class PartFile:
    """A private file that grows, and is given its real name when it is whole."""

    def __init__(self, path: Path, *, keep: int, start: bytes = b"") -> None:
        """Go on after the first `keep` bytes of an unfinished file, or begin anew. Raises NotSaved."""
        self._path, self._part = path, part_of(path)
        try:
            make_folder(path.parent)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            self._file: BinaryIO = open(os.open(self._part, flags, 0o600), "r+b")  # noqa: PTH123, SIM115  # a descriptor, open until finished
            _lock(self._file)
            self._file.truncate(keep)
            self._file.seek(0, os.SEEK_END)
            if keep == 0:
                self._file.write(start)
        except BlockingIOError:
            raise NotSaved(path, "another batch is writing it just now") from None
        except OSError as error:
            raise NotSaved(path, error.strerror or type(error).__name__) from None

    def write(self, content: bytes) -> None:
        """Write on. Raises NotSaved."""
        try:
            self._file.write(content)
        except OSError as error:
            raise NotSaved(self._path, error.strerror or type(error).__name__) from None

    @property
    def size(self) -> int:
        """The bytes written."""
        return self._file.tell()

    def settle(self) -> None:
        """Make sure that everything written is on the disk. Raises NotSaved."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise NotSaved(self._path, error.strerror or type(error).__name__) from None

    def publish(self, *, force: bool) -> None:
        """Give the file its real name. Raises NotSaved."""
        self.settle()
        publish(self._part, self._path, force=force)
        self._file.close()

    def replace(self) -> None:
        """Give the file its real name, in place of an older one of ours; where it is empty, only take the older one away."""
        empty = self.size == 0
        self.settle()
        self._file.close()
        if empty:
            self._part.unlink(missing_ok=True)
            self._path.unlink(missing_ok=True)
        else:
            self._part.replace(self._path)


class OneFile:
    """Everything in one file: JSON Lines, or a CSV summary."""

    def __init__(self, path: Path, *, form: Form, keep: int, force: bool) -> None:
        self._part = PartFile(path, keep=keep, start=heading(form))
        self._force = force

    def take(self, chunk: ChunkResult) -> None:
        """Write the lines of a chunk."""
        self._part.write(chunk.lines)

    def settle(self) -> tuple[NotSaved, ...]:
        """Make sure of what was written."""
        self._part.settle()
        return ()

    def finish(self) -> None:
        """Give the file its name."""
        self._part.publish(force=self._force)

    @property
    def size(self) -> int:
        """The bytes written."""
        return self._part.size


def part_of(path: Path) -> Path:
    """The name of a file while it is not whole."""
    return path.with_name(f".{path.name}.massage-part")


def kept_path(out: Path) -> Path:
    """Where the state of an unfinished batch stands."""
    return out.with_name(f".{out.name}.massage-batch")


def keep_state(path: Path, kept: Kept) -> None:
    """Write how far the batch came. Raises NotSaved."""
    replace_quietly(path, msgspec.json.encode(kept))


def read_state(path: Path) -> Kept | None:
    """How far a batch came that was interrupted, or None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None


def _lock(file: BinaryIO) -> None:
    """Keep other batches out until the file is closed; systems without such locks go without."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
