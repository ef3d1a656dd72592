"""`massage visit` by interview: what is asked, what is not, and the same version as flags with the same answers give."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from massage_cli.files.plans.versions import newest
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Question
from massage_cli.terminal.commands import visit_interview
from tests.saved import a_document, missed, save_plan, visited, write
from tests.terminal.interview.answering import plainly
from tests.terminal.interview.scripted import BACK, LEAVE, Said, ScriptedAsker
from tests.terminal.massage import Ran, massage_here, snapshot

MONDAY = ("--on", "2026-11-23")
LATER = ("--on", "2026-11-30")
ATTENDED: Mapping[str, Said] = {"status": "attended", "review": "plan", "pain": 4, "measure": "none"}
TODAYS_LISTS = 7
"""The lists of what is checked at each visit, for a client of 40 with low back pain."""

KEPT = "Nothing was recorded; the answers are kept. To go on: the same command with --resume\n"


def home_of(path: Path) -> Path:
    """The home of whoever keeps the plan, outside of the folder that it lies in."""
    return path.parent.with_name(f"{path.parent.name}-home")


class Told:
    """One run of the interview: what came of it, and what was asked."""

    def __init__(self, path: Path, answers: Mapping[str, Said | list[Said]], *, on: tuple[str, ...] = MONDAY, flags: tuple[str, ...] = ()):
        self._left = {name: list(said) if isinstance(said, list) else [said] for name, said in answers.items()}
        self.asker = ScriptedAsker(self._say)
        with (
            mock.patch.object(visit_interview, "asker_for", lambda **_: self.asker),
            mock.patch.object(visit_interview, "at_a_terminal", lambda: True),
        ):
            self.ran: Ran = massage_here("visit", str(path), *on, *flags, HOME=str(home_of(path)))

    def _say(self, question: Question, before: Answer) -> Said:  # noqa: ARG002  # what an asker is called with
        said = self._left.get(question.id)
        if said is None:
            return plainly(question)
        return said.pop(0) if len(said) > 1 else said[0]

    @property
    def asked(self) -> list[str]:
        return self.asker.asked


def told_of(path: Path) -> Any:
    return newest(path).document.visits[-1]


def second_visit(folder: Path, **changes: Any) -> Path:
    return write(folder / "ann.toml", visited(a_document(client="ann", **changes), 5))


# What is asked


def test_a_first_visit_with_nothing_new_asks_how_it_is_and_what_is_checked_each_time(tmp_path: Path, capsys: Any) -> None:
    told = Told(save_plan(tmp_path), ATTENDED)
    assert told.ran.code == 0
    lists = [name for name in told.asked if name.startswith("today")]
    assert told.asked == ["status", "date", "pain", "measure", *lists, "measured.measurements", "note", "review"]
    with capsys.disabled():
        print(f"\na visit with nothing new: {len(told.asked)} prompts, {len(lists)} of them lists")  # noqa: T201  # the figures
    assert len(lists) <= TODAYS_LISTS
    visit = told_of(tmp_path / "ann.toml")
    assert (visit.number, visit.date, visit.status, visit.pain) == (1, date(2026, 11, 23), "attended", 4)
    assert (visit.measure, visit.score, visit.soreness_hours, visit.note, visit.health) == (None, None, None, None, {})


def test_a_later_visit_asks_about_soreness_after_the_one_before(tmp_path: Path) -> None:
    told = Told(second_visit(tmp_path), {**ATTENDED, "soreness-hours": 12}, on=LATER)
    assert "soreness-hours" in told.asked
    assert told_of(tmp_path / "ann.toml").soreness_hours == 12


def test_a_visit_after_missed_ones_alone_asks_nothing_about_soreness(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", missed(a_document(client="ann"), 1))
    assert "soreness-hours" not in Told(path, ATTENDED, on=LATER).asked


def test_the_score_is_asked_of_the_measure_that_was_taken(tmp_path: Path) -> None:
    told = Told(save_plan(tmp_path), {**ATTENDED, "measure": "rmdq", "score": 8})
    assert told.asked[3:5] == ["measure", "score"]
    assert (told_of(tmp_path / "ann.toml").measure, told_of(tmp_path / "ann.toml").score) == ("rmdq", 8)


@pytest.mark.parametrize("status", ["missed", "cancelled"])
def test_a_visit_nobody_came_to_asks_nothing_about_health(tmp_path: Path, status: str) -> None:
    told = Told(save_plan(tmp_path), {"status": status, "note": "ill", "review": "plan"})
    assert (told.ran.code, told.asked) == (0, ["status", "date", "note", "review"])
    assert (told_of(tmp_path / "ann.toml").status, told_of(tmp_path / "ann.toml").note) == (status, "ill")


def test_what_was_true_at_the_plan_is_asked_again_where_it_can_change(tmp_path: Path) -> None:
    told = Told(save_plan(tmp_path, health={"daily-aspirin": "yes"}), ATTENDED)
    assert told.ran.code == 0
    assert told_of(tmp_path / "ann.toml").health == {"daily-aspirin": "no"}


def test_a_number_that_is_named_is_the_visit_recorded(tmp_path: Path) -> None:
    assert Told(save_plan(tmp_path), ATTENDED, flags=("--number", "3")).ran.code == 0
    assert told_of(tmp_path / "ann.toml").number == 3


# What stops it


def test_a_danger_stops_at_once_and_recording_it_withholds_the_rest(tmp_path: Path) -> None:
    path = second_visit(tmp_path)
    told = Told(path, {**ATTENDED, "today": ("chest-pain",), "fact.chest-pain": "yes", "stop": "save"}, on=LATER)
    assert told.ran.code == 3
    assert told.asked[-2:] == ["fact.chest-pain", "stop"]
    assert "STOP: EMERGENCY" in told.asker.told[-1]
    document = newest(path).document
    assert (document.outcome, document.sessions, document.visits[-1].health["chest-pain"]) == ("refer", (), "yes")
    assert "STOP: EMERGENCY" in told.ran.text


def test_leaving_at_a_danger_records_nothing_and_says_so(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    seen: list[str] = []
    answers = {**ATTENDED, "today": ("chest-pain",), "fact.chest-pain": "yes", "stop": "leave"}
    with mock.patch.object(ScriptedAsker, "ask", _seeing(ScriptedAsker.ask, seen)):
        told = Told(path, answers)
    assert (told.ran.code, told.ran.said) == (3, KEPT)
    assert [name.name for name in tmp_path.iterdir()] == ["ann.toml"]
    assert "Leave; nothing is recorded" in seen
    assert not any("draft" in label for label in seen)


def _seeing(ask: Callable[..., Answer], seen: list[str]) -> Callable[..., Answer]:
    def asked(self: ScriptedAsker, question: Question, before: Answer) -> Answer:
        seen.extend(option.label for option in question.options)
        return ask(self, question, before)

    return asked


def test_an_answer_ticked_by_mistake_can_be_corrected(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    told = Told(path, {**ATTENDED, "today": [("chest-pain",), ()], "fact.chest-pain": ["yes", BACK], "stop": "correct"})
    assert told.ran.code == 0
    assert told_of(path).health == {}


def test_a_danger_told_on_the_phone_is_recorded_with_a_missed_visit(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    answers = {**ATTENDED, "status": ["attended", "missed"], "today": [("fever",), BACK], "fact.fever": ["yes", BACK]}
    answers |= {"stop": ["correct", "save"], "measure": ["none", BACK], "pain": [4, BACK], "date": [None, BACK]}
    told = Told(path, answers)
    assert (told.ran.code, told_of(path).status, told_of(path).health) == (3, "missed", {"fever": "yes"})
    assert newest(path).document.outcome == "refer"


@pytest.mark.parametrize("at", ["status", "date", "pain", "today", "note", "review"])
def test_leaving_records_nothing(tmp_path: Path, at: str) -> None:
    path = save_plan(tmp_path)
    before = snapshot(tmp_path)
    told = Told(path, {**ATTENDED, at: LEAVE})
    assert (told.ran.code, told.ran.said) == (130, KEPT)
    assert snapshot(tmp_path) == before


# Back, and the review


def test_going_back_asks_the_question_before_again(tmp_path: Path) -> None:
    told = Told(save_plan(tmp_path), {**ATTENDED, "measure": [BACK, "none"], "pain": [4, 7]})
    assert told.asked[2:6] == ["pain", "measure", "pain", "measure"]
    assert told_of(tmp_path / "ann.toml").pain == 7


def test_the_review_shows_this_visit_alone_and_lets_it_be_changed(tmp_path: Path) -> None:
    told = Told(second_visit(tmp_path), {**ATTENDED, "review": ["visit", "plan"], "pain": [4, 8]}, on=LATER)
    shown = told.asker.told[-1]
    assert "Pain now: 8 of 10" in " ".join(shown.split())
    assert "Complaint" not in shown
    assert told_of(tmp_path / "ann.toml").pain == 8


# What cannot be


@pytest.mark.parametrize(("day", "why"), [("2026-12-07", "after today"), ("2026-11-20", "before the day of planning")])
def test_a_day_that_cannot_be_is_refused_when_it_is_said(tmp_path: Path, day: str, why: str) -> None:
    told = Told(save_plan(tmp_path), {**ATTENDED, "date": [day, "2026-11-23"]})
    assert told.ran.code == 0
    assert told.asked[1:3] == ["date", "date"]
    assert any(why in line for line in told.asker.told)


def test_a_day_that_a_visit_is_recorded_of_is_refused_when_it_is_said(tmp_path: Path) -> None:
    told = Told(second_visit(tmp_path), {**ATTENDED, "date": ["2026-11-23", None]}, on=LATER)
    assert (told.ran.code, told.asked[1:3]) == (0, ["date", "date"])
    assert told_of(tmp_path / "ann.toml").date == date(2026, 11, 30)


@pytest.mark.parametrize("number", ["1", "11"])
def test_a_visit_that_cannot_be_recorded_is_refused_before_anything_is_asked(tmp_path: Path, number: str) -> None:
    told = Told(second_visit(tmp_path), ATTENDED, on=LATER, flags=("--number", number))
    assert (told.ran.code, told.asked) == (2, [])
    assert ": number: " in told.ran.said


def test_flags_without_a_status_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    told = Told(save_plan(tmp_path), ATTENDED, flags=("--pain", "4"))
    assert (told.ran.code, told.asked) == (2, [])


# The same as flags


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        (ATTENDED, ("--status", "attended", "--pain", "4", "--nothing-new")),
        (
            {**ATTENDED, "today": ("daily-aspirin",), "measure": "rmdq", "score": 8, "note": "well", "soreness-hours": 0},
            ("--status", "attended", "--pain", "4", "--measure", "rmdq", "--score", "8", "--note", "well", "--soreness-hours", "0"),
        ),
        ({"status": "missed", "review": "plan"}, ("--status", "missed")),
        (
            {**ATTENDED, "fact.fever": "yes", "stop": "save", "fever": True},
            ("--status", "attended", "--pain", "4", "--health", "fever=yes"),
        ),
    ],
)
def test_the_interview_writes_the_same_bytes_as_flags(tmp_path: Path, answers: dict[str, Any], flags: tuple[str, ...]) -> None:
    one, other = second_visit(tmp_path / "one"), second_visit(tmp_path / "other")
    wanted = {"fever": "fever", "daily-aspirin": "daily-aspirin"} if "fever" in answers else {}
    told = Told(one, _ticking(answers, tuple(wanted)[:1]), on=LATER)
    if "today" in answers:
        flags = (*flags, "--nothing-new")
    ran = massage_here("visit", str(other), *LATER, *flags)
    assert told.ran.code == ran.code
    assert newest(one).path.read_bytes() == newest(other).path.read_bytes()


def test_a_question_that_an_answer_of_today_brings_up_is_asked_and_its_no_recorded_as_by_flags(tmp_path: Path) -> None:
    one, other = second_visit(tmp_path / "one"), second_visit(tmp_path / "other")
    told = Told(one, {**ATTENDED, "today.4": ("anticoagulant",), "fact.thinner-unstable": "no"}, on=LATER)
    assert "fact.thinner-unstable" in told.asked
    flags = ("--status", "attended", "--pain", "4", "--health", "anticoagulant=yes", "--health", "thinner-unstable=no")
    assert (told.ran.code, massage_here("visit", str(other), *LATER, *flags).code) == (0, 0)
    assert newest(one).path.read_bytes() == newest(other).path.read_bytes()


def _ticking(answers: dict[str, Any], ticked: tuple[str, ...]) -> dict[str, Any]:
    kept = {name: said for name, said in answers.items() if name not in ("today", "fever")}
    return {**kept, "today": ticked} if ticked else kept


def test_what_was_left_goes_on_where_it_was_and_is_recorded_like_a_visit_told_at_once(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("at-once", "in-two")]
    for folder in folders:
        folder.mkdir()
    at_once, in_two = map(save_plan, folders)
    Told(at_once, ATTENDED)
    left = Told(in_two, {**ATTENDED, "measured.measurements": LEAVE})
    assert left.ran.code == 130
    went_on = Told(in_two, {"review": "plan"}, flags=("--resume",))
    assert went_on.ran.code == 0
    assert went_on.asked[0] == "measured.measurements"
    assert not set(went_on.asked) & {"status", "pain", "measure"}
    assert told_of(in_two) == told_of(at_once)


def test_a_visit_that_was_recorded_leaves_no_draft(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    Told(path, {**ATTENDED, "note": LEAVE})
    drafts = list(home_of(path).rglob("drafts/visits/*"))
    assert len(drafts) == 1
    assert Told(path, {"review": "plan"}, flags=("--resume",)).ran.code == 0
    assert not drafts[0].exists()


def test_there_is_nothing_to_go_on_with_before_anything_was_left(tmp_path: Path) -> None:
    told = Told(save_plan(tmp_path), ATTENDED, flags=("--resume",))
    assert told.ran.code == 2
    assert told.asked == []
