"""Private, atomic saving: a file is whole or not there, never overwritten unless asked, and readable by its owner alone."""

import contextlib
import os
from pathlib import Path

from massage_cli.planning.intake import Intake

_TEMPORARY = ".massage-tmp"
_STALE_SECONDS = 600
"""A temporary file this much older than the newest one was left by a run that was killed."""

_WINDOWS_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789")})


class NotSaved(Exception):
    """A file could not be written: which one, and why. What stood there before is untouched."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(why)


def plan_name(intake: Intake) -> str:
    """The file name of a client's plan: `<client>.toml`. Raises NotSaved for a pseudonym that some system cannot store."""
    client = intake.client
    name = f"{client}.toml"
    if client.startswith((".", "-")) or client.endswith(".") or client.partition(".")[0].lower() in _WINDOWS_DEVICES:
        raise NotSaved(Path(name), "this pseudonym cannot be a file name on every system; name the file with --output")
    return name


def save(path: Path, content: bytes, *, force: bool = False) -> Path | None:
    """Write the file with mode 0600, making its folder with 0700 where needed.

    An existing file is refused, or with `force` kept as a backup beside it, whose path is given back. Raises NotSaved.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = _write_temporary(path, content)
    except OSError as error:
        raise NotSaved(path, error.strerror or type(error).__name__) from None
    try:
        backup = _put_in_place(temporary, path, force=force)
        _sync_folder(path.parent)
    except FileExistsError:
        raise NotSaved(path, "it exists already; give --force to replace it and keep a backup") from None
    except OSError as error:
        raise NotSaved(path, error.strerror or type(error).__name__) from None
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def replace_quietly(path: Path, content: bytes) -> None:
    """Write a file of the program's own, like `save`, but in place of an older one and without a backup. Raises NotSaved."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = _write_temporary(path, content)
        try:
            temporary.replace(path)
            _sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise NotSaved(path, error.strerror or type(error).__name__) from None


def _write_temporary(path: Path, content: bytes) -> Path:
    import secrets  # slow to import, and needed only here

    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}{_TEMPORARY}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  # a descriptor, which a path cannot stand for
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sweep(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sweep(newest: Path, path: Path) -> None:
    """Remove what killed runs left of this file."""
    now = newest.stat().st_mtime
    for left in path.parent.glob(f".{path.name}.*{_TEMPORARY}"):
        with contextlib.suppress(OSError):
            if now - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> Path | None:
    if not force:
        os.link(temporary, path)
        return None
    backup = _keep_backup(path)
    temporary.replace(path)
    return backup


def _keep_backup(path: Path) -> Path | None:
    """A second name for the file that stands there, under the first free name; none where nothing stands."""
    number = 1
    while True:
        backup = path.with_name(f"{path.name}.bak" if number == 1 else f"{path.name}.bak{number}")
        try:
            os.link(path, backup, follow_symlinks=False)
        except FileNotFoundError:
            return None
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
