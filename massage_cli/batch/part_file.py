"""A file of a batch while it is not whole: private, locked, and given its real name at the end."""

import contextlib
import os
from pathlib import Path
from typing import BinaryIO, NoReturn

from massage_cli.files.saving import NotSaved, make_folder, publish

_BUSY = "another batch is writing it just now"
_MOST_TRIES = 4


class PartFile:
    """A private file that grows, and is given its real name when it is whole. Only one batch at a time has it."""

    def __init__(self, path: Path) -> None:
        """What there is of the file, or an empty one; nothing in it is changed yet. Raises NotSaved."""
        self._path, self._part = path, part_of(path)
        try:
            make_folder(path.parent)
            self._file = self._opened()
            self._found = self._file.seek(0, os.SEEK_END)
        except OSError as error:
            self._refuse(error)

    def _opened(self) -> BinaryIO:
        """The file, locked. One that a batch before gave its real name and was killed then is let go: it is not ours to write on."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        for _ in range(_MOST_TRIES):
            file = os.fdopen(os.open(self._part, flags, 0o600), "r+b")
            try:
                _lock(file)
                if _is_alone(file, self._part):
                    return file
            except BlockingIOError:
                file.close()
                raise NotSaved(self._path, _BUSY) from None
            except BaseException:
                file.close()
                raise
            file.close()
        raise NotSaved(self._path, _BUSY)

    def holds(self, size: int) -> bool:
        """Whether so many bytes were there when it was opened."""
        return self._found >= size

    def go_on(self, size: int, *, start: bytes = b"") -> None:
        """Go on after the first `size` bytes, or begin anew with some for the start. Raises NotSaved."""
        try:
            self._file.truncate(size)
            self._file.seek(0, os.SEEK_END)
        except OSError as error:
            self._refuse(error)
        if size == 0:
            self.write(start)

    def write(self, content: bytes) -> None:
        """Write on. Raises NotSaved."""
        try:
            self._file.write(content)
        except OSError as error:
            self._refuse(error)

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
            self._refuse(error)

    def publish(self, *, force: bool) -> None:
        """Give the file its real name. Raises NotSaved."""
        self.settle()
        publish(self._part, self._path, force=force)
        self._file.close()

    def replace(self) -> None:
        """Give the file its real name, in place of an older one of ours; where it is empty, only take the older one away."""
        empty = self.size == 0
        self.settle()
        try:
            if empty:
                self._path.unlink(missing_ok=True)
                self._part.unlink()
            else:
                self._part.replace(self._path)
        except OSError as error:
            self._refuse(error)
        finally:
            self._file.close()

    def discard(self) -> None:
        """Take the unfinished file away."""
        self._part.unlink(missing_ok=True)
        self._file.close()

    def close(self) -> None:
        """Leave the file as it is, for another batch to go on with. What cannot be written any more is lost."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _refuse(self, error: OSError) -> NoReturn:
        raise NotSaved(self._path, error.strerror or type(error).__name__) from None


def part_of(path: Path) -> Path:
    """The name of a file while it is not whole."""
    return path.with_name(f".{path.name}.massage-part")


def _is_alone(file: BinaryIO, name: Path) -> bool:
    """Whether the open file still has this name and no other; a second name, left by a batch killed while publishing, loses the first."""
    ours = os.fstat(file.fileno())
    try:
        there = name.lstat()
    except FileNotFoundError:
        return False
    if not os.path.samestat(ours, there):
        return False
    if there.st_nlink > 1:
        name.unlink()
        return False
    return True


def _lock(file: BinaryIO) -> None:
    """Keep other batches out until the file is closed; systems without such locks go without."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
