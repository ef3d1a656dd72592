"""The versions of a plan: `c-0042.toml`, `c-0042.v2.toml` and so on; each names the one before, which is never changed."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.files.reading import MOST_BYTES, read_bytes
from massage_cli.files.saving import ExistsAlready, save
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value

_VERSION = re.compile(r"(?P<base>.+)\.v(?P<number>[1-9][0-9]*)\Z", re.ASCII)
_SUFFIXES = (".toml", ".json")
_MOST_TRIES = 1000


class Version(Value, frozen=True, kw_only=True):
    """One version of a plan, with where it lies and the digest of its bytes."""

    path: Path
    digest: str
    document: PlanDocument

    @property
    def number(self) -> int:
        """1 for the plan itself."""
        return self.document.version or 1


def read_version(path: Path) -> Version:
    """The version in a file. Raises Unreadable."""
    return version_of(path, read_bytes(path))


def version_of(path: Path, content: bytes) -> Version:
    """The version that the bytes of a file hold. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable([Problem(file=str(path), path="", message="would be larger than 1 MiB; shorten the notes")])
    return Version(path=path, digest=f"sha256:{hashlib.sha256(content).hexdigest()}", document=read_plan(content, str(path)))


def path_of(first: Path, number: int) -> Path:
    """Where a version of a plan lies, given where the first one does."""
    return first if number == 1 else first.with_name(f"{first.stem}.v{number}{first.suffix}")


def first_path(version: Version) -> Path:
    """Where the first version lies; a name like `a.v2` may also be a client's own."""
    path, named = version.path, _VERSION.match(version.path.stem)
    if version.number == 1 or named is None or int(named["number"]) != version.number:
        return path
    return path.with_name(f"{named['base']}{path.suffix}")


def newest(path: Path) -> Version:
    """The newest version of the plan that a file is a version of. Raises Unreadable, also where versions do not follow each other."""
    return _from(read_version(path))[-1]


def _from(version: Version) -> tuple[Version, ...]:
    """A version and all that follow it, oldest first. Raises Unreadable, also where one between them is gone."""
    first, versions = first_path(version), [version]
    while True:
        further = path_of(first, versions[-1].number + 1)
        if further.exists():
            versions.append(_follow(versions[-1], further))
            continue
        beyond = _beyond(first, versions[-1].number + 1)
        if beyond is None:
            return tuple(versions)
        if not further.exists():  # else somebody wrote it, and one more after it, since it was looked for
            message = f"there is no {further.name} before it; put it back"
            raise Unreadable([Problem(file=str(beyond.path), path="version", message=message)])


def _beyond(first: Path, number: int) -> Version | None:
    """A version with a greater number. It may hold visits that must not be passed over; another client's plan may be called like one."""
    for greater in numbers_beyond(first, number):
        version = read_version(path_of(first, greater))
        if version.number == greater:
            return version
    return None


def numbers_beyond(first: Path, number: int) -> Iterator[int]:
    """The numbers above one that files called like versions of a plan have, in no order."""
    start = f"{first.stem}.v"
    try:
        names = os.listdir(first.parent)  # noqa: PTH208  # names alone: this is done for every plan of a folder
    except OSError:
        return  # a folder that files can be opened in and not listed
    for name in names:
        named = _VERSION.match(name.removesuffix(first.suffix)) if name.startswith(start) and name.endswith(first.suffix) else None
        if named is not None and named["base"] == first.stem and int(named["number"]) > number:
            yield int(named["number"])


def _follow(version: Version, path: Path) -> Version:
    further = read_version(path)
    if further.document.version != version.number + 1 or further.document.intake.client != version.document.intake.client:
        raise Unreadable([Problem(file=str(path), path="version", message=f"is not the version that follows {version.path.name}")])
    if further.document.parent_digest != version.digest:
        message = f"was made from another {version.path.name} than the one that stands there; one of them was changed"
        raise Unreadable([Problem(file=str(path), path="parent-digest", message=message)])
    return further


def chain(path: Path) -> tuple[Version, ...]:
    """All versions of a plan, oldest first. Raises Unreadable."""
    return _from(read_version(first_path(read_version(path))))


def plans_in(folder: Path) -> Iterator[Version | Unreadable]:
    """The newest version of every plan in a folder, in name order; what cannot be read is given as its problems.

    Files that are no plans, like intakes, are passed over.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith(".") and path.is_file())
    for path in paths:
        try:
            version = read_version(path)
            if version.number == 1 or not path_of(first_path(version), version.number - 1).exists():
                yield newest(path)
        except Unreadable as broken:
            if not any(problem.path == "format" and not _is_of_plans(problem.value) for problem in broken.problems):
                yield broken


def _is_of_plans(format_: object) -> bool:
    """True for the formats of plans, also those of a later program, which is no reason to pass a client over."""
    return isinstance(format_, str) and format_.startswith("massage-plan/")


def amend(path: Path, change: Callable[[Version], PlanDocument]) -> Version:
    """Write the next version of a plan, as `change` makes it from the newest one.

    Where somebody else writes a version at the same moment, theirs stands, and `change` is asked again with it: nothing is
    lost. What could not be read again is not written. Raises Unreadable and NotSaved.
    """
    for _ in range(_MOST_TRIES):
        before = newest(path)
        number = before.number + 1
        parent = before.path.name.encode(errors="replace").decode()
        document = replace(change(before), version=number, parent=parent, parent_digest=before.digest)
        target = path_of(first_path(before), number)
        content = (to_json(document) if target.suffix == ".json" else to_toml(document)).encode()
        written = version_of(target, content)
        try:
            save(target, content)
        except ExistsAlready:
            continue
        return written
    raise Unreadable([Problem(file=str(path), path="", message="other programs keep writing this plan; try again")])
