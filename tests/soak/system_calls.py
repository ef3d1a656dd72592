"""The calls of the system by which files are written, and ways to let each fail in one folder alone, or end the program."""

import builtins
import errno
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self
from unittest import mock

CALLS: dict[str, tuple[Any, str]] = {
    "open": (os, "open"),
    "fsync": (os, "fsync"),
    "close": (os, "close"),
    "link": (os, "link"),
    "replace": (os, "replace"),
    "unlink": (os, "unlink"),
    "mkdir": (os, "mkdir"),
}
"""What a writer calls, with where it stands."""

READING: dict[str, tuple[Any, str]] = {
    "stat": (os, "stat"),
    "lstat": (os, "lstat"),
    "listdir": (os, "listdir"),
    "scandir": (os, "scandir"),
}
"""What else a disk may refuse on the way."""

IN_FILES = ("write", "flush", "truncate", "close of a file", "lock", "open of a file")
"""Calls that an open file makes for us."""

ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT")


Ready = Callable[[], None]
"""Called when whoever waits for a program may go on."""


def kill_round(call: str, *, at: int, before: bool) -> Callable[[Ready], None]:
    """Makes this process kill itself before or after the n-th use of a call of the system."""

    def prepare(ready: Ready) -> None:
        ready()
        home, name = CALLS[call]
        real, uses = getattr(home, name), 0

        def killing(*args: Any, **kwargs: Any) -> Any:
            nonlocal uses
            uses += 1
            if uses == at and before:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **kwargs)
            if uses == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(home, name, killing)

    return prepare


class Failing:
    """Counts the uses of a call in a folder, and lets the n-th one fail."""

    def __init__(self, folder: Path, *, at: int, error: str) -> None:
        self._folder, self._at, self._number = str(folder), at, getattr(errno, error)
        self.uses = 0

    def use(self, *places: Any) -> None:
        """One use on these paths or open files. Raises OSError where it is the one that fails."""
        if any(self._is_here(place) for place in places):
            self.uses += 1
            if self.uses == self._at:
                raise OSError(self._number, os.strerror(self._number))

    def _is_here(self, place: Any) -> bool:
        if isinstance(place, int):
            try:
                place = Path(f"/proc/self/fd/{place}").readlink()
            except OSError:
                return False
        return isinstance(place, (str, os.PathLike)) and os.path.abspath(os.fspath(place)).startswith(self._folder)  # noqa: PTH100  # the folder may not be followed


class File:
    """An open file, some of whose calls may fail; one that is written with fails only after some of it is on the disk."""

    def __init__(self, file: Any, call: str, failing: Failing) -> None:
        self._file, self._call, self._failing = file, call, failing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._file)

    def _use(self, call: str) -> None:
        if call == self._call:
            self._failing.use(self._file.fileno())

    def write(self, content: Any) -> Any:
        if self._call == "write":
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            self._use("write")
            return self._file.write(content[len(content) // 2 :])
        return self._file.write(content)

    def flush(self) -> None:
        self._use("flush")
        self._file.flush()

    def truncate(self, size: int | None = None) -> int:
        self._use("truncate")
        return int(self._file.truncate(size))

    def close(self) -> None:
        if self._file.closed:
            return
        writes = self._file.writable()
        try:
            if writes:
                self._use("close of a file")
        finally:
            self._file.close()


@contextmanager
def failing(call: str, folder: Path, *, at: int, error: str) -> Iterator[Failing]:
    """For a while the n-th use of a call in a folder fails; tells how often it was used."""
    fault = Failing(folder.resolve(), at=at, error=error)
    with ExitStack() as stack:
        patch = stack.enter_context
        if call in IN_FILES:
            real_open, real_lock = builtins.open, fcntl.flock

            def opening(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
                if call == "open of a file":
                    fault.use(file)
                opened = real_open(file, mode, *args, **kwargs)
                return File(opened, call, fault) if set(mode) & set("wax+") else opened

            def locking(file: Any, how: int) -> None:
                if call == "lock":
                    fault.use(file.fileno())
                real_lock(file, how)

            patch(mock.patch.object(builtins, "open", opening))
            patch(mock.patch("io.open", opening))  # what Path.open calls
            patch(mock.patch.object(fcntl, "flock", locking))
        else:
            home, name = (CALLS | READING)[call]
            real = getattr(home, name)

            def called(*args: Any, **kwargs: Any) -> Any:
                if call != "close":
                    fault.use(*args)
                    return real(*args, **kwargs)
                try:
                    fault.use(*args)
                finally:
                    real(*args, **kwargs)
                return None

            patch(mock.patch.object(home, name, called))
        yield fault
