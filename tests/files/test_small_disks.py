"""Disks that are full, have no name left, may not be written or end a file early: an old plan stays, and nothing else does."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.lists import clinic, write_list
from tests.saved import save_plan
from tests.terminal.massage import ON, environment, snapshot

ALONE = ("unshare", "--user", "--map-root-user", "--mount")
"""A process that has its own disks, and may make some; nobody else sees them, and they are gone with it."""
DISK = "mount -t tmpfs -o {options} none disk && "
PROGRAM = f"{sys.executable} -m massage_cli"
OLD = b"# the plan before\n"
ROOM_FOR_THE_OLD = "size=4k"
NAMES_FOR_THE_FOLDER_AND_THE_OLD = "nr_inodes=2"
FULL, READ_ONLY = "No space left on device", "Read-only file system"


def may_make_disks() -> bool:
    """Whether the machine lets us; what is laid over there is seen by nobody else."""
    try:
        return subprocess.run([*ALONE, "mount", "-t", "tmpfs", "none", "/proc"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


NO_DISKS = not may_make_disks()


def on_a_disk(folder: Path, options: str, then: str) -> subprocess.CompletedProcess[str]:
    """Do something beside a disk that holds the old plan; what is on it afterwards stays in `after`."""
    (folder / "disk").mkdir()
    (folder / "old.toml").write_bytes(OLD)
    script = f"{DISK.format(options=options)} cp old.toml disk/ann.toml && {{ {then}; code=$?; cp -a disk after; exit $code; }}"
    env = environment()
    env.pop("COVERAGE_PROCESS_CONFIG", None)  # what measures would write files as well, and they would be ended early too
    return subprocess.run([*ALONE, "sh", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)


DISKS = pytest.mark.parametrize(
    ("options", "first", "why"),
    [
        (ROOM_FOR_THE_OLD, "", FULL),
        (NAMES_FOR_THE_FOLDER_AND_THE_OLD, "", FULL),
        ("size=1m", "mount -o remount,ro disk && ", READ_ONLY),
        ("size=1m", "ulimit -f 1 && ", "File too large"),
    ],
    ids=["full", "no name left", "read only", "files end early"],
)


@pytest.mark.skipif(NO_DISKS, reason="this machine lets nobody make a disk")
@DISKS
def test_a_plan_that_does_not_fit_is_told_and_the_old_one_stays(tmp_path: Path, options: str, first: str, why: str) -> None:
    save_plan(tmp_path)
    ran = on_a_disk(tmp_path, options, f"{first}{PROGRAM} plan ann.toml {' '.join(ON)} --output disk/ann.toml --force")
    assert (ran.returncode, ran.stderr) == (4, f"disk/ann.toml: not saved: {why}\n")
    assert ran.stdout
    assert snapshot(tmp_path / "after") == {"ann.toml": OLD}


@pytest.mark.skipif(NO_DISKS, reason="this machine lets nobody make a disk")
def test_a_batch_that_does_not_fit_is_told_and_nothing_of_it_looks_finished(tmp_path: Path) -> None:
    write_list(tmp_path / "list.jsonl", clinic(60))
    ran = on_a_disk(tmp_path, "size=16k", f"{PROGRAM} batch list.jsonl {' '.join(ON)} --out disk/plans.jsonl")
    assert ran.returncode == 4
    assert ran.stderr.startswith(f"disk/plans.jsonl: not saved: {FULL}")
    left = snapshot(tmp_path / "after")
    assert left["ann.toml"] == OLD
    assert [name for name in left if not name.startswith(".")] == ["ann.toml"]
