"""Lines of a stream: numbered, bounded, and never more than one in hand."""

import io
import time
from pathlib import Path

import pytest

from massage_cli.files.lists.capped_lines import MOST_SKIPPED, capped_lines
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.problems import Unreadable


def lines_of(content: bytes) -> list[tuple[int, bytes | None]]:
    return list(capped_lines(io.BytesIO(content), "list.csv"))


def test_lines_keep_their_ends_and_are_counted_from_one() -> None:
    assert lines_of(b"a\r\n\nb") == [(1, b"a\r\n"), (2, b"\n"), (3, b"b")]


def test_nothing_has_no_lines() -> None:
    assert lines_of(b"") == []


def test_a_byte_order_mark_is_taken_away_at_the_beginning_alone() -> None:
    assert lines_of(b"\xef\xbb\xbfa\n\xef\xbb\xbfb") == [(1, b"a\n"), (2, b"\xef\xbb\xbfb")]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_refused_with_advice(mark: bytes) -> None:
    with pytest.raises(Unreadable) as broken:
        lines_of(mark + b"a")
    assert str(broken.value.problems[0]) == "list.csv:1: is UTF-16 text; save it again as UTF-8"


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_of_a_mebibyte_is_given_and_a_longer_one_is_left_out(end: bytes) -> None:
    longest = b"x" * (MOST_BYTES - len(end)) + end
    assert lines_of(longest) == [(1, longest)]
    assert lines_of(b"x" + longest) == [(1, None)]


@pytest.mark.parametrize("length", [MOST_BYTES, MOST_BYTES + 1, 2 * MOST_BYTES, 3 * MOST_BYTES + 7])
def test_after_a_line_that_is_too_long_the_rest_goes_on(length: int) -> None:
    assert lines_of(b"a\n" + b"x" * length + b"\nb\n") == [(1, b"a\n"), (2, None), (3, b"b\n")]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no device without an end")
def test_a_device_that_never_ends_a_line_does_not_keep_us() -> None:
    began = time.process_time()
    with Path("/dev/zero").open("rb") as endless, pytest.raises(Unreadable) as broken:
        list(capped_lines(endless, "zero.jsonl"))
    assert "without an end" in broken.value.problems[0].message
    assert time.process_time() - began < 2
    assert MOST_SKIPPED == 64 * MOST_BYTES
