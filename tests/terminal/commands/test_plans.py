"""Finding a plan by its file or its client, and the folder of plans."""

import os
from pathlib import Path

import pytest

from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.plans import folder_of, own_plans, plan_path
from tests.builders import knowledge
from tests.saved import save_plan


@pytest.fixture(autouse=True)
def in_an_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of one's own, without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_a_client_is_looked_for_in_the_folder_of_plans() -> None:
    save_plan(Path("plans"))
    assert plan_path("ann", knowledge()) == Path("plans/ann.toml")


def test_a_file_of_that_name_comes_first() -> None:
    save_plan(Path("plans"))
    Path("ann").write_text("x", encoding="utf-8")
    assert plan_path("ann", knowledge()) == Path("ann")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_of_that_name_is_no_missing_file() -> None:
    os.mkfifo("ann")
    assert plan_path("ann", knowledge()) == Path("ann")


@pytest.mark.parametrize("name", ["plans/ann.toml", "./x", "a b", "x" * 65, "", "é"])
def test_what_can_be_no_client_is_a_path(name: str) -> None:
    assert plan_path(name, knowledge()) == Path(name)


def test_a_client_without_a_plan_is_told_where_was_looked() -> None:
    with pytest.raises(Unreadable) as broken:
        plan_path("bob", knowledge())
    assert broken.value.problems[0].message == "there is no such file, and no plan of that client in plans"


def test_the_folder_of_plans_is_that_of_the_settings(tmp_path: Path) -> None:
    assert own_plans(knowledge()) == Path("plans")
    (tmp_path / "config" / "massage-cli").mkdir(parents=True)
    (tmp_path / "config" / "massage-cli" / "settings.toml").write_text('plans-folder = "clients"', encoding="utf-8")
    assert own_plans(knowledge()) == Path("clients")


def test_a_folder_is_the_one_named(tmp_path: Path) -> None:
    assert folder_of(str(tmp_path), knowledge()) == tmp_path


@pytest.mark.parametrize("name", [None, "none", "file", "x" * 300, "a\0b"])
def test_a_folder_that_is_none_is_told(name: str | None) -> None:
    Path("file").write_text("x", encoding="utf-8")
    with pytest.raises(Unreadable):
        folder_of(name, knowledge())
