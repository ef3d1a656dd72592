"""The SOAP note: what was recorded at the last visit, and what the plan holds."""

from massage_cli.documents.names import DocumentKind
from tests.documents.samples import made, samples


def note(name: str, kind: DocumentKind = DocumentKind.SOAP_TEXT) -> str:
    """The note of a sample on one line."""
    return " ".join(str(made(kind, samples()[name])).split())


def test_before_the_first_visit_there_is_the_plan_alone() -> None:
    said = note("low-back")
    assert "P: plan" in said
    assert "S: " not in said
    assert "O: " not in said


def test_the_last_visit_that_took_place_is_what_was_said_and_found() -> None:
    said = note("improved")
    assert "S: visit 4, 2026-12-21" in said
    assert all(words in said for words in ("Pain: 3 of 10", "6 hours", "Slept through the night.", "Oswestry Disability Index: 24"))


def test_the_plan_names_work_visits_limits_and_measures() -> None:
    document = samples()["blood-thinner"]
    said = note("blood-thinner")
    assert all(technique.name in said for technique in document.techniques)
    assert all(measure.name in said for measure in document.measures)
    assert all(line in said for line in (*document.screening.precautions, *document.advice))
    assert "No work on: left lower leg, left ankle, left foot" in said
    assert "Pressure 2 of 5 at most" in said
    assert "Next visit: visit 1, 2026-11-23 Next review: visit 4, 2026-12-14" in said


def test_dates_in_markdown_stay_as_they_are_written() -> None:
    assert "2026-11-23 to 2027-01-11" in note("blood-thinner", DocumentKind.SOAP)
