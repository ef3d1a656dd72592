"""Sound files of every kind with one part of them grown: what takes long in the square of a length takes minutes here, and is found."""

import contextlib
import copy
import io
import json
import random
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tomli_w

from massage_cli.files.own.settings import TEMPLATE
from massage_cli.knowledge.problems import Unreadable
from tests.drawn import drawn_intake
from tests.soak import damage
from tests.soak.command_lines import desk
from tests.soak.finds import Finds
from tests.soak.fuzz import Fuzz
from tests.worked import NAMES, plan_file

COUNT = 10_000
SIZE = 150_000
"""Bytes that a file has in the end, more or less; in the square they are twenty thousand million."""
LONGEST_SECONDS = 3.0

_PIECES = (b" ", b"a", b"\t", b"\n", b"0", b", ", b"a ", b"a.", b"#", b'\\"', b"=", b'"",', b"1,", b"x@", b";", b":", b"'", b"<c ", b"[ ")
_WORDS = (
    "a ",
    "- ",
    "1. ",
    "every ",
    "2 visits ",
    "for 3 weeks ",
    "http://",
    "*",
    "\u0301",
    "\U0001f3fd",
    "x\n",
    "&<",
    "\\",
    "www.",
    "min ",
)
_ENDS = (b"", b"", b"\nunknown = 1\n", b"x")

_BYTES: dict[str, Callable[[random.Random], bytes]] = {
    "intake.toml": lambda rng: damage.sound_toml(rng.randrange(damage.DRAWN)),
    "intake.json": lambda rng: damage.sound_json(rng.randrange(damage.DRAWN)),
    "list.jsonl": lambda rng: b"\n".join(damage.sound_json(rng.randrange(damage.DRAWN // 3) * 3) for _ in range(2)),
    "list.csv": lambda rng: damage.sound_list(rng.randrange(damage.DRAWN // 3)),
    "list.xlsx": lambda rng: damage.sound_workbook(rng.randrange(4)),
    "plan": lambda rng: plan_file(rng.choice(NAMES)).read_bytes(),
    "settings": lambda _: TEMPLATE.replace("# ", "").encode(),
    "draft": lambda _: damage.sound_draft(),
    "fhir": lambda _: damage.sound_bundle(),
    "calendar": lambda _: damage.sound_calendar(),
}
_TABLES: dict[str, Callable[[random.Random], Any]] = {
    "intake.toml": lambda rng: drawn_intake(rng.randrange(damage.DRAWN))[0],
    "intake.json": lambda rng: damage.plain(drawn_intake(rng.randrange(damage.DRAWN))[0]),
    "plan": lambda rng: damage.plan_table(rng.choice(NAMES)),
    "fhir": lambda _: json.loads(damage.sound_bundle()),
}


class TooSlow(BaseException):
    """Passes by whatever is caught on the way."""


def grown(content: bytes, rng: random.Random) -> bytes:
    """A content with one piece put in many times over, and perhaps something wrong at its end."""
    place, start = rng.randrange(len(content) + 1), rng.randrange(len(content))
    of_its_own = content[start : start + rng.choice((1, 2, 3, 8, 30))]
    piece = rng.choice((rng.choice(_PIECES), rng.choice(damage.TOKENS), rng.choice(damage.TOKENS) + rng.choice(_PIECES), of_its_own))
    return content[:place] + piece * (SIZE // len(piece)) + content[place:] + rng.choice(_ENDS)


def grown_workbook(workbook: bytes, rng: random.Random) -> bytes:
    """A workbook with one of its parts grown."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        part = rng.choice([name for name in before.namelist() if "sheet" in name or "workbook" in name])
        for name in before.namelist():
            after.writestr(name, grown(before.read(name), rng) if name == part else before.read(name))
    return packed.getvalue()


def swollen(table: Any, rng: random.Random) -> Any:
    """A table with one list, one table or one text somewhere in it grown; the one given stays as it is."""
    key = rng.choice(list(table) if isinstance(table, dict) else list(range(len(table))))
    whole, inner = copy.copy(table), table[key]
    if isinstance(inner, (dict, list)) and inner and rng.random() < 0.75:
        whole[key] = swollen(inner, rng)
        return whole
    many = SIZE // (len(json.dumps(inner, default=str)) + 8)
    match rng.randrange(3):
        case 0 if isinstance(whole, list):
            whole += [inner] * many
        case 1 if isinstance(whole, list) and isinstance(inner, str):
            whole += [f"{inner}{number}" for number in range(many)]
        case 1 if isinstance(whole, dict):
            whole.update({f"{key}{number}": inner for number in range(many)})
        case _:
            word = rng.choice((*_WORDS, " ", "a", "[", "]"))
            whole[key] = (inner if isinstance(inner, str) else "") + word * (SIZE // len(word))
    return whole


def a_file(kind: str, rng: random.Random) -> bytes:
    """A file of that kind, grown in its bytes or in its meaning."""
    if kind == "list.xlsx":
        return grown_workbook(_BYTES[kind](rng), rng)
    if kind not in _TABLES or rng.random() < 0.5:
        return grown(_BYTES[kind](rng), rng)
    table = swollen(_TABLES[kind](rng), rng)
    return tomli_w.dumps(table).encode() if kind == "intake.toml" else json.dumps(table, default=str).encode()


@contextlib.contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Within it so much processor time may be taken. Raises TooSlow where it is."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def soak(count: int, seed: int, finds: Finds) -> str:
    """Hand over so many grown files."""
    slowest, slowest_is = 0.0, "none"
    with tempfile.TemporaryDirectory() as folder:
        takes = Fuzz(desk(Path(folder) / "desk")).takes
        for number in finds.each(range(seed, seed + count)):
            rng = random.Random(number)
            kind = rng.choice(list(_BYTES))
            content, begun = a_file(kind, rng), time.process_time()
            try:
                with finds.watch(number, kind), ended_after(LONGEST_SECONDS), contextlib.suppress(Unreadable):
                    takes[kind](content)
            except TooSlow:
                finds.tell(number, f"{kind} of {len(content):,} bytes takes more than {LONGEST_SECONDS} s")
            if (taken := time.process_time() - begun) > slowest:
                slowest, slowest_is = taken, f"{kind} (--count 1 --seed {number})"
    return f"files of {SIZE:,} bytes; the slowest took {slowest:.1f} s: {slowest_is}"
