"""Sources of a batch: files, folders, patterns and standard input; what cannot be read is told in its place."""

import io
import itertools
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import tomli_w

from massage_cli.files.lists.rows import Row, RowKind, intake_of, table_of
from massage_cli.files.lists.sources import rows_of
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.knowledge.problems import Unreadable
from tests.builders import TODAY, a_plan, a_table, knowledge
from tests.files.lists.as_cells import a_list, cells_of
from tests.worked import plan_of

TOML = tomli_w.dumps(a_table()).encode()
JSON = msgspec.json.encode(a_table())
CSV = a_list(tuple(cells_of(a_table())), [cells_of(a_table())])
CONTENTS = {"toml": TOML, "json": JSON, "jsonl": JSON + b"\n" + JSON, "csv": CSV}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each kind, and some that are no sources."""
    for number, (suffix, content) in enumerate(CONTENTS.items()):
        (tmp_path / f"{number}.{suffix}").write_bytes(content)
    for name in ("README.md", ".hidden.toml", "~$list.xlsx", "toml"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "inner.toml").mkdir()
    return tmp_path


def seen(*names: str, stdin: bytes | None = None) -> list[str]:
    """Each row as file name, line and kind, or what is wrong."""
    return list(map(told, rows_of(names, None if stdin is None else io.BytesIO(stdin), knowledge())))


def told(row: Row) -> str:
    if row.problems:
        return " / ".join(str(problem) for problem in row.problems)
    assert table_of(row) == a_table()
    return f"{Path(row.source).name}:{row.line or ''}:{row.kind}"


IN_FOLDER = ["0.toml::toml", "1.json::json", "2.jsonl:1:json", "2.jsonl:2:json", "3.csv:2:csv"]


# Files, folders, patterns


def test_a_file_is_read_by_its_suffix(folder: Path) -> None:
    assert seen(*(str(folder / name) for name in ("0.toml", "1.json", "2.jsonl", "3.csv"))) == IN_FOLDER


def test_a_suffix_may_be_in_capitals(folder: Path) -> None:
    (folder / "3.csv").rename(folder / "LIST.CSV")
    assert seen(str(folder / "LIST.CSV")) == ["LIST.CSV:2:csv"]


def test_a_source_is_called_as_it_was_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    name = f"{folder.name}{os.sep}3.csv"
    assert [row.source for row in rows_of([name], None, knowledge())] == [name]
    assert [row.source for row in rows_of([folder.name], None, knowledge())][-1] == name


def test_a_folder_is_its_sources_in_the_order_of_their_names(folder: Path) -> None:
    assert seen(str(folder)) == IN_FOLDER


def test_intakes_and_saved_plans_lie_in_a_folder_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "ann.intake.toml").write_bytes(TOML)
    (tmp_path / "ann.toml").write_text(to_toml(plan_of("low-back")), encoding="utf-8")
    rows = list(rows_of([str(tmp_path)], None, knowledge()))
    assert [Path(row.source).name for row in rows] == ["ann.intake.toml", "ann.toml"]
    assert [intake_of(row, knowledge(), on=TODAY).client for row in rows] == [a_plan().intake.client, plan_of("low-back").intake.client]


def test_a_folder_without_sources_is_told(tmp_path: Path) -> None:
    assert seen(str(tmp_path)) == [f"{tmp_path}: holds no file with intakes; they end in .toml, .json, .jsonl, .csv, .xlsx"]


def test_a_pattern_is_what_it_matches_in_the_order_of_names(folder: Path) -> None:
    assert seen(str(folder / "[0-9].*")) == IN_FOLDER
    assert seen(str(folder / "*.json*")) == IN_FOLDER[1:4]
    assert seen(str(folder.parent / "**" / "3.csv"))[-1:] == IN_FOLDER[-1:]


def test_a_pattern_may_match_folders(folder: Path) -> None:
    assert seen(str(folder.parent / f"{folder.name[:-1]}[{folder.name[-1]}]")) == IN_FOLDER


def test_a_file_that_is_called_like_a_pattern_is_itself(folder: Path) -> None:
    name = folder / "[a].toml"
    name.write_bytes(TOML)
    assert seen(str(name)) == ["[a].toml::toml"]


def test_a_pattern_that_matches_nothing_is_told(folder: Path) -> None:
    assert seen(str(folder / "*.xml")) == [f"{folder / '*.xml'}: matches no file"]


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("/dev/fd/63", CONTENTS["csv"], ["63:2:csv"]),
        ("/dev/fd/63", CONTENTS["jsonl"], ["63:1:json", "63:2:json"]),
        ("queue.csv", CONTENTS["csv"], ["queue.csv:2:csv"]),
        ("ann.toml", TOML, ["ann.toml::toml"]),
        ("ann.json", JSON, ["ann.json::json"]),
    ],
)
def test_what_came_through_a_pipe_is_read_by_its_name_or_like_standard_input(name: str, content: bytes, rows: list[str]) -> None:
    assert list(map(told, rows_of([name], None, knowledge(), pipes={name: io.BytesIO(content)}))) == rows


# What cannot be read


def test_what_cannot_be_read_is_told_in_its_place_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "large.toml").write_bytes(b"x" * 1024 * 1024 + b"y")
    (folder / "broken.csv").write_bytes(b"client,agee\n")
    names = [str(folder / name) for name in ("none.toml", "0.toml", "README.md", "large.toml", "broken.csv", "\0", "3.csv")]
    rows = list(rows_of(names, None, knowledge()))
    assert [row.kind for row in rows] == ["broken", "toml", "broken", "broken", "broken", "broken", "csv"]
    messages = [problem.message for row in rows for problem in row.problems]
    assert messages[:4] == [
        "there is no such file",
        "is not a kind of file that is read; they end in .toml, .json, .jsonl, .csv, .xlsx",
        "is larger than 1 MiB; an intake takes a few kilobytes",
        "is not a known column; did you mean 'age'?",
    ]
    assert all(problem.file == row.source for row in rows for problem in row.problems)
    assert rows[4].line == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is open to the superuser")
def test_a_file_that_is_closed_to_us_is_told(folder: Path) -> None:
    (folder / "3.csv").chmod(0)
    assert seen(str(folder / "3.csv")) == [f"{folder / '3.csv'}: cannot be read: Permission denied"]


def test_a_disk_that_fails_is_told_after_the_rows_before() -> None:
    class Failing(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 20:
                raise OSError(5, "Input/output error")
            return super().readline(size)

    rows = list(rows_of(["-"], Failing(JSON + b"\n" + JSON), knowledge()))
    assert list(map(told, rows)) == ["standard input:1:json", "standard input: cannot be read: Input/output error"]


# Standard input


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (JSON + b"\n" + JSON, ["standard input:1:json", "standard input:2:json"]),
        (b"\xef\xbb\xbf\r\n \n" + JSON, ["standard input:3:json"]),
        (CSV, ["standard input:2:csv"]),
        (b"\xef\xbb\xbf\r\n" + CSV, ["standard input:3:csv"]),
        (b"sep=,\n" + CSV, ["standard input:3:csv"]),
        (b"", ["standard input: is empty"]),
        (b" \n\n", ["standard input: is empty"]),
        (b"\xff\xfe{\0", ["standard input:1: is UTF-16 text; save it again as UTF-8"]),
    ],
    ids=["json", "json later", "csv", "csv later", "csv with sep", "nothing", "blank", "utf-16"],
)
def test_standard_input_is_told_by_its_first_letter(content: bytes, rows: list[str]) -> None:
    assert seen("-", stdin=content) == rows


def test_standard_input_that_is_closed_is_told() -> None:
    closed = io.BytesIO()
    closed.close()
    for stdin in (None, closed):
        assert list(map(told, rows_of(["-"], stdin, knowledge()))) == ["standard input: is closed; give the file's name instead"]


# One at a time


class Endless(io.RawIOBase):
    """A header, and then rows for ever."""

    def __init__(self, header: bytes, row: bytes) -> None:
        self._lines = itertools.chain([header], itertools.repeat(row))

    def readline(self, _size: int | None = -1, /) -> bytes:
        return next(self._lines)


@pytest.mark.parametrize(("header", "row"), [(JSON + b"\n", JSON + b"\n"), tuple(CSV.splitlines(keepends=True))], ids=["json", "csv"])
def test_a_list_without_an_end_is_read_as_far_as_it_is_asked_for(header: bytes, row: bytes) -> None:
    rows: Iterator[Row] = rows_of(["-"], Endless(header, row), knowledge())  # type: ignore[arg-type]  # reads like a stream
    list(itertools.islice(rows, 100))
    tracemalloc.start()
    try:
        assert sum(1 for _ in itertools.islice(rows, 5_000)) == 5_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_files_are_opened_when_their_turn_comes(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{number}.csv") for number in range(3)]
    for name in names:
        Path(name).write_bytes(CSV)
    rows = rows_of(names, None, knowledge())
    assert next(rows).source == names[0]
    Path(names[2]).unlink()
    assert [row.kind for row in rows] == [RowKind.CSV, RowKind.BROKEN]


def test_a_row_that_is_refused_later_is_handed_on_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"pain = ")
    (row,) = rows_of([str(tmp_path)], None, knowledge())
    assert row.kind is RowKind.TOML
    with pytest.raises(Unreadable):
        table_of(row)
