"""A clinic's own knowledge in a folder: read, laid over the built-in one, and named by every plan made with it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from massage_cli.files.courses.course_file import course_in, with_visit
from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.own.own_knowledge import (
    OwnKnowledge,
    OwnKnowledgeRefused,
    folder_in_settings,
    knowledge_of,
    knowledge_with,
    overlay_problem,
    read_own,
)
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.problems import Unreadable
from tests.builders import TODAY, a_table, a_visit, knowledge
from tests.worked import FOLDER

CLINIC = FOLDER / "riverside-clinic"


def a_document(**changes: object) -> PlanDocument:
    """The plan of the valid intake, made with the example clinic's knowledge."""
    known, _ = knowledge_of(CLINIC)
    return plan_document(check_intake(a_table(**changes), known, on=TODAY), known, on=TODAY, called="intake")


def test_without_a_folder_it_is_the_built_in_knowledge() -> None:
    assert knowledge_with(None).overlay is None
    assert knowledge_with(None).digest == knowledge().digest


def test_a_folder_is_laid_over_the_built_in_knowledge() -> None:
    known, own = knowledge_of(CLINIC)
    assert known.overlay is not None
    assert known.overlay.name == "riverside-clinic"
    assert "fresh-tattoo" in known.rule
    assert knowledge_with(own) is known
    assert dict(own.files).keys() >= {"overlay.toml", "contraindications.toml"}


@pytest.mark.parametrize("name", ["nowhere", "low-back.toml", "a\0b"])
def test_what_is_no_folder_is_refused(name: str) -> None:
    with pytest.raises(OwnKnowledgeRefused) as refused:
        read_own(FOLDER / name)
    assert [problem.file for problem in refused.value.problems] == [str(FOLDER / name)]


def test_every_refusal_names_the_file_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "overlay.toml").write_text('name = "ours"', encoding="utf-8")
    (tmp_path / "contraindications.toml").write_text('[[rule]]\nid = "fever"\nwhen = []\n', encoding="utf-8")
    with pytest.raises(OwnKnowledgeRefused) as refused:
        knowledge_of(tmp_path)
    assert {problem.file for problem in refused.value.problems} == {str(tmp_path / "contraindications.toml")}


def test_a_plan_names_the_overlay_and_its_digest_and_a_plan_without_one_does_not() -> None:
    document = a_document()
    known, _ = knowledge_of(CLINIC)
    assert known.overlay is not None
    assert (document.overlay, document.overlay_digest) == (known.overlay.name, known.overlay.digest)
    assert read_plan(to_toml(document).encode(), "plan.toml") == document
    assert "overlay" not in to_json(plan_document(check_intake(a_table(), knowledge(), on=TODAY), knowledge(), on=TODAY, called="intake"))


def test_a_plan_is_not_worked_on_where_its_overlay_is_not_in_use() -> None:
    document = a_document()
    with pytest.raises(Unreadable) as refused:
        course_in(document, knowledge(), called="plan.toml")
    assert [problem.path for problem in refused.value.problems] == ["overlay"]
    with pytest.raises(Unreadable) as again:
        read_intake(to_toml(document).encode(), "plan.toml", knowledge(), on=TODAY)
    assert [(problem.path, problem.line is not None) for problem in again.value.problems] == [("overlay", True)]


def test_a_plan_is_worked_on_with_its_overlay_also_after_it_was_changed() -> None:
    known, _ = knowledge_of(CLINIC)
    older = replace(a_document(), overlay_digest="sha256:older")
    assert course_in(older, known, called="plan.toml").protocol.id == "low-back-chronic"
    assert overlay_problem("another-clinic", known) is not None
    assert known.overlay is not None
    assert with_visit(older, a_visit(), known, called="plan.toml").overlay_digest == known.overlay.digest


def test_a_plan_made_without_an_overlay_goes_on_with_one() -> None:
    known, _ = knowledge_of(CLINIC)
    assert overlay_problem(None, known) is None


def test_the_folder_in_the_settings_is_counted_from_them(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    assert folder_in_settings(settings) is None
    settings.write_text('knowledge = "clinic"\n', encoding="utf-8")
    assert folder_in_settings(settings) == tmp_path / "clinic"
    settings.write_text('name = "A"\n', encoding="utf-8")
    assert folder_in_settings(settings) is None


@pytest.mark.parametrize("content", ["knowledge = 3\n", 'knowledge = " "\n', "knowledge = \n"])
def test_settings_that_name_no_folder_are_refused_rather_than_passed_by(tmp_path: Path, content: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(content, encoding="utf-8")
    with pytest.raises(OwnKnowledgeRefused):
        folder_in_settings(settings)


def test_own_knowledge_is_cheap_to_compare() -> None:
    assert read_own(CLINIC) == read_own(CLINIC)
    assert hash(read_own(CLINIC)) == hash(read_own(CLINIC))
    assert read_own(CLINIC) != OwnKnowledge(files=())
