"""Counts: every row once, and the same sums however the rows are cut into chunks."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_cli.batch.chunk import chunks_of, plan_chunk
from massage_cli.batch.row_result import RowResult, Triage, plan_row
from massage_cli.batch.tally import OTHER, Tally, added, tally_of
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from tests.batch.lists import INVALID, WITHHELD, an_order, some_rows

RESULTS = st.builds(
    RowResult,
    triage=st.just(Triage.WITHHELD),
    source=st.just("list"),
    line=st.none(),
    client=st.sampled_from(["ann", "bob"]),
    outcome=st.sampled_from(OutcomeKind),
    urgency=st.none() | st.sampled_from(Urgency),
    reasons=st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple),
) | st.builds(RowResult, triage=st.just(Triage.INVALID), source=st.just("list"), line=st.none(), reasons=st.just(("pain",)))


def total(results: list[RowResult], size: int) -> Tally:
    """The counts of results that come so many at a time."""
    numbered = list(enumerate(results, start=1))
    return reduce(added, (tally_of(numbered[start : start + size]) for start in range(0, len(numbered), size)), Tally())


@given(st.lists(RESULTS, max_size=30), st.integers(1, 30))
def test_the_counts_are_the_same_however_the_rows_are_cut(results: list[RowResult], size: int) -> None:
    whole = total(results, 1000)
    assert total(results, size) == whole
    assert whole.rows == len(results) == sum(whole.of(triage) for triage in Triage)
    assert sum(whole.outcomes.values()) == whole.of(Triage.WITHHELD) + whole.of(Triage.PLANNED)
    assert sum(whole.urgency.values()) == len(whole.referrals)


def test_adding_changes_neither_part() -> None:
    one, other = (tally_of([(1, plan_row(row, an_order()))]) for row in some_rows({}, INVALID))
    before = (repr(one), repr(other))
    added(one, other)
    assert (repr(one), repr(other)) == before


def test_the_most_urgent_come_first_and_of_these_the_first_in_the_list() -> None:
    rows = some_rows({"health": {"fever": "yes"}}, WITHHELD, {}, WITHHELD)
    (tally,) = (plan_chunk(chunk, an_order()).tally for chunk in chunks_of(enumerate(rows, start=1), 9))
    told = added(Tally(), tally).referrals
    assert [(referral.row, referral.urgency) for referral in told] == [(2, "emergency"), (4, "emergency"), (1, "same-day")]
    assert [referral.reasons for referral in told] == [
        ("heart-attack-signs",),
        ("heart-attack-signs",),
        ("spinal-infection-signs", "fever"),
    ]


def test_only_so_many_are_listed_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massage_cli.batch.tally.MOST_REFERRALS", 3)
    results = [plan_row(row, an_order()) for row in some_rows(*[WITHHELD] * 5)]
    tally = total(results, 2)
    assert [referral.row for referral in tally.referrals] == [1, 2, 3]
    assert tally.urgency == {"emergency": 5}


def test_a_list_with_endless_kinds_of_problems_is_counted_at_constant_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massage_cli.batch.tally.MOST_KINDS", 3)
    results = [RowResult(triage=Triage.INVALID, source="list", line=None, reasons=(f"key-{number % 7}",)) for number in range(70)]
    for size in (1, 5, 70):
        assert total(results, size).problems == {"key-0": 10, "key-1": 10, "key-2": 10, OTHER: 40}
