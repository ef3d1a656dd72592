"""Every question of some interviews as it is put, as last time: run with UPDATE_GOLDEN=1 to write them anew, then read what changed."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Option, Question
from massage_cli.planning.questionnaire.returning import come_again
from massage_cli.planning.questionnaire.visit import visit_begins, visit_questions
from tests.builders import TODAY, an_intake, knowledge
from tests.terminal.interview.answering import asked_of, filled, interviewed, plainly

GOLDEN = Path(__file__).parent / "golden"
KNOWLEDGE = knowledge()

WISHES_AND_BOOKING: Mapping[str, Answer] = {
    "condition": "maintenance",
    "complaint": "more",
    "complaint.2": "more",
    "complaint.3": "other",
    "regions": ("in-leg", "in-trunk"),
    "regions.leg": ("knee", "foot"),
    "regions.trunk": ("chest",),
    "wishes": "both",
    "booking": "change",
}
MUCH_TO_TELL: Mapping[str, Answer] = {
    "age": 70,
    "pain": 9,
    "regions": ("lower-back", "in-leg"),
    "regions.leg": ("knee",),
    "health.today": ("fever",),
    "fact.fever": "unsure",
    "health.heart": ("varicose-veins",),
    "where.varicose-veins": ("in-leg",),
    "where.varicose-veins.leg": ("knee", "lower-leg"),
    "health.medicines": ("anticoagulant",),
    "measured.measurements": ("systolic", "temperature-c"),
    "health.conditions": ("kidney-disease", "diabetes"),
    "fact.kidney-disease": "yes",
    "clearance.kidney-disease": "recorded",
}
OPERATED_ON: Mapping[str, Answer] = {
    "condition": "injury-recovery",
    "complaint": "more",
    "complaint.2": "post-operative",
    "regions": ("in-arm",),
    "regions.arm": ("shoulder",),
    "onset": "2026-06-01",
    "health.skin-implants": ("surgery",),
    "fact.surgery-size": "major",
    "fact.weeks-since-surgery": 10,
    "fact.surgeon-agrees": "yes",
}


def visited(status: str, measure: str) -> Sequence[Question]:
    begun = visit_begins(an_intake(health={"varicose-veins": "yes", "varicose-veins-severity": "mild"}), KNOWLEDGE, on=TODAY)
    given = {**begun, "status": status, "measure": measure, "today": ("fever",), "fact.fever": "yes"}
    measures = (KNOWLEDGE.measure["rmdq"], KNOWLEDGE.measure["psfs"])
    return tuple(visit_questions(given, KNOWLEDGE, on=TODAY, measures=measures, first_visit=False))


def came_again() -> Sequence[Question]:
    given = come_again(an_intake(age=30), KNOWLEDGE, on=TODAY)
    ticked = ("fever", "pregnant", "systolic", "diastolic")

    def said(question: Question) -> Answer:
        lines = tuple(option.value for option in question.options if option.value in ticked)
        return lines if lines and question.kind is Kind.MANY else plainly(question)

    return asked_of(filled(said, given))


ASKED = {
    "healthy": lambda: asked_of(interviewed()),
    "wishes-and-booking": lambda: asked_of(interviewed(WISHES_AND_BOOKING)),
    "much-to-tell": lambda: asked_of(interviewed(MUCH_TO_TELL)),
    "operated-on": lambda: asked_of(interviewed(OPERATED_ON)),
    "came-again": came_again,
    "visit": lambda: visited("attended", "psfs"),
    "visit-missed": lambda: visited("missed", "none"),
}


def as_text(question: Question) -> str:
    """All of a question that is not as usual; what knowledge says of a line about health is left out, for it has tests of its own."""
    said = {field: value for field, value in msgspec.to_builtins(question).items() if field != "options"}
    return "\n".join([*(f"{field}: {value}" for field, value in said.items()), *(f"  - {_line(each)}" for each in question.options), ""])


def _line(option: Option) -> str:
    fact = KNOWLEDGE.fact.get(option.value)
    if fact is not None and (option.label, option.wording) == (fact.label, fact.ask):
        return option.value
    return " | ".join(text for text in (option.value, option.label, option.wording) if text)


@pytest.mark.parametrize("name", ASKED)
def test_the_questions_of_an_interview_are_put_as_last_time(name: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    text = "\n".join(as_text(question) for question in ASKED[name]())
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_golden_interview_is_one_that_is_held() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(ASKED)
