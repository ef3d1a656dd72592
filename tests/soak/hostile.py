"""Each text made to steer, hide or trick, in each place of a plan, an intake and the settings by itself: every output stays inert."""

import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import tomli_w
from msgspec.structs import replace

from massage_cli.batch.output import Form, summary_line, written
from massage_cli.documents.kinds import KINDS, make
from massage_cli.documents.names import DocumentKind
from massage_cli.documents.on_paper import COLUMNS, width
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.knowledge.problems import Unreadable
from tests.builders import TODAY, a_table, knowledge
from tests.documents.samples import OPTIONS, samples
from tests.documents.test_on_paper import LINKS, MARKUP, bones, tags
from tests.saved import save_plan, write
from tests.soak.finds import Finds
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import ON, massage_here
from tests.terminal.test_hostile_text import COURSE_COMMANDS

TEXTS = (
    *HOSTILE,
    *MARKUP,
    *LINKS,
    "=1+1",
    "+1",
    "-1",
    "@x",
    '=HYPERLINK("http://x.example")',
    "\t=1",
    "\r=1",
    "＝1+1",
    "BEGIN:VEVENT",
    "a;b,c\\n",
)
PLANS = ("improved", "stopped", "danger-and-clearance", "pregnancy-cleared", "scar", "nowhere")
_HARMLESS = "harmless"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PDF_EVERY = 40
_LINES_OF_TWO = (DocumentKind.CALENDAR, DocumentKind.VISITS, "summary")
"""What ends its lines in CR LF, as its standard wants."""

Place = tuple[str | int, ...]
Path_ = tuple[str, ...]


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every place in a table where a text stands."""
    if isinstance(value, str):
        yield here
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    for key, inner in pairs:
        yield from places(inner, (*here, key))


def with_text(value: Any, place: Place, text: str) -> Any:
    """The same table with another text in one place."""
    if not place:
        return text
    first, *rest = place
    if isinstance(value, dict):
        return {key: with_text(inner, tuple(rest), text) if key == first else inner for key, inner in value.items()}
    return [with_text(inner, tuple(rest), text) if number == first else inner for number, inner in enumerate(value)]


@cache
def _table(name: str) -> Any:
    return msgspec.to_builtins(samples()[name], builtin_types=(date,))


def _document(name: str, place: Place, text: str) -> PlanDocument | None:
    """A plan with the text in that place; none where a word of a closed set stands there."""
    try:
        return msgspec.convert(with_text(_table(name), place, text), PlanDocument)
    except msgspec.ValidationError:
        return None


@cache
def fields() -> tuple[tuple[str, Place], ...]:
    """Each place of a kind once: a plan that has it, and where."""
    found: dict[Path_, tuple[str, Place]] = {}
    for name in PLANS:
        for place in places(_table(name)):
            kind = tuple("" if isinstance(part, int) else part for part in place)
            if kind not in found and _document(name, place, _HARMLESS) is not None:
                found[kind] = (name, place)
    return (*found.values(), *((name, place) for name in ("low-back", "chest-pain") for place in (("intake file",), ("settings",))))


COUNT = len(fields()) * len(TEXTS)


class Hostile:
    """Looks at every output of a plan that holds a text."""

    def __init__(self, folder: Path, finds: Finds) -> None:
        self._folder, self._finds = folder, finds
        self.seen: Counter[str] = Counter()
        self._harmless: dict[tuple[str, Place], dict[str, object]] = {}

    def once(self, number: int) -> None:
        """One text in one place."""
        name, place = fields()[(number - 1) // len(TEXTS) % len(fields())]
        text = TEXTS[(number - 1) % len(TEXTS)]
        case = f"{short(text)} in {name} at {'.'.join(map(str, place))}"
        with self._finds.watch(number, case):
            wrong = self._typed(place, text) if place[0] in ("intake file", "settings") else self._changed(name, place, text, number)
            for what in wrong:
                self._finds.tell(number, f"{case}: {what}")

    def _typed(self, place: Place, text: str) -> Iterator[str]:
        """What a person types: an intake with notes and clearances, or settings."""
        note = {"rule": "pregnancy", "by": f"x{text}", "on": TODAY, "limits": text}
        table = a_table(notes=text, clearances=[note], health={"pregnant": "yes", "pregnancy-weeks": 25})
        if place[0] == "intake file":
            intake = tomli_w.dumps(table).encode()
            for words in (("plan", "-"), ("screen", "-"), ("plan", "-", "--format", "toml"), ("plan", "-", "--format", "json")):
                yield from self._ran((*words, *ON), stdin=intake)
            (self._folder / "list.jsonl").write_text(
                msgspec.json.encode(table | {"health": {"everything-else": "no"}}).decode(), encoding="utf-8"
            )
            yield from self._ran(("batch", str(self._folder / "list.jsonl"), *ON, "--out", "-"))
            return
        (self._folder / "massage-cli").mkdir(exist_ok=True)
        (self._folder / "massage-cli" / "settings.toml").write_text(tomli_w.dumps({"name": text, "phone": text}), encoding="utf-8")
        plan = str(save_plan(self._folder))
        for words in (("settings",), ("handout", plan), ("letter", plan), ("export", plan, "--to", "soap-text", "--phone", text)):
            yield from self._ran(words, XDG_CONFIG_HOME=str(self._folder))

    def _changed(self, name: str, place: Place, text: str, number: int) -> Iterator[str]:
        """A plan with the text in one place, through every command and document."""
        document = _document(name, place, text)
        if document is None:
            self.seen["refused"] += 1
            return
        if (name, place) not in self._harmless:
            harmless = _document(name, place, _HARMLESS)
            assert harmless is not None  # of such places alone the fields are
            self._harmless[name, place] = {kind: _shape(kind, content) for kind, content in _made(harmless, pdf=False)}
        for kind, content in _made(document, pdf=number % _PDF_EVERY == 0):
            self.seen["outputs"] += 1
            letters = content.replace(b"\r\n", b"\n") if kind in _LINES_OF_TWO else content
            if kind != DocumentKind.HANDOUT_PDF and steering(letters):
                yield f"{kind} steers: {steering(letters)}"
            expected = self._harmless[name, place].get(kind)
            if expected is not None and (shape := _shape(kind, content)) != expected:
                yield f"{kind} has another shape: {_difference(shape, expected)}"
        yield from self._saved(document)
        yield from self._commanded(document)

    def _saved(self, document: PlanDocument) -> Iterator[str]:
        """The two forms of a plan file."""
        for form, content in (("toml", to_toml(document)), ("json", to_json(document))):
            self.seen["outputs"] += 1
            if steering(content.encode()):
                yield f"{form} steers: {steering(content.encode())}"
            try:
                again = read_plan(content.encode(), f"a.{form}")
            except Unreadable:
                continue
            if again != document:
                yield f"{form} is read back as another plan"

    def _commanded(self, document: PlanDocument) -> Iterator[str]:
        """Every command that works on courses, and the page at two widths."""
        path = write(self._folder / "ann.toml", document)
        first = self._folder / "first" / "ann.toml"
        names = {"folder": str(self._folder), "plan": str(path), "first": str(first if first.exists() else save_plan(first.parent))}
        for words in COURSE_COMMANDS.values():
            yield from self._ran(tuple(part.format(**names) for part in words))
        for columns in ("40", "160"):
            yield from self._ran(("show", str(path)), widest=int(columns), COLUMNS=columns)

    def _ran(self, words: tuple[str, ...], *, stdin: bytes = b"", widest: int = 0, **env: str) -> Iterator[str]:
        ran = massage_here(*words, stdin=stdin, **env)
        self.seen["outputs"] += 1
        shown = " ".join(words[:1])
        if ran.code not in (0, 2, 3):
            yield f"{shown} came to {ran.code}: {ran.said}"
        if steering(ran.out) or steering(ran.err):
            yield f"{shown} steers: {steering(ran.out)} {steering(ran.err)}"
        too_wide = [line for line in ran.text.split("\n") if widest and width(line) > widest and "\U0001f3fd" not in line]
        if too_wide:
            yield f"{shown} has lines that are too wide: {too_wide[0]!r}"


def _made(document: PlanDocument, *, pdf: bool) -> Iterator[tuple[str, bytes]]:
    """Every document of a plan, and its lines in batches."""
    options = replace(OPTIONS, at=time(9, 30), reminder_hours=24)
    for kind in KINDS:
        if kind is DocumentKind.HANDOUT_PDF and not pdf:
            continue
        try:
            yield kind, make(kind, document, knowledge(), options, called="plan")
        except Unreadable:
            continue
    yield "json lines", written(document, Form.JSON_LINES)
    client = document.intake.client
    yield "summary", summary_line(document, source=client, line=1, client=client, outcome=document.outcome, reasons=())


def _shape(kind: str, content: bytes) -> object:
    """What of an output a text must not change."""
    if kind in ("summary", DocumentKind.VISITS):
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
        formulas = [cell for row in rows for cell in row if cell.startswith(_FORMULA)]
        return [len(row) for row in rows], formulas
    if kind == DocumentKind.CALENDAR:
        long = [line for line in content.split(b"\r\n") if len(line) > 75]
        calendar = icalendar.Calendar.from_ical(content)
        return [(part.name, sorted(part.keys())) for part in calendar.walk()], long
    if kind == DocumentKind.MARKDOWN:
        return bones(content.decode())
    suffix = KINDS[DocumentKind(kind)].suffix if kind in set(DocumentKind) else ""
    if suffix == ".html":
        return tags(content.decode()).keys()
    if suffix == ".txt":
        return [line for line in content.decode().split("\n") if width(line) > COLUMNS]
    if suffix == ".json":
        return _keys(msgspec.json.decode(content))
    return None


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def _difference(one: object, other: object) -> str:
    if isinstance(one, list) and isinstance(other, list):
        return str([pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]][:3] or (len(one), len(other)))
    return f"{one} {other}"[:600]


def numbers(count: int, seed: int) -> list[int]:
    """So many cases from a number on, spread over all of them where they are not all."""
    rest = list(range(seed, COUNT + 1))
    return rest if count >= len(rest) else [seed] if count == 1 else sorted(random.Random(seed).sample(rest, count))


def soak(count: int, seed: int, finds: Finds) -> str:
    """Put so many of the texts into their places."""
    with tempfile.TemporaryDirectory() as folder:
        hostile = Hostile(Path(folder), finds)
        chosen = numbers(count, seed)
        for number in finds.each(chosen):
            hostile.once(number)
    return f"{len(TEXTS)} texts in {len(fields())} places, {finds.done:,} of {COUNT:,} cases: {dict(hostile.seen)}"
