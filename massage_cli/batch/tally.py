"""The counts of a batch: every row is planned, withheld or invalid, once, so that they always add up."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from massage_cli.batch.row_result import RowResult, Triage
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Urgency

MOST_REFERRALS = 1000
"""How many referrals are listed by name; all are counted."""
MOST_KINDS = 1000
"""How many different problem paths are counted apart; a hostile list could hold any number."""
OTHER = "other"


class Referral(Value, frozen=True, kw_only=True, order=True):
    """A client who is referred, for the list of those to be told first: ordered by urgency, then by place in the list."""

    rank: int
    row: int
    client: str
    reasons: tuple[str, ...]

    @property
    def urgency(self) -> Urgency:
        """How fast help is due."""
        return tuple(Urgency)[self.rank]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by triage, outcome, urgency, reason and problem path; the most urgent referrals; rows done so far."""

    rows: int = 0
    triage: dict[str, int] = {}  # msgspec gives each value a fresh one
    outcomes: dict[str, int] = {}
    urgency: dict[str, int] = {}
    reasons: dict[str, int] = {}
    problems: dict[str, int] = {}
    referrals: list[Referral] = []
    unwritten: int = 0

    def of(self, triage: Triage) -> int:
        """How many rows ended so."""
        return self.triage.get(triage, 0)


def tally_of(results: Iterable[tuple[int, RowResult]]) -> Tally:
    """The counts of some rows, each with its number in the list."""
    triage, outcomes, urgency, reasons, problems = Counter[str](), Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    referrals = []
    for number, result in results:
        triage[result.triage] += 1
        if result.triage is Triage.INVALID:
            problems.update(result.reasons)
        else:
            outcomes[result.outcome or ""] += 1
            reasons.update(result.reasons)
        if result.urgency is not None:
            urgency[result.urgency] += 1
            rank = tuple(Urgency).index(result.urgency)
            referrals.append(Referral(rank=rank, row=number, client=result.client, reasons=result.reasons))
    return Tally(
        rows=triage.total(),
        triage=dict(triage),
        outcomes=dict(outcomes),
        urgency=dict(urgency),
        reasons=dict(reasons),
        problems=dict(problems),
        referrals=referrals,
    )


def added(total: Tally, more: Tally) -> Tally:
    """The counts of both; the list of referrals keeps the most urgent."""
    return Tally(
        rows=total.rows + more.rows,
        triage=_both(total.triage, more.triage),
        outcomes=_both(total.outcomes, more.outcomes),
        urgency=_both(total.urgency, more.urgency),
        reasons=_both(total.reasons, more.reasons),
        problems=_both(total.problems, more.problems),
        referrals=sorted((*total.referrals, *more.referrals))[:MOST_REFERRALS] if more.referrals else total.referrals,
        unwritten=total.unwritten + more.unwritten,
    )


def _both(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    sums = dict(counts)
    for key, count in more.items():
        known = key if key in sums or len(sums) < MOST_KINDS else OTHER
        sums[known] = sums.get(known, 0) + count
    return sums
