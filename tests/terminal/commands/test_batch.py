"""`massage batch`: what a person or a script sees of it."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from tests.batch.lists import INVALID, WITHHELD, clinic, lines_of, write_csv, write_list
from tests.builders import a_table
from tests.terminal.hostile import HOSTILE, steering
from tests.terminal.massage import ON, Ran, massage, massage_here, snapshot

CANARY = "canary Jane Example 1968-03-04"
OUTS = pytest.mark.parametrize("out", ["plans", "plans.jsonl", "plans.csv"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: a sound list, one with rows of every kind, and one that names a client twice."""
    monkeypatch.chdir(tmp_path)
    write_list(tmp_path / "sound.jsonl", (a_table(client=f"c-{number}") for number in range(3)))
    write_list(tmp_path / "mixed.jsonl", [a_table(client="ann"), a_table(client="stop", **WITHHELD), a_table(client="bad", **INVALID)])
    write_list(tmp_path / "twice.jsonl", [a_table(client="ann"), a_table(client="Ann")])
    return tmp_path


def batch(*arguments: str, stdin: bytes = b"", **env: str) -> Ran:
    """Run the command in this process, on the usual day."""
    return massage_here("batch", *ON, *arguments, stdin=stdin, **env)


# What is written


def test_each_file_of_a_folder_is_the_plan_of_this_client_alone(desk: Path) -> None:
    for number, table in enumerate(clinic(9)):
        (desk / f"{number}.toml").write_text(tomli_w.dumps(table), encoding="utf-8")
    write_list(desk / "clinic.jsonl", clinic(9))
    assert batch("clinic.jsonl", "--out", "plans").code == 0
    assert batch("clinic.jsonl", "--out", "plans.jsonl").code == 0
    lines = list(lines_of(desk / "plans.jsonl"))
    for number, table in enumerate(clinic(9)):
        alone = {format_: massage_here("plan", f"{number}.toml", *ON, "--format", format_) for format_ in ("toml", "json")}
        assert (desk / "plans" / f"{table['client']}.toml").read_bytes() == alone["toml"].out
        assert lines[number] == json.loads(alone["json"].out)


@OUTS
def test_one_list_in_every_kind_of_file_gives_the_same_plans(desk: Path, out: str) -> None:
    tables = [table for table in clinic(12) if table["pain"] != INVALID["pain"]]
    write_csv(desk / "list.csv", tables)
    write_list(desk / "list.jsonl", tables)
    (desk / "list").mkdir()
    for table in tables:
        (desk / "list" / f"{table['client']}.toml").write_text(tomli_w.dumps(table), encoding="utf-8")
    for source in ("list.csv", "list.jsonl", "list"):
        assert batch(source, "--out", f"from-{source}/{out}").code == 0
    if out == "plans.csv":
        return  # it names the source
    assert snapshot(desk / "from-list.csv") == snapshot(desk / "from-list.jsonl") == snapshot(desk / "from-list")


def test_a_summary_lists_invalid_rows_in_their_place(desk: Path) -> None:
    assert batch("mixed.jsonl", "--out", "plans.csv").code == 2
    lines = (desk / "plans.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[1:4] for line in lines[1:]] == [["1", "ann", "clear"], ["2", "stop", "refer"], ["3", "", "invalid"]]


def test_settings_of_the_machine_change_no_byte(desk: Path) -> None:
    write_list(desk / "clinic.jsonl", clinic(40))
    for number, env in enumerate(
        ({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "random", "TZ": "Pacific/Apia"})
    ):
        ran = massage("batch", *ON, "clinic.jsonl", "--out", f"{number}/plans.jsonl", "--report", f"{number}/report", folder=desk, env=env)
        assert ran.code == 2
    first, second, third = (snapshot(desk / str(number)) for number in range(3))
    assert {"plans.jsonl", "plans.jsonl.problems.jsonl", "report"} == set(first)
    for name in ("plans.jsonl", "plans.jsonl.problems.jsonl"):
        assert first[name] == second[name] == third[name]
    assert first["report"] == second["report"].replace(b'"1/', b'"0/') == third["report"].replace(b'"2/', b'"0/')


def test_the_day_of_planning_is_that_given(desk: Path) -> None:
    massage_here("batch", "sound.jsonl", "--on", "2027-03-01", "--out", "plans.jsonl")
    assert {line["planned-on"] for line in lines_of(desk / "plans.jsonl")} == {"2027-03-01"}


def test_standard_input_and_output_are_a_list_and_nothing_else(desk: Path) -> None:
    ran = massage("batch", *ON, "-", "--out", "-", folder=desk, stdin=(desk / "mixed.jsonl").read_bytes())
    assert [json.loads(line)["intake"]["client"] for line in ran.text.splitlines()] == ["ann", "stop"]
    assert (ran.code, "BATCH" in ran.said) == (2, True)
    again = massage("batch", *ON, "mixed.jsonl", "--out", "plans.jsonl", folder=desk)
    assert (desk / "plans.jsonl").read_bytes() == ran.out
    assert again.out == b""


def test_a_csv_list_may_come_from_standard_input_too(desk: Path) -> None:
    content = write_csv(desk / "list.csv", clinic(5)).read_bytes()
    assert batch("-", "--out", "-", stdin=content).out == batch("list.csv", "--out", "-").out


def test_plans_may_go_into_the_folder_one_stands_in(desk: Path) -> None:
    (desk / "here").mkdir()
    os.chdir(desk / "here")
    assert batch("../mixed.jsonl", "--out", ".").code == 2
    assert sorted(snapshot(desk / "here")) == ["ann.toml", "stop.toml"]
    assert (desk / "here.problems.jsonl").exists()


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sound.jsonl", "--out", "x"), 0),
        (("sound.jsonl", "--out", "x", "--fail-on", "refer"), 0),
        (("mixed.jsonl", "--only", "stop", "--out", "x"), 0),
        (("mixed.jsonl", "--only", "stop", "--out", "x", "--fail-on", "refer"), 3),
        (("mixed.jsonl", "--only", "stop", "--out", "x", "--fail-on", "clearance"), 0),
        (("mixed.jsonl", "--only", "stop", "--out", "x", "--fail-on", "clearance", "--fail-on", "refer"), 3),
        (("mixed.jsonl", "--out", "x"), 2),
        (("mixed.jsonl", "--out", "x", "--fail-on", "refer"), 2),
        (("mixed.jsonl", "--out", "older", "--fail-on", "refer"), 4),
        (("twice.jsonl", "--out", "x"), 2),
        (("absent.jsonl", "--out", "x"), 2),
        (("sound.jsonl", "--out", "older.jsonl"), 4),
        (("sound.jsonl",), 2),
        (("sound.jsonl", "--out", "plans.toml"), 2),
        (("sound.jsonl", "--out", "x", "--on", "soon"), 2),
        (("sound.jsonl", "--out", "x", "--only", "eve"), 2),
        (("sound.jsonl", "--out", "x", "--jobs", "0"), 2),
        (("sound.jsonl", "--out", "x", "--fail-on", "clear"), 2),
        ((), 2),
    ],
    ids=str,
)
def test_the_exit_code(desk: Path, arguments: tuple[str, ...], code: int) -> None:
    (desk / "older").mkdir()
    (desk / "older" / "ann.toml").write_bytes(b"older\n")
    (desk / "older.jsonl").write_bytes(b"older\n")
    ran = batch(*arguments)
    assert ran.code == code, ran.said
    assert (desk / "older" / "ann.toml").read_bytes() == (desk / "older.jsonl").read_bytes() == b"older\n"


@pytest.mark.usefixtures("desk")
def test_a_client_who_is_not_in_the_list_is_told() -> None:
    assert batch("sound.jsonl", "--out", "x", "--only", "eve").said == "--only: no client 'eve' is in the list\n"


def test_files_that_could_not_be_written_are_told_and_counted(desk: Path) -> None:
    (desk / "plans").mkdir()
    write_list(desk / "many.jsonl", (a_table(client=f"c-{number}") for number in range(30)))
    for number in range(25):
        (desk / "plans" / f"c-{number}.toml").write_bytes(b"older\n")
    ran = batch("many.jsonl", "--out", "plans")
    assert ran.code == 4
    assert ran.said.count(": not saved: ") == 20
    assert "More files could not be saved" in ran.said
    assert "Not written  25" in ran.said
    assert len(list((desk / "plans").iterdir())) == 30


# Trying


@pytest.mark.parametrize("out", [(), ("--out", "plans"), ("--out", "plans.csv"), ("--out", "-")], ids=" ".join)
def test_a_dry_run_writes_nothing_at_all(desk: Path, out: tuple[str, ...]) -> None:
    before = snapshot(desk)
    ran = batch("mixed.jsonl", "--dry-run", *out, "--urgent")
    assert (ran.code, ran.out) == (2, b"")
    assert "Planned   1" in ran.said
    assert snapshot(desk) == before


@pytest.mark.parametrize("how", [("--dry-run",), ("--out", "-")], ids=" ".join)
def test_where_no_list_of_problems_is_written_the_first_are_told(desk: Path, how: tuple[str, ...]) -> None:
    assert batch("mixed.jsonl", *how).said.startswith("mixed.jsonl:3: pain: the value is not between 0 and 10\n\nBATCH\n")
    write_list(desk / "bad.jsonl", (a_table(client=f"c-{number}", **INVALID) for number in range(100)))
    said = batch("bad.jsonl", *how).said
    assert said.count("bad.jsonl:") == 20
    assert said.count("More rows have problems") == 1
    assert "bad.jsonl:" not in batch("bad.jsonl", "--out", "plans").said


def test_those_to_be_told_first_are_listed_on_wish(desk: Path) -> None:
    tables = [a_table(client="mild", health={"fever": "yes"}), a_table(client="fine"), a_table(client="worst", **WITHHELD)]
    write_list(desk / "list.jsonl", tables)
    ran = batch("list.jsonl", "--dry-run", "--urgent")
    assert ran.said.index("EMERGENCY  worst") < ran.said.index("mild") < ran.said.index("BATCH")
    assert "fine" not in ran.said


# What is not told


def canaries() -> list[dict[str, Any]]:
    """Rows of every kind of end, with a name wherever a person might type one."""
    return [
        a_table(client=CANARY + " "),
        a_table(client="ann", notes=CANARY),
        a_table(client="bob", complaint=CANARY, regions=[CANARY], goals=[CANARY], prefers=[CANARY]),
        a_table(client="eve", health={"fever": CANARY}, booking={"holidays": CANARY, "trained-in": [CANARY]}),
        a_table(client="dan", condition=CANARY, clearances=[{"rule": CANARY, "by": CANARY, "on": CANARY}]),
        a_table(client=[CANARY], age=CANARY, onset=CANARY, pressure=CANARY),
    ]


def test_no_value_of_a_client_is_told_anywhere_but_in_plans(desk: Path) -> None:
    write_list(desk / "list.jsonl", canaries())
    write_csv(desk / "list.csv", canaries()[:3])
    for source in ("list.jsonl", "list.csv"):
        for out in ("plans.csv", "plans", "plans.jsonl"):
            ran = batch(source, "--out", f"{source}.d/{out}", "--report", f"{source}.d/report.json", "--urgent")
            assert ran.code == 2
            assert CANARY not in ran.said + ran.text
        assert CANARY not in batch(source, "--dry-run", "--urgent").said
    told = {name: content for name, content in snapshot(desk).items() if name.endswith(("problems.jsonl", "report.json", "plans.csv"))}
    assert len(told) == 2 * 5
    assert not [name for name, content in told.items() if CANARY.encode() in content]


def test_hostile_text_is_inert_everywhere(desk: Path) -> None:
    rows = []
    for number, text in enumerate(HOSTILE):
        rows += [a_table(client=f"c-{number}", notes=text), a_table(**{"client": text, "complaint": text, text: text, "regions": [text]})]
    source = "\x1b[31m\u202elist\x9b.jsonl"
    write_list(desk / source, rows)
    for out in ("plans", "plans.jsonl", "plans.csv"):
        ran = batch(source, "--out", out, "--report", f"{out}.report", "--urgent")
        assert ran.code == 2
        assert (steering(ran.out), steering(ran.err)) == ([], [])
    (desk / source).unlink()
    for name, content in snapshot(desk).items():
        assert steering(content.replace(b"\r\n", b"\n")) == [], name


def test_a_file_whose_name_is_no_text_is_planned_like_any_other(desk: Path) -> None:
    name = os.fsdecode(b"\xff.jsonl")
    shutil.copy(desk / "mixed.jsonl", name)
    for out in ("plans", "plans.jsonl", "plans.csv"):
        ran = massage("batch", *ON, name, "--out", out, "--report", f"{out}.report", folder=desk)
        assert (ran.code, "a bug" in ran.said) == (2, False)
    assert {line["source"] for line in lines_of(desk / "plans.problems.jsonl")} == {"?.jsonl"}
