"""`massage template`: an intake to fill in."""

from pathlib import Path

from massage_cli.files.intakes.template import csv_header, intake_template
from tests.builders import knowledge
from tests.terminal.massage import massage


def test_the_template_is_printed(tmp_path: Path) -> None:
    ran = massage("template", folder=tmp_path)
    assert (ran.code, ran.said) == (0, "")
    assert ran.text == intake_template(knowledge())


def test_the_header_of_a_list_is_printed(tmp_path: Path) -> None:
    ran = massage("template", "--format", "csv", folder=tmp_path)
    assert (ran.code, ran.said) == (0, "")
    assert ran.text == csv_header(knowledge())


def filled_in(template: str) -> str:
    """The template with what is always needed filled in."""
    needed = 'client = "c-0001"\nage = 40\ncondition = "chronic"\nregions = ["lower-back"]\npain = 5\n'
    return template.replace("[health]\n", f"{needed}\n[health]\n", 1)


def test_the_template_as_it_is_names_what_is_missing(tmp_path: Path) -> None:
    ran = massage("plan", "-", folder=tmp_path, stdin=massage("template", folder=tmp_path).out)
    assert (ran.code, ran.out) == (2, b"")
    assert [line.split(": ")[1] for line in ran.said.splitlines()] == ["client", "age", "condition", "regions", "pain"]


def test_the_template_filled_in_leaves_questions_open(tmp_path: Path) -> None:
    (tmp_path / "client.toml").write_text(filled_in(massage("template", folder=tmp_path).text), encoding="utf-8")
    ran = massage("plan", "client.toml", folder=tmp_path)
    assert ran.code == 3
    assert ran.text.startswith(" WAIT  Questions are open.")


def test_the_template_filled_in_and_attested_gives_a_plan(tmp_path: Path) -> None:
    text = filled_in(massage("template", folder=tmp_path).text).replace('# everything-else = "no"', 'everything-else = "no"')
    ran = massage("plan", "-", folder=tmp_path, stdin=text.encode())
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.startswith(" GO ")
