"""The plan of care: what payers ask for at least, and the diagnosis left to the provider."""

import pytest

from massage_cli.documents.names import DocumentKind
from tests.documents.samples import made, samples

PLANS = [name for name in samples() if made(DocumentKind.PLAN_OF_CARE, samples()[name]) is not None]


def plan(name: str) -> str:
    """The plan of care of a sample on one line."""
    return " ".join(str(made(DocumentKind.PLAN_OF_CARE_TEXT, samples()[name])).split())


@pytest.mark.parametrize("name", PLANS)
def test_type_amount_frequency_duration_measures_and_reviews_are_there(name: str) -> None:
    document, said = samples()[name], plan(name)
    assert all(f"{label}: " in said for label in ("Type", "Amount", "Frequency", "Duration"))
    assert all(measure.name in said for measure in document.measures)
    assert said.count("smallest important change") >= len(document.measures)
    assert all(session.date.isoformat() in said for session in document.sessions if session.review)


@pytest.mark.parametrize("name", PLANS)
def test_the_diagnosis_is_the_providers_to_fill_in(name: str) -> None:
    assert "To be filled in by the provider. Diagnosis: ____" in plan(name)


def test_duration_and_frequency_are_those_of_the_course() -> None:
    said = plan("low-back")
    assert "Amount: 60 or 75 minutes a visit" in said
    assert "Frequency: 8 visits, every 7 days; then 2 visits, every 14 days" in said
    assert "Duration: 10 visits in 13 weeks, 2026-11-30 to 2027-02-22" in said


def test_a_review_that_was_held_stands_with_its_decision() -> None:
    assert "Last review: 2026-12-22, continue." in plan("improved")
