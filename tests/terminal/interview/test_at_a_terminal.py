"""The interview at a real terminal: short, whole on every size of screen, nothing lost however it is left, red flags first."""

import signal
import stat
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from massage_cli import __version__
from massage_cli.files.own.drafts import read_draft
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.planning.plan import make_plan
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Question
from tests.builders import TODAY, knowledge
from tests.terminal.interview.answering import asked_of, checked, interviewed
from tests.terminal.interview.terminal_session import Session, drafts_of, leave_draft, own_folders, squeezed
from tests.terminal.massage import PROGRAM, environment
from tests.worked import plan_file, plan_of

ON = ("--on", TODAY.isoformat())
SIZES = ((40, 12), (40, 24), (80, 24), (80, 40), (120, 40), (200, 60))
ESC, CTRL_C, CTRL_D = "\x1b", "\x03", "\x04"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def plan_bytes(answers: Mapping[str, Answer]) -> bytes:
    """The plan that a file with these answers would give."""
    outcome = make_plan(checked(answers), knowledge(), on=TODAY)
    return to_toml(document_of(outcome, knowledge(), program=__version__)).encode()


def up_to(question_id: str, changes: Mapping[str, Answer] | None = None) -> dict[str, Answer]:
    """The answers of an interview that was left at the question."""
    given = interviewed(changes)
    names = [question.id for question in asked_of(given)]
    assert question_id in names
    return {name: given[name] for name in names[: names.index(question_id)]}


def at(home: Path, question_id: str, changes: Mapping[str, Answer] | None = None) -> Session:
    """A session that goes on with an interview that was left at the question."""
    leave_draft(home, up_to(question_id, changes))
    return Session("plan", "--resume", *ON, home=home)


# Short


def test_a_healthy_client_with_low_back_pain_is_planned_in_30_prompts_and_75_keys(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = interviewed({"first-visit": "yes"})
    with Session("plan", *ON, home=home) as session:
        session.prompt()
        for keys in ("c-1\r", "40\r", "\r", "\r", " \r", "5\r", "\r", " \r", "\r", "\r", "\r"):
            session.answer(keys)
        for question in asked_of(answers):
            if question.id.startswith(("health.", "measured.")):
                session.answer("n\r")
        session.answer("\r").wait_for("Is this right?")
        assert session.out == b""
        session.answer("\r").wait_for("Save?")
        assert b"low back" in session.out.lower()
        assert session.press("\r").end() == 0
    with capsys.disabled():
        print(f"\nhealthy client: {session.prompts} prompts, {session.keys} key presses")  # noqa: T201  # the figures
    assert session.prompts <= 30
    assert session.keys <= 75
    assert (home / "plans" / "c-1.toml").read_bytes() == plan_bytes(answers)
    assert "massage plan plans/c-1.toml --on 2026-11-21" in " ".join(session.seen().split())
    assert list(drafts_of(home).iterdir()) == []


# Whole on every size of screen


CHECKLISTS = {"age": 55, "pain": 9}


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def checklists(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Question, str]]:
    """Every list about health with all that could be read when it could first be answered, at one size."""
    columns, rows = request.param
    home = tmp_path_factory.mktemp("size")
    shown = []
    for changes in (CHECKLISTS, {"age": 70}):
        first = "health.today" if changes is CHECKLISTS else "health.older"
        lists = [question for question in asked_of(interviewed(changes)) if question.id.startswith("health.")]
        lists = lists if changes is CHECKLISTS else [question for question in lists if question.id == first]
        leave_draft(home, up_to(first, changes))
        with Session("plan", "--resume", *ON, home=home, columns=columns, rows=rows) as session:
            before = 0
            for question in lists:
                everything = session.prompt().settled().seen()
                shown.append((question, everything[max(0, before - 2000) :]))
                before = len(everything)
                session.press("n\r")
    return shown


def test_every_word_of_a_health_question_can_be_read_before_it_is_answered(checklists: list[tuple[Question, str]]) -> None:
    lost = [
        option.wording for question, seen in checklists for option in question.options if squeezed(option.wording) not in squeezed(seen)
    ]
    assert lost == []


def test_every_label_of_a_health_list_can_be_read_before_it_is_answered(checklists: list[tuple[Question, str]]) -> None:
    lost = [option.label for question, seen in checklists for option in question.options if squeezed(option.label) not in squeezed(seen)]
    assert lost == []


def test_every_health_list_says_what_it_is_about_and_how_to_say_none(checklists: list[tuple[Question, str]]) -> None:
    for question, seen in checklists:
        assert squeezed(question.title) in squeezed(seen)
        assert squeezed("n for none of these") in squeezed(seen)


def test_every_list_about_health_was_looked_at(checklists: list[tuple[Question, str]]) -> None:
    assert {question.id for question, _ in checklists} == {
        f"health.{group.id}" for group in knowledge().groups if group.id != "measurements"
    }


# However it is left


PLACES = {
    "age": {},
    "condition": {},
    "regions": {},
    "health.today": {},
    "fact.fever": {"health.today": ("fever",)},
    "review": {},
    "save": {},
}
EVENTS = {"ctrl-c": 130, "ctrl-d": 130, "sigterm": 143, "sighup": 129}


def prompt_at(home: Path, place: str) -> Session:
    if place not in ("review", "save"):
        session = at(home, place, PLACES[place]).prompt()
    else:
        leave_draft(home, interviewed())
        session = Session("plan", "--resume", *ON, home=home).prompt().wait_for("Is this right?")
    if place == "save":
        session.answer("\r").wait_for("Save?")
    return session


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("place", PLACES)
def test_leaving_at_any_prompt_keeps_the_draft_and_writes_no_plan(home: Path, place: str, event: str) -> None:
    with prompt_at(home, place) as session:
        before = sorted(path.read_bytes() for path in drafts_of(home).iterdir())
        match event:
            case "ctrl-c":
                session.press(CTRL_C)
            case "ctrl-d":
                session.press(CTRL_D)
            case _:
                session.kill(getattr(signal, event.upper()))
        assert session.end() == EVENTS[event]
        assert session.echoes
        assert "Traceback" not in session.seen()
    assert not (home / "plans").exists()
    assert sorted(path.read_bytes() for path in drafts_of(home).iterdir()) == before


@pytest.mark.parametrize("place", [place for place in PLACES if place != "save"])
def test_esc_goes_back_to_the_question_before(home: Path, place: str) -> None:
    given = interviewed(PLACES[place])
    names = [question.id for question in asked_of(given)]
    number = len(names) if place == "review" else names.index(place)
    before = asked_of(given)[number - 1]
    with prompt_at(home, place) as session:
        at_first = session.seen().count(before.title)
        session.answer(ESC)
        assert session.seen().count(before.title) > at_first
    assert not (home / "plans").exists()


@pytest.mark.parametrize(("key", "code"), [(ESC, 0), (CTRL_C, 130)], ids=["esc", "ctrl-c"])
def test_who_does_not_answer_whether_to_save_has_seen_the_plan_and_keeps_the_draft(home: Path, key: str, code: int) -> None:
    with prompt_at(home, "save") as session:
        assert session.press(key).end() == code
        assert session.echoes
        assert b"low back" in session.out.lower()
        assert "Saved" not in session.seen()
        assert "massage plan --resume" in session.seen()
    assert not (home / "plans").exists()
    assert read_draft(next(drafts_of(home).iterdir())).answers == interviewed()


def test_ctrl_c_at_the_very_first_prompt_leaves_nothing_behind(home: Path) -> None:
    with Session("plan", *ON, home=home) as session:
        session.prompt().press(CTRL_C)
        assert session.end() == 130
        assert session.echoes
        assert session.out == b""
    assert not drafts_of(home).exists()


def test_who_leaves_is_told_that_the_answers_are_kept_and_nothing_else(home: Path) -> None:
    with at(home, "pain") as session:
        session.prompt().answer("5\r").press(CTRL_C)
        assert session.end() == 130
        assert "massage plan --resume" in session.seen()
        assert "nothing was saved" not in session.seen()


def test_a_resumed_interview_that_is_left_at_once_still_says_that_it_is_kept(home: Path) -> None:
    with at(home, "pain") as session:
        session.prompt().press(CTRL_C)
        assert session.end() == 130
        assert "massage plan --resume" in session.seen()


# The window is resized


DOWN = "\x1b[B"
RESIZED = (
    *((40, 12), (200, 60), (80, 24), (41, 13), (120, 40), (60, 20), (199, 12), (40, 60), (79, 25), (81, 23)),
    *((100, 30), (50, 50), (160, 16), (45, 24), (180, 55), (40, 30), (90, 12), (66, 33), (200, 12), (40, 24)),
)


def resized(session: Session) -> Iterator[str]:
    """What stands on the screen at each size, where the list fits, without blanks and line ends."""
    for columns, rows in RESIZED:
        yield squeezed(session.resize(columns, rows).screen())


def test_the_ticks_of_a_list_outlast_every_resize_and_no_label_is_cut(home: Path) -> None:
    question = next(question for question in asked_of(interviewed()) if question.id == "health.today")
    ticked = [question.options[0], question.options[2]]
    with at(home, "health.today") as session:
        session.prompt().press(f" {DOWN}{DOWN} ").settled()
        for (_, rows), screen in zip(RESIZED, resized(session), strict=True):
            assert squeezed(f"»●{ticked[1].label}") in screen
            if rows > 15:
                assert [option.label for option in question.options if squeezed(option.label) not in screen] == []
                assert screen.count("●") == 2
        session.answer("\r")
    assert read_draft(next(drafts_of(home).iterdir())).answers["health.today"] == tuple(option.value for option in ticked)


def test_the_line_pointed_at_outlasts_every_resize(home: Path) -> None:
    question = next(question for question in asked_of(interviewed()) if question.id == "condition")
    with at(home, "condition") as session:
        session.prompt().press(DOWN + DOWN).settled()
        for screen in resized(session):
            assert squeezed(f"» {question.options[2].label}") in screen
        session.answer("\r")
    assert read_draft(next(drafts_of(home).iterdir())).answers["condition"] == question.options[2].value


def test_what_is_half_typed_outlasts_every_resize(home: Path) -> None:
    with at(home, "fact.fever", {"health.today": ("fever",)}) as session:
        session.prompt().press("Not s").settled()
        for screen in resized(session):
            assert screen.endswith(">Nots")
        session.answer("ure\r")
    assert read_draft(next(drafts_of(home).iterdir())).answers["fact.fever"] == "unsure"


# Without a terminal


@pytest.mark.parametrize("arguments", [(), ("--plain",), ("--resume",), ("--from", str(plan_file("low-back")))], ids=" ".join)
@pytest.mark.parametrize("stdin", ["null", "closed", "pipe", "held-open pipe"])
def test_without_a_terminal_nothing_is_asked_and_the_scripted_way_is_named(tmp_path: Path, stdin: str, arguments: tuple[str, ...]) -> None:
    command = [*PROGRAM, "plan", *arguments]
    if stdin == "closed":
        command = ["/bin/sh", "-c", '"$@" <&-', "sh", *command]
    piped = subprocess.PIPE if "pipe" in stdin else subprocess.DEVNULL
    env = {**environment(), **own_folders(tmp_path)}
    with subprocess.Popen(command, stdin=piped, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=env) as process:
        if stdin == "pipe":
            assert process.stdin is not None
            process.stdin.write(b"c-1\n40\ny\n")
            process.stdin.close()
        assert process.wait(timeout=5) == 2
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stderr.read().decode()
        assert process.stdout.read() == b""
    assert "massage plan client.toml" in said
    assert "Client" not in said
    assert "Traceback" not in said


# Enter alone


def test_enter_alone_never_gets_past_a_list_about_health(home: Path) -> None:
    with at(home, "health.today") as session:
        session.prompt().press("\r" * 10).answer("n\r")
        assert session.seen().count("Emergency signs") == 1
    assert not (home / "plans").exists()


def test_enter_on_a_list_where_nothing_is_ticked_says_what_to_do(home: Path) -> None:
    with at(home, "health.today") as session:
        session.prompt().press("\r").wait_for("Tick what is true, or n for none of these.")


# A red flag


def red_flag(home: Path) -> Session:
    """A session at the choice that follows a red flag: chest pain, ticked and confirmed."""
    session = at(home, "health.emergency").prompt()
    return session.answer(" \r").answer("yes\r").wait_for("What now?")


def test_a_red_flag_stops_at_once_with_what_to_do_now(home: Path) -> None:
    with red_flag(home) as session:
        seen = session.seen()
        assert "STOP: EMERGENCY" in seen
        assert "WHAT TO DO NOW" in seen
        assert squeezed(plan_of("chest-pain").screening.findings[0].action) in squeezed(seen)
        assert "Blood clots" not in seen
        assert session.out == b""


def test_enter_alone_does_not_choose_what_follows_a_red_flag(home: Path) -> None:
    with red_flag(home) as session:
        session.press("\r").wait_for("This needs an answer.")


def test_a_referral_note_can_be_saved_at_a_red_flag(home: Path) -> None:
    with red_flag(home) as session:
        assert session.press("1\r").end() == 3
    assert b'outcome = "refer"' in (home / "plans" / "c-1.toml").read_bytes()
    assert list(drafts_of(home).iterdir()) == []


def test_the_answer_behind_a_red_flag_can_be_corrected(home: Path) -> None:
    with red_flag(home) as session:
        session.answer("2\r").answer(ESC).answer("n\r")
        assert "Blood clots" in session.seen()
    assert read_draft(next(drafts_of(home).iterdir())).answers["health.emergency"] == ()


def test_leaving_at_a_red_flag_keeps_the_draft(home: Path) -> None:
    with red_flag(home) as session:
        assert session.press("3\r").end() == 3
        assert "massage plan --resume" in session.seen()
    assert read_draft(next(drafts_of(home).iterdir())).answers["fact.chest-pain"] == "yes"
    assert not (home / "plans").exists()


def test_going_on_after_leaving_at_a_red_flag_meets_the_red_flag_first(home: Path) -> None:
    with red_flag(home) as session:
        session.press("3\r").end()
    with Session("plan", "--resume", *ON, home=home) as again:
        assert "STOP: EMERGENCY" in again.prompt().settled().seen()


# Drafts


def test_an_interview_goes_on_exactly_where_it_was_left_and_comes_to_the_same_plan(home: Path) -> None:
    answers = interviewed()
    with at(home, "pressure") as session:
        session.prompt().wait_for("Pressure wished")
        session.answer("\r").press(CTRL_C).end()
    with Session("plan", "--resume", *ON, home=home) as session:
        session.prompt()
        assert "Pressure wished" not in session.seen()
        session.wait_for("No wishes").answer("\r").answer("\x1b[B\r")
        for question in asked_of(answers):
            if question.id.startswith(("health.", "measured.")):
                session.answer("n\r")
        session.answer("\r").answer("\r").press("\r")
        assert session.end() == 0
    assert (home / "plans" / "c-1.toml").read_bytes() == plan_bytes(answers)
    assert list(drafts_of(home).iterdir()) == []


def test_a_draft_is_kept_from_the_first_answer_and_is_private(home: Path) -> None:
    with Session("plan", *ON, home=home) as session:
        session.prompt().answer("c-1\r")
        path = next(drafts_of(home).glob("*.json"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_there_is_nothing_to_go_on_with_without_a_draft(home: Path) -> None:
    with Session("plan", "--resume", *ON, home=home) as session:
        assert session.end() == 2
        assert "there is no draft" in session.seen()


# A client who comes again


def test_a_client_who_comes_again_is_asked_what_changed_pain_and_what_is_checked_each_visit(home: Path) -> None:
    with Session("plan", *ON, "--from", str(plan_file("low-back")), home=home) as session:
        session.prompt().wait_for("What has changed")
        session.answer("n\r").wait_for("Pain now")
        session.answer("4\r").wait_for("Today, and since the last plan")
        while "Is this right?" not in session.screen():
            session.answer("n\r")
        session.answer("\r").wait_for("Save?")
        assert session.press("\r").end() == 0
    saved = (home / "plans" / "low-back.toml").read_text()
    assert "pain = 4" in saved
    assert "first-visit = false" in saved
    assert "age = 46" in saved


# A paste


def test_a_paste_with_escapes_and_line_ends_is_cleaned(home: Path) -> None:
    with Session("plan", *ON, home=home) as session:
        session.prompt().press("\x1b[200~c-\x1b]0;x\x07\n1\x1b[201~").press("\r").wait_for("never a name.")
        assert "Age" not in session.screen()


def test_a_paste_of_a_line_with_its_end_is_the_line(home: Path) -> None:
    with Session("plan", *ON, home=home) as session:
        session.prompt().press("\x1b[200~c-1\n\x1b[201~").answer("\r")
        assert "Age" in session.screen()
    assert [path.name for path in drafts_of(home).glob("*.json")] == ["c%2d1.json"]
