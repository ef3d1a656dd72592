"""`massage whatif`: what is shown, that nothing is saved or advised, and what is refused."""

import os
from pathlib import Path

import msgspec
import pytest

from massage_cli.planning.supposing import DANGER, NOTICE
from tests.terminal.hostile import HOSTILE, steering
from tests.terminal.massage import ON, massage_here, snapshot
from tests.worked import NAMES, intake_file, plan_file

WIDE = {"COLUMNS": "160"}


def whatif(name: str, *values: str, format_: str = "text") -> str:
    sets = [part for value in values for part in ("--set", value)]
    ran = massage_here("whatif", str(intake_file(name)), *ON, *sets, "--format", format_, **WIDE)
    assert (ran.code, ran.said) == (0, "")
    return ran.text


@pytest.mark.parametrize("name", NAMES)
def test_that_nothing_is_advised_stands_before_every_difference(name: str) -> None:
    text = whatif(name)
    assert all(text.index(sentence) < 700 for sentence in NOTICE)
    assert (DANGER in text) == (name == "chest-pain")


def test_a_plan_and_its_intake_give_the_same() -> None:
    assert whatif("blood-thinner") == massage_here("whatif", str(plan_file("blood-thinner")), *ON, **WIDE).text


def test_an_agreement_that_is_missing_shows_what_it_would_lift_and_that_it_is_no_plan() -> None:
    text = whatif("pregnancy")
    assert "Had a physician or midwife agreed: Pregnancy" in text
    assert "outcome: restricted; it was: clearance" in text
    assert "This is no plan: the client's own stays withheld for as long as this is not true." in text


def test_a_danger_is_never_supposed_away() -> None:
    text = whatif("chest-pain")
    assert "Were the answer" not in text
    assert "Never lifted" in text
    said_no = whatif("chest-pain", "health.chest-pain=no")
    assert DANGER in said_no
    assert not any(word in said_no for word in ("technique", "visits:", "phase", "pressure", "minutes"))


def test_a_value_that_is_set_shows_what_differs_alone() -> None:
    text = whatif("low-back", "booking.max-sessions=4")
    assert "- New: warning sessions-cut: 4 of 10 visits are planned; no more are paid for." in text
    assert "Swedish" not in text
    assert "Were it told so: booking.max-sessions 4" in text


def test_the_same_value_changes_nothing() -> None:
    assert "Nothing would differ." in whatif("low-back", "pain=6")


def test_json_has_each_supposition_with_every_change() -> None:
    table = msgspec.json.decode(whatif("pregnancy", format_="json"))
    assert table["notice"] == list(NOTICE)
    first = table["suppositions"][0]
    assert (first["kind"], first["rules"], first["outcome"]) == ("clearance", ["pregnancy"], "restricted")
    assert sum(change["about"].startswith("visit ") for change in first["changes"]) == 10


def test_wrong_values_are_refused_all_at_once() -> None:
    ran = massage_here("whatif", str(intake_file("low-back")), *ON, "--set", "pain=80", "--set", "boking.minutes=3", "--format", "json")
    assert ran.code == 2
    assert [error["path"] for error in msgspec.json.decode(ran.out)["errors"]] == ["pain", "boking"]
    assert ran.said.count("--set: ") == 2


def test_nothing_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "client.toml").write_bytes(intake_file("pregnancy").read_bytes())
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)
    assert massage_here("whatif", "client.toml", *ON, HOME=os.fspath(tmp_path)).code == 0
    assert snapshot(tmp_path) == before


def test_a_wrong_intake_is_refused_as_everywhere() -> None:
    ran = massage_here("whatif", "-", *ON, stdin=b'format = "massage-intake/1"\npain = 12')
    assert ran.code == 2
    assert "pain: 12 is not between 0 and 10" in ran.said


def test_values_made_to_steer_a_terminal_come_out_inert() -> None:
    intake = intake_file("low-back").read_bytes()
    for text in HOSTILE:
        for value in (f"{text}=1", f"complaint={text}", f"notes={text}"):
            for format_ in ("text", "json"):
                ran = massage_here("whatif", "-", *ON, "--set", value, "--format", format_, stdin=intake)
                assert ran.code in (0, 2)
                assert steering(ran.out + ran.err) == []
                assert "a bug" not in ran.said
