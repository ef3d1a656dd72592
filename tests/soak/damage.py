"""Files as no sound program writes them, each from one source of chance."""

import copy
import json
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
import tomli_w

from massage_cli.documents.fhir.bundle import bundle
from massage_cli.documents.kinds import Options, make
from massage_cli.documents.names import DocumentKind
from massage_cli.files.built_in import FOLDER
from massage_cli.files.own.drafts import Draft
from massage_cli.files.own.settings import TEMPLATE
from massage_cli.files.reading import MOST_BYTES
from tests.builders import TODAY, knowledge
from tests.drawn import drawn_intake, spoiled
from tests.files.lists.as_cells import a_list, cells_of
from tests.files.lists.test_xlsx_rows import a_workbook
from tests.terminal.hostile import HOSTILE
from tests.worked import NAMES, plan_file, plan_of

DRAWN = 24
"""So many different intakes are damaged."""

TOKENS = (
    *(b'"', b"'", b"'''", b'"""', b"[", b"]", b"[[", b"{", b"}", b"=", b":", b",", b";", b".", b"#", b"\\", b"\\u", b"\\ud800", b"-", b"+"),
    *(b"\n", b"\r", b"\r\n", b"\t", b"\0", b" ", b"\xff", b"\xfe", b"\xe9", b"\xc3", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b", b"\x9b"),
    *(b"nan", b"inf", b"-inf", b"1e999", b"0x10", b"1_0", b"1.5", b"-0", b"99999999999999999999", b"9" * 400, b"true", b"null", b"yes"),
    *(b"2026-02-30", b"0001-01-01", b"9999-12-31", b"2026-11-21T10:00:00Z", b"10:00:00", b"sep=;", b"=1+1", b"@x", b"con", b"../x"),
    *(b"health", b"booking", b"clearances", b"regions", b"format", b"massage-plan/1", b"massage-intake/1", b"massage-plan/2", b"visits"),
    *(b"unsure", b"whole-body", b"everything-else", b"[" * 200, b"a." * 200, b'{"a":' * 200, b"\xcc\x81" * 40),
)


def bent(content: bytes, rng: random.Random) -> bytes:
    """A few places of a content changed, left out, doubled or exchanged."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.choice((0, 0, 1, 1, 2, 5, 12, 80)))
        match rng.randrange(6):
            case 0:
                put = rng.randbytes(rng.randrange(1, 5))
            case 1:
                put = content[start:end] * rng.randrange(2, 4)
            case 2:
                other = rng.randrange(len(content) + 1)
                put = content[other : other + rng.randrange(40)]
            case 3:
                return content[:start] + rng.choice(TOKENS)
            case _:
                put = rng.choice(TOKENS)
        content = content[:start] + put + content[end:]
    return content


def arbitrary(rng: random.Random) -> bytes:
    """Bytes and signs without any plan."""
    return b"".join(rng.choice(TOKENS) if rng.random() < 0.7 else rng.randbytes(rng.randrange(8)) for _ in range(rng.randrange(40)))


def mebibyte(rng: random.Random) -> bytes:
    """As much of one thing, or of a few, as is read at all; sometimes below the first line of a list, or in an intake."""
    piece = b"".join(rng.choice(TOKENS) for _ in range(rng.choice((1, 1, 2, 4))))
    head = rng.choice((b"", b"", b"client,age,condition,regions,pain\n", sound_toml(0), sound_json(0)))
    return head + piece * ((MOST_BYTES - len(head)) // len(piece))


def plain(table: dict[str, Any]) -> Any:
    """A table as JSON can hold it; days become texts, numbers that are none become null."""
    return json.loads(json.dumps(table, default=str).replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null"))


@cache
def sound_toml(number: int) -> bytes:
    """A sound intake."""
    return tomli_w.dumps(drawn_intake(number)[0]).encode()


@cache
def sound_json(number: int) -> bytes:
    """A sound intake in JSON."""
    return json.dumps(plain(drawn_intake(number)[0]), indent=number % 3 or None).encode()


def _spoiled(rng: random.Random) -> dict[str, Any]:
    table, on = drawn_intake(rng.randrange(DRAWN))
    return spoiled(copy.deepcopy(table), on, rng)


def intake_toml(rng: random.Random) -> bytes:
    """An intake spoiled in its meaning or in its bytes."""
    if rng.random() < 0.5:
        return bent(sound_toml(rng.randrange(DRAWN)), rng)
    return tomli_w.dumps(_spoiled(rng)).encode()


def intake_json(rng: random.Random) -> bytes:
    """The same as JSON."""
    if rng.random() < 0.5:
        return bent(sound_json(rng.randrange(DRAWN)), rng)
    return json.dumps(plain(_spoiled(rng))).encode()


def json_lines(rng: random.Random) -> bytes:
    """A few intakes as JSON Lines, some of them spoiled."""
    return bent(b"\n".join(intake_json(rng) if rng.random() < 0.5 else sound_json(0) for _ in range(rng.randrange(1, 4))), rng)


@cache
def sound_list(number: int) -> bytes:
    """A sound list of three intakes."""
    rows = [cells_of(drawn_intake(number * 3 + place)[0]) for place in range(3)]
    style: dict[str, Any] = {"delimiter": ",;\t"[number % 3], "lineterminator": ("\n", "\r\n")[number % 2]}
    return a_list(list(dict.fromkeys(column for row in rows for column in row)), rows, **style)


def list_csv(rng: random.Random) -> bytes:
    """A list spoiled in its bytes, or arbitrary ones under a sound header."""
    content = sound_list(rng.randrange(DRAWN // 3))
    header, _, _ = content.partition(b"\n")
    return bent(content, rng) if rng.random() < 0.7 else header + b"\n" + arbitrary(rng)


@cache
def sound_workbook(number: int) -> bytes:
    cells = cells_of(drawn_intake(number)[0])
    return a_workbook(tuple(cells), tuple(cells.values()))


def list_xlsx(rng: random.Random) -> bytes:
    """A workbook with a few bytes changed."""
    return bent(sound_workbook(rng.randrange(4)), rng)


@cache
def plan_table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = msgspec.to_builtins(plan_of(name), builtin_types=(type(TODAY),))
    return table


_ANYTHING: tuple[Any, ...] = (
    -1,
    0,
    1,
    6,
    10**6,
    10**30,
    1.5,
    "",
    "x",
    "nowhere",
    "yes",
    True,
    TODAY,
    TODAY.replace(year=9999),
    [],
    ["x"],
    {},
)


def changed(table: Any, rng: random.Random) -> Any:
    """A table with one value somewhere in it exchanged, left out, renamed or doubled; the one given stays as it is."""
    keys = list(table) if isinstance(table, dict) else list(range(len(table)))
    whole, key = copy.copy(table), rng.choice(keys)
    inner = table[key]
    if isinstance(inner, (dict, list)) and inner and rng.random() < 0.8:
        whole[key] = changed(inner, rng)
        return whole
    match rng.randrange(4):
        case 0:
            del whole[key]
        case 1 if isinstance(whole, list):
            whole.append(inner)
        case 2 if isinstance(whole, dict):
            whole[f"{key}x"] = whole.pop(key)
        case _:
            whole[key] = rng.choice((*_ANYTHING, *HOSTILE))
    return whole


def plan(rng: random.Random) -> bytes:
    """A saved plan that somebody changed, or that a disk did."""
    name = rng.choice(NAMES)
    if rng.random() < 0.4:
        return bent(plan_file(name).read_bytes(), rng)
    table = changed(plan_table(name), rng)
    return json.dumps(table, default=str).encode() if rng.random() < 0.9 else tomli_w.dumps(table).encode()


def settings(rng: random.Random) -> bytes:
    """Settings with their comments taken in, spoiled."""
    return bent(TEMPLATE.replace("# ", "").encode(), rng)


def sound_draft() -> bytes:
    """The answers of an interview that was left."""
    answers = {"client": "ann", "age": 40, "health.today": ("fever",), "pain": 5, "notes": None}
    return msgspec.json.encode(Draft(begun=TODAY, answers=answers, again=("pain",)))


def draft(rng: random.Random) -> bytes:
    """The same, spoiled."""
    return bent(sound_draft(), rng)


@cache
def sound_bundle() -> bytes:
    return bundle(plan_of("blood-thinner"), knowledge(), Options(on=TODAY))


@cache
def _bundle() -> Any:
    return json.loads(sound_bundle())


def fhir(rng: random.Random) -> bytes:
    """A FHIR bundle of ours that somebody changed."""
    return bent(sound_bundle(), rng) if rng.random() < 0.5 else json.dumps(changed(_bundle(), rng), default=str).encode()


@cache
def _knowledge_file(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def knowledge_file(rng: random.Random, name: str) -> bytes:
    """A knowledge file spoiled in its bytes."""
    return bent(_knowledge_file(name), rng)


@cache
def sound_calendar() -> bytes:
    return make(DocumentKind.CALENDAR, plan_of("low-back"), knowledge(), Options(on=TODAY, reminder_hours=24), called="plan")


def calendar(rng: random.Random) -> bytes:
    """A calendar file with a few places changed."""
    return bent(sound_calendar(), rng)


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "intake.toml": intake_toml,
    "intake.json": intake_json,
    "list.jsonl": json_lines,
    "list.csv": list_csv,
    "list.xlsx": list_xlsx,
    "plan": plan,
    "settings": settings,
    "draft": draft,
    "fhir": fhir,
    "calendar": calendar,
    "anything": arbitrary,
}
"""Every kind of file that is read, by what it is meant to be."""
