"""The real program at a pseudo-terminal, its screen read with pyte; every wait is for something seen, and bounded."""

import re
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from massage_cli.files.own.drafts import draft_path, keep
from massage_cli.planning.questionnaire.given import Answer
from tests.builders import TODAY
from tests.terminal.massage import environment

SECONDS = 20
"""The longest wait for anything; nothing here takes a second on a machine that is not busy."""
_ASKS = b"\x1b[?2004h"
"""What is written when a prompt has been drawn and reads keys."""
_ASKS_PLAINLY = b"\n> "


def own_folders(home: Path) -> dict[str, str]:
    """The environment of a person of their own, so that no real settings or drafts are touched."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state")}


def drafts_of(home: Path) -> Path:
    """Where this person's drafts lie."""
    return home / "state" / "massage-cli" / "drafts"


def leave_draft(home: Path, answers: Mapping[str, Answer]) -> Path:
    """A draft with these answers, as if an interview had been left."""
    path = draft_path(drafts_of(home), str(answers["client"]))
    keep(path, answers, begun=TODAY)
    return path


def squeezed(text: str) -> str:
    """The text without blanks and line ends, to be looked for however it was wrapped."""
    return re.sub(r"\s", "", text)


class Session:
    """One run of `massage` at a terminal; standard output goes to a file, standard error and the keys to the terminal."""

    def __init__(self, *arguments: str, home: Path, columns: int = 80, rows: int = 40, env: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.keys = self.prompts = 0
        self.raw = b""
        self._plain = "--plain" in arguments or (env or {}).get("TERM") == "dumb" or "ACCESSIBLE" in (env or {})
        self._screen = pyte.HistoryScreen(columns, rows, history=9000)
        self._stream = pyte.ByteStream(self._screen)
        home.mkdir(exist_ok=True)
        self._out = home / "stdout"
        command = f'exec "{sys.executable}" -m massage_cli "$@" > "{self._out}"'
        self._child = pexpect.spawn(
            "/bin/sh",
            ["-c", command, "massage", *arguments],
            cwd=str(home),
            env={**environment(TERM="xterm-256color"), **own_folders(home), **(env or {})},
            dimensions=(rows, columns),
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._child.close(force=True)

    @property
    def out(self) -> bytes:
        """Standard output so far."""
        return self._out.read_bytes() if self._out.exists() else b""

    @property
    def asked(self) -> int:
        """How many prompts have been drawn."""
        return self.raw.count(_ASKS_PLAINLY if self._plain else _ASKS)

    @property
    def echoes(self) -> bool:
        """True when the terminal shows what is typed and takes it line by line, as before the program."""
        flags = termios.tcgetattr(self._child.child_fd)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)

    def screen(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def seen(self) -> str:
        """Everything that can be read on the screen, or by scrolling back."""
        above = ["".join(cell.data for _, cell in sorted(line.items())).rstrip() for line in self._screen.history.top]
        return "\n".join([*above, self.screen()])

    def prompt(self) -> Self:
        """Wait until the next prompt reads keys."""
        self._until(lambda: self.asked > self.prompts, "another prompt")
        self.prompts += 1
        return self

    def settled(self) -> Self:
        """Wait until what is being drawn stands there whole."""
        drawn = -1
        while drawn < len(self.raw):
            drawn = len(self.raw)
            self._read()
        return self

    def wait_for(self, text: str) -> Self:
        """Wait until the text stands on the screen or above it."""
        self._until(lambda: squeezed(text) in squeezed(self.seen()), text)
        return self

    def press(self, keys: str) -> Self:
        """Press keys; each counts."""
        self.keys += len(keys)
        if self._plain and "\x03" in keys:
            self.settled()  # Python sees a signal that comes between a prompt and its reading only at the next key
        self._child.send(keys)
        return self

    def answer(self, keys: str) -> Self:
        """Press keys and wait for the prompt that follows."""
        return self.press(keys).prompt()

    def resize(self, columns: int, rows: int) -> Self:
        """Give the terminal another size, and wait until what is drawn for it stands there whole."""
        drawn = len(self.raw)
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)
        self._until(lambda: len(self.raw) > drawn, f"anything drawn at {columns}x{rows}")
        self.settled()
        self.prompts = self.asked  # drawing anew begins like a prompt, and is none
        return self

    def kill(self, signal: int) -> Self:
        """Send a signal to the program."""
        self._child.kill(signal)
        return self

    def end(self) -> int:
        """Wait for the end; the exit code, or the signal below 0."""
        self._until(lambda: not self._read(), "the end")
        self._child.wait()
        status = self._child.exitstatus
        return -int(self._child.signalstatus or 0) if status is None else int(status)

    def _until(self, came: Callable[[], bool], what: str) -> None:
        late = time.monotonic() + SECONDS
        while not came():
            running = self._read()
            if came():
                return
            assert running, f"the program ended before {what}:\n{self.seen()[-1500:]}"
            assert time.monotonic() < late, f"{what} did not come:\n{self.screen()}"

    def _read(self) -> bool:
        try:
            data = self._child.read_nonblocking(65536, 0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True
