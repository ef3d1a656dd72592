"""`massage plan`: the plan on standard output, and in a file where it is asked for."""

import json
from pathlib import Path

import pytest
import tomli

from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from tests.terminal.massage import ON, massage, massage_here, snapshot
from tests.worked import NAMES, intake_file, plan_file, plan_of


def plan(*arguments: str, folder: Path) -> tuple[int, bytes, str]:
    """Run `massage plan` on the day of the tests: exit code, standard output and what was said."""
    ran = massage("plan", *arguments, *ON, folder=folder)
    assert "Traceback" not in ran.said
    return ran.code, ran.out, ran.said


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_client_gives_their_plan_to_the_byte(name: str) -> None:
    ran = massage_here("plan", str(intake_file(name)), *ON, "--format", "toml")
    assert ran.out == plan_file(name).read_bytes()
    assert ran.code == (3 if plan_of(name).outcome.withholds else 0)
    assert ran.said == ""


def test_json_is_the_same_plan(folder: Path) -> None:
    code, out, said = plan("worked.intake.toml", "--format", "json", folder=folder)
    assert (code, said) == (0, "")
    assert read_plan(out, "a.json") == plan_of("blood-thinner")


def test_text_begins_with_the_verdict_and_nothing_is_said_beside_it(folder: Path) -> None:
    code, out, said = plan("worked.intake.toml", folder=folder)
    assert (code, said) == (0, "")
    assert out.decode().splitlines()[0].startswith(" GO WITH LIMITS ")


def test_a_withheld_plan_is_3_and_nothing_is_said_beside_it(folder: Path) -> None:
    code, out, said = plan("stop.toml", folder=folder)
    assert (code, said) == (3, "")
    assert out.decode().splitlines()[0].startswith(" STOP: EMERGENCY ")


@pytest.mark.parametrize("format_", ["text", "toml", "json"])
def test_a_saved_plan_is_planned_again_like_its_intake(folder: Path, format_: str) -> None:
    again = plan("saved.toml", "--format", format_, folder=folder)
    first = plan("worked.intake.toml", "--format", format_, folder=folder)
    if format_ == "json":  # TOML puts tables after plain values, so that the answers stand in another order
        assert json.loads(again[1]) == json.loads(first[1])
    else:
        assert again == first


def test_nothing_is_left_behind_where_nothing_is_to_be_saved(folder: Path) -> None:
    before = snapshot(folder)
    plan("ann.toml", folder=folder)
    assert snapshot(folder) == before


# Saving


def test_save_keeps_the_plan_in_the_folder_plans(folder: Path) -> None:
    before = snapshot(folder)
    code, out, said = plan("worked.intake.toml", "--save", "--format", "toml", folder=folder)
    assert (code, said) == (0, "Saved to plans/blood-thinner.toml\n")
    saved = plan_file("blood-thinner").read_bytes()
    assert snapshot(folder) == before | {"plans": b"", "plans/blood-thinner.toml": saved}
    assert out == saved


def test_a_saved_plan_and_its_folder_are_the_owners_alone(folder: Path) -> None:
    plan("ann.toml", "--save", folder=folder)
    assert (folder / "plans").stat().st_mode & 0o777 == 0o700
    assert (folder / "plans" / "ann.toml").stat().st_mode & 0o777 == 0o600


def test_a_withheld_plan_is_saved_too(folder: Path) -> None:
    code, _, said = plan("stop.toml", "--save", folder=folder)
    assert (code, said) == (3, "Saved to plans/stop.toml\n")
    assert tomli.loads((folder / "plans" / "stop.toml").read_text(encoding="utf-8"))["outcome"] == "refer"


@pytest.mark.parametrize(("name", "write"), [("out.toml", to_toml), ("out.json", to_json), ("out.txt", to_toml), ("out", to_toml)])
def test_output_names_the_file_and_its_format(folder: Path, name: str, write: object) -> None:
    code, _, said = plan("worked.intake.toml", "--output", name, folder=folder)
    assert (code, said) == (0, f"Saved to {name}\n")
    text = (folder / name).read_text(encoding="utf-8")
    assert text.startswith("{" if write is to_json else "format = ")
    assert read_plan(text.encode(), name) == plan_of("blood-thinner")


def test_output_makes_its_folder(folder: Path) -> None:
    code, _, _ = plan("ann.toml", "-o", "a/b/ann.toml", folder=folder)
    assert code == 0
    assert (folder / "a" / "b" / "ann.toml").is_file()


@pytest.mark.parametrize("format_", ["text", "toml", "json"])
def test_an_existing_file_is_4_its_bytes_stay_and_the_plan_is_still_shown(folder: Path, format_: str) -> None:
    _, shown, _ = plan("ann.toml", "--format", format_, folder=folder)
    before = snapshot(folder)
    code, out, said = plan("ann.toml", "--format", format_, "--output", "saved.toml", folder=folder)
    assert code == 4
    assert out == shown
    assert said == "saved.toml: not saved: it exists already; give --force to replace it and keep a backup\n"
    assert snapshot(folder) == before


def test_a_withheld_plan_that_cannot_be_saved_is_4(folder: Path) -> None:
    code, out, _ = plan("stop.toml", "--output", "saved.toml", folder=folder)
    assert code == 4
    assert out.decode().startswith(" STOP: EMERGENCY ")


def test_force_replaces_the_file_and_keeps_a_backup(folder: Path) -> None:
    before = snapshot(folder)
    code, out, said = plan("ann.toml", "--output", "saved.toml", "--force", "--format", "toml", folder=folder)
    assert (code, said) == (0, "The plan before is kept as saved.toml.bak\nSaved to saved.toml\n")
    assert snapshot(folder) == before | {"saved.toml": out, "saved.toml.bak": before["saved.toml"]}


def test_an_intake_can_be_replaced_by_its_own_plan_only_with_force(folder: Path) -> None:
    assert plan("ann.toml", "--output", "ann.toml", folder=folder)[0] == 4
    assert plan("ann.toml", "--output", "ann.toml", "--force", folder=folder)[0] == 0


def test_a_link_is_replaced_not_followed(folder: Path) -> None:
    (folder / "link.toml").symlink_to("saved.toml")
    before = (folder / "saved.toml").read_bytes()
    assert plan("ann.toml", "--output", "link.toml", folder=folder)[0] == 4
    assert (folder / "link.toml").is_symlink()
    assert plan("ann.toml", "--output", "link.toml", "--force", folder=folder)[0] == 0
    assert not (folder / "link.toml").is_symlink()
    assert (folder / "saved.toml").read_bytes() == before


@pytest.mark.parametrize("output", ["/dev/full", "/dev/null", "saved.toml/plan.toml", ".", "", "..", "/", "x" * 300, "/proc/plan.toml"])
def test_an_output_that_cannot_be_a_file_is_4_and_the_plan_is_still_shown(folder: Path, output: str) -> None:
    before = snapshot(folder)
    code, out, said = plan("ann.toml", "--output", output, folder=folder)
    assert code == 4
    assert "not saved: " in said
    assert out.startswith(b" GO ")
    assert snapshot(folder) == before


@pytest.mark.parametrize("client", ["con", "..", ".hidden", "-rf"])
def test_a_pseudonym_that_cannot_be_a_file_is_4_and_the_plan_is_still_shown(folder: Path, client: str) -> None:
    file = folder / "ann.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"ann"', json.dumps(client)), encoding="utf-8")
    before = snapshot(folder)
    code, out, said = plan("ann.toml", "--save", folder=folder)
    assert code == 4
    assert "name the file with --output" in said
    assert out.startswith(b" GO ")
    assert snapshot(folder) == before


@pytest.mark.parametrize("arguments", [("--save",), ("--output", "new/plan.toml")], ids=" ".join)
def test_nothing_is_written_on_wrong_input(folder: Path, arguments: tuple[str, ...]) -> None:
    before = snapshot(folder)
    assert plan("wrong.toml", *arguments, folder=folder)[0] == 2
    assert snapshot(folder) == before


def test_the_folder_plans_may_not_be_a_file(folder: Path) -> None:
    (folder / "plans").write_bytes(b"")
    code, out, said = plan("ann.toml", "--save", folder=folder)
    assert code == 4
    assert "plans/ann.toml: not saved: " in said
    assert out.startswith(b" GO ")
