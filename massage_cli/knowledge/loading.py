"""From the knowledge files to checked knowledge."""

import hashlib
from collections.abc import Mapping
from typing import Any, Protocol

from massage_cli.knowledge import compiled
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable

FILE_NAMES = (
    "advice.toml",
    "claims.toml",
    "complaints.toml",
    "contraindications.toml",
    "edition.toml",
    "facts.toml",
    "measures.toml",
    "planning.toml",
    "protocols.toml",
    "regions.toml",
    "sources.toml",
    "techniques.toml",
)
"""The files of a knowledge folder, in name order."""


class Folder(Protocol):
    """A folder of files: a path, or a resource of an installed package."""

    def joinpath(self, name: str, /) -> Any:
        """The file of that name, with `read_bytes` and `is_file`."""


def load(folder: Folder) -> Knowledge:
    """The knowledge of a folder, checked whole.

    Raises Unreadable with every problem, each with its file and key path.
    """
    files = {name: folder.joinpath(name).read_bytes() for name in FILE_NAMES}
    ready = folder.joinpath(compiled.FILE_NAME)
    if ready.is_file():
        knowledge = compiled.read_compiled(ready.read_bytes(), digest=digest_of(files))
        if knowledge is not None:
            return knowledge
    return parse(files)


def digest_of(files: Mapping[str, bytes]) -> str:
    """The text "sha256:" and the SHA-256 over each name, length and bytes of the files, in name order."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\n{len(files[name])}\n".encode())
        total.update(files[name])
    return f"sha256:{total.hexdigest()}"


def parse(files: Mapping[str, bytes]) -> Knowledge:
    """The knowledge that the TOML files hold. Raises Unreadable with every problem of all files."""
    from massage_cli.knowledge.checks import check
    from massage_cli.knowledge.parsing import parse_files

    knowledge, problems = parse_files(files, digest=digest_of(files))
    if not problems:
        problems = check(knowledge)
    if problems:
        raise Unreadable(problems)
    return knowledge
