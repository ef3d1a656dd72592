"""Files that are not whole yet: private, one batch's alone, and never another's loss."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from massage_cli.batch.part_file import PartFile, part_of
from massage_cli.files.saving import NotSaved
from tests.terminal.massage import snapshot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a list of plans is to be written."""
    return tmp_path / "plans.jsonl"


@contextmanager
def a_part(file: Path, content: bytes = b"", *, after: int = 0) -> Iterator[PartFile]:
    """An unfinished file with something written, left as it is in the end."""
    part = PartFile(file)
    try:
        part.go_on(after)
        part.write(content)
        yield part
    finally:
        part.close()


def test_a_file_has_its_real_name_only_when_it_is_whole(file: Path) -> None:
    with a_part(file, b"one\n") as part:
        part.settle()
        assert snapshot(file.parent) == {part_of(file).name: b"one\n"}
        part.write(b"two\n")
        part.publish(force=False)
    assert snapshot(file.parent) == {"plans.jsonl": b"one\ntwo\n"}


def test_it_is_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with a_part(tmp_path / "new" / "plans.jsonl", b"one\n") as part:
            part.publish(force=False)
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "plans.jsonl").stat().st_mode & 0o777 == 0o600


def test_writing_goes_on_where_it_was_safe(file: Path) -> None:
    with a_part(file, b"one\ntwo\nhal"):
        pass
    with a_part(file, b"three\n", after=8) as part:
        assert part.holds(11)
        assert not part.holds(12)
        part.publish(force=False)
    assert file.read_bytes() == b"one\ntwo\nthree\n"


def test_beginning_anew_leaves_nothing_of_before(file: Path) -> None:
    with a_part(file, b"long before\n"):
        pass
    part = PartFile(file)
    part.go_on(0, start=b"heading\n")
    part.publish(force=False)
    assert file.read_bytes() == b"heading\n"


def test_a_file_that_exists_is_refused_and_the_part_is_kept(file: Path) -> None:
    file.write_bytes(b"old\n")
    with a_part(file, b"new\n") as part, pytest.raises(NotSaved):
        part.publish(force=False)
    assert snapshot(file.parent) == {"plans.jsonl": b"old\n", part_of(file).name: b"new\n"}


def test_force_keeps_a_backup(file: Path) -> None:
    file.write_bytes(b"old\n")
    with a_part(file, b"new\n") as part:
        part.publish(force=True)
    assert snapshot(file.parent) == {"plans.jsonl": b"new\n", "plans.jsonl.bak": b"old\n"}


def test_a_list_of_our_own_replaces_an_older_one(file: Path) -> None:
    for content in (b"old\n", b"new\n"):
        with a_part(file, content) as part:
            part.replace()
    assert snapshot(file.parent) == {"plans.jsonl": b"new\n"}


def test_an_empty_list_of_our_own_takes_the_older_one_away(file: Path) -> None:
    for content in (b"old\n", b""):
        with a_part(file, content) as part:
            part.replace()
    assert snapshot(file.parent) == {}


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    for content in (b"", b"new\n"):
        with a_part(file, content) as part, pytest.raises(NotSaved) as refused:
            part.replace()
        assert refused.value.path == file


def test_what_is_discarded_is_gone(file: Path) -> None:
    with a_part(file, b"one\n") as part:
        part.discard()
    assert snapshot(file.parent) == {}


def test_only_one_batch_at_a_time_has_it(file: Path) -> None:
    with a_part(file, b"one\n") as first:
        with pytest.raises(NotSaved) as refused:
            PartFile(file)
        assert "another batch" in refused.value.why
        first.publish(force=False)
    assert snapshot(file.parent) == {"plans.jsonl": b"one\n"}


def test_a_published_file_is_never_written_on(file: Path) -> None:
    """A batch killed between giving the real name and taking the other away leaves one file with two names."""
    file.write_bytes(b"whole\n")
    os.link(file, part_of(file))
    with a_part(file, b"new\n") as part:
        assert not part.holds(1)
        assert file.read_bytes() == b"whole\n"
        part.publish(force=True)
    assert snapshot(file.parent) == {"plans.jsonl": b"new\n", "plans.jsonl.bak": b"whole\n"}


def test_a_file_published_while_we_waited_for_it_is_never_written_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_part(file, b"whole\n") as first:
        real, opened = os.open, []

        def finished_meanwhile(name: Any, *args: Any, **kwargs: Any) -> int:
            descriptor = real(name, *args, **kwargs)
            if Path(name) == part_of(file) and not opened:
                opened.append(descriptor)
                first.publish(force=False)
            return descriptor

        monkeypatch.setattr(os, "open", finished_meanwhile)
        with a_part(file, b"new\n"):
            assert file.read_bytes() == b"whole\n"
    assert file.read_bytes() == b"whole\n"


def test_a_link_in_place_of_the_part_is_not_followed(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    victim = tmp_path_factory.mktemp("elsewhere") / "victim"
    victim.write_bytes(b"old\n")
    part_of(file).symlink_to(victim)
    with pytest.raises(NotSaved):
        PartFile(file)
    assert victim.read_bytes() == b"old\n"


def test_a_failing_disk_is_told_with_the_real_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails)
    with a_part(file, b"one\n") as part, pytest.raises(NotSaved) as refused:
        part.settle()
    assert (refused.value.path, refused.value.why) == (file, os.strerror(errno.EIO))


def test_a_file_that_must_not_grow_is_told_and_what_was_safe_stays(file: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with a_part(file, b"one\n") as part:
        part.settle()
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            with pytest.raises(NotSaved) as refused:
                part.write(b"x" * 100_000)
                part.settle()
        finally:
            part.close()
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.why == os.strerror(errno.EFBIG)
    assert part_of(file).read_bytes().startswith(b"one\n")
