"""Where the program keeps what belongs to the person."""

from pathlib import Path

import pytest

from massage_cli.files.own.own_folders import drafts_folder, settings_path


def test_settings_and_drafts_lie_in_the_persons_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert settings_path() == tmp_path / "config" / "massage-cli" / "settings.toml"
    assert drafts_folder() == tmp_path / "state" / "massage-cli" / "drafts"


def test_asking_where_they_lie_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings_path()
    drafts_folder()
    assert list(tmp_path.iterdir()) == []
