"""`massage batch` where the system does not play along: closed and full outputs, a full disk, signals; and its memory."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.lists import clinic, write_csv, write_list
from tests.batch.test_workers import wait_for
from tests.builders import a_table
from tests.terminal.massage import ON, PROGRAM, environment, massage, snapshot

MEGABYTES_OF_CHANCE = 8
MEASURING = """\
import gc, resource
from massage_cli.terminal.running import run
gc.disable()
print(run(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a list of 200 clients."""
    write_list(tmp_path / "list.jsonl", clinic(200))
    return tmp_path


def test_nobody_need_hear_the_summary(desk: Path) -> None:
    script = f"{sys.executable} -m massage_cli batch {' '.join(ON)} list.jsonl --out plans.jsonl"
    for number, errors in enumerate(("2>&-", "2>/dev/full")):
        out = desk / f"{number}"
        ran = subprocess.run(
            ["sh", "-c", f"{script.replace('plans', f'{number}/plans')} {errors}"], cwd=desk, env=environment(), check=False
        )
        assert ran.returncode == 2
        assert sorted(snapshot(out)) == ["plans.jsonl", "plans.jsonl.problems.jsonl"]


def test_a_reader_that_goes_away_is_no_bug(desk: Path) -> None:
    script = f"{sys.executable} -m massage_cli batch {' '.join(ON)} list.jsonl --out - | head -n 1"
    ran = subprocess.run(["sh", "-c", script], cwd=desk, env=environment(), capture_output=True, check=False)
    assert ran.stdout.count(b"\n") == 1
    assert ran.stderr == b""


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_list_may_come_from_another_program_by_the_shell_s_own_pipes(desk: Path, form: str) -> None:
    write_csv(desk / "list.csv", clinic(200))
    program = f"{sys.executable} -m massage_cli batch {' '.join(ON)} --out"
    script = f"cat list.{form} | {program} file.jsonl /dev/fd/3 3<&0 </dev/null && exit 9; {program} whole.jsonl list.{form}"
    ran = subprocess.run(["sh", "-c", script], cwd=desk, env=environment(), capture_output=True, check=False)
    assert ran.returncode == 2
    assert (desk / "file.jsonl").read_bytes() == (desk / "whole.jsonl").read_bytes()


def test_a_pipe_that_nobody_writes_to_is_a_row_that_cannot_be_read(desk: Path) -> None:
    os.mkfifo(desk / "nobody.csv")
    (desk / "ann.json").write_text(json.dumps(a_table(client="ann")), encoding="utf-8")
    ran = massage("batch", *ON, "nobody.csv", "ann.json", "--out", "-", folder=desk)
    assert (ran.code, ran.out.count(b"\n")) == (2, 1)
    assert "nobody.csv: is a pipe that nobody writes to" in ran.said


def test_standard_output_that_is_full_is_told(desk: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        ran = massage("batch", *ON, "list.jsonl", "--out", "-", folder=desk, stdout=full)
    assert (ran.code, ran.said) == (4, "massage: the output could not be written: No space left on device\n")


def test_a_device_without_an_end_does_not_fill_the_disk(desk: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 27, 1 << 27)); from massage_cli.__main__ import main; main()"
    )
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123  # a device
        arguments = [sys.executable, "-c", limited, "batch", *ON, "-", "--out", "plans.jsonl"]
        ran = subprocess.run(arguments, cwd=desk, stdin=endless, env=environment(), capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    problems = (desk / "plans.jsonl.problems.jsonl").read_text(encoding="utf-8")
    assert "line without an end" in problems
    assert "not saved" not in ran.stderr


@pytest.mark.parametrize("out", ["plans.jsonl", "plans.csv"])
def test_a_disk_that_is_full_is_told_and_the_batch_can_go_on(desk: Path, out: str) -> None:
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); from massage_cli.__main__ import main; main()"
    arguments = ["batch", *ON, "list.jsonl", "--out", out]
    ran = subprocess.run([sys.executable, "-c", limited, *arguments], cwd=desk, env=environment(), capture_output=True, check=False)
    assert ran.returncode == 4
    assert ran.stderr.startswith(f"{out}: not saved: File too large".encode())
    assert not (desk / out).exists()
    assert massage(*arguments, "--resume", folder=desk).code == 2
    assert massage("batch", *ON, "list.jsonl", "--out", f"whole/{out}", folder=desk).code == 2
    assert (desk / out).read_bytes() == (desk / "whole" / out).read_bytes()
    assert not [name for name in snapshot(desk) if name.startswith(".")]


def test_a_folder_on_a_full_disk_has_whole_files_or_none(desk: Path) -> None:
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); from massage_cli.__main__ import main; main()"
    arguments = ["batch", *ON, "list.jsonl", "--out"]
    ran = subprocess.run(
        [sys.executable, "-c", limited, *arguments, "plans"], cwd=desk, env=environment(), capture_output=True, check=False
    )
    assert ran.returncode == 4
    assert massage(*arguments, "whole", folder=desk).code == 2
    whole, written = snapshot(desk / "whole"), snapshot(desk / "plans")
    assert 0 < len(written) < len(whole)
    assert all(whole[name] == content for name, content in written.items())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(desk: Path) -> None:
    (desk / "plans").mkdir(mode=0o500)
    ran = massage("batch", *ON, "list.jsonl", "--out", "plans", folder=desk)
    assert (ran.code, "Permission denied" in ran.said) == (4, True)


@pytest.mark.parametrize("out", ["/proc/plans", "/proc/plans.jsonl"])
def test_a_place_where_nothing_can_be_written_is_told_before_any_work(desk: Path, out: str) -> None:
    ran = massage("batch", *ON, "list.jsonl", "--out", out, folder=desk)
    assert ran.code == 4
    assert ran.said.startswith(f"{out}")
    assert ran.said.count("\n") == 1


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interruption_is_told_with_how_to_go_on(desk: Path, how: signal.Signals, code: int) -> None:
    write_list(desk / "long.jsonl", (table | {"client": f"c-{number}"} for number, table in enumerate(clinic(200) * 100)))
    arguments = ["batch", *ON, "long.jsonl", "--out", "plans.jsonl", "--jobs", "1"]
    with subprocess.Popen([*PROGRAM, *arguments], cwd=desk, env=environment(), stderr=subprocess.PIPE) as program:
        part = desk / ".plans.jsonl.massage-part"
        wait_for(lambda: part.exists() and part.stat().st_size > 0)
        program.send_signal(how)
        _, said = program.communicate()
    assert program.returncode == code
    assert said == b"Interrupted; what was done is kept. To go on: the same command with --resume\n"
    assert not (desk / "plans.jsonl").exists()


def test_a_batch_that_was_started_to_outlive_its_terminal_does(desk: Path) -> None:
    write_list(desk / "long.jsonl", (table | {"client": f"c-{number}"} for number, table in enumerate(clinic(200) * 20)))
    arguments = [*PROGRAM, "batch", *ON, "long.jsonl", "--out", "plans.jsonl", "--jobs", "1"]
    deaf = ["sh", "-c", 'trap "" HUP INT; exec "$@"', "sh"]
    with subprocess.Popen([*deaf, *arguments], cwd=desk, env=environment(), stderr=subprocess.DEVNULL) as program:
        part = desk / ".plans.jsonl.massage-part"
        wait_for(lambda: part.exists() and part.stat().st_size > 0)
        program.send_signal(signal.SIGHUP)
        program.send_signal(signal.SIGINT)
        program.wait()
    assert program.returncode == 2
    assert (desk / "plans.jsonl").exists()


def test_of_batches_at_the_same_time_one_writes_the_file(desk: Path) -> None:
    arguments = [*PROGRAM, "batch", *ON, "list.jsonl", "--out", "plans.jsonl"]
    programs = [subprocess.Popen(arguments, cwd=desk, env=environment(), stderr=subprocess.DEVNULL) for _ in range(4)]
    assert sorted(program.wait() for program in programs) == [2, 4, 4, 4]
    assert massage("batch", *ON, "list.jsonl", "--out", "alone/plans.jsonl", folder=desk).code == 2
    assert snapshot(desk / "alone").items() <= snapshot(desk).items()
    assert not [name for name in snapshot(desk) if name.startswith(".")]


def test_memory_does_not_grow_with_the_list(desk: Path) -> None:
    """One row in twenty is planned; the others cannot be read, which takes less time and has a problem written for each."""
    peaks = []
    for rows in (2_000, 20_000):
        lines = ("{" if number % 20 else json.dumps(a_table(client=f"c-{number}")) for number in range(rows))
        (desk / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
        arguments = [sys.executable, "-c", MEASURING, "batch", *ON, "list.jsonl", "--out", f"{rows}.jsonl", "--jobs", "1"]
        ran = subprocess.run(arguments, cwd=desk, env=environment(), capture_output=True, text=True, check=True)
        code, peak = ran.stdout.split()
        assert code == "2"
        peaks.append(int(peak) / (1024 if sys.platform != "darwin" else 1024 * 1024))
    assert peaks[1] - peaks[0] < MEGABYTES_OF_CHANCE
