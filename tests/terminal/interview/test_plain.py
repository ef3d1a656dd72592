"""Plain mode: the same questions and the same plan, in lines that a screen reader reads."""

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from massage_cli import __version__
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.planning.plan import make_plan
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.terminal.interview.asker import Back
from massage_cli.terminal.interview.plain import PlainAsker
from tests.builders import TODAY, knowledge
from tests.terminal.interview.answering import asked_of, checked, interviewed
from tests.terminal.interview.terminal_session import Session, drafts_of, leave_draft, squeezed
from tests.terminal.interview.test_keys import HEALTH_NUMBER, HEALTH_ONE, MANY, ONE, TEXT

BOX = re.compile("[\u2500-\u25ff\u2190-\u21ff\u2700-\u27bf\u00bb]")
RICH = {
    "age": 55,
    "health.medicines": ("anticoagulant",),
    "fact.anticoagulant": "yes",
    "health.heart": ("varicose-veins",),
    "fact.varicose-veins": "unsure",
}


def typed_for(question: Question, answer: Answer) -> str:
    """The line that a person types for an answer in plain mode."""
    if answer is None:
        return ""
    numbers = {option.value: str(number) for number, option in enumerate(question.options, start=1)}
    if isinstance(answer, tuple):
        return " ".join(numbers[value] for value in answer) or "0"
    return numbers[str(answer)] if question.kind is Kind.ONE else str(answer)


@pytest.mark.parametrize("how", [{"--plain": ""}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=lambda how: next(iter(how)))
@pytest.mark.parametrize("changes", [{}, RICH], ids=["healthy", "with findings"])
def test_plain_mode_asks_the_same_and_comes_to_the_same_plan(tmp_path: Path, how: dict[str, str], changes: Mapping[str, Answer]) -> None:
    answers = interviewed(changes)
    flags = ["--plain"] if "--plain" in how else []
    env = {} if flags else how
    with Session("plan", "--on", TODAY.isoformat(), *flags, home=tmp_path / "home", env=env) as session:
        for question in asked_of(answers):
            session.prompt().wait_for(question.title)
            session.press(typed_for(question, answers[question.id]) + "\r")
        session.prompt().answer("1\r").press("1\r")
        code = session.end()
        transcript = session.raw.decode() + session.out.decode()
        assert session.prompts == len(asked_of(answers)) + 2
    outcome = make_plan(checked(answers), knowledge(), on=TODAY)
    document = document_of(outcome, knowledge(), program=__version__)
    assert code == (3 if document.outcome.withholds else 0)
    assert (tmp_path / "home" / "plans" / "c-1.toml").read_bytes() == to_toml(document).encode()
    assert "\x1b" not in transcript
    assert not BOX.search(session.raw.decode())


def test_every_wording_about_health_is_in_the_plain_transcript(tmp_path: Path) -> None:
    answers = interviewed()
    with Session("plan", "--plain", "--on", TODAY.isoformat(), home=tmp_path / "home", columns=40, rows=12) as session:
        for question in asked_of(answers):
            session.prompt().press(typed_for(question, answers[question.id]) + "\r")
        seen = squeezed(session.prompt().seen())
    for question in asked_of(answers):
        for option in question.options:
            assert squeezed(option.label) in seen
            assert squeezed(option.wording) in seen


def test_control_c_in_plain_mode_keeps_the_draft(tmp_path: Path) -> None:
    with Session("plan", "--plain", home=tmp_path / "home") as session:
        session.prompt().answer("c-1\r").press("\x03")
        assert session.end() == 130
        assert session.echoes
    assert len(list(drafts_of(tmp_path / "home").iterdir())) == 1


def test_control_d_in_plain_mode_is_the_same_interruption(tmp_path: Path) -> None:
    with Session("plan", "--plain", home=tmp_path / "home") as session:
        session.prompt().answer("c-1\r").press("\x04")
        assert session.end() == 130


def test_an_interview_begun_with_keys_goes_on_in_plain_lines(tmp_path: Path) -> None:
    leave_draft(tmp_path / "home", {"client": "c-1", "age": 40})
    with Session("plan", "--resume", "--plain", home=tmp_path / "home") as session:
        session.prompt().wait_for("Condition")


# In process


def ask(monkeypatch: pytest.MonkeyPatch, question: Question, lines: str, before: Answer = None) -> Answer:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return PlainAsker(on=TODAY).ask(question, before)


@pytest.mark.parametrize("question", [MANY, HEALTH_ONE, HEALTH_NUMBER, ONE, TEXT], ids=lambda question: question.id)
def test_an_empty_line_answers_nothing(monkeypatch: pytest.MonkeyPatch, question: Question) -> None:
    with pytest.raises(KeyboardInterrupt):
        ask(monkeypatch, question, "\n\n  \n")


def test_commas_alone_are_not_none_of_these(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, MANY, ",\n2\n") == ("flu",)


def test_an_empty_line_keeps_what_was_answered_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, MANY, "\n", ("flu",)) == ("flu",)


@pytest.mark.parametrize("line", ["b\n", "back\n", "B\n"])
def test_b_goes_back(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    with pytest.raises(Back):
        ask(monkeypatch, MANY, line)


def test_a_line_that_is_no_answer_is_told_and_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(monkeypatch, MANY, "9\n2\n") == ("flu",)
    assert "Numbers from 1 to 3" in capsys.readouterr().err


def test_the_answer_is_echoed_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ask(monkeypatch, MANY, "2 3\n")
    printed = capsys.readouterr()
    assert printed.err.endswith("= Flu, Rash\n")
    assert printed.out == ""


def test_nothing_that_steers_a_terminal_is_taken_or_echoed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ask(monkeypatch, TEXT, "c\x1b-\u202e1\n")
    assert "\x1b" not in capsys.readouterr().err


def test_bytes_that_are_no_letters_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"c\xff-\xc31\n"), encoding="utf-8"))
    assert PlainAsker(on=TODAY).ask(TEXT, None) == "c-1"
