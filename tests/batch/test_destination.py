"""Where results go: what was taken before it settled is safe, and what was not written is told."""

from pathlib import Path

from massage_cli.batch.chunk import ChunkResult
from massage_cli.batch.destination import Folder, Nowhere, OneFile, Stream
from massage_cli.batch.output import Form, heading
from massage_cli.batch.tally import Tally
from tests.terminal.massage import snapshot


def a_chunk(*names: str, lines: bytes = b"", content: bytes = b"plan\n") -> ChunkResult:
    return ChunkResult(files=tuple((name, content) for name in names), lines=lines, tally=Tally(rows=1), last_row=1)


def test_nowhere_writes_nothing(tmp_path: Path) -> None:
    place = Nowhere()
    place.take(a_chunk("ann.toml", lines=b"{}\n"))
    assert (place.settle(), place.size) == ((), 0)
    place.finish()
    assert snapshot(tmp_path) == {}


def test_a_stream_hands_lines_on_at_once() -> None:
    written: list[bytes] = []
    place = Stream(written.append)
    place.take(a_chunk(lines=b"{}\n"))
    assert written == [b"{}\n"]


def test_a_folder_takes_one_file_for_each_client(tmp_path: Path) -> None:
    place = Folder(tmp_path / "new" / "plans", force=False)
    place.take(a_chunk("ann.toml", "bob.toml"))
    place.take(a_chunk("eve.toml"))
    assert place.settle() == ()
    assert snapshot(tmp_path / "new" / "plans") == dict.fromkeys(("ann.toml", "bob.toml", "eve.toml"), b"plan\n")
    assert (tmp_path / "new" / "plans").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "plans" / "ann.toml").stat().st_mode & 0o777 == 0o600
    place.finish()


def test_a_folder_tells_each_file_that_it_could_not_write_once(tmp_path: Path) -> None:
    (tmp_path / "ann.toml").write_bytes(b"other\n")
    (tmp_path / "bob.toml").write_bytes(b"plan\n")
    place = Folder(tmp_path, force=False)
    place.take(a_chunk("ann.toml", "bob.toml", "eve.toml"))
    assert [failure.path.name for failure in place.settle()] == ["ann.toml"]
    assert place.settle() == ()
    assert snapshot(tmp_path) == {"ann.toml": b"other\n", "bob.toml": b"plan\n", "eve.toml": b"plan\n"}
    place.close()


def test_with_force_a_folder_keeps_a_backup_of_what_is_other_alone(tmp_path: Path) -> None:
    (tmp_path / "ann.toml").write_bytes(b"other\n")
    (tmp_path / "bob.toml").write_bytes(b"plan\n")
    place = Folder(tmp_path, force=True)
    place.take(a_chunk("ann.toml", "bob.toml"))
    assert place.settle() == ()
    assert snapshot(tmp_path) == {"ann.toml": b"plan\n", "ann.toml.bak": b"other\n", "bob.toml": b"plan\n"}
    place.close()


def test_one_file_begins_with_its_heading_and_goes_on_without(tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    first = OneFile(file, form=Form.SUMMARY, force=False)
    first.go_on(0)
    first.take(a_chunk(lines=b"one\r\n"))
    first.settle()
    size = first.size
    first.take(a_chunk(lines=b"lost\r\n"))
    first.close()
    again = OneFile(file, form=Form.SUMMARY, force=False)
    assert again.holds(size)
    again.go_on(size)
    again.take(a_chunk(lines=b"two\r\n"))
    again.finish()
    assert snapshot(tmp_path) == {"plans.csv": heading(Form.SUMMARY) + b"one\r\ntwo\r\n"}


def test_one_file_that_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    place = OneFile(tmp_path / "plans.csv", form=Form.SUMMARY, force=False)
    place.go_on(0)
    place.discard()
    assert snapshot(tmp_path) == {}
