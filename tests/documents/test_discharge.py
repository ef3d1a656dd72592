"""The summary of a course: its figures, its work and its last decision."""

from msgspec.structs import replace

from massage_cli.documents.names import DocumentKind
from massage_cli.files.courses.summary import summary_of
from tests.builders import knowledge
from tests.documents.samples import OPTIONS, made, samples


def summary(**changes: object) -> str:
    """The summary of a course that went well, on one line."""
    return " ".join(str(made(DocumentKind.DISCHARGE_TEXT, samples()["improved"], replace(OPTIONS, **changes))).split())


def test_the_figures_are_those_of_the_course() -> None:
    figures = summary_of(samples()["improved"], knowledge(), today=OPTIONS.on, called="plan")
    said = summary()
    assert f"{figures.attended} attended, {figures.missed} missed" in said
    assert f"{figures.minutes} minutes" in said
    assert f"From: {figures.first} to {figures.last}" in said
    assert "Pain: 6 at first, 3 at last" in said
    assert "Oswestry Disability Index: 40 at first, 24 at last" in said


def test_the_last_decision_stands_with_its_reason() -> None:
    decision = samples()["improved"].decision
    assert decision is not None
    assert decision.because in summary()


def test_work_of_earlier_versions_is_listed_too() -> None:
    cupping = replace(samples()["improved"].techniques[0], id="cupping", name="Cupping")
    earlier = replace(samples()["low-back"], techniques=(cupping,))
    assert "Cupping: lower back" in summary(earlier=(earlier,))
    assert "Cupping" not in summary()


def test_a_course_that_was_never_reviewed_says_so() -> None:
    document = replace(samples()["improved"], decision=None)
    assert "No review is on record." in str(made(DocumentKind.DISCHARGE_TEXT, document))
