"""`massage catalog check`, and the commands that take a clinic's own knowledge."""

import json
import shutil
from pathlib import Path

import pytest

from massage_cli.terminal.exit_codes import ExitCode
from tests.terminal.massage import ON, massage_here
from tests.worked import FOLDER, intake_file

CLINIC = FOLDER / "riverside-clinic"
OWN = ("--knowledge", str(CLINIC))


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A copy of the example clinic, to be changed."""
    return Path(shutil.copytree(CLINIC, tmp_path / "clinic"))


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_example_clinic_is_sound_and_its_cases_hold() -> None:
    ran = massage_here("catalog", "check", str(CLINIC))
    assert ran.code == ExitCode.DONE
    assert "changes rule anticoagulant: pressure-max 2 to 1, precautions" in ran.text
    assert "5 cases hold." in ran.text
    assert ran.said == ""


def test_scripts_get_what_is_added_and_changed_as_json() -> None:
    told = json.loads(massage_here("catalog", "check", str(CLINIC), "--json").text)
    assert (told["name"], told["cases"], told["rules-without-cases"]) == ("riverside-clinic", 5, [])
    assert told["added"]["technique"] == ["bamboo"]


def test_a_case_that_does_not_hold_is_told_with_what_came(clinic: Path) -> None:
    case = clinic / "cases" / "screening" / "blood-thinner.toml"
    case.write_text(case.read_text(encoding="utf-8").replace("pressure-max = 1", "pressure-max = 2"), encoding="utf-8")
    ran = massage_here("catalog", "check", str(clinic))
    assert ran.code == ExitCode.WRONG_INPUT
    assert f"{case}: expect.pressure-max: 2 is expected, and 1 comes of it" in ran.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= 1", "is not TOML"),
        ('about = "no intake"', "intake: is missing"),
        ('on = 2026-11-21\nwhen = 1\n[intake]\nformat = "massage-intake/1"\n[expect]\n', "when: is not one of"),
        ('on = 2026-11-21\n[intake]\nformat = "massage-intake/1"\n[expect]\noutcome = "clear"\n', "client: is missing"),
    ],
)
def test_a_case_that_cannot_be_read_is_told(clinic: Path, text: str, said: str) -> None:
    case = clinic / "cases" / "screening" / "new.toml"
    case.write_text(text, encoding="utf-8")
    ran = massage_here("catalog", "check", str(clinic))
    assert (ran.code, said in ran.said) == (ExitCode.WRONG_INPUT, True)
    assert str(case) in ran.said


def test_an_own_rule_without_its_cases_is_pointed_out(clinic: Path) -> None:
    shutil.rmtree(clinic / "cases")
    ran = massage_here("catalog", "check", str(clinic))
    assert ran.code == ExitCode.DONE
    assert "Rule fresh-tattoo wants a case that finds it" in ran.text
    assert "There are no cases" in ran.said


def test_a_loosening_is_wrong_input_for_every_command(clinic: Path) -> None:
    add(clinic / "contraindications.toml", '[[rule]]\nid = "fever"\ncategory = "modify"\n')
    plan = ("plan", str(intake_file("blood-thinner")), *ON, "--knowledge", str(clinic))
    for arguments in (("catalog", "check", str(clinic)), plan, ("screen", *plan[1:]), ("batch", *plan[1:], "--dry-run")):
        ran = massage_here(*arguments)
        assert ran.code == ExitCode.WRONG_INPUT, arguments
        assert "contraindications.toml: rule.fever.category" in ran.said
        assert ran.text == ""
    told = json.loads(massage_here(*plan, "--format", "json").text)
    assert told["errors"][0]["path"].startswith("rule.fever")


def test_the_page_says_that_own_knowledge_was_used_and_that_no_clinician_has_reviewed_it() -> None:
    page = massage_here("plan", str(intake_file("blood-thinner")), *ON, *OWN).text
    assert "The clinic's own knowledge 'riverside-clinic' was used." in page
    assert "No clinician has reviewed this knowledge." in page
    assert "own knowledge" not in massage_here("plan", str(intake_file("blood-thinner")), *ON).text


def saved(folder: Path, *arguments: str) -> Path:
    path = folder / "blood-thinner.toml"
    massage_here("plan", str(intake_file("blood-thinner")), *ON, "--output", str(path), *arguments)
    return path


def test_a_plan_whose_overlay_is_not_in_use_is_shown_with_a_line_and_not_reviewed(tmp_path: Path) -> None:
    path = saved(tmp_path, *OWN)
    shown = massage_here("show", str(path))
    assert (shown.code, "It is not in use here" in shown.text) == (ExitCode.DONE, True)
    assert "in use here" not in massage_here("show", str(path), *OWN).text
    for arguments in (("review", str(path), *ON), ("plan", str(path), *ON), ("handout", str(path))):
        ran = massage_here(*arguments)
        assert (ran.code, "is not in use here" in ran.said) == (ExitCode.WRONG_INPUT, True), arguments
    assert massage_here("review", str(path), *ON, *OWN).code == ExitCode.DONE


def test_a_plan_says_when_its_overlay_has_changed_since(tmp_path: Path, clinic: Path) -> None:
    path = saved(tmp_path, *OWN)
    add(clinic / "overlay.toml", "# changed\n")
    assert "It has changed since." in massage_here("show", str(path), "--knowledge", str(clinic)).text


def test_the_settings_name_the_folder_for_every_command(tmp_path: Path) -> None:
    (tmp_path / "massage-cli").mkdir()
    (tmp_path / "massage-cli" / "settings.toml").write_text(f'knowledge = "{CLINIC}"\n', encoding="utf-8")
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert "own knowledge 'riverside-clinic'" in massage_here("plan", str(intake_file("blood-thinner")), *ON, **env).text
    assert "fresh-tattoo" in massage_here("questions", "--format", "json", **env).text
    assert "fresh-tattoo" in massage_here("template", **env).text


def test_a_batch_gives_the_plans_that_single_runs_give(tmp_path: Path) -> None:
    intake = str(intake_file("blood-thinner"))
    report = tmp_path / "report.json"
    massage_here("batch", intake, *ON, *OWN, "--out", str(tmp_path / "out"), "--report", str(report))
    assert (tmp_path / "out" / "blood-thinner.toml").read_bytes() == massage_here("plan", intake, *ON, *OWN, "--format", "toml").out
    assert json.loads(report.read_text(encoding="utf-8"))["overlay"] == "riverside-clinic"


def test_the_page_of_a_technique_of_ones_own_says_what_it_is_like() -> None:
    told = massage_here("catalog", "show", "bamboo", *OWN)
    assert "Like          hot-stone; left out wherever that is\n" in told.text
    assert "Like " not in massage_here("catalog", "show", "hot-stone").text
