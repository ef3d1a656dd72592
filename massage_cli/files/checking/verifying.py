"""Whether saved plans are what the program makes of them, to the byte; where not, which lines differ, and why."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec.structs import replace

from massage_cli import __version__
from massage_cli.files.checking.differing_lines import Line, differing_lines
from massage_cli.files.checking.made_again import NoTrace, first_again, next_again, not_one_step
from massage_cli.files.own.own_knowledge import require_overlay, same_knowledge
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json, to_toml
from massage_cli.files.plans.versions import Version, first_path, numbers_beyond, path_of, read_version, version_of
from massage_cli.files.reading import BYTE_ORDER_MARK, read_bytes
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value


class Verdict(StrEnum):
    """What came of making a version again."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_CHECKED = "not-checked"


class Cause(StrEnum):
    """Why a file differs from what is made again; where more than one holds, which line is whose cannot be told."""

    LAYOUT = "layout"
    EDITION = "edition"
    PROGRAM = "program"
    HOLIDAYS = "holidays"
    PARENT = "parent"
    BY_HAND = "by-hand"


class Checked(Value, frozen=True, kw_only=True):
    """One version, checked.

    edition, program: what the file says it was made with
    header_only: True when nothing differs but the lines that name edition, digest and program
    lines: every line that differs; problems: why it could not be made again
    """

    path: str
    version: int
    verdict: Verdict
    edition: str | None = None
    program: str | None = None
    causes: tuple[Cause, ...] = ()
    header_only: bool = False
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def verified(path: Path, knowledge: Knowledge) -> Iterator[Checked]:
    """Every version of the plan that a file is a version of, the first one first. Raises Unreadable where that file cannot be read."""
    named = read_version(path)
    first = first_path(named)
    numbers = {1, named.number, *(number for number in numbers_beyond(first, 1) if _is_version(path_of(first, number), number))}
    before: Version | None = None
    for number in sorted(numbers):
        place = path_of(first, number)
        try:
            content = read_bytes(place)
            version = _called(version_of(place, content), number)
        except Unreadable as broken:
            yield Checked(path=str(place), version=number, verdict=Verdict.NOT_CHECKED, problems=broken.problems)
            before = None
            continue
        follows = before is not None and before.number == number - 1
        yield checked(version, content, before if follows else None, knowledge)
        before = version


def _called(version: Version, number: int) -> Version:
    """The version, where it has the number that its name says. Raises Unreadable."""
    if version.number == number:
        return version
    raise Unreadable([Problem(file=str(version.path), path="version", message=f"says that it is version {version.number}")])


def _is_version(path: Path, number: int) -> bool:
    """True for a version, also a broken one; another client's plan may be called like one."""
    try:
        return read_version(path).number == number
    except Unreadable:
        return True


def checked(version: Version, content: bytes, before: Version | None, knowledge: Knowledge) -> Checked:
    """One version against what is made again of its intake, or of the version before it."""
    called = str(version.path)
    try:
        require_overlay(version.document.overlay, knowledge, called=called)
        if version.number == 1:
            candidates = tuple(first_again(version.document, knowledge, called=called))
        elif before is None:
            missing = f"{version.document.parent or 'the version before'} is not there or cannot be read, so this cannot be made again"
            return _not_checked(version, Problem(file=called, path="parent", message=missing))
        else:
            candidates = tuple(next_again(before, version, knowledge))
    except NoTrace:
        return _not_checked(version, replace(not_one_step(), file=called))
    except Unreadable as broken:
        return _not_checked(version, *broken.problems)
    return _compared(version, content, candidates, knowledge)


def _not_checked(version: Version, *problems: Problem) -> Checked:
    return Checked(path=str(version.path), version=version.number, verdict=Verdict.NOT_CHECKED, problems=problems)


def _compared(version: Version, content: bytes, candidates: Sequence[PlanDocument], knowledge: Knowledge) -> Checked:
    text = content.decode("utf-8", errors="replace")
    as_json = text.removeprefix(BYTE_ORDER_MARK.decode()).lstrip().startswith("{")
    made = [(to_json(document) if as_json else to_toml(document)) for document in candidates]
    path, number, document = str(version.path), version.number, version.document
    agreeing = [place for place, again in enumerate(made) if again.encode() == content]
    if agreeing and (number > 1 or agreeing[0] == 0):
        return Checked(path=path, version=number, verdict=Verdict.SAME)
    differences = [differing_lines(text, again) for again in made]
    if agreeing:  # a first version that is the same around the holidays it names itself
        return Checked(path=path, version=number, verdict=Verdict.DIFFERS, causes=(Cause.HOLIDAYS,), lines=differences[0])
    nearest = min(range(len(made)), key=lambda place: len(differences[place]))
    again = candidates[nearest]
    header_only = replace(document, **_header(again)) == again != document
    return Checked(
        path=path,
        version=number,
        verdict=Verdict.DIFFERS,
        edition=document.edition,
        program=document.program,
        causes=_causes(document, again, knowledge, own_holidays=number == 1 and nearest == 1, header_only=header_only),
        header_only=header_only,
        lines=differences[nearest],
    )


def _header(document: PlanDocument) -> dict[str, str | None]:
    """What names the knowledge and the program that made a plan."""
    keys = ("edition", "program", "knowledge_digest", "overlay", "overlay_digest")
    return {key: getattr(document, key) for key in keys}


def _causes(
    document: PlanDocument, again: PlanDocument, knowledge: Knowledge, *, own_holidays: bool, header_only: bool
) -> tuple[Cause, ...]:
    """Everything that may make the document differ; changed by hand where nothing else explains it."""
    if document == again:
        return (Cause.LAYOUT,)
    held = {
        Cause.EDITION: document.edition != again.edition or not same_knowledge(document, knowledge),
        Cause.PROGRAM: document.program != __version__,
        Cause.HOLIDAYS: own_holidays or (document.version is not None and _holidays_moved(document, again)),
        Cause.PARENT: (document.parent, document.parent_digest) != (again.parent, again.parent_digest),
    }
    causes = tuple(cause for cause, holds in held.items() if holds)
    explained = header_only or Cause.EDITION in causes or Cause.PROGRAM in causes
    return causes if explained else (*causes, Cause.BY_HAND)


def _holidays_moved(document: PlanDocument, again: PlanDocument) -> bool:
    return document.intake.booking.holidays is not None and document.holidays != again.holidays
