"""The compact form of the knowledge: equal to the files, and never used damaged or stale."""

import hashlib

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge import compiled
from massage_cli.knowledge.compiled import compile_knowledge, read_compiled
from massage_cli.knowledge.pack import Knowledge
from tests.builders import knowledge

COMPACT = compile_knowledge(knowledge())
SAMPLE = range(0, len(COMPACT), len(COMPACT) // 300)


def encoded(value: Knowledge) -> bytes:
    return msgspec.msgpack.encode(value)


def test_the_compact_form_holds_the_same_knowledge() -> None:
    read = read_compiled(COMPACT, digest=knowledge().digest)
    assert read is not None
    assert encoded(read) == encoded(knowledge())


def test_the_compact_form_is_the_same_every_time() -> None:
    assert compile_knowledge(knowledge()) == COMPACT


def test_whole_numbers_and_decimals_stay_what_they_are() -> None:
    read = read_compiled(COMPACT, digest=knowledge().digest)
    assert read is not None
    assert [fact.whole for fact in read.facts] == [fact.whole for fact in knowledge().facts]


def test_a_compact_form_with_any_byte_changed_is_not_used() -> None:
    used = [place for place in SAMPLE if read_compiled(_flipped(place), digest=knowledge().digest) is not None]
    assert used == []


def _flipped(place: int) -> bytes:
    return COMPACT[:place] + bytes([COMPACT[place] ^ 1]) + COMPACT[place + 1 :]


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 100, len(COMPACT) // 2, len(COMPACT) - 1])
def test_a_compact_form_cut_short_is_not_used(length: int) -> None:
    assert read_compiled(COMPACT[:length], digest=knowledge().digest) is None


def test_a_compact_form_with_something_behind_it_is_not_used() -> None:
    assert read_compiled(COMPACT + b"\0", digest=knowledge().digest) is None


def test_a_compact_form_of_other_files_is_not_used() -> None:
    assert read_compiled(COMPACT, digest="sha256:0") is None


def test_a_compact_form_made_from_other_files_is_not_used_for_these() -> None:
    other = compile_knowledge(replace(knowledge(), digest="sha256:0"))
    assert read_compiled(other, digest=knowledge().digest) is None


def test_a_compact_form_of_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "__version__", "0.0.0-other")
    assert read_compiled(COMPACT, digest=knowledge().digest) is None


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", msgspec.msgpack.encode("text"), msgspec.msgpack.encode((compiled.__version__, knowledge().digest, 5))]
)
def test_something_else_with_a_checksum_that_fits_is_not_used(body: bytes) -> None:
    assert read_compiled(hashlib.sha256(body).digest() + body, digest=knowledge().digest) is None
