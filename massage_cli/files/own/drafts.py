"""Drafts: the answers of an interview that is not finished, kept after each one, private, and gone once the plan is saved."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from massage_cli.files.reading import read_bytes
from massage_cli.files.saving import replace_quietly
from massage_cli.knowledge.decoding import decode
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.planning.questionnaire.given import Answer


class Draft(Value, frozen=True, kw_only=True):
    """The answers so far, by question, the day the interview was begun, and what is still to be asked again."""

    begun: date
    answers: dict[str, str | int | float | tuple[str, ...] | None]
    again: tuple[str, ...] = ()


def draft_path(folder: Path, client: str) -> Path:
    """The file of a client's draft; the pseudonym is spelled so that no two share a file on any system."""
    spelled = "".join(letter if letter.isdigit() or letter.islower() else f"%{ord(letter):02x}" for letter in client)
    return folder / f"{spelled}.json"


def keep(path: Path, answers: Mapping[str, Answer], *, begun: date, again: Iterable[str] = ()) -> None:
    """Write the draft with mode 0600, whole or not at all. Raises NotSaved."""
    replace_quietly(path, msgspec.json.encode(Draft(begun=begun, answers=dict(answers), again=tuple(again))))


def newest(folder: Path) -> Path | None:
    """The draft written last, or none."""
    return max(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, default=None)


def read_draft(path: Path) -> Draft:
    """The draft in a file. Raises Unreadable."""
    try:
        return decode(msgspec.json.decode(read_bytes(path)), Draft)
    except (msgspec.DecodeError, Unreadable, RecursionError, ValueError):
        raise Unreadable([Problem(file=str(path), path="", message="is no draft that can be read; begin a new interview")]) from None


def put_aside(path: Path) -> Path | None:
    """Give an older draft of the same client another name, so that a new interview does not write over it; its new name."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.old")
    path.replace(aside)
    return aside


def forget(path: Path) -> str | None:
    """Remove the draft; gives why it is still there, where that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return error.strerror or type(error).__name__
    return None
