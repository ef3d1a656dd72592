"""Ids, dates and counts as people read them."""

from collections.abc import Iterable
from datetime import date

from massage_cli.knowledge.named import OTHER_COMPLAINT
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import spaced

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Names of their own: those of the system change with its language."""


def day(when: date) -> str:
    """A date with its weekday: Mon 2026-11-30."""
    return f"{_DAYS[when.weekday()]} {when.isoformat()}"


def place(name: str) -> str:
    """A region, sided or not, or a site, as words: left lower leg."""
    return spaced(name)


def places(names: Iterable[str]) -> str:
    """Places as a list in words."""
    return ", ".join(place(name) for name in names)


def technique(technique_id: str, knowledge: Knowledge) -> str:
    """The name of a technique; its id where the knowledge no longer has it."""
    known = knowledge.technique.get(technique_id)
    return spaced(technique_id) if known is None else known.name


def complaint(complaint_id: str | None, knowledge: Knowledge) -> str | None:
    """The name of a complaint, or none where none was named."""
    if complaint_id is None or complaint_id == OTHER_COMPLAINT:
        return None
    known = knowledge.complaint.get(complaint_id)
    return spaced(complaint_id) if known is None else known.name


def every(gap_days: tuple[int, ...]) -> str:
    """How often visits come: every week, every 2 weeks, every 3 to 4 days."""
    shortest, longest = min(gap_days), max(gap_days)
    if shortest != longest:
        return f"every {shortest} to {longest} days"
    if shortest % 7 == 0:
        return "weekly" if shortest == 7 else f"every {shortest // 7} weeks"
    return "daily" if shortest == 1 else f"every {shortest} days"
