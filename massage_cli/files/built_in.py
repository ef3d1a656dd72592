"""Where the built-in knowledge lies."""

from pathlib import Path

from massage_cli.knowledge.loading import load
from massage_cli.knowledge.pack import Knowledge

FOLDER = Path(__file__).parent.parent / "knowledge" / "data"


def built_in_knowledge() -> Knowledge:
    """The knowledge that comes with the program. Raises Unreadable when its files were changed into something unsound."""
    return load(FOLDER)
