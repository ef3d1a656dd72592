"""What holds for the documents of every client there can be."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.documents.kinds import KINDS, letter_of
from massage_cli.documents.on_paper import COLUMNS, width
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.check_claims import claims_in
from tests.builders import knowledge
from tests.documents.samples import all_made
from tests.terminal.display.pages import drawn_document

documents = st.integers(0, 150).map(drawn_document).filter(lambda document: document is not None)
LETTERS = {"clearance", "clearance-text", "referral", "referral-text"}


@settings(max_examples=60)
@given(documents)
def test_every_client_gets_sound_documents_and_a_withheld_one_only_letters(document: PlanDocument) -> None:
    made = all_made(document)
    assert not document.outcome.withholds or made.keys() <= LETTERS
    assert not made or document.sessions or letter_of(document, text=True) in made
    for kind, text in made.items():
        assert claims_in(text, knowledge()) == (), kind
        if KINDS[kind].suffix == ".txt":
            assert [line for line in text.split("\n") if width(line) > COLUMNS] == [], kind
        if document.outcome.withholds:
            assert set(re.findall(r"\d{4}-\d{2}-\d{2}", text)) == {"2026-11-22"}, kind
