"""The settings as a list to read."""

from collections.abc import Mapping
from pathlib import Path

from massage_cli.terminal.display.paper import paper_for_stdout, publish


def show_settings(origins: Mapping[str, tuple[str, str]], path: Path) -> None:
    """Write every setting, its value and where that comes from to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    paper.rows((key, f"{value}  ({origin})") for key, (value, origin) in origins.items())
    paper.line(f"Kept in {path}; what an intake or a flag says wins.", indent=2)
    publish(paper)
