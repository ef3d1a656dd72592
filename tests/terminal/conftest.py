"""A folder to work in, with the files that most runs need."""

from pathlib import Path

import pytest
import tomli_w

from tests.builders import a_table
from tests.saved import a_document, missed, visited, write
from tests.worked import intake_file, plan_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound intake, one that is withheld, one that is wrong, a saved plan, and one with visits."""
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "ann.toml").write_text(tomli_w.dumps(a_table(client="ann")), encoding="utf-8")
    (desk / "stop.toml").write_text(tomli_w.dumps(a_table(client="stop", health={"chest-pain": "yes"})), encoding="utf-8")
    (desk / "wrong.toml").write_text(tomli_w.dumps(a_table(client="wrong", age=140, pain=12, pian=3)), encoding="utf-8")
    (desk / "worked.intake.toml").write_bytes(intake_file("blood-thinner").read_bytes())
    (desk / "saved.toml").write_bytes(plan_file("blood-thinner").read_bytes())
    write(desk / "course.toml", missed(visited(a_document(client="course"), 6, 6, 4, 4), 5))
    return desk
