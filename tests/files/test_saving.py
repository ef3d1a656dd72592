"""Saving: a file is whole or not there, its owner's alone, and never lost."""

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from massage_cli.files.saving import NotSaved, plan_name, save
from massage_cli.planning.intake_problems import CLIENT_PATTERN
from tests.builders import an_intake
from tests.terminal.massage import environment

ANN = an_intake(client="ann")
OLD, NEW = b"the old plan\n", b"the new plan\n"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a plan is to be saved."""
    return tmp_path / "ann.toml"


# What saving does


def test_a_file_is_saved_and_nothing_else_is_left(file: Path) -> None:
    assert save(file, NEW) is None
    assert snapshot(file.parent) == {"ann.toml": NEW}


def test_an_existing_file_is_refused_and_untouched(file: Path) -> None:
    file.write_bytes(OLD)
    with pytest.raises(NotSaved) as refused:
        save(file, NEW)
    assert refused.value.path == file
    assert "--force" in refused.value.why
    assert snapshot(file.parent) == {"ann.toml": OLD}


def test_force_replaces_and_keeps_a_backup(file: Path) -> None:
    file.write_bytes(OLD)
    backup = save(file, NEW, force=True)
    assert backup == file.with_name("ann.toml.bak")
    assert snapshot(file.parent) == {"ann.toml": NEW, "ann.toml.bak": OLD}


def test_a_backup_never_replaces_another(file: Path) -> None:
    for content in (b"1", b"2", b"3"):
        save(file, content, force=True)
    assert snapshot(file.parent) == {"ann.toml": b"3", "ann.toml.bak": b"1", "ann.toml.bak2": b"2"}


def test_force_without_a_file_there_keeps_no_backup(file: Path) -> None:
    assert save(file, NEW, force=True) is None
    assert snapshot(file.parent) == {"ann.toml": NEW}


def test_the_same_content_is_refused_too(file: Path) -> None:
    save(file, NEW)
    with pytest.raises(NotSaved):
        save(file, NEW)


# Names that are other things


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_that_name_is_refused_and_untouched(file: Path, force: bool) -> None:
    file.mkdir()
    (file / "inner").write_bytes(OLD)
    with pytest.raises(NotSaved):
        save(file, NEW, force=force)
    assert snapshot(file.parent) == {"ann.toml/inner": OLD}


@pytest.mark.parametrize("name", ["", ".", "/"])
@pytest.mark.parametrize("force", [False, True])
def test_a_path_without_a_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, force: bool) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotSaved):
        save(Path(name), NEW, force=force)
    assert snapshot(tmp_path) == {}


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plans").write_bytes(OLD)
    with pytest.raises(NotSaved):
        save(tmp_path / "plans" / "ann.toml", NEW)
    assert snapshot(tmp_path) == {"plans": OLD}


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as refused:
        save(tmp_path / ("a" * 300), NEW)
    assert refused.value.why == os.strerror(errno.ENAMETOOLONG)


def test_a_link_is_not_followed_and_refused(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    victim = tmp_path_factory.mktemp("elsewhere") / "victim"
    victim.write_bytes(OLD)
    file.symlink_to(victim)
    with pytest.raises(NotSaved):
        save(file, NEW)
    assert file.is_symlink()
    assert victim.read_bytes() == OLD


def test_force_replaces_a_link_and_leaves_what_it_points_to(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    victim = tmp_path_factory.mktemp("elsewhere") / "victim"
    victim.write_bytes(OLD)
    file.symlink_to(victim)
    backup = save(file, NEW, force=True)
    assert not file.is_symlink()
    assert file.read_bytes() == NEW
    assert victim.read_bytes() == OLD
    assert backup is not None
    assert backup.is_symlink()


@pytest.mark.parametrize("force", [False, True])
def test_a_link_to_nowhere_makes_nothing_where_it_points(file: Path, tmp_path_factory: pytest.TempPathFactory, force: bool) -> None:
    nowhere = tmp_path_factory.mktemp("elsewhere") / "nothing"
    file.symlink_to(nowhere)
    if force:
        save(file, NEW, force=True)
    else:
        with pytest.raises(NotSaved):
            save(file, NEW)
    assert not nowhere.exists()


# Whose it is


@contextlib.contextmanager
def umask(value: int) -> Iterator[None]:
    """The mask of the process changed for a while."""
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077], ids=oct)
def test_files_and_folders_are_the_owners_alone(tmp_path: Path, mask: int) -> None:
    file = tmp_path / "plans" / "ann.toml"
    with umask(mask):
        save(file, OLD)
        save(file, NEW, force=True)
    assert (mode(file), mode(file.with_name("ann.toml.bak")), mode(file.parent)) == (0o600, 0o600, 0o700)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077], ids=oct)
def test_every_folder_that_is_made_on_the_way_is_the_owners_alone(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        save(tmp_path / "practice" / "2026" / "ann.toml", NEW)
    assert (mode(tmp_path / "practice"), mode(tmp_path / "practice" / "2026")) == (0o700, 0o700)


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    save(folder / "ann.toml", NEW)
    assert mode(folder) == 0o755


# When the system fails


class Failing:
    """A call of the system that fails at its n-th use, and counts its uses."""

    def __init__(self, real: Callable[..., Any], *, at: int, number: int) -> None:
        self._real, self._at, self._number = real, at, number
        self.uses = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.uses += 1
        if self.uses == self._at:
            raise OSError(self._number, os.strerror(self._number))
        return self._real(*args, **kwargs)


CALLS = {
    "os.open": (os, "open"),
    "os.fsync": (os, "fsync"),
    "os.link": (os, "link"),
    "Path.replace": (Path, "replace"),
    "Path.mkdir": (Path, "mkdir"),
    "Path.unlink": (Path, "unlink"),
    "Path.stat": (Path, "stat"),
    "os.lstat": (os, "lstat"),
}
ERRORS = ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS")


def fail_at_each_use(
    call: str, error: str, folder: Path, *, force: bool, before: dict[str, bytes]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Save with the first, second ... use of a call failing, until none fails: what came of it, and the folder after it."""
    home, name = CALLS[call]
    for at in range(1, 40):  # every folder above is looked at, and there may be many
        place = folder / str(at)
        place.mkdir()
        for inner, content in before.items():
            (place / inner).write_bytes(content)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(getattr(home, name), at=at, number=getattr(errno, error))
            patch.setattr(home, name, lambda *args, failing=failing, **kwargs: failing(*args, **kwargs))
            try:
                save(place / "ann.toml", NEW, force=force)
                came = "saved"
            except NotSaved as refused:
                came = refused.why
        yield came, snapshot(place)
        if failing.uses < at:
            return


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", [call for call in CALLS if call != "Path.unlink"])
@pytest.mark.parametrize("force", [False, True], ids=["new", "force"])
def test_a_failure_leaves_everything_as_it_was_or_the_plan_is_saved(tmp_path: Path, call: str, error: str, force: bool) -> None:
    before = {"ann.toml": OLD} if force else {}
    saved = {"ann.toml": NEW, "ann.toml.bak": OLD} if force else {"ann.toml": NEW}
    rounds = list(fail_at_each_use(call, error, tmp_path, force=force, before=before))
    assert rounds[-1] == ("saved", saved)
    for came, after in rounds:
        assert (came, after) in (("saved", saved), (os.strerror(getattr(errno, error)), before))


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["os.open", "os.fsync", "os.link"])
def test_the_first_failure_is_told(tmp_path: Path, call: str, error: str) -> None:
    came, _ = next(fail_at_each_use(call, error, tmp_path, force=False, before={}))
    assert came == os.strerror(getattr(errno, error))


@pytest.mark.parametrize("error", ERRORS)
def test_a_temporary_file_that_cannot_be_removed_hides_no_saved_plan(tmp_path: Path, error: str) -> None:
    for came, after in fail_at_each_use("Path.unlink", error, tmp_path, force=False, before={}):
        assert came in ("saved", os.strerror(getattr(errno, error)))
        assert after["ann.toml"] == NEW


def test_a_full_disk_leaves_the_old_plan(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from massage_cli.files.saving import NotSaved, save\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    save(Path(sys.argv[1]), b'x' * 100_000, force=True)\n"
        "except NotSaved as refused:\n    print(refused.why)\n"
    )
    (tmp_path / "ann.toml").write_bytes(OLD)
    ran = subprocess.run([sys.executable, "-c", script, tmp_path / "ann.toml"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{os.strerror(errno.EFBIG)}\n"
    assert snapshot(tmp_path) == {"ann.toml": OLD}


def test_an_interrupt_leaves_no_temporary_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(file, NEW)
    assert snapshot(file.parent) == {}


# When the program is killed

SAVING_FOR_EVER = """\
import itertools, sys
from pathlib import Path
from massage_cli.files.saving import save
file = Path(sys.argv[1])
for number in itertools.count():
    save(file, bytes([65 + number % 26]) * 300_000, force=True)
    file.with_name("ann.toml.bak").unlink(missing_ok=True)
    if number % 5 == 4:
        file.unlink()
    print(flush=True)
"""


def test_a_killed_program_leaves_a_whole_file_or_none(file: Path) -> None:
    found = []
    for after in range(30):
        with subprocess.Popen([sys.executable, "-c", SAVING_FOR_EVER, file], stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            for _ in range(1 + after % 7):
                program.stdout.readline()
            program.send_signal(signal.SIGKILL)
        content = file.read_bytes() if file.exists() else None
        found.append(content is None or (len(content) == 300_000 and len(set(content)) == 1))
    assert found == [True] * 30


KILLED_ROUND_EACH_CALL = """\
import os, sys
from itertools import count, product
from pathlib import Path
from massage_cli.files.saving import save
from tests.soak.system_calls import CALLS, kill_round
for call, before, force in product(CALLS, (True, False), (True, False)):
    for at in count(1):
        file = Path(sys.argv[1], f"{call}-{before}-{force}-{at}", "plans", "ann.toml")
        if force:
            file.parent.mkdir(parents=True)
            file.write_bytes(b"old plan")
        child = os.fork()
        if not child:
            kill_round(call, at=at, before=before)(lambda: None)
            save(file, b"new plan", force=force)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
        print(call)
"""


def test_a_program_killed_round_any_call_of_the_system_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    env = environment(PYTHONPATH=str(Path(__file__).parents[2]))
    script = [sys.executable, "-c", KILLED_ROUND_EACH_CALL, tmp_path]
    ran = subprocess.run(script, env=env, capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"open", "fsync", "close", "link", "replace", "unlink", "mkdir"}
    allowed = {"ann.toml": (b"new plan", b"old plan"), "ann.toml.bak": (b"old plan",)}
    for place in tmp_path.iterdir():
        left = {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file() and not path.name.endswith(".massage-tmp")}
        assert all(content in allowed[name] for name, content in left.items()), (place.name, left)
        replaces = place.name.split("-")[2] == "True"
        assert not replaces or "ann.toml" in left, place.name


def a_left_over(file: Path, *, age_seconds: int) -> Path:
    """What a killed run left beside a file."""
    left = file.with_name(f".{file.name}.0123456789abcdef.massage-tmp")
    left.write_bytes(b"half a pl")
    then = left.stat().st_mtime - age_seconds
    os.utime(left, (then, then))
    return left


def test_what_a_killed_run_left_is_removed_by_the_next(file: Path) -> None:
    a_left_over(file, age_seconds=3600)
    save(file, NEW)
    assert snapshot(file.parent) == {"ann.toml": NEW}


def test_what_a_run_at_the_same_time_is_writing_is_left_alone(file: Path) -> None:
    left = a_left_over(file, age_seconds=5)
    save(file, NEW)
    assert left.exists()


def test_what_is_left_of_another_client_is_left_alone(file: Path) -> None:
    left = a_left_over(file.with_name("bob.toml"), age_seconds=3600)
    save(file, NEW)
    assert left.exists()


def test_a_name_with_wildcards_removes_nothing_of_others(tmp_path: Path) -> None:
    left = a_left_over(tmp_path / "bob.toml", age_seconds=3600)
    save(tmp_path / "b[o]*.toml", NEW)
    assert left.exists()


# Names of files


@pytest.mark.parametrize("client", ["c-0042", "ann", "A.B_c-1", "x" * 64, "console", "com", "lpt10", "nul-1"])
def test_a_pseudonym_names_its_file(client: str) -> None:
    assert plan_name(replace(ANN, client=client)) == f"{client}.toml"


@pytest.mark.parametrize(
    "client", ["con", "CON", "Aux", "nul.x", "com1", "LPT9", "prn.toml", ".hidden", "..", ".", "...", "-rf", "--force", "ann.", "com0"]
)
def test_a_pseudonym_that_some_system_cannot_store_is_refused(client: str) -> None:
    with pytest.raises(NotSaved) as refused:
        plan_name(replace(ANN, client=client))
    assert "--output" in refused.value.why


@settings(max_examples=400)
@given(st.text(max_size=70) | st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True) | st.text(alphabet="./\\:cCoOnN-\0 ", max_size=8))
def test_a_pseudonym_is_refused_or_names_a_file_of_its_own_in_the_folder(client: str) -> None:
    if not CLIENT_PATTERN.match(client):
        return
    try:
        name = plan_name(replace(ANN, client=client))
    except NotSaved:
        return
    path = Path("plans") / name
    assert path.parent == Path("plans")
    assert path.name == name
    assert name.removesuffix(".toml") == client
    assert len(name) <= 255


def test_thousands_of_pseudonyms_name_as_many_files_in_the_folder() -> None:
    rng = random.Random(1)
    letters = "abcABC019._-"
    clients = {"".join(rng.choices(letters, k=rng.randrange(2, 9))) for _ in range(9_000)}
    named: dict[str, str] = {}
    for client in clients:
        if CLIENT_PATTERN.match(client):
            with contextlib.suppress(NotSaved):
                named[client] = plan_name(replace(ANN, client=client))
    assert len(named) > 5_000
    assert len(set(named.values())) == len(named)
    assert all(Path("plans", name).parent == Path("plans") and Path(name).name == name for name in named.values())


@pytest.mark.parametrize(
    "client", ["../ann", "a/b", "a\\b", "C:ann", "ann:stream", "a\0b", "x" * 65, "ann ", " ann", "ann\n", "Anné", "", "a b", "\u202eann"]
)
def test_a_client_that_is_no_pseudonym_never_comes_to_a_file(client: str) -> None:
    assert not CLIENT_PATTERN.match(client)
