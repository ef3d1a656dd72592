"""A small share of every long run, on every run of the tests; and that the long runs find what there is to find."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from massage_cli.files import saving
from massage_cli.files.intakes import intake_file
from massage_cli.planning import calendar, screening
from tests.soak import growth
from tests.soak.__main__ import SUBJECTS, listed, main, soak
from tests.soak.laws import LAWS
from tests.terminal.massage import environment

ROOT = Path(__file__).parents[2]
HERE = {"fuzz": 300, "growth": 30, "faults": 240, "hostile": 4, "canaries": 100, "environments": 2, "subsets": 30, "dates": 200}
ALL_THE_SAME = {"laws", "workers"}
"""What these look at, tests of every run look at by themselves."""
FEVER_ALONE = 5
"""The fourth of the subsets of one, after that of none."""
FORKING = {"kills": 14, "races": 4, "interviews": 5}
"""These fork, which a process with threads had better not."""


@pytest.mark.parametrize("name", HERE)
def test_a_small_share_finds_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([name, "--count", str(HERE[name])])
    out = capsys.readouterr().out
    assert code == 0, out
    assert " cases done, 0 found, in " in out


def test_a_file_that_takes_long_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(growth, "LONGEST_SECONDS", 0.001)
    assert soak("growth", count=12) == 1  # a calendar among them takes a fifth of a second
    assert "takes more than 0.001 s" in capsys.readouterr().out


def test_a_small_share_of_what_forks_finds_nothing() -> None:
    script = f"from tests.soak.__main__ import soak; raise SystemExit(max(soak(name, count=count) for name, count in {FORKING}.items()))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert ran.stdout.count(" cases done, 0 found, in ") == len(FORKING)


def test_every_subject_is_here_and_has_its_small_share(capsys: pytest.CaptureFixture[str]) -> None:
    modules = {path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef soak(" in path.read_text(encoding="utf-8")}
    assert modules - {"__main__"} == set(SUBJECTS) == {*HERE, *FORKING, *ALL_THE_SAME}
    assert main([]) == 0
    assert listed() in capsys.readouterr().out


def test_the_laws_are_those_that_hypothesis_hands_a_number() -> None:
    assert len(LAWS) > 40
    assert "test_plans_are_those_of_the_oracle" in LAWS


def test_an_unknown_subject_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["nothing"])
    assert left.value.code == 2
    assert "fuzz" in capsys.readouterr().err


# What is planted is found


def found(name: str, count: int, capsys: pytest.CaptureFixture[str], *, seed: int = 1) -> str:
    assert soak(name, count=count, seed=seed) == 1
    return capsys.readouterr().out


def test_a_file_that_breaks_the_program_is_found_and_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = intake_file.check_intake

    def breaking(raw: object, *args: object, **kwargs: object) -> object:
        if isinstance(raw, dict) and "pain" not in raw:
            raise KeyError("pain")
        return real(raw, *args, **kwargs)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(intake_file, "check_intake", breaking)
    out = found("fuzz", 100, capsys)
    number = int(out.partition("--seed ")[2].split()[0])
    assert "KeyError" in found("fuzz", 1, capsys, seed=number)


def test_a_rule_that_is_passed_over_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real = screening.judge_rules
    monkeypatch.setattr(screening, "judge_rules", lambda *args: {name: truth for name, truth in real(*args).items() if name != "fever"})
    assert "yes to ('fever',): the program and the oracle differ" in found("subsets", 1, capsys, seed=FEVER_ALONE)


def test_a_visit_that_comes_too_soon_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(calendar, "_dated", calendar._dated.__wrapped__)  # nothing wrong is remembered
    monkeypatch.setattr(calendar, "soonest", lambda previous, gap: previous + timedelta(days=gap // 2))
    assert ": the program has [" in found("dates", 40, capsys)


def test_a_writer_that_leaves_its_temporary_file_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(saving, "_remove", lambda _: None)
    assert ".massage-tmp is left behind" in found("faults", 60, capsys)
