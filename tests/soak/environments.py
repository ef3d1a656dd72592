"""Machines set up in every way: terminal, color, width, locale, zone, hash seed, switches of Python: the same bytes from all."""

import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len

from tests.batch.lists import clinic, write_list
from tests.clinic import write_json_lines
from tests.saved import a_document, applied, visited, write
from tests.soak.finds import Finds
from tests.terminal.commands.test_output import COLOR
from tests.terminal.massage import ON, environment, snapshot
from tests.worked import intake_file

COUNT = 2_000
LATER = ("--on", "2026-12-22")
_LIST_ROWS, _LONG_LIST_ROWS, _LONG_LIST_EVERY = 40, 10_000, 100
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from massage_cli.__main__ import main; main()"

SETTINGS: dict[str, tuple[str | None, ...]] = {
    "TERM": (None, "dumb", "xterm-256color", "linux", "vt100", "", "\u00e9"),
    "NO_COLOR": (None, None, "1", ""),
    "FORCE_COLOR": (None, None, None, "1", "3"),
    "COLUMNS": (None, "80", "40", "1", "0", "-5", "160", "999999999999", "x", "\u0664\u0660"),
    "LINES": (None, "1", "0"),
    "LC_ALL": ("C.UTF-8", "C", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "nowhere", "ja_JP.SJIS"),
    "LANG": (None, "tr_TR.UTF-8", "C"),
    "TZ": (None, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "XXX-14:59", "Europe/Berlin", "nowhere", "", "/etc/passwd"),
    "PYTHONHASHSEED": ("0", "1", "2", "random"),
    "PYTHONUTF8": (None, None, "0", "1"),
    "PYTHONIOENCODING": (None, None, None, "ascii", "cp1252", "utf-8:strict", "utf-16"),
    "PYTHONCOERCECLOCALE": (None, "0"),
    "PYTHONOPTIMIZE": (None, None, "1", "2"),
    "PYTHONWARNINGS": (None, "error", "ignore"),
    "PYTHONDEVMODE": (None, None, None, "1"),
    "PYTHONUNBUFFERED": (None, "1"),
    "PYTHONTRACEMALLOC": (None, None, None, "5"),
    "HOME": ("/nonexistent", "", "/", "relative"),
    "TMPDIR": (None, "/nonexistent"),
    "TYPER_STANDARD_TRACEBACK": (None, "1"),
    "_TYPER_COMPLETE_ARGS": (None, "massage p"),
}
FLAGS = ((), (), (), ("-O",), ("-OO",), ("-X", "dev"), ("-W", "error"), ("-B",), ("-I",), ("-X", "utf8=0"), ("-b",))

DATA = {
    "toml": ("plan", "intake.toml", *ON, "--format", "toml"),
    "json": ("plan", "intake.toml", *ON, "--format", "json"),
    "screening": ("screen", "intake.toml", *ON, "--format", "json"),
    "review": ("review", "course.toml", *LATER, "--format", "json"),
    "due": ("due", ".", *LATER, "--json"),
    "calendar": ("export", "course.toml", "--to", "ics", *LATER),
    "visits": ("export", "course.toml", "--to", "csv"),
    "handout": ("handout", "course.toml"),
    "fhir": ("export", "course.toml", "--to", "fhir", *LATER),
    "letter": ("export", "course.toml", "--to", "soap-text", *LATER),
    "explained": ("explain", "course.toml", "--format", "json"),
    "otherwise": ("whatif", "intake.toml", *ON, "--format", "json"),
    "verified": ("verify", "course.toml", "--json"),
    "linted": ("lint", "course.toml", "--json"),
    "schema": ("schema", "plan"),
    "template": ("template",),
}
PAGES = {
    "page": ("plan", "intake.toml", *ON),
    "withheld": ("plan", "withheld.toml", *ON),
    "history": ("history", "course.toml"),
    "questions": ("questions",),
    "help": ("plan", "--help"),
}
FILES = {
    "saved": ("plan", "intake.toml", *ON, "-o", "new/plan.toml"),
    "visit": ("visit", "course.toml", "--status", "attended", "--pain", "4", "--nothing-new", *LATER),
    "batch": ("batch", "list.jsonl", *ON, "--out", "new/plans"),
    "lines": ("batch", "list.jsonl", *ON, "--out", "new/plans.jsonl"),
    "long": ("batch", "long.jsonl", *ON, "--out", "new/plans.jsonl"),
}


_FROM_DOCSTRINGS = ("schema", "help")
"""What explains the program in its own docstrings, which -OO is there to take away."""


class Came(NamedTuple):
    """What came of a command."""

    code: int
    out: bytes
    said: bytes
    files: dict[str, bytes]


def lay_out(folder: Path) -> None:
    """The files that the commands read."""
    (folder / "intake.toml").write_bytes(intake_file("pregnancy-cleared").read_bytes())
    (folder / "withheld.toml").write_bytes(intake_file("chest-pain").read_bytes())
    write(folder / "course.toml", applied(visited(a_document(client="course"), 6, 6, 6, 6)))
    write_list(folder / "list.jsonl", clinic(_LIST_ROWS))


def came(words: tuple[str, ...], folder: Path, env: dict[str, str], flags: tuple[str, ...] = ()) -> Came:
    """Run a command as a program of its own on a machine that is set up so."""
    source = environment()["PYTHONPATH"]
    before = set(snapshot(folder))
    ran = subprocess.run(
        [sys.executable, *flags, "-c", _START, source, *words],
        cwd=folder,
        env=environment(**env),
        capture_output=True,
        check=False,
        timeout=300,
    )
    after = {path: content for path, content in snapshot(folder).items() if path not in before}
    for path in sorted(after, reverse=True):
        place = folder / path
        place.rmdir() if place.is_dir() else place.unlink()
    return Came(ran.returncode, ran.stdout, ran.stderr, after)


def a_machine(rng: random.Random) -> dict[str, str]:
    """A few settings of a machine, the others as they are."""
    chosen = rng.sample(list(SETTINGS), rng.choice((1, 2, 4, len(SETTINGS))))
    return {name: value for name in chosen if (value := rng.choice(SETTINGS[name])) is not None}


class Machines:
    """Every command with what comes of it on a usual machine."""

    def __init__(self, folder: Path, *, long: bool) -> None:
        self._folder = folder
        lay_out(folder)
        if long:
            write_json_lines(folder / "long.jsonl", _LONG_LIST_ROWS)
        self.seen: Counter[str] = Counter()
        self._usual: dict[str, Came] = {}

    def _expected(self, name: str, words: tuple[str, ...]) -> Came:
        if name not in self._usual:
            self._usual[name] = came(words, self._folder, {})
        return self._usual[name]

    def once(self, number: int, finds: Finds) -> None:
        """One command on one machine."""
        rng = random.Random(number)
        env, flags = a_machine(rng), rng.choice(FLAGS)
        name = "long" if number % _LONG_LIST_EVERY == 0 else rng.choice([*DATA, *PAGES, *(name for name in FILES if name != "long")])
        if name in _FROM_DOCSTRINGS and ("-OO" in flags or env.get("PYTHONOPTIMIZE") == "2"):
            flags, env = (), {}
        words = (DATA | PAGES | FILES)[name]
        jobs = ("--jobs", rng.choice("1248")) if words[0] == "batch" else ()
        usual, here = self._expected(name, words), came((*words, *jobs), self._folder, env, flags)
        self.seen[name] += 1
        for wrong in _wrong(name, usual, here, env):
            finds.tell(number, f"{name} {' '.join((*flags, *jobs))} {env}: {wrong}")


def _wrong(name: str, usual: Came, here: Came, env: dict[str, str]) -> list[str]:
    wrong = []
    if here.code != usual.code:
        wrong.append(f"came to {here.code} in place of {usual.code}: {here.said!r}")
    if b"Traceback" in here.said or b"Warning" in here.said:
        wrong.append(f"said {here.said!r}")
    if here.files != usual.files:
        wrong.append(f"wrote other files: {sorted(set(here.files.items()) ^ set(usual.files.items()))[:1]!r}"[:600])
    if name in DATA and here.out != usual.out:
        wrong.append("gave other bytes")
    if name in PAGES:
        wrong += _wrong_page(usual, here, env)
    return wrong


def _wrong_page(usual: Came, here: Came, env: dict[str, str]) -> list[str]:
    """A page may be wider, in other signs and in color, and lacks no word."""
    if env.get("PYTHONIOENCODING") == "utf-16" or b"\0" in here.out:
        return []  # no terminal is
    text = COLOR.sub("", here.out.decode("utf-8", errors="replace"))
    if len(text.split()) == 0:
        return ["showed nothing"]
    wanted, got = (Counter(filter(str.isalpha, page.split())) for page in (usual.out.decode(), text))
    lost = [word for word in wanted - got if word.isascii()]
    if lost and "COLUMNS" not in env:
        return [f"lacks {lost[:5]}"]
    columns = env.get("COLUMNS", "80")
    widest = min(max(int(columns) if columns.isascii() and columns.isdigit() and int(columns) else 80, 40), 160)
    return [f"has a line wider than {widest}: {line!r}" for line in text.split("\n") if cell_len(line) > widest][:1]


def soak(count: int, seed: int, finds: Finds) -> str:
    """Run so many commands, each on a machine set up by chance; every hundredth is a batch of 10,000 clients."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = range(seed, seed + count)
        machines = Machines(Path(folder), long=any(number % _LONG_LIST_EVERY == 0 for number in numbers))
        for number in finds.each(numbers):
            machines.once(number, finds)
    return f"runs on machines of {len(SETTINGS)} settings: {dict(sorted(machines.seen.items()))}"
