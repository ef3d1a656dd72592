"""The safety case and the readable log: what stands in the files is what the data gives."""

import re
from pathlib import Path

import pytest

from massage_cli.knowledge.check_claims import claims_in
from tests.builders import knowledge
from tests.safety.hazard_log import argument, hazards
from tests.safety.safety_case import documents

DOCUMENTS = documents()
BY_NAME = {path.name: text for path, text in DOCUMENTS.items()}
A_LINE_OF_PRINT = 100
TWO_PAGES_OF_LINES = 110
"""As a printer sets it in small type, with margins for notes."""


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_the_one_that_the_data_gives(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == DOCUMENTS[path], "run: python -m tests.safety.safety_case, and read the difference"


def test_the_case_fits_on_two_pages() -> None:
    visible = re.sub(r"\]\([^)]*\)|<!--.*?-->", "", BY_NAME["safety_case.md"])
    paragraphs = re.split(r"\n(?=\n|\s*- |#)|\n\n", visible)
    assert sum(-(-len(paragraph.strip()) // A_LINE_OF_PRINT) for paragraph in paragraphs) <= TWO_PAGES_OF_LINES


def test_every_hazard_stands_in_the_case_and_every_proof_in_the_log() -> None:
    for hazard in hazards():
        assert BY_NAME["safety_case.md"].count(f"    - [{hazard.id}]") == 1
        for proof in hazard.proof:
            assert proof.partition("::")[2].removeprefix("test_").replace("_", " ") in BY_NAME["hazards.md"]


def test_what_is_left_unsigned_and_not_known_is_said() -> None:
    text = BY_NAME["safety_case.md"]
    assert all(hazard.left in text for hazard in hazards())
    assert all(line in text for line in (*argument().unsigned, *argument().unknown, argument().use.device))


def test_links_lead_to_files_that_exist() -> None:
    for path, text in DOCUMENTS.items():
        links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
        assert links
        assert [link for link in links if not (path.parent / link).exists()] == []


def test_no_claim_is_made() -> None:
    assert [claims_in(text, knowledge()) for text in DOCUMENTS.values()] == [(), ()]
