"""Where an entry comes from and how far each source was read; and the line that ends every page of the catalog."""

from collections.abc import Iterable

from massage_cli.knowledge.pack import Knowledge
from massage_cli.terminal.display.paper import Paper

TIERS = {
    "A": "guideline, regulator, hospital or peer-reviewed",
    "B": "profession, textbook or trade press",
    "C": "practice or vendor page",
    "L": "lay text",
}
NOT_GRADED = "not graded"


def tier_words(tier: str | None) -> str:
    """What a tier stands for, with its letter."""
    return NOT_GRADED if tier is None else f"{tier}: {TIERS.get(tier, 'not described')}"


def checked_words(*, checked: bool) -> str:
    """How far the core of an entry was checked."""
    return "its core stood in a text that was read" if checked else "not checked in a text: recalled or reasoned"


def draw_sources(keys: Iterable[str], knowledge: Knowledge, paper: Paper) -> None:
    """Draw each source once with what was read of it."""
    known = [knowledge.source[key] for key in dict.fromkeys(keys)]
    if known:
        paper.heading("Sources", "and how much of each was read")
        paper.table(("source", "tier", "read", "citation"), [(one.key, one.tier or "-", one.read, one.citation) for one in known])
        letters = [letter for letter in TIERS if any(one.tier == letter for one in known)]
        legend = [f"{letter} {TIERS[letter]}" for letter in letters] + [f"- {NOT_GRADED}"] * any(one.tier is None for one in known)
        paper.line((f"Tiers: {'; '.join(legend)}.", "dim"), indent=2)


def draw_end(knowledge: Knowledge, paper: Paper) -> None:
    """Draw what has to be kept in mind with everything that the catalog says."""
    paper.blank()
    paper.line(("No clinician has reviewed this knowledge. A licensed professional decides.", "bold"))
    paper.line((f"Knowledge {knowledge.edition.edition}.", "dim"))
