"""The intake to fill in, and the header of a list."""

import re

import pytest
import tomli

from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.intakes.template import csv_header, intake_template
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.intake import Booking, Clearance, Intake, file_keys
from massage_cli.planning.screening import screen
from tests.builders import TODAY, knowledge

TEMPLATE = intake_template(knowledge())
LINES = TEMPLATE.split("\n")
WAITING = {match[1]: number for number, line in enumerate(LINES) if (match := re.match(r"# ([a-z-]+) =", line))}
"""The keys that wait behind a # for being filled in, with the place of their line."""

NOTE = ("rule", "by", "on", "limits")


FILLED = {"client": '"c-0001"', "age": "40", "condition": '"chronic"', "regions": '["lower-back"]', "pain": "5"}
"""What is always needed, filled in."""


def problems(text: str) -> tuple[Problem, ...]:
    """Every problem of an intake; none when it is sound."""
    try:
        read_intake(text.encode(), "client.toml", knowledge(), on=TODAY)
    except Unreadable as broken:
        return broken.problems
    return ()


def filled(*keys: str) -> str:
    """The template with what is always needed filled in, and the # taken from the lines of some more keys."""
    text = TEMPLATE
    for key, value in FILLED.items():
        text = re.sub(rf"^# {re.escape(key)} =[^#]*", f"{key} = {value}  ", text, count=1, flags=re.MULTILINE)
    for key in keys:
        text = re.sub(rf"^# ({re.escape(key)} = )", r"\1", text, count=1, flags=re.MULTILINE)
    return text


def test_the_template_as_it_is_asks_for_what_is_always_needed_and_nothing_else() -> None:
    assert [problem.path for problem in problems(TEMPLATE)] == ["client", "age", "condition", "regions", "pain"]


def test_the_template_claims_nothing_as_it_is() -> None:
    assert tomli.loads(TEMPLATE) == {"format": "massage-intake/1", "health": {}, "booking": {}}


def test_the_template_is_sound_when_what_is_always_needed_is_filled_in() -> None:
    assert problems(filled()) == ()


def test_the_template_filled_in_leaves_every_question_open() -> None:
    intake = read_intake(filled().encode(), "client.toml", knowledge(), on=TODAY)
    assert screen(intake, knowledge(), on=TODAY).outcome == "incomplete"


def test_every_question_waits_in_the_template_once() -> None:
    assert [key for key in WAITING if key in knowledge().fact] == [
        fact.id for group in knowledge().groups for fact in knowledge().facts if fact.group == group.id
    ]
    assert all(len(re.findall(rf"^# {re.escape(fact.id)} = ", TEMPLATE, re.MULTILINE)) == 1 for fact in knowledge().facts)


def test_every_question_stands_above_its_answer() -> None:
    joined = re.sub(r"\n#\s+", " ", TEMPLATE)
    for fact in knowledge().facts:
        assert f"{fact.ask}" in joined, fact.id


def test_every_key_of_an_intake_stands_in_the_template() -> None:
    present = set(tomli.loads(TEMPLATE)) | set(WAITING)
    assert set(file_keys(Intake)) - {"health", "clearances", "booking"} <= present
    assert set(file_keys(Booking)) | set(file_keys(Clearance)) <= present


@pytest.mark.parametrize("key", [key for key in WAITING if key not in (*NOTE, *FILLED, "complaint")])
def test_a_line_without_its_mark_is_sound_or_does_not_apply(key: str) -> None:
    messages = [problem.message for problem in problems(filled(key))]
    assert all(message.startswith("does not apply") for message in messages)
    assert not messages or knowledge().fact[key].asked_when is not None


def test_no_complaint_is_claimed_by_taking_the_mark_alone() -> None:
    assert [problem.path for problem in problems(filled("complaint"))] == ["complaint"]


def test_a_note_of_clearance_without_its_marks_is_sound() -> None:
    text = filled(*NOTE).replace("# [[clearances]]", "[[clearances]]")
    assert problems(text) == ()
    assert read_intake(text.encode(), "client.toml", knowledge(), on=TODAY).clearances[0].by == "midwife"


def test_every_question_waits_with_unsure_and_says_what_may_stand() -> None:
    for fact in knowledge().facts:
        line = LINES[WAITING[fact.id]]
        assert line.startswith(f'# {fact.id} = "unsure"  # ')
        words = {FactKind.YES_NO: ("yes", "no"), FactKind.CHOICE: fact.choices, FactKind.NUMBER: (f"{fact.min} to {fact.max}",)}[fact.kind]
        assert all(word in line.rpartition("#")[2] for word in words)
        assert ("regions = [" in line) is fact.where


def test_no_line_of_the_template_is_longer_than_120_letters() -> None:
    assert max(len(line) for line in LINES) <= 120


def test_the_template_makes_no_claim() -> None:
    assert claims_in(TEMPLATE, knowledge()) == ()


def test_the_header_of_a_list_names_every_key_once() -> None:
    assert csv_header(knowledge()).endswith("\r\n")
    columns = csv_header(knowledge()).removesuffix("\r\n").split(",")
    assert len(set(columns)) == len(columns)
    expected = {key for key in file_keys(Intake) if key not in ("health", "booking")}
    expected |= {f"booking.{key}" for key in file_keys(Booking)}
    expected |= {"health.everything-else", *(f"health.{fact.id}" for fact in knowledge().facts)}
    assert set(columns) == expected
