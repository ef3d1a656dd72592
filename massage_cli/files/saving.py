"""Private, atomic saving: a file is whole or not there, never overwritten unless asked, and readable by its owner alone."""

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from massage_cli.planning.intake import Intake

_TEMPORARY = ".massage-tmp"
_STALE_SECONDS = 600
"""A temporary file this much older than the newest one was left by a run that was killed."""

_AT_ONCE = 4
"""Of so many files at once the disk is asked to make sure: it does them in one go, which takes no longer than one alone."""

_EXISTS = "it exists already; give --force to replace it and keep a backup"

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What a disk without hard links answers, like a memory stick."""

_WINDOWS_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789")})


class NotSaved(Exception):
    """A file could not be written: which one, and why. What stood there before is untouched."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(why)


class ExistsAlready(NotSaved):
    """Something stands where the file was to be written."""


def plan_name(intake: Intake) -> str:
    """The file name of a client's plan: `<client>.toml`. Raises NotSaved for a pseudonym that some system cannot store."""
    client = intake.client
    name = f"{client}.toml"
    if client.startswith((".", "-")) or client.endswith(".") or client.partition(".")[0].lower() in _WINDOWS_DEVICES:
        raise NotSaved(Path(name), "this pseudonym cannot be a file name on every system; name the file with --output")
    return name


def save_all(folder: Path, files: Iterable[tuple[str, bytes]], *, force: bool = False) -> list[NotSaved]:
    """Write several files of one folder like `save`, together, which takes less time than one after the other.

    A file that holds the same bytes already is left as it is. What could not be written comes back; the rest is there.
    """
    from concurrent.futures import ThreadPoolExecutor  # slow to import, and needed only for many files

    failed: list[NotSaved] = []
    waiting: list[tuple[Path, Path, bytes]] = []
    try:
        make_folder(folder)
    except OSError as error:
        return [NotSaved(folder / name, _reason(error)) for name, _ in files]
    for name, content in files:
        path = folder / name
        try:
            waiting.append((_write_temporary(path, content, last=False), path, content))
        except OSError as error:
            failed.append(NotSaved(path, _reason(error)))
    with ThreadPoolExecutor(_AT_ONCE) as disk:
        lasting = [disk.submit(_make_last, temporary) for temporary, _, _ in waiting]
    for (temporary, path, content), outlasts in zip(waiting, lasting, strict=True):
        try:
            outlasts.result()
            if not _holds(path, content):
                _put_in_place(temporary, path, force=force)
        except FileExistsError:
            failed.append(NotSaved(path, _EXISTS))
        except OSError as error:
            failed.append(NotSaved(path, _reason(error)))
        finally:
            _remove(temporary)
    _sync_folder(folder)
    return failed


def publish(part: Path, path: Path, *, force: bool = False) -> Path | None:
    """Give a finished file of our own its real name; as with `save`, an existing one is refused or kept as a backup. Raises NotSaved."""
    try:
        _make_last(part)
        backup = _put_in_place(part, path, force=force)
        _remove(part)
        _sync_folder(path.parent)
    except FileExistsError:
        raise ExistsAlready(path, _EXISTS) from None
    except OSError as error:
        raise NotSaved(path, _reason(error)) from None
    return backup


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _holds(path: Path, content: bytes) -> bool:
    """Whether a plain file holds just these bytes."""
    try:
        return path.is_file() and not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def save(path: Path, content: bytes, *, force: bool = False) -> Path | None:
    """Write the file with mode 0600, making its folder with 0700 where needed.

    An existing file is refused, or with `force` kept as a backup beside it, whose path is given back. Raises NotSaved.
    """
    try:
        if path.is_dir():
            raise NotSaved(path, "it is a folder; name a file in it")
        make_folder(path.parent)
        temporary = _write_temporary(path, content)
        try:
            backup = _put_in_place(temporary, path, force=force)
            _sync_folder(path.parent)
        finally:
            _remove(temporary)
    except FileExistsError:
        raise ExistsAlready(path, _EXISTS) from None
    except ValueError:
        raise NotSaved(path, "it is not the name of a file") from None
    except OSError as error:
        raise NotSaved(path, _reason(error)) from None
    return backup


def _remove(path: Path) -> None:
    """Take a file of our own away; where that fails it is swept later, and nothing is lost by it."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def sweep(folder: Path, beginning: str, *, older_than: float) -> None:
    """Remove what killed runs left of files that begin so in a folder, if it was written before a time (seconds since 1970)."""
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            if left.name.startswith(beginning) and left.name.endswith(_TEMPORARY):
                with contextlib.suppress(OSError):
                    if left.stat().st_mtime < older_than:
                        left.unlink()


def make_folder(folder: Path) -> None:
    """The folder, and every folder above it that is missing, with mode 0700."""
    missing = [folder, *folder.parents]
    for place in reversed([place for place in missing if not place.exists()]):
        place.mkdir(mode=0o700, exist_ok=True)


def replace_quietly(path: Path, content: bytes) -> None:
    """Write a file of the program's own, like `save`, but in place of an older one and without a backup. Raises NotSaved."""
    try:
        make_folder(path.parent)
        temporary = _write_temporary(path, content)
        try:
            temporary.replace(path)
            _sync_folder(path.parent)
        finally:
            _remove(temporary)
    except OSError as error:
        raise NotSaved(path, _reason(error)) from None


def _write_temporary(path: Path, content: bytes, *, last: bool = True) -> Path:
    """A private file with the content beside the path; with `last` it is sure to outlast a loss of power."""
    import secrets  # slow to import, and needed only here

    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}{_TEMPORARY}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if last:
                file.flush()
                os.fsync(file.fileno())
        if last:
            _sweep(temporary, path)
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _make_last(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(newest: Path, path: Path) -> None:
    """Remove what killed runs left of this file."""
    now = newest.stat().st_mtime
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and left.name.endswith(_TEMPORARY):
            with contextlib.suppress(OSError):
                if now - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> Path | None:
    if not force:
        _link(temporary, path)
        return None
    backup = _keep_backup(path)
    try:
        temporary.replace(path)
    except OSError:
        if backup is not None:
            _remove(backup)
        raise
    return backup


def _link(source: Path, name: Path) -> None:
    """Give a file one more name, which must be free; where the disk knows no second names, a copy takes the free name."""
    try:
        os.link(source, name, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        content = source.read_bytes()
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _keep_backup(path: Path) -> Path | None:
    """The file that stands there under the first free name of a backup; none where nothing stands."""
    try:
        path.lstat()  # os.path.lexists would take a disk that fails for a name that is free, and no backup would be kept
    except FileNotFoundError:
        return None
    number = 1
    while True:
        backup = path.with_name(f"{path.name}.bak" if number == 1 else f"{path.name}.bak{number}")
        try:
            _link(path, backup)
        except FileExistsError:
            number += 1
        else:
            return backup


def _sync_folder(folder: Path) -> None:
    """Make the new name last; some systems cannot sync a folder, and lose nothing by it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
