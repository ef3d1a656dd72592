"""A clinic's own knowledge as it lies in a folder, and the knowledge that it makes with the built-in one."""

from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.reading import parse, read_bytes
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value

CASES_FOLDER = "cases"
"""Where the worked cases of a folder of knowledge lie; they are no part of what is known."""


class OwnKnowledge(Value, frozen=True, kw_only=True):
    """The files of a clinic's own knowledge, by name and in name order; cheap to hand to whoever plans with it."""

    files: tuple[tuple[str, bytes], ...]


class OwnKnowledgeRefused(Unreadable):
    """A clinic's own knowledge that cannot be used: every problem found."""


def read_own(folder: Path) -> OwnKnowledge:
    """The files of a folder, not looked into yet. Raises OwnKnowledgeRefused."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix == ".toml")
    except (OSError, ValueError):
        message = "is no folder that can be read; name the one with your own knowledge"
        raise OwnKnowledgeRefused([Problem(file=str(folder), path="", message=message)]) from None
    try:
        return OwnKnowledge(files=tuple((name, read_bytes(folder / name)) for name in names))
    except Unreadable as broken:
        raise OwnKnowledgeRefused(broken.problems) from None


def knowledge_of(folder: Path) -> tuple[Knowledge, OwnKnowledge]:
    """The built-in knowledge with that of a folder over it, and the files it was made with. Raises OwnKnowledgeRefused."""
    own = read_own(folder)
    try:
        return knowledge_with(own), own
    except Unreadable as broken:
        raise OwnKnowledgeRefused(
            Problem(file=str(folder / (problem.file or "")), path=problem.path, value=problem.value, message=problem.message)
            for problem in broken.problems
        ) from None


def knowledge_with(own: OwnKnowledge | None) -> Knowledge:
    """The built-in knowledge, with a clinic's own over it where there is one. Raises Unreadable."""
    return built_in_knowledge() if own is None else _overlaid(own)


@lru_cache(maxsize=4)
def _overlaid(own: OwnKnowledge) -> Knowledge:
    from massage_cli.knowledge.overlay.merging import overlaid  # slow to import, and needed only here

    return overlaid(built_in_knowledge(), dict(own.files))


def folder_in_settings(settings: Path) -> Path | None:
    """The folder that the settings name, counted from where they lie; None where they name none. Raises OwnKnowledgeRefused."""
    if not settings.is_file():
        return None
    try:
        content = read_bytes(settings)
        named = parse(content, str(settings))[0].get("knowledge") if content.strip() else None
    except Unreadable as broken:
        raise OwnKnowledgeRefused(broken.problems) from None
    if named is None:
        return None
    if not isinstance(named, str) or not named.strip():
        message = "is not the name of a folder; name the one with your own knowledge, or take the key out"
        raise OwnKnowledgeRefused([Problem(file=str(settings), path="knowledge", message=message)])
    return settings.parent / Path(named).expanduser()


def overlay_problem(made_with: object, knowledge: Knowledge) -> Problem | None:
    """What keeps a plan from being worked on: it was made with a clinic's own knowledge, whose rules are not in use here."""
    if made_with is None or (knowledge.overlay is not None and knowledge.overlay.name == made_with):
        return None
    message = "the plan was made with this clinic's own knowledge, which is not in use here; name its folder: --knowledge, or the settings"
    return Problem(path="overlay", value=made_with, message=message)


def same_knowledge(document: PlanDocument, knowledge: Knowledge) -> bool:
    """True when a plan was made with this very knowledge, a clinic's own included."""
    own = None if knowledge.overlay is None else knowledge.overlay.digest
    return (document.knowledge_digest, document.overlay_digest) == (knowledge.digest, own)


def require_overlay(made_with: str | None, knowledge: Knowledge, *, called: str) -> None:
    """Raises Unreadable where a plan was made with a clinic's own knowledge that is not in use here."""
    problem = overlay_problem(made_with, knowledge)
    if problem is not None:
        raise Unreadable([replace(problem, file=called)])
