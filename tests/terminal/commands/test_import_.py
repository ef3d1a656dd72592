"""`massage import`: answers exported as FHIR are an intake again; anything else is told, with exit code 2."""

import json
import stat
from pathlib import Path

import pytest

from massage_cli.files.intakes.intake_toml import intake_as_toml
from tests.builders import knowledge
from tests.documents.made import made
from tests.terminal.massage import ON, massage
from tests.worked import NAMES, plan_file, plan_of


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A bundle as it was exported."""
    path = tmp_path / "answers.json"
    path.write_bytes(made("fhir", plan_of("low-back")))
    return path


@pytest.mark.parametrize("name", [name for name in NAMES if not plan_of(name).outcome.withholds])
def test_an_exported_plan_gives_its_intake_and_that_the_same_plan(name: str, tmp_path: Path) -> None:
    exported = massage("export", plan_file(name), "--to", "fhir", folder=tmp_path)
    imported = massage("import", "-", folder=tmp_path, stdin=exported.out)
    assert (imported.code, imported.err) == (0, b"")
    assert imported.out == intake_as_toml(plan_of(name).intake, knowledge()).encode()
    planned = massage("plan", "-", "--format", "toml", "--on", str(plan_of(name).planned_on), folder=tmp_path, stdin=imported.out)
    assert planned.out == plan_file(name).read_bytes()


def test_the_intake_is_saved_privately_and_never_over_another(answers: Path) -> None:
    folder = answers.parent
    wanted = ("import", "answers.json", "--output", "client.toml")
    ran = massage(*wanted, folder=folder)
    assert (ran.code, ran.out) == (0, b"")
    assert stat.S_IMODE((folder / "client.toml").stat().st_mode) == 0o600
    assert massage(*wanted, folder=folder).code == 4
    assert massage(*wanted, "--force", folder=folder).code == 0
    assert (folder / "client.toml.bak").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"nonsense", b"\xff\xfe{", b'{"resourceType": "Patient"}', b'format = "massage-intake/1"', b"[" * 5000]
)
def test_what_is_no_such_document_is_refused(content: bytes, tmp_path: Path) -> None:
    ran = massage("import", "-", folder=tmp_path, stdin=content)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.startswith("standard input")
    assert "a bug" not in ran.said


def test_every_problem_is_told(answers: Path) -> None:
    bundle = json.loads(answers.read_text())
    (response,) = (entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "QuestionnaireResponse")
    response["item"][0]["item"] = [item for item in response["item"][0]["item"] if item["linkId"] != "intake.age"]
    response["item"].append({"linkId": "fevr", "answer": []})
    answers.write_text(json.dumps(bundle))
    ran = massage("import", "answers.json", folder=answers.parent)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.said.splitlines() == [
        "answers.json: fevr: is not a known question; did you mean 'fever'?",
        "answers.json: intake.age: is missing",
    ]


def test_a_day_that_is_none_is_refused(answers: Path) -> None:
    assert massage("import", "answers.json", "--on", "tomorrow", folder=answers.parent).code == 2
    assert massage("import", "answers.json", *ON, folder=answers.parent).code == 0


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    ran = massage("import", "nothing.json", folder=tmp_path)
    assert ran.code == 2
    assert "there is no such file" in ran.said
