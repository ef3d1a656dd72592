"""Why: findings, warnings, measures, advice and sources on the page."""

import pytest
from msgspec.structs import replace

from tests.builders import TODAY, knowledge
from tests.terminal.display.pages import a_document, joined, page, section
from tests.worked import NAMES, plan_of

PLANNED = [name for name in NAMES if plan_of(name).sessions]


@pytest.mark.parametrize("name", PLANNED)
def test_every_finding_of_a_plan_is_told_with_reason_and_action_in_order(name: str) -> None:
    text = joined(section(page(plan_of(name)), "WHY"))
    places = []
    for finding in plan_of(name).screening.findings:
        places.append(text.index(f"{finding.title} ({finding.category}"))
        assert f"{finding.reason} {finding.action}" in text
    assert places == sorted(places)


def test_a_finding_says_that_the_client_is_unsure() -> None:
    assert "(technique; client unsure)" in joined(page(a_document(health={"anticoagulant": "unsure"})))


def test_a_finding_says_that_it_is_cleared() -> None:
    assert "; cleared" in section(page(plan_of("pregnancy-cleared")), "WHY")


@pytest.mark.parametrize("name", NAMES)
def test_every_warning_is_told(name: str) -> None:
    text = joined(page(plan_of(name)))
    assert all(joined(warning.text) in text for warning in plan_of(name).warnings)


@pytest.mark.parametrize("name", PLANNED)
def test_every_measure_and_every_line_of_advice_is_told(name: str) -> None:
    text = page(plan_of(name))
    measures, advice = joined(section(text, "MEASURE")), joined(section(text, "TELL THE CLIENT"))
    assert all(f"- {measure.name}" in measures for measure in plan_of(name).measures)
    assert all(f"- {line}" in advice for line in plan_of(name).advice)


def test_a_measure_says_which_change_counts() -> None:
    document = a_document()
    measure = replace(document.measures[0], important_change=None, important_change_percent=30)
    text = page(replace(document, measures=(document.measures[0], measure)))
    assert f"{document.measures[0].name}: a change of {document.measures[0].important_change:g} counts" in text
    assert f"{measure.name}: a change of 30 % counts" in text


@pytest.mark.parametrize(("on", "why"), [(TODAY, "not needed"), (TODAY.replace(year=2024), "not needed")])
def test_a_note_that_does_nothing_is_told(on: object, why: str) -> None:
    text = joined(page(a_document(clearances=[{"rule": "pregnancy", "by": "midwife", "on": on}])))
    assert f"The note for pregnancy does nothing: {why}" in text


@pytest.mark.parametrize("name", PLANNED)
def test_every_source_of_a_plan_stands_once_with_its_citation(name: str) -> None:
    document = plan_of(name)
    text = section(page(document), "SOURCES")
    assert document.protocol is not None
    keys = {*document.protocol.sources}
    keys |= {key for entry in (*document.techniques, *document.screening.findings) for key in entry.sources}
    for key in keys:
        assert f"{key} {joined(knowledge().source[key].citation)}" in joined(text)
        assert f"\n  {key}  " in f"\n{text}"


@pytest.mark.parametrize("name", PLANNED)
def test_what_the_protocol_rests_on_is_told(name: str) -> None:
    protocol = plan_of(name).protocol
    assert protocol is not None
    text = joined(page(plan_of(name)))
    assert f"RESTS ON {protocol.name}; certainty {protocol.certainty.replace('-', ' ')} {joined(protocol.basis)}" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_that_nobody_has_reviewed_the_knowledge_and_who_decides(name: str) -> None:
    assert "No clinician has reviewed this knowledge. A licensed professional decides." in joined(page(plan_of(name)))


def test_a_page_of_reviewed_knowledge_says_who_decides_all_the_same() -> None:
    text = joined(page(replace(a_document(), reviewed_by_clinician=True)))
    assert "No clinician has reviewed" not in text
    assert "A licensed professional decides." in text


def test_the_edition_and_the_program_are_told() -> None:
    assert f"Knowledge {knowledge().edition.edition}, massage test." in page(a_document())
