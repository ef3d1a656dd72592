"""Where the built-in knowledge lies."""

from pathlib import Path

from massage_cli.knowledge.loading import load
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable

FOLDER = Path(__file__).parent.parent / "knowledge" / "data"


def built_in_knowledge() -> Knowledge:
    """The knowledge that comes with the program. Raises Unreadable when its files are missing or unsound."""
    try:
        return load(FOLDER)
    except OSError as error:
        raise Unreadable([Problem(file=str(error.filename), path="", message=f"cannot be read: {error.strerror}")]) from None
