"""What scripts import: plans and screenings without the command line, and the same as the command gives."""

import subprocess
import sys
from pathlib import Path

import pytest
import tomli_w

import massage_cli
from tests.builders import TODAY, a_table
from tests.terminal.massage import ON, environment, massage_here
from tests.worked import FOLDER, intake_file, plan_file

CLIENT = "blood-thinner"


def test_importing_the_package_imports_no_library() -> None:
    script = "import sys, massage_cli; print(*sorted(name.partition('.')[0] for name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert not {"msgspec", "rich", "typer", "tomli", "tomli_w", "holidays"} & set(ran.stdout.split())


def test_whoever_looks_round_in_a_console_sees_every_name_and_each_is_there() -> None:
    assert set(massage_cli.__all__) < set(dir(massage_cli))
    assert all(getattr(massage_cli, name) is not None for name in massage_cli.__all__)


def test_a_script_draws_and_asks_nothing() -> None:
    script = (
        "import sys, datetime, massage_cli\n"
        f"massage_cli.plan_intake({str(intake_file(CLIENT))!r}, on=datetime.date({TODAY.year}, {TODAY.month}, {TODAY.day}))\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert "msgspec" in ran.stdout.split()
    assert not {"rich", "typer", "questionary", "prompt_toolkit"} & set(ran.stdout.split())


@pytest.mark.parametrize("name", massage_cli.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(massage_cli, name).__name__ == name


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="plan_everyone"):
        massage_cli.plan_everyone  # noqa: B018  # asking is the test


@pytest.mark.parametrize("as_", [str, Path])
def test_a_plan_is_that_of_the_command(as_: type) -> None:
    document = massage_cli.plan_intake(as_(intake_file(CLIENT)), on=TODAY)
    assert massage_cli.to_toml(document).encode() == massage_here("plan", str(intake_file(CLIENT)), *ON, "--format", "toml").out
    assert massage_cli.to_json(document).encode() == massage_here("plan", str(intake_file(CLIENT)), *ON, "--format", "json").out


def test_a_screening_is_that_of_the_command() -> None:
    document = massage_cli.screen_intake(intake_file(CLIENT), on=TODAY)
    assert massage_cli.to_json(document).encode() == massage_here("screen", str(intake_file(CLIENT)), *ON, "--format", "json").out


def test_a_saved_plan_is_read_and_planned_again() -> None:
    saved = plan_file(CLIENT)
    document = massage_cli.read_plan(saved.read_bytes(), saved.name)
    assert isinstance(document, massage_cli.PlanDocument)
    assert massage_cli.plan_intake(saved, on=TODAY) == document


def test_an_intake_may_be_a_table(tmp_path: Path) -> None:
    (tmp_path / "ann.toml").write_text(tomli_w.dumps(a_table(client="ann")), encoding="utf-8")
    assert massage_cli.plan_intake(a_table(client="ann"), on=TODAY) == massage_cli.plan_intake(tmp_path / "ann.toml", on=TODAY)


def test_a_withheld_plan_is_a_result() -> None:
    document = massage_cli.plan_intake(a_table(health={"chest-pain": "yes"}), on=TODAY)
    assert (document.outcome, document.sessions) == ("refer", ())


def test_wrong_input_raises_with_every_problem() -> None:
    with pytest.raises(massage_cli.Unreadable) as refused:
        massage_cli.plan_intake(a_table(pain=77, age=140), on=TODAY)
    assert {problem.path for problem in refused.value.problems} == {"pain", "age"}
    with pytest.raises(massage_cli.Unreadable):
        massage_cli.screen_intake("absent.toml", on=TODAY)


def test_a_list_of_intakes_gives_a_plan_or_the_problems_for_each() -> None:
    results = massage_cli.plan_intakes((table for table in (a_table(), a_table(pain=77), a_table(client="bob"))), on=TODAY)
    first, second, third = results
    assert isinstance(first, massage_cli.PlanDocument)
    assert [(type(problem), problem.path) for problem in second] == [(massage_cli.Problem, "pain")]
    assert third == massage_cli.plan_intake(a_table(client="bob"), on=TODAY)


def test_a_table_that_was_given_is_not_changed() -> None:
    table = a_table()
    massage_cli.plan_intake(table, on=TODAY)
    assert table == a_table()


def test_a_clinic_s_own_knowledge_is_taken_from_its_folder() -> None:
    clinic = FOLDER / "riverside-clinic"
    table = a_table(health={"anticoagulant": "yes"})
    assert massage_cli.screen_intake(table, on=TODAY, own=clinic).screening.pressure_max == 1
    assert massage_cli.plan_intake(table, on=TODAY, own=str(clinic)).overlay == "riverside-clinic"
    assert massage_cli.screen_intake(table, on=TODAY).screening.pressure_max == 2
    with pytest.raises(massage_cli.Unreadable):
        next(massage_cli.plan_intakes([table], on=TODAY, own="nowhere"))
