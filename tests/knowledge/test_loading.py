"""From a folder to knowledge: the digest, the compact form, and what is refused."""

import hashlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.files.built_in import FOLDER, built_in_knowledge
from massage_cli.knowledge.compiled import FILE_NAME, compile_knowledge
from massage_cli.knowledge.loading import FILE_NAMES, digest_of, load
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.references import Edition
from tests.builders import knowledge, knowledge_files

FILES = knowledge_files()


def a_folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


def test_the_built_in_knowledge_is_that_of_its_toml_files() -> None:
    assert msgspec.msgpack.encode(built_in_knowledge()) == msgspec.msgpack.encode(knowledge())


def test_the_file_names_are_those_of_the_folder() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.toml")) == list(FILE_NAMES)


def test_a_folder_without_a_compact_form_is_read(tmp_path: Path) -> None:
    assert load(a_folder(tmp_path, FILES)).digest == knowledge().digest


def test_a_compact_form_that_fits_is_used(tmp_path: Path) -> None:
    other = replace(knowledge(), edition=Edition(edition="1999.01", changes=()))
    assert load(a_folder(tmp_path, FILES | {FILE_NAME: compile_knowledge(other)})).edition.edition == "1999.01"


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_compact_form_is_not_used_when_a_file_changed(tmp_path: Path, name: str) -> None:
    stale = replace(knowledge(), edition=Edition(edition="1999.01", changes=()))
    files = FILES | {name: FILES[name] + b"\n# changed\n", FILE_NAME: compile_knowledge(stale)}
    assert load(a_folder(tmp_path, files)).edition == knowledge().edition


@pytest.mark.parametrize("content", [b"", b"damaged", compile_knowledge(knowledge())[:-1]], ids=["empty", "damaged", "cut short"])
def test_the_files_are_read_when_the_compact_form_is_damaged(tmp_path: Path, content: bytes) -> None:
    assert load(a_folder(tmp_path, FILES | {FILE_NAME: content})).edition == knowledge().edition


def test_a_stale_compact_form_does_not_hide_what_is_wrong(tmp_path: Path) -> None:
    files = FILES | {"edition.toml": b"", FILE_NAME: compile_knowledge(knowledge())}
    with pytest.raises(Unreadable):
        load(a_folder(tmp_path, files))


def test_the_digest_names_its_kind() -> None:
    assert knowledge().digest.startswith("sha256:")
    assert len(knowledge().digest) == len("sha256:") + 64


def test_the_digest_is_that_of_each_name_length_and_content() -> None:
    whole = hashlib.sha256(b"a.toml\n2\nxyb.toml\n0\n").hexdigest()
    assert digest_of({"b.toml": b"", "a.toml": b"xy"}) == f"sha256:{whole}"


def test_the_digest_does_not_hang_on_the_order_of_the_files() -> None:
    assert digest_of(dict(reversed(FILES.items()))) == digest_of(FILES)


@given(st.data())
def test_the_digest_changes_with_any_byte(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FILE_NAMES))
    content = FILES[name]
    place = data.draw(st.integers(0, len(content) - 1))
    changed = content[:place] + bytes([content[place] ^ data.draw(st.integers(1, 255))]) + content[place + 1 :]
    assert digest_of(FILES | {name: changed}) != digest_of(FILES)


@given(st.sampled_from(FILE_NAMES))
def test_the_digest_changes_with_any_name(name: str) -> None:
    files = dict(FILES)
    files[f"{name}2"] = files.pop(name)
    assert digest_of(files) != digest_of(FILES)


def test_the_digest_changes_when_bytes_move_from_one_file_to_the_next() -> None:
    assert digest_of({"a": b"12", "b": b"3"}) != digest_of({"a": b"1", "b": b"23"})


def test_the_digest_changes_when_a_file_could_pass_for_two() -> None:
    assert digest_of({"a": b"1b\n1\n2"}) != digest_of({"a": b"1", "b": b"2"})
