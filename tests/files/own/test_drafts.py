"""Drafts: kept whole, private, one for each client, and gone when they are forgotten."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_cli.files.own.drafts import draft_path, forget, keep, newest, read_draft
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.questionnaire.given import Answer
from tests.builders import TODAY

ANSWERS: dict[str, Answer] = {
    "client": "c-1",
    "age": 40,
    "onset": None,
    "regions": ("lower-back",),
    "health.today": (),
    "fact.temperature-c": 37.5,
}


def kept(path: Path, answers: dict[str, Answer] = ANSWERS) -> Path:
    keep(path, answers, begun=TODAY)
    return path


def test_a_draft_gives_back_every_answer_and_the_day_it_was_begun(tmp_path: Path) -> None:
    draft = read_draft(kept(tmp_path / "c-1.json"))
    assert draft.answers == ANSWERS
    assert draft.begun == TODAY


def test_a_draft_is_its_owners_alone(tmp_path: Path) -> None:
    path = kept(tmp_path / "drafts" / "c-1.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_later_draft_of_the_client_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    path = kept(tmp_path / "c-1.json")
    kept(path, {**ANSWERS, "age": 41})
    assert read_draft(path).answers["age"] == 41
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_that_cannot_be_kept_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotSaved):
        kept(tmp_path / "file" / "c-1.json")


def test_the_newest_draft_is_the_one_written_last(tmp_path: Path) -> None:
    first, second = kept(tmp_path / "a.json"), kept(tmp_path / "b.json")
    os.utime(first, ns=(1, 2_000_000_000))
    os.utime(second, ns=(1, 1_000_000_000))
    assert newest(tmp_path) == first


def test_there_is_no_newest_draft_where_there_is_none(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    assert newest(tmp_path / "missing") is None


def test_a_forgotten_draft_is_gone_and_may_be_forgotten_twice(tmp_path: Path) -> None:
    path = kept(tmp_path / "c-1.json")
    forget(path)
    forget(path)
    assert not path.exists()


DAMAGED = (
    *(b"", b"{", b"[]", b"null", b"\xff", b'{"begun": "2026-11-21"}', b'{"begun": "soon", "answers": {}}'),
    b'{"begun": "soon", "answers": {"client": "c-1", "age": 40}}',
)


def test_a_draft_that_cannot_be_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "c-1.json").mkdir()
    assert forget(tmp_path / "c-1.json") in ("Is a directory", "Operation not permitted")
    assert forget(kept(tmp_path / "c-2.json")) is None


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_draft_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c-1.json"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as broken:
        read_draft(path)
    assert all(problem.file == str(path) for problem in broken.value.problems)


CLIENTS = st.text("ABab01._-%", min_size=1, max_size=8)


@given(CLIENTS, CLIENTS)
def test_no_two_clients_share_a_draft_on_any_disk(one: str, other: str) -> None:
    names = {draft_path(Path("x"), client).name.lower() for client in (one, other)}
    assert len(names) == len({one, other})


@pytest.mark.parametrize("client", ["..", ".", "-", "CON", "A.b_9"])
def test_a_draft_stays_in_its_folder(client: str) -> None:
    path = draft_path(Path("drafts"), client)
    assert path.parent == Path("drafts")
    assert not path.name.startswith(".")
