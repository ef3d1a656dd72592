"""People who answer the interview at random: mostly soundly, with slips of the hand, pastes and noise; each known by a number.

A person sits before the real askers and the real desk: keys through a pipe, or lines on standard input. What has to hold stands in
`check`. A longer run than that of the tests: `python -m tests.soak interviews`.
"""

import asyncio
import contextlib
import gc
import io
import os
import random
import select
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from unittest import mock

from prompt_toolkit.input import PipeInput

from massage_cli.files.own.drafts import read_draft
from massage_cli.files.own.settings import Settings
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.planning.intake import Intake
from massage_cli.planning.questionnaire.given import RETURNING, Answer
from massage_cli.planning.questionnaire.order import CHANGED
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.planning.questionnaire.returning import come_again
from massage_cli.terminal.commands.interview import Desk
from massage_cli.terminal.commands.plan import Saving
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.interview import keys
from massage_cli.terminal.interview.keys import KeyAsker
from massage_cli.terminal.interview.plain import PlainAsker
from tests.builders import TODAY, knowledge
from tests.terminal.hostile import HOSTILE, steering
from tests.terminal.interview.answering import checked, drawn, drawn_answer, filled, interviewed
from tests.terminal.interview.prompts import Screen, piped_prompts
from tests.terminal.interview.terminal_session import drafts_of, own_folders

DOWN, UP = "\x1b[B", "\x1b[A"
ESC, CTRL_C, CTRL_D, CTRL_U = "\x1b", "\x03", "\x04", "\x15"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste."""

PRESSES = (
    *(DOWN, UP, "\x1b[C", "\x1b[D", "\x1bOA", "\x1bOB", "\r", "\n", ESC, " ", "n", "N", "a", "i", "j", "k", "b", "q", "0", "1", "2"),
    *("9", "?", "y", "\t", "\x1b[Z", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[3~", "\x1b[2~", "\x7f", "\x08", "\x1bOP", "\x1b[15~"),
    *(chr(number) for number in range(0x20) if chr(number) not in (CTRL_C, CTRL_D)),
    *("\x1bb", "\x1bf", "\x1b\r", "\x1b\x7f", "\x1b.", "\x1b1", "\x1b-", "\x1b#", "\x1b[1;5C", "\x1b[1;2A", "\x1b[3;5~", "\x1b[24~"),
    *("\x18\x05", "\x18\x15", "\x11a", "\x1b[M !!", "\x1b[<0;5;5M", "\x1b[31m", "\x1b[12;40R", "\x1b[I", "\x1b[O", "\x1b[?1;2c"),
)
"""Keys of every sort, with what a mouse, a color, a lost focus and a question about the cursor send."""
HALVES = ("\x1b[", "\x1bO", "\x1b[1;", "\x1b[<0;", "\x1b]0;title", "\x1b[20", "\udcc3")
"""Beginnings of something longer, the rest of which never comes; the last of a letter."""
WORDS = (
    *("yes", "no", "unsure", "none", "back", "b", "3 weeks ago", "an year ago", "yesterday", "999 years", "2026-02-30", "0000-00-00"),
    *("2199-12-31", "1 2 3", "1,2", ",", "0 1", "-1", "1.5", "1e3", "0x10", "\u0661\u0662", "\u00b2", "NaN", "999999999999"),
    *("9" * 500, "x" * 3000, "c-1", "../../etc/passwd", "con", ".", "-", "c:1", "\u00e9", "\u1e9e", "\U0001f600", "US-CA", "XX"),
    *("2026-12-25 2026-12-28", "$(id)", "%s%n{0}", "\\", "'\"", "# [x]", "=1+1", "Chronic", "CHRONIC", "chro", "Yes, it is true", "plan"),
)
"""What might be typed: answers to other questions, and things that are none."""
SIZES = ((40, 80), (12, 40), (60, 200), (24, 80), (5, 20), (1, 8))
"""Rows and columns; the last two are of no use to anybody, and no reason to break down."""

_WIDE = 100_000
"""Columns of the paper, so that the review has one line for each question and can be read back."""
_ESCAPE_SECONDS = 0.001
"""How long an Esc waits here for the rest of an arrow key."""
_PATIENCE = 400
"""Chunks of keys after which a person who is not let go has found a bug."""


class Endless(AssertionError):
    """The session neither ended nor let its person go."""


# What a person does


class Person:
    """Somebody who answers `asks` questions, with slips, and then leaves."""

    def __init__(self, rng: random.Random, *, asks: int) -> None:
        self.rng, self.asks = rng, asks
        self.slips = rng.choice((0, 0.05, 0.2, 0.5))
        self.ticks = rng.choice((0, 0.02, 0.05, 0.3))
        self.leaves = rng.choice((CTRL_C, CTRL_D))
        self.question: Question | None = None
        self.typed: list[str] = []

    def meets(self, question: Question) -> None:
        """A question is asked."""
        self.question = question
        self.asks -= 1

    @property
    def is_tired(self) -> bool:
        """True when the person wants to leave."""
        return self.asks < 0

    def wants(self) -> Answer:
        """A sound answer to the question: mostly the plan at the review, and else any."""
        assert self.question is not None
        if self.question.id == "review" and self.rng.random() < 0.75:
            return "plan"
        return drawn_answer(self.question, self.rng, ticks=self.ticks)

    def remember(self, typed: str) -> str:
        """What is typed, written down, so that a session can be shown."""
        self.typed.append(typed)
        if len(self.typed) > _PATIENCE:
            raise Endless(f"not let go at {self.question}")
        return typed

    def noise(self) -> str:
        """Something that is no answer, or only by chance."""
        return (
            self.rng.choice((*WORDS, *HOSTILE))
            if self.rng.random() < 0.7
            else "".join(self.rng.choices(_LETTERS, k=self.rng.randrange(1, 40)))
        )


_LETTERS = [chr(number) for number in (*range(0x20, 0x7F), 0xE9, 0x130, 0x202E, 0x200B, 0x301, 0x4E2D, 0x1F600, 0xFFFD, 0xE000, 0x85, 0xA0)]


class Typist(Person):
    """A person at the keys."""

    def pause(self) -> float:
        """Seconds before the next chunk: mostly enough for an Esc to be one, else none."""
        return 4 * _ESCAPE_SECONDS if self.rng.random() < 0.8 else 0

    def chunks(self, before: Answer) -> Iterator[str]:
        """What is typed at a question, until it lets the person go on; where nothing helps any more, the person leaves."""
        for _ in range(3):
            while self.rng.random() < self.slips:
                yield from self._slip()
            if self.is_tired:
                break
            yield self._sound(before)
        while True:  # where a paste is still open, it has to be closed first
            yield self.leaves
            yield PASTED + self.leaves

    def _slip(self) -> Iterator[str]:
        chance = self.rng.random()
        if chance < 0.6:
            yield "".join(self.rng.choices(PRESSES, k=self.rng.choice((1, 1, 1, 2, 5))))
        elif chance < 0.75:
            yield self.noise().replace(CTRL_C, "").replace(CTRL_D, "") or " "
        elif chance < 0.9:
            paste = PASTE + self.noise() + self.rng.choice(("", "\r", "\n\r\n"))
            if self.rng.random() < 0.3:  # it comes in two parts
                yield paste
                paste = self.noise()
            yield paste + PASTED
        elif chance < 0.97:
            yield self.rng.choice(HALVES)
        else:
            yield self.rng.choice((CTRL_C, CTRL_D))

    def _sound(self, before: Answer) -> str:
        question, answer = self.question, self.wants()
        assert question is not None
        values = [option.value for option in question.options]
        if question.kind is Kind.MANY:
            if not answer and question.none:
                return "n\r"
            if before is not None and self.rng.random() < 0.5:
                return "\r"
            walk = "".join((" " if value in answer else "") + DOWN for value in values) if isinstance(answer, tuple) else ""
            return walk[: walk.rfind(" ") + 1] + "\r"
        if question.kind is Kind.ONE and not question.health:
            down = values.index(str(answer))
            return min(DOWN * down, UP * (len(values) - down), key=len) + "\r"
        return CTRL_U + line_for(question, answer) + "\r"


class Writer(Person):
    """A person who types lines, in place of standard input."""

    def readline(self) -> str:
        """The next line; empty when the person leaves."""
        if self.is_tired:
            return ""
        if self.rng.random() < self.slips:
            line = self.noise().replace("\n", " ") if self.rng.random() < 0.8 else self.rng.choice(("", "", "b", " ", "\t", "\x00"))
            if self.rng.random() < 0.02:
                return ""
            return self.remember(line + "\n")
        assert self.question is not None
        return self.remember(line_for(self.question, self.wants()) + "\n")


def line_for(question: Question, answer: Answer) -> str:
    """The line that a person types for an answer."""
    if answer is None:
        return ""
    numbers = {option.value: str(number) for number, option in enumerate(question.options, start=1)}
    if isinstance(answer, tuple):
        return " ".join(numbers[value] for value in answer) or "0"
    return numbers[str(answer)] if question.kind is Kind.ONE else "?" if answer == "unsure" else str(answer)


# Where a person sits


class Watch:
    """What is asked and shown in a session."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.review = ""

    def shown(self, page: str) -> None:
        """A page was shown; the review is remembered."""
        if page.lstrip().startswith("REVIEW"):
            self.review = page


class WatchedKeys(KeyAsker):
    """Asks with keys, on paper so wide that nothing wraps."""

    def __init__(self, watch: Watch, typist: Typist, pipe: PipeInput) -> None:
        super().__init__(on=TODAY)
        self._watch, self._typist, self._pipe = watch, typist, pipe

    def paper(self) -> Paper:
        return Paper(width=_WIDE, color=False, symbols=True)

    def tell(self, paper: Paper) -> None:
        self._watch.shown(paper.text())
        super().tell(paper)

    def ask(self, question: Question, before: Answer) -> Answer:
        self._watch.asked.append(question.id)
        self._typist.meets(question)
        chunks = self._typist.chunks(before)
        with typing(self._pipe, lambda: self._typist.remember(next(chunks)), self._typist.pause):
            return super().ask(question, before)


class WatchedLines(PlainAsker):
    """Asks with lines, on paper so wide that nothing wraps."""

    def __init__(self, watch: Watch, writer: Writer) -> None:
        super().__init__(on=TODAY)
        self._watch, self._writer = watch, writer

    def paper(self) -> Paper:
        return Paper(width=_WIDE, color=False, symbols=False)

    def tell(self, paper: Paper) -> None:
        self._watch.shown(paper.text())
        super().tell(paper)

    def ask(self, question: Question, before: Answer) -> Answer:
        self._watch.asked.append(question.id)
        self._writer.meets(question)
        return super().ask(question, before)


@contextlib.contextmanager
def typing(pipe: PipeInput, chunk: Callable[[], str], pause: Callable[[], float]) -> Iterator[None]:
    """Somebody who types the next chunk some seconds after the one before was read, while the prompt still waits.

    What a prompt leaves unread stays for the next one, as at a terminal.
    """
    read = type(pipe).read_keys

    def type_on() -> None:
        if not select.select([pipe.fileno()], [], [], 0)[0]:
            pipe.send_bytes(chunk().encode("utf-8", "surrogateescape"))

    def read_keys() -> object:
        pressed = read(pipe)
        asyncio.get_running_loop().call_later(pause(), type_on)
        return pressed

    with mock.patch.object(pipe, "read_keys", read_keys):
        type_on()
        yield


# A session


class Session:
    """One session, known by its number: an interview begun at some place, a person, and what came of it."""

    def __init__(self, number: int, *, by_keys: bool, folder: Path) -> None:
        self._rng = rng = random.Random(f"{number} {'keys' if by_keys else 'lines'}")
        self._folder, self.home = folder, folder / "home"
        self.answers, self.again = started(rng)
        self.begun = dict(self.answers)
        self.watch = Watch()
        self.person = Typist(rng, asks=rng.randrange(7)) if by_keys else Writer(rng, asks=rng.choice((0, 1, 2, 3, 4, 6, 16)))
        self.code = ExitCode.BUG
        self.out = self.err = ""
        self.saved: list[str] = []

    def run(self) -> None:
        """Sit before the desk until it is done."""
        self._folder.mkdir()
        env = {**own_folders(self.home), "COLUMNS": str(self._rng.choice((40, 80, 200)))}
        with contextlib.chdir(self._folder), mock.patch.dict(os.environ, env), self._streams(), self._asker(self._rng) as asker:
            saving = Saving(save=False, output=None, force=False)
            self.code = Desk(knowledge(), Settings(), TODAY, asker, saving, "toml").serve(self.answers, self.again)
        self.saved = [path.read_text(encoding="utf-8") for path in self._folder.glob("plans/*")]

    @contextlib.contextmanager
    def _asker(self, rng: random.Random) -> Iterator[WatchedKeys | WatchedLines]:
        if isinstance(self.person, Writer):
            with mock.patch.object(sys, "stdin", self.person):
                yield WatchedLines(self.watch, self.person)
            return
        hasty = mock.patch.object(keys, "_ESCAPE_SECONDS", _ESCAPE_SECONDS)
        with hasty, piped_prompts(Screen(*rng.choice(SIZES))) as pipe:
            yield WatchedKeys(self.watch, self.person, pipe)

    @contextlib.contextmanager
    def _streams(self) -> Iterator[None]:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        try:
            with mock.patch.multiple(sys, stdout=out, stderr=err):
                yield
        finally:
            self.out, self.err = (stream.buffer.getvalue().decode() for stream in (out, err))


def started(rng: random.Random) -> tuple[dict[str, Answer], list[str]]:
    """The answers that a session starts from, and what is to be asked again: anywhere in an interview, often at its end."""
    number = rng.randrange(_FINISHED)
    match rng.choices(("anew", "returning", "middle", "end", "review"), (10, 10, 30, 25, 25))[0]:
        case "anew":
            return {}, []
        case "returning":
            return dict(_returning(number)), []
        case place:
            finished = _finished(number)
            names = [name for name in finished if not name.startswith("seen.")]
            back = {"middle": rng.randrange(len(names)), "end": rng.randrange(1, 6), "review": 0}[place]
            names = names[: len(names) - back]
            given = {name: finished[name] for asked in names for name in (asked, f"seen.{asked}") if name in finished}
            return given, rng.sample(names, min(len(names), rng.choice((0, 0, 0, 1, 3))))


_FINISHED = 9
"""How many finished interviews there are to start from."""


@cache
def _finished(number: int) -> dict[str, Answer]:
    """A finished interview: of a healthy client, or with random sound answers."""
    rng = random.Random(number)
    if number % 3 == 0:
        return interviewed({"client": f"c-{number}", "pain": number % 8, "age": 30 + number})
    return drawn(rng, ticks=0.01 * (number % 3))


@cache
def _returning(number: int) -> dict[str, Answer]:
    """The same client at a later visit."""
    return come_again(checked(_finished(number)), knowledge(), on=TODAY)


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Garbage is collected seldom: looking for it, in what prompts leave behind, takes as long as the prompts."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


# What has to hold


def check(session: Session) -> None:
    """A session ends as one may, says nothing that steers a terminal, and plans what the review shows."""
    assert session.code in (ExitCode.DONE, ExitCode.WITHHELD, ExitCode.WRONG_INPUT, ExitCode.NOT_WRITTEN, ExitCode.INTERRUPTED)
    for words in ("Traceback", "Press ENTER", "Unhandled exception"):
        assert words not in session.out + session.err
    assert steering("".join(set(session.out + session.err)).encode()) == []
    if session.out:
        assert read_plan(session.out.encode(), "the plan").intake == read_back(session.watch.review)
    if session.code is ExitCode.INTERRUPTED:
        assert session.saved == []
    kept = list(drafts_of(session.home).glob("*.json"))
    if session.saved:
        assert kept == []
        assert session.saved == [session.out] or not session.out
    elif session.answers != session.begun and "client" in session.answers:
        assert [read_draft(path).answers for path in kept] == [session.answers]


def read_back(review: str) -> Intake:
    """The intake that a person expects who reads the review, from nothing but its words."""
    lines = [line.strip() for line in review.strip().split("\n")[1:]]
    again = {RETURNING: "yes"} if lines[0].startswith(CHANGED.title) else {}

    def meant(question: Question) -> Answer:
        # mostly the first line left; one that a later answer brought up stands before that
        place = next((number for number, line in enumerate(lines) if line.startswith(f"{question.title}: ")), None)
        assert place is not None, f"{question.id} is not in the review"
        return _meant(question, lines.pop(place).removeprefix(f"{question.title}: "))

    answers = filled(meant, again)
    assert lines == []
    return checked(answers)


def _meant(question: Question, words: str) -> Answer:
    """The answer that the words of the review mean."""
    if words == "left out":
        return None
    match question.kind:
        case Kind.MANY:
            return () if words == (question.none or "nothing") else _several(question, words)
        case Kind.ONE:
            values = [
                option.value for option in question.options if words == option.label or (words, option.value) == ("not sure", "unsure")
            ]
            assert len(values) == 1
            return values[0]
        case Kind.NUMBER if words == "not sure":
            return "unsure"
        case Kind.NUMBER:
            number = words.removesuffix(question.unit).strip()
            return float(number) if "." in number else int(number)
        case Kind.DATE:
            return words.rsplit(maxsplit=1)[-1]
        case Kind.TEXT:
            return words


def _several(question: Question, words: str) -> tuple[str, ...]:
    """The lines of a list whose labels, with commas between, are the words."""
    picked = []
    for option in question.options:
        if words == option.label or words.startswith(f"{option.label}, "):
            picked.append(option.value)
            words = words[len(option.label) :].removeprefix(", ")
    assert words == ""
    return tuple(picked)


# Many sessions


def sit(numbers: range, *, by_keys: bool, folder: Path) -> Counter[str]:
    """Run and check the sessions with these numbers, and count how they ended and what they saw; the first that is wrong raises."""
    seen: Counter[str] = Counter()
    with rarely_collecting():
        for number in numbers:
            session = Session(number, by_keys=by_keys, folder=folder / f"{number}-{by_keys}")
            try:
                session.run()
                check(session)
            except Exception as wrong:
                wrong.add_note(f"session {number} {'by keys' if by_keys else 'in lines'}, typed after {session.watch.asked}:")
                wrong.add_note(f"{session.person.typed}")
                raise
            seen.update({session.code.name: 1, "prompts": len(session.watch.asked)})
            seen.update({"plans shown": bool(session.out), "files saved": bool(session.saved)})
    return seen


def sessions(many: int, first: int) -> tuple[Counter[str], list[tuple[int, str]]]:
    """Run as many sessions as asked for, a fifth of them by keys, on all cores: how they ended, and every find."""
    seen, finds = Counter[str](), list[tuple[int, str]]()
    with ProcessPoolExecutor() as workers:
        for counted, found in workers.map(_stretch, range(first, first + many, _STRETCH), [first + many] * many):
            seen.update(counted)
            finds += found
    return seen, finds


_STRETCH = 50


def _stretch(first: int, end: int) -> tuple[Counter[str], list[tuple[int, str]]]:
    """Some sessions from a number on, none from `end` on: what came of them, and each that is wrong."""
    seen, finds = Counter[str](), list[tuple[int, str]]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, min(first + _STRETCH, end)):
            try:
                seen.update(sit(range(number, number + 1), by_keys=number % 5 == 0, folder=Path(folder)))
            except Exception as wrong:  # noqa: BLE001  # every find is told, and the run goes on
                finds.append((number, "".join(traceback.format_exception(wrong))))
    return seen, finds
