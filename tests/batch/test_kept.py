"""What is kept of a batch that is not finished."""

from pathlib import Path

import pytest

from massage_cli.batch.kept import Kept, keep_state, kept_path, read_state
from massage_cli.batch.tally import Referral, Tally

KEPT = Kept(
    batch="digest",
    last_row=128,
    sizes=(70_000, 12),
    tally=Tally(rows=128, triage={"planned": 127, "invalid": 1}, referrals=[Referral(rank=0, row=7, client="ann", reasons=("fever",))]),
)


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    path = kept_path(tmp_path / "plans.jsonl")
    keep_state(path, KEPT)
    assert read_state(path) == KEPT
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.name.startswith(".plans.jsonl")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"batch": 1}', b'{"batch": "digest"}'], ids=str)
def test_what_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").write_bytes(content)
    assert read_state(tmp_path / "state") is None
    assert read_state(tmp_path / "absent") is None
    assert read_state(tmp_path) is None
