"""What the self-test found, part by part."""

from collections.abc import Iterable

from massage_cli.terminal.display.paper import paper_for_stdout, publish


def show_checks(checks: Iterable[tuple[str, str, str]]) -> None:
    """Write every part with how it was found to standard output, and what that comes to."""
    found = tuple(checks)
    paper = paper_for_stdout()
    paper.line(("Doctor", "bold"))
    paper.blank()
    paper.rows((part, text if state == "ok" else f"{state}: {text}") for part, state, text in found)
    paper.blank()
    wrong = [part for part, state, _ in found if state == "wrong"]
    paper.line(f"To be put right: {', '.join(wrong)}." if wrong else "Everything that is needed works.")
    publish(paper)
