"""What is imported when: scripts that ask for little wait for little."""

import subprocess
import sys

import pytest

from tests.terminal.massage import ON, environment
from tests.worked import intake_file, plan_file

SCRIPT = """\
import sys
before = set(sys.modules)
from massage_cli.__main__ import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(sorted(set(sys.modules) - before)), file=sys.stderr)
"""
PLAIN = str(intake_file("blood-thinner"))
WITH_HOLIDAYS = str(intake_file("low-back"))


def modules(*arguments: str) -> set[str]:
    """The modules that a run imports."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], env=environment(), capture_output=True, text=True, check=True)
    assert ran.stdout
    return set(ran.stderr.split())


def imported(*arguments: str) -> set[str]:
    """The top-level packages that a run imports."""
    return {name.partition(".")[0] for name in modules(*arguments)}


def test_the_version_imports_no_command_and_no_library() -> None:
    names = modules("--version")
    assert not {name for name in names if name.startswith("massage_cli.terminal.commands")}
    assert not {"typer", "click", "msgspec", "rich", "tomli", "tomli_w", "holidays"} & names


@pytest.mark.parametrize("format_", ["toml", "json"])
@pytest.mark.parametrize("command", ["plan", "screen"])
def test_data_imports_nothing_that_draws_asks_or_looks_up(command: str, format_: str) -> None:
    names = imported(command, PLAIN, *ON, "--format", format_)
    assert "massage_cli" in names
    assert not {"rich", "holidays", "questionary", "prompt_toolkit", "pydantic", "jsonschema"} & names


def test_a_page_imports_rich_and_no_interview() -> None:
    names = imported("plan", PLAIN, *ON)
    assert "rich" in names
    assert not {"holidays", "questionary", "prompt_toolkit", "tomli_w", "pydantic"} & names


def test_holidays_are_imported_only_where_an_intake_names_a_country() -> None:
    assert "holidays" in imported("plan", WITH_HOLIDAYS, *ON, "--format", "json")


@pytest.mark.parametrize("arguments", [("template",), ("questions", "--format", "json"), ("schema", "plan")], ids=" ".join)
def test_what_only_prints_knowledge_draws_nothing(arguments: tuple[str, ...]) -> None:
    assert not {"rich", "holidays", "tomli_w", "questionary"} & imported(*arguments)


def test_fhir_is_imported_where_it_is_asked_for_alone() -> None:
    plan = str(plan_file("low-back"))
    others = modules("plan", PLAIN, *ON, "--format", "json") | modules("export", plan, "--to", "csv", *ON)
    assert not {name for name in others if name.startswith("massage_cli.documents.fhir")}
    assert "massage_cli.documents.fhir.bundle" in modules("export", plan, "--to", "fhir", *ON)
    assert not {"fhir", "pydantic", "jsonschema", "rich", "icalendar", "jinja2"} & imported("export", plan, "--to", "fhir", *ON)


def test_no_run_imports_a_network() -> None:
    for arguments in (("plan", WITH_HOLIDAYS, *ON), ("plan", PLAIN, *ON, "--format", "toml"), ("questions",)):
        assert not {"http", "urllib3", "ssl", "requests", "asyncio"} & imported(*arguments), arguments
