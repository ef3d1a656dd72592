"""Where the results of a batch go: a folder, one file, standard output or nowhere."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from massage_cli.batch.chunk import ChunkResult
from massage_cli.batch.output import Form, heading
from massage_cli.batch.part_file import PartFile
from massage_cli.files.saving import NotSaved, save_all


class Destination(Protocol):
    """Takes the results in order. What was taken before `settle` came back is safe."""

    def take(self, chunk: ChunkResult) -> None:
        """Write the results of a chunk."""

    def settle(self) -> tuple[NotSaved, ...]:
        """Wait until everything taken is written; the files that could not be, since the last time."""

    def finish(self) -> None:
        """Give the output its real name. Raises NotSaved."""

    def discard(self) -> None:
        """Take unfinished output away, where the whole one has its real name already."""

    def close(self) -> None:
        """Leave unfinished output as it is, so that the batch can go on another time."""

    def holds(self, size: int) -> bool:
        """Whether at least so many bytes of unfinished output are there."""

    def go_on(self, size: int) -> None:
        """Begin after so many bytes of unfinished output; anew after none. Raises NotSaved."""

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

    def discard(self) -> None:
        """There is nothing to take away."""

    def close(self) -> None:
        """There is nothing to leave."""

    def holds(self, size: int) -> bool:
        """Nothing is there."""
        return size == 0

    def go_on(self, size: int) -> None:
        """There is nothing to go on after."""


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

    def close(self) -> None:
        """Let the writer go, when it has written what it has."""
        self._writer.shutdown()

    def _wait(self) -> None:
        if self._under_way is not None:
            self._failed += self._under_way.result()
            self._under_way = None


class OneFile:
    """Everything in one file: JSON Lines, or a CSV summary."""

    def __init__(self, path: Path, *, form: Form, force: bool) -> None:
        """Raises NotSaved."""
        self._part = PartFile(path)
        self._form, self._force = form, force

    def holds(self, size: int) -> bool:
        """Whether so many bytes are there."""
        return self._part.holds(size)

    def go_on(self, size: int) -> None:
        """Go on after so many bytes; anew after none."""
        self._part.go_on(size, start=heading(self._form))

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

    def discard(self) -> None:
        """Take the unfinished file away."""
        self._part.discard()

    def close(self) -> None:
        """Leave the unfinished file as it is."""
        self._part.close()

    @property
    def size(self) -> int:
        """The bytes written."""
        return self._part.size
