"""The program run as a person or a script runs it: a process of its own, or the same in this process where many runs are needed."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, NamedTuple
from unittest import mock

import massage_cli
from massage_cli.terminal.running import run
from tests.builders import TODAY, knowledge

ON = ("--on", TODAY.isoformat())
PROGRAM = (sys.executable, "-m", "massage_cli")
NOBODYS_HOME = "/nonexistent"
"""A home where nobody keeps settings."""
_KEPT = ("PATH", "SYSTEMROOT", "PYTHONOPTIMIZE", "COVERAGE_PROCESS_CONFIG")
"""What a program is told of the machine; the last two where all tests are run with them on purpose."""
_SOURCE = str(Path(massage_cli.__file__).parents[1])


class Ran(NamedTuple):
    """What came of a run."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """Standard output, read as UTF-8."""
        return self.out.decode()

    @property
    def said(self) -> str:
        """Standard error, read as UTF-8."""
        return self.err.decode()


def environment(**changes: str) -> dict[str, str]:
    """An environment with nothing in it that changes what is printed, but for the changes."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": _SOURCE, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "HOME": NOBODYS_HOME, **changes}


def massage(
    *arguments: str | bytes | Path, folder: Path, stdin: bytes | IO[bytes] = b"", env: dict[str, str] | None = None, **changes: Any
) -> Ran:
    """Run the program in a folder, with standard input and the environment given; `changes` are those of `subprocess.run`."""
    given = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given, **changes}
    ran = subprocess.run([*PROGRAM, *arguments], cwd=folder, env=environment(**(env or {})), check=False, timeout=60, **streams)
    return Ran(ran.returncode, ran.stdout or b"", ran.stderr or b"")


def massage_here(*arguments: str, stdin: bytes = b"", **env: str) -> Ran:
    """Run the program in this process, its three streams in memory, and the knowledge read once for all runs."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    streams = mock.patch.multiple(sys, argv=["massage", *arguments], stdout=out, stderr=err, stdin=given)
    known = mock.patch("massage_cli.files.built_in.load", lambda _: knowledge())
    with streams, known, mock.patch.dict(os.environ, environment(**env), clear=True):
        code = run()
    out.flush()
    return Ran(int(code), out.buffer.getvalue(), err.buffer.getvalue())


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, folders without content."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}
