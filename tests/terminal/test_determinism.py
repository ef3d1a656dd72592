"""Same intake, same knowledge, same day of planning: the same bytes, whatever the machine is set to."""

import shutil
from pathlib import Path

import pytest

from tests.terminal.massage import ON, environment, massage, massage_here
from tests.worked import intake_file

MACHINES = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed random": {"PYTHONHASHSEED": "random"},
    "the far east": {"TZ": "Pacific/Kiritimati"},
    "the far west": {"TZ": "Pacific/Pago_Pago"},
    "half an hour off": {"TZ": "Asia/Kolkata"},
    "a zone of its own": {"TZ": "XXX-14:59"},
    "a plain locale": {"LC_ALL": "C"},
    "a Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "1"},
    "a German locale": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONUTF8": "1"},
}
FORMATS = pytest.mark.parametrize("format_", ["toml", "json", "text"])
CLIENT = str(intake_file("pregnancy-cleared"))
PLAIN_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def expected(format_: str) -> bytes:
    """The plan as this process makes it."""
    return massage_here("plan", CLIENT, *ON, "--format", format_).out


@pytest.mark.parametrize("machine", MACHINES)
def test_the_setting_of_the_machine_changes_no_byte(tmp_path: Path, machine: str) -> None:
    for format_ in ("toml", "json", "text"):
        ran = massage("plan", CLIENT, *ON, "--format", format_, folder=tmp_path, env=MACHINES[machine])
        assert (ran.code, ran.said) == (0, "")
        assert ran.out == expected(format_)


@pytest.mark.parametrize("format_", ["toml", "json"])
def test_data_is_the_same_where_the_system_knows_only_ascii(tmp_path: Path, format_: str) -> None:
    ran = massage("plan", CLIENT, *ON, "--format", format_, folder=tmp_path, env=PLAIN_LOCALE)
    assert (ran.code, ran.said) == (0, "")
    assert ran.out == expected(format_)


def test_the_page_where_the_system_knows_only_ascii_is_that_of_an_ascii_terminal(tmp_path: Path) -> None:
    plain = massage("plan", CLIENT, *ON, folder=tmp_path, env=PLAIN_LOCALE)
    assert plain.out == massage("plan", CLIENT, *ON, folder=tmp_path, env={"PYTHONIOENCODING": "ascii"}).out
    assert plain.out.isascii()


@FORMATS
def test_a_saved_file_is_the_same_under_any_mask_and_zone(tmp_path: Path, format_: str) -> None:
    name = f"plan.{format_}"
    for machine in ({}, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}):
        massage("plan", CLIENT, *ON, "-o", name, "--force", folder=tmp_path, env=machine, umask=0o077)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"{name}.bak").read_bytes()


@FORMATS
def test_the_folder_and_the_name_of_the_file_change_no_byte(tmp_path: Path, format_: str) -> None:
    shutil.copy(CLIENT, tmp_path / "elsewhere und mit Umläuten.toml")
    ran = massage("plan", "elsewhere und mit Umläuten.toml", *ON, "--format", format_, folder=tmp_path)
    assert ran.out == expected(format_)


def test_what_is_asked_on_one_day_does_not_hang_on_the_clock(tmp_path: Path) -> None:
    assert "TZ" not in environment()
    first, second = (massage("plan", CLIENT, *ON, "--format", "json", folder=tmp_path).out for _ in range(2))
    assert first == second
