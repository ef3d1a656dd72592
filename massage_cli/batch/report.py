"""The report of a batch: what a script reads when it is over, written last, so that its being there says that all is done."""

import stat
from pathlib import Path
from typing import Any

from massage_cli import __version__
from massage_cli.batch.output import sound
from massage_cli.batch.row_result import Order, Triage
from massage_cli.batch.tally import Tally
from massage_cli.knowledge.pack import Knowledge

REPORT_FORMAT = "massage-batch-report/1"
_BEGINNING = 100


def report_of(
    tally: Tally, order: Order, knowledge: Knowledge, *, sources: tuple[str, ...], out: str | None, problems: str | None
) -> dict[str, Any]:
    """The report as a plain table; `rows` is the sum of planned, withheld and invalid."""
    return {
        "format": REPORT_FORMAT,
        "program": __version__,
        "edition": knowledge.edition.edition,
        "knowledge-digest": knowledge.digest,
        **({} if knowledge.overlay is None else {"overlay": knowledge.overlay.name, "overlay-digest": knowledge.overlay.digest}),
        "planned-on": order.on,
        "sources": [sound(source) for source in sources],
        "out": None if out is None else sound(out),
        "problems-file": None if problems is None else sound(problems),
        "rows": tally.rows,
        **{triage: tally.of(triage) for triage in Triage},
        "not-written": tally.unwritten,
        "outcomes": _sorted(tally.outcomes),
        "urgency": _sorted(tally.urgency),
        "reasons": _sorted(tally.reasons),
        "problems": _sorted(tally.problems),
        "referrals": [
            {"row": referral.row, "client": referral.client, "urgency": referral.urgency, "reasons": list(referral.reasons)}
            for referral in tally.referrals
        ],
    }


def is_report(path: Path) -> bool:
    """Whether a file is the report of a batch, by how it begins. Raises OSError where the disk does not say."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return REPORT_FORMAT.encode() in file.read(_BEGINNING)
    except (FileNotFoundError, IsADirectoryError):
        return False


def _sorted(counts: dict[str, int]) -> dict[str, int]:
    """The most frequent first; equals by name, so that the same counts give the same text."""
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
