"""Bytes into tables: whatever they are, there is a table or an explanation."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from massage_cli.files.reading import MOST_BYTES, open_file, parse, read_bytes, read_stream
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import a_table
from tests.terminal.massage import environment

TOML = tomli_w.dumps(a_table(notes="a note")).encode()
JSON = json.dumps(a_table(notes="a note"), indent=2).encode()
FORMATS = pytest.mark.parametrize(("content", "name"), [(TOML, "ann.toml"), (JSON, "ann.json")], ids=["toml", "json"])


def problems(content: bytes, name: str) -> tuple[Problem, ...]:
    """What is wrong with a text; the test fails when nothing is."""
    with pytest.raises(Unreadable) as broken:
        parse(content, name)
    return broken.value.problems


def message(content: bytes, name: str) -> str:
    """The one message about a text."""
    (problem,) = problems(content, name)
    assert problem.file == name
    return problem.message


# What a sound file may look like


@FORMATS
def test_a_table_and_its_text_come_back(content: bytes, name: str) -> None:
    table, text = parse(content, name)
    assert table == a_table(notes="a note")
    assert text == content.decode()


@FORMATS
def test_a_byte_order_mark_is_accepted(content: bytes, name: str) -> None:
    assert parse(b"\xef\xbb\xbf" + content, name)[0] == a_table(notes="a note")


@FORMATS
def test_windows_line_ends_are_accepted(content: bytes, name: str) -> None:
    assert parse(content.replace(b"\n", b"\r\n"), name)[0] == a_table(notes="a note")


def test_json_is_known_by_its_brace_whatever_the_name() -> None:
    assert parse(JSON, "standard input")[0] == a_table(notes="a note")


# What is refused, with advice


@FORMATS
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_of_unicode_are_refused_with_advice(content: bytes, name: str, encoding: str) -> None:
    assert "save it again as UTF-8" in message(content.decode().encode(encoding), name)


def test_big_endian_utf_16_with_its_mark_is_refused_with_advice() -> None:
    assert "UTF-16" in message(b"\xfe\xff" + TOML.decode().encode("utf-16-be"), "ann.toml")


@FORMATS
def test_cp1252_is_refused_with_advice_and_line(content: bytes, name: str) -> None:
    broken = content.replace(b"a note", b"caf\xe9")
    (problem,) = problems(broken, name)
    assert problem.message == "is not UTF-8 text; save it again as UTF-8"
    assert problem.line == broken[: broken.index(b"\xe9")].count(b"\n") + 1


@FORMATS
def test_a_nul_is_refused_with_advice_and_line(content: bytes, name: str) -> None:
    broken = content.replace(b"a note", b"a\0note")
    (problem,) = problems(broken, name)
    assert "NUL" in problem.message
    assert "save it again as UTF-8" in problem.message
    assert problem.line == broken[: broken.index(b"\0")].count(b"\n") + 1


@FORMATS
def test_a_surrogate_in_bytes_is_refused_with_advice(content: bytes, name: str) -> None:
    assert "save it again as UTF-8" in message(content.replace(b"a note", b"\xed\xa0\x80"), name)


@FORMATS
@pytest.mark.parametrize("after", [b"", b" and more"])
def test_an_escaped_lone_surrogate_is_refused_and_named(content: bytes, name: str, after: bytes) -> None:
    said = message(content.replace(b"a note", rb"\ud800" + after), name)
    assert "surrogate" in said or "Unicode" in said


def test_old_mac_line_ends_are_refused_with_advice() -> None:
    assert "line ends must be LF or CR LF" in message(TOML.replace(b"\n", b"\r"), "ann.toml")


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t", b"\xef\xbb\xbf"], ids=["nothing", "line end", "blanks", "mark alone"])
@pytest.mark.parametrize("name", ["ann.toml", "ann.json"])
def test_an_empty_file_points_to_the_template(content: bytes, name: str) -> None:
    assert "massage template" in message(content, name)


@pytest.mark.parametrize("content", [b"[]", b"5", b'"text"', b"null", b'[{"client": "ann"}]'])
def test_json_that_is_no_object_is_refused(content: bytes) -> None:
    assert "not one object" in message(content, "ann.json")


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        (b"age = 40\npain = = 5\n", "ann.toml", 2),
        (b'age = 40\n[health]\n\nfever = "yes\n', "ann.toml", 4),
        (b'{\n "age": 40,\n "pain": }\n', "ann.json", 3),
        (b'{\n "age": NaN}\n', "ann.json", 2),
    ],
    ids=["value", "quote", "brace", "nan"],
)
def test_bad_syntax_is_refused_with_its_line(content: bytes, name: str, line: int) -> None:
    (problem,) = problems(content, name)
    assert problem.line == line
    assert problem.message.startswith("is not JSON" if name.endswith("json") else "is not TOML")


# Keys that stand twice


@pytest.mark.parametrize(
    "text",
    [
        "pain = 1\npain = 2\n",
        '[health]\nfever = "yes"\nfever = "no"\n',
        "[health]\n[health]\n",
        "a = { b = 1, b = 2 }\n",
        "a.b = 1\na.b = 2\n",
    ],
)
def test_a_key_that_stands_twice_is_refused_in_toml(text: str) -> None:
    (problem,) = problems(text.encode(), "ann.toml")
    assert problem.line is not None


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"pain": 1, "pain": 2}', ["pain"]),
        ('{"pain": 1, "pain": 1, "pain": 1}', ["pain"]),
        ('{"health": {"fever": "yes", "fever": "no"}}', ["health.fever"]),
        ('{"clearances": [{"by": "a"}, {"by": "a", "by": "b"}]}', ["clearances[1].by"]),
        ('{"pain": 1, "\\u0070ain": 2}', ["pain"]),
        ('{"age": 1, "age": 2, "booking": {"start": 1, "start": 2}}', ["age", "booking.start"]),
    ],
)
def test_a_key_that_stands_twice_is_refused_in_json_with_its_path(text: str, paths: list[str]) -> None:
    found = problems(text.encode(), "ann.json")
    assert sorted(problem.path for problem in found) == paths
    assert all("twice" in problem.message for problem in found)


# Files made to exhaust the reader


HOSTILE = {
    "arrays nested 100,000 deep": b"a = " + b"[" * 100_000 + b"]" * 100_000,
    "tables nested 100,000 deep": b"a = " + b"{a = " * 100_000,
    "a dotted key of 40 kB": b"a" + b".a" * 20_000 + b" = 1",
    "a header of 40 kB": b"[a" + b".a" * 20_000 + b"]",
    "a number of 5,000 digits": b"a = " + b"9" * 5_000,
}
HOSTILE_JSON = {
    "arrays nested 100,000 deep": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "objects nested 100,000 deep": b'{"a": ' * 100_000 + b"1" + b"}" * 100_000,
    "a number of 5,000 digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "a number beyond all floats": b'{"a": 1e999}',
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.timeout(10)
def test_hostile_toml_is_refused(what: str) -> None:
    assert message(HOSTILE[what], "ann.toml").startswith("is not TOML")


@pytest.mark.parametrize("what", HOSTILE_JSON)
@pytest.mark.timeout(10)
def test_hostile_json_is_refused(what: str) -> None:
    assert message(HOSTILE_JSON[what], "ann.json").startswith("is not JSON")


@pytest.mark.parametrize("opening", [b'{"a": ', b"["], ids=["objects", "arrays"])
def test_json_of_any_depth_is_read_or_refused(opening: bytes) -> None:
    closing = b"}" if opening.startswith(b"{") else b"]"
    escaped = []
    for depth in range(700, 1_100, 3):
        try:
            parse(b'{"a": ' + opening * depth + b"1" + closing * depth + b"}", "ann.json")
        except Unreadable:
            pass
        except Exception as error:  # noqa: BLE001  # what else comes is the point
            escaped.append((depth, type(error).__name__))
    assert escaped == []


def test_json_with_very_many_keys_is_read_in_good_time(tmp_path: Path) -> None:
    content = b"{" + b", ".join(b'"k%d": 1' % number for number in range(70_000)) + b"}"
    assert len(content) < MOST_BYTES
    (tmp_path / "many.json").write_bytes(content)
    script = "import sys; from massage_cli.files.reading import parse; print(len(parse(open(sys.argv[1], 'rb').read(), 'a.json')[0]))"
    program = [sys.executable, "-c", script, str(tmp_path / "many.json")]
    ran = subprocess.run(program, env=environment(), capture_output=True, check=True, timeout=10)
    assert ran.stdout == b"70000\n"


@settings(max_examples=500)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from(["ann.toml", "ann.json"]))
@example(b'\xef\xbb\xbf{"a":1', "ann.json")
@example(b"\xff\xfe", "ann.json")
def test_any_bytes_give_a_table_or_an_explanation(content: bytes, name: str) -> None:
    try:
        table, _ = parse(content, name)
    except Unreadable as broken:
        assert all(problem.message and problem.file == name for problem in broken.problems)
    else:
        assert isinstance(table, dict)


@st.composite
def damaged(draw: Callable[..., int], content: bytes) -> bytes:
    """A text with a few of its bytes changed, left out or doubled."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 8)))
        content = (
            content[:start] + draw(st.binary(max_size=6) | st.sampled_from([b'"', b"[", b"{", b"\\", b"\n", b"=", b"'''"])) + content[end:]
        )
    return content


@settings(max_examples=500)
@given(damaged(TOML).map(lambda content: (content, "ann.toml")) | damaged(JSON).map(lambda content: (content, "ann.json")))
def test_a_damaged_file_gives_a_table_or_an_explanation(file: tuple[bytes, str]) -> None:
    try:
        table, _ = parse(*file)
    except Unreadable as broken:
        assert all(problem.message and problem.file == file[1] for problem in broken.problems)
    else:
        assert isinstance(table, dict)


# Files that are no files, or too large


class Endless(io.RawIOBase):
    """A stream without an end that counts what was taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "everything was asked for at once"
        self.taken += size
        return b"a" * size


def test_reading_stops_at_one_mebibyte() -> None:
    stream = Endless()
    with pytest.raises(Unreadable):
        read_stream(stream, "endless")
    assert stream.taken <= MOST_BYTES + 1


def test_one_mebibyte_is_read_and_a_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * MOST_BYTES)
    assert len(read_bytes(file)) == MOST_BYTES
    file.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(Unreadable, match="1 problem"):
        read_bytes(file)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom"])
def test_an_endless_device_is_refused(path: str) -> None:
    with pytest.raises(Unreadable) as broken:
        read_bytes(Path(path))
    assert "larger than 1 MiB" in broken.value.problems[0].message


def told(path: Path) -> str:
    """The one message about a file that cannot be read."""
    with pytest.raises(Unreadable) as broken:
        read_bytes(path)
    (problem,) = broken.value.problems
    assert problem.file == str(path)
    return problem.message


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert told(tmp_path / "nobody.toml") == "there is no such file"


PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")


@PIPES
def test_a_pipe_that_nobody_writes_to_is_told_at_once_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ann.toml")
    assert told(tmp_path / "ann.toml") == "is a pipe that nobody writes to, or that was read already; give a file"


@PIPES
@pytest.mark.parametrize("content", [TOML, b"x" * MOST_BYTES], ids=["intake", "as much as is read"])
def test_what_comes_through_a_pipe_is_read_whole_whether_it_was_written_before_or_after(content: bytes) -> None:
    for late in (False, True):
        reader, writer = os.pipe()
        with ThreadPoolExecutor(1) as other, os.fdopen(reader), os.fdopen(writer, "wb", buffering=0) as end:
            opened = open_file(Path(f"/dev/fd/{reader}")) if late else None
            written = other.submit(lambda: (write_whole(end, content), end.close()))
            with opened or open_file(Path(f"/dev/fd/{reader}")) as pipe:
                assert read_stream(pipe, "pipe") == content
            written.result()


def write_whole(end: io.FileIO, content: bytes) -> None:
    """Write all of it, however little a pipe takes at once."""
    while content:
        content = content[end.write(content) :]


def test_a_folder_is_said_to_be_a_folder(tmp_path: Path) -> None:
    assert told(tmp_path) == "is a folder; name a file in it"


def test_a_name_with_nul_is_said_to_be_no_name() -> None:
    assert told(Path("a\0b")) == "is not the name of a file"


def test_a_file_below_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "ann.toml").write_bytes(TOML)
    assert told(tmp_path / "ann.toml" / "inner").startswith("cannot be read")


def test_a_loop_of_links_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert told(tmp_path / "loop").startswith("cannot be read")
