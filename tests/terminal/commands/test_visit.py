"""`massage visit` by flags: the next version of the plan, or everything that is wrong with the visit."""

import re
import shlex
import stat
from pathlib import Path

import pytest

from massage_cli.files.plans.versions import chain, newest
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.intake import Placed
from tests.builders import knowledge
from tests.saved import a_document, applied, save_plan, visited, write
from tests.terminal.commands.test_visit_flags import wrong
from tests.terminal.massage import Ran, massage, massage_here

MONDAY = ("--on", "2026-11-23")
NOTHING_NEW = ("--status", "attended", "--nothing-new")
WITHHOLDING = {
    "fever=yes": "refer",
    "chest-pain=yes": "refer",
    "fever=unsure": "clearance",
    "pregnant=yes": "incomplete",
    "varicose-veins=yes": "incomplete",
    "anticoagulant=yes": "incomplete",
    "systolic=165": "incomplete",
}


def visit(path: Path, *flags: str, on: tuple[str, ...] = MONDAY) -> Ran:
    return massage_here("visit", str(path), *on, *flags)


# What is written


def test_a_visit_is_the_next_version_and_the_old_file_stays_as_it_was(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    before = path.read_bytes()
    ran = massage("visit", "ann.toml", *NOTHING_NEW, "--pain", "4", *MONDAY, folder=tmp_path)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.said == "Saved to ann.v2.toml\nVisit 1 is recorded: attended on 2026-11-23.\n"
    assert path.read_bytes() == before
    first, second = chain(path)
    assert (second.document.version, second.document.parent, second.document.parent_digest) == (2, "ann.toml", first.digest)
    assert stat.S_IMODE(second.path.stat().st_mode) == 0o600
    assert sorted(item.name for item in tmp_path.iterdir()) == ["ann.toml", "ann.v2.toml"]


def test_a_draft_that_cannot_be_removed_is_told_and_the_visit_is_recorded(tmp_path: Path) -> None:
    path = save_plan(tmp_path / "plans")
    (tmp_path / "massage-cli" / "drafts" / "visits" / "ann.json").mkdir(parents=True)
    ran = massage_here("visit", str(path), *MONDAY, *NOTHING_NEW, XDG_STATE_HOME=str(tmp_path))
    assert ran.code == 0
    assert f"{tmp_path}/massage-cli/drafts/visits/ann.json: the draft could not be removed: " in ran.said
    assert "Visit 1 is recorded: attended on 2026-11-23.\n" in ran.said
    assert newest(path).number == 2


def test_everything_that_is_told_is_recorded(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    flags = ("--status", "attended", "--pain", "0", "--measure", "rmdq", "--score", "8", "--soreness-hours", "0", "--note", "slept well")
    health = (
        "--health",
        "daily-aspirin=yes",
        "--health",
        "numbness=yes@left-foot;right-foot",
        "--health",
        "foot-wound=no",
        "--health",
        "systolic=124",
        "--health",
        "diastolic=80",
    )
    assert visit(path, *flags, *health, "--number", "2", "--date", "2026-11-22").code == 0
    told = newest(path).document.visits[0]
    assert (told.number, told.date.isoformat(), told.status) == (2, "2026-11-22", VisitStatus.ATTENDED)
    assert (told.pain, told.measure, told.score, told.soreness_hours, told.note) == (0, "rmdq", 8, 0, "slept well")
    placed = Placed(answer="yes", regions=("left-foot", "right-foot"))
    assert told.health == {"daily-aspirin": "yes", "numbness": placed, "foot-wound": "no", "systolic": 124, "diastolic": 80}


def test_a_score_may_have_a_fraction(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    assert visit(path, *NOTHING_NEW, "--measure", "psfs", "--score", "4.5").code == 0
    assert newest(path).document.visits[0].score == 4.5


def test_the_visit_is_the_next_one_that_nothing_is_recorded_of(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    visit(path, *NOTHING_NEW, "--number", "2")
    visit(path, "--status", "missed")
    visit(path, *NOTHING_NEW, on=("--on", "2026-11-30"))
    assert [told.number for told in newest(path).document.visits] == [1, 2, 3]


def test_an_answer_that_is_not_new_is_not_recorded(tmp_path: Path) -> None:
    path = save_plan(tmp_path, health={"daily-aspirin": "yes"})
    assert visit(path, "--status", "attended", "--health", "fever=no", "--health", "daily-aspirin=yes").code == 0
    assert newest(path).document.visits[0].health == {}


def test_the_client_is_enough_to_find_the_plan(tmp_path: Path) -> None:
    save_plan(tmp_path / "plans")
    ran = massage("visit", "ann", *NOTHING_NEW, *MONDAY, folder=tmp_path)
    assert (ran.code, ran.said.splitlines()[0]) == (0, "Saved to plans/ann.v2.toml")


@pytest.mark.parametrize("status", ["missed", "cancelled"])
def test_a_visit_nobody_came_to_needs_no_word_about_health(tmp_path: Path, status: str) -> None:
    path = save_plan(tmp_path)
    assert visit(path, "--status", status).code == 0
    assert newest(path).document.visits[0].status == status


def test_a_visit_of_a_day_to_come_can_be_cancelled(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    assert visit(path, "--status", "cancelled", "--number", "2", "--date", "2026-11-30").code == 0


def test_a_review_that_is_due_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", visited(a_document(client="ann"), 6, 6, 4))
    ran = visit(path, *NOTHING_NEW, "--pain", "4", on=("--on", "2026-12-14"))
    assert "A review is due: massage review" in ran.said


def test_soreness_that_asks_for_a_review_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", visited(a_document(client="ann"), 6))
    ran = visit(path, *NOTHING_NEW, "--soreness-hours", "60", on=("--on", "2026-11-30"))
    assert "Soreness asks for a review: massage review" in ran.said


@pytest.mark.parametrize("format_", ["toml", "json"])
def test_a_script_gets_the_new_version(tmp_path: Path, format_: str) -> None:
    path = save_plan(tmp_path, suffix=f".{format_}")
    ran = visit(path, *NOTHING_NEW, "--format", format_)
    assert ran.out == (tmp_path / f"ann.v2.{format_}").read_bytes()


# What stops the rest


@pytest.mark.parametrize("answer", WITHHOLDING)
def test_a_danger_at_a_visit_withholds_the_rest(tmp_path: Path, answer: str) -> None:
    path = save_plan(tmp_path, age=30)
    visit(path, *NOTHING_NEW, "--pain", "5")
    ran = visit(path, "--status", "attended", "--health", answer, on=("--on", "2026-11-30"))
    assert ran.code == 3
    document = newest(path).document
    assert document.outcome == WITHHOLDING[answer]
    assert (document.techniques, document.outline, document.phases, document.sessions) == ((), (), (), ())
    assert [told.number for told in document.visits] == [1, 2]
    assert ran.said.endswith("The rest of the course is withheld.\n")
    assert "SO FAR" in ran.text
    assert "SESSION" not in ran.text
    assert "Swedish" not in ran.text


def test_a_withheld_course_says_how_visits_are_taken_out_of_a_calendar(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    said = visit(path, "--status", "attended", "--health", "chest-pain=yes").said
    command = re.search(r"massage (export .* --to ics-cancel)", said)
    assert command is not None
    ran = massage_here(*shlex.split(command[1]))
    assert (ran.code, ran.text.count("STATUS:CANCELLED"), ran.text.count("STATUS:CONFIRMED")) == (0, 9, 0)


def test_a_red_flag_is_red_on_the_page_of_the_visit(tmp_path: Path) -> None:
    save_plan(tmp_path)
    ran = massage("visit", "ann.toml", "--status", "attended", "--health", "chest-pain=yes", *MONDAY, folder=tmp_path)
    assert (ran.code, ran.text.startswith(" STOP: EMERGENCY ")) == (3, True)
    assert massage("show", "ann.v2.toml", folder=tmp_path).out == ran.out


def test_a_new_limit_changes_the_session_and_says_so(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    ran = visit(path, "--status", "attended", "--health", "anticoagulant=yes", "--health", "thinner-unstable=no")
    assert ran.code == 0
    assert "The screening of that day changes how to treat: massage show" in ran.said
    before, after = (version.document for version in chain(path))
    assert {technique.pressure for technique in after.techniques} < {1, 2}
    assert after.sessions == before.sessions


def test_a_question_that_nobody_asked_is_named_with_how_to_go_on_and_no_session_is_left(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    ran = visit(path, "--status", "attended", "--pain", "4", "--health", "anticoagulant=yes")
    assert ran.code == 3
    assert newest(path).document.screening.unanswered == ("thinner-unstable",)
    assert "thinner-unstable" in ran.text
    assert f"Ask what is open, then plan the client anew: massage plan --from {newest(path).path}\n" in ran.said
    assert massage_here("verify", str(path)).text.endswith("\n  Made again, it is the same to the byte.\n")
    explained = massage_here("explain", str(newest(path).path), "anticoagulant", "--format", "json").text
    assert "visits[0].health.anticoagulant" in explained


def test_an_answer_that_makes_another_one_pointless_can_be_given(tmp_path: Path) -> None:
    path = save_plan(tmp_path, health={"anticoagulant": "yes", "thinner-unstable": "no"})
    assert visit(path, "--status", "attended", "--health", "anticoagulant=no").code == 0
    assert newest(path).document.outcome == "clear"


def test_a_withheld_plan_takes_no_more_visits(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    visit(path, "--status", "attended", "--health", "fever=yes")
    assert wrong(path, *NOTHING_NEW) == ["outcome"]
    assert "plan the client anew when the reason is gone" in visit(path, *NOTHING_NEW).said


# What is wrong


def test_a_course_whose_every_visit_is_recorded_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", visited(a_document(client="ann"), *[5] * 10))
    for flags in (NOTHING_NEW, ()):
        ran = visit(path, *flags, on=("--on", "2027-03-01"))
        assert (ran.code, "every visit of the plan is recorded" in ran.said or "no terminal" in ran.said) == (2, True)


def test_a_stopped_course_takes_no_more_visits(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", applied(visited(a_document(client="ann"), 4, 6, 6)))
    assert wrong(path, *NOTHING_NEW, on=("--on", "2026-12-14")) == ["number"]


@pytest.mark.parametrize("flags", [("--pain", "11"), ("--pain", "x"), ("--status", "late"), ("--number", "0"), ("--soreness-hours", "-1")])
def test_a_flag_out_of_its_range_is_wrong_usage(tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert visit(save_plan(tmp_path), *NOTHING_NEW, *flags).code == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_a_plan_that_is_not_there_is_told(tmp_path: Path) -> None:
    ran = massage("visit", "ann", *NOTHING_NEW, folder=tmp_path)
    assert (ran.code, ran.said) == (2, "ann: there is no such file, and no plan of that client in plans\n")
    for name in ("x" * 64, "x" * 500, "plans/none.toml", ""):
        assert massage_here("visit", name, *NOTHING_NEW).code == 2


def test_an_intake_is_no_plan(folder: Path) -> None:
    ran = massage_here("visit", str(folder / "ann.toml"), *NOTHING_NEW)
    assert (ran.code, "this is an intake" in ran.said) == (2, True)


def test_a_screening_alone_takes_no_visits(tmp_path: Path, folder: Path) -> None:
    screened = massage_here("screen", str(folder / "ann.toml"), *MONDAY, "--format", "toml")
    (tmp_path / "screened.toml").write_bytes(screened.out)
    assert set(wrong(tmp_path / "screened.toml", *NOTHING_NEW)) == {"protocol", "phases"}


def test_a_folder_that_cannot_be_written_is_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_plan(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("massage_cli.files.saving._write_temporary", refuse)
    ran = visit(path, *NOTHING_NEW)
    assert (ran.code, "not saved: Permission denied" in ran.said) == (4, True)


def test_a_visit_recorded_by_somebody_else_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from massage_cli.terminal.commands import visit as command

    path = save_plan(tmp_path)
    read = command.newest
    monkeypatch.setattr(command, "newest", lambda name: (read(name), visit_once(path))[0])

    def visit_once(plan: Path) -> None:
        monkeypatch.setattr(command, "newest", read)
        visit(plan, *NOTHING_NEW)

    ran = visit(path, *NOTHING_NEW)
    assert (ran.code, "visit 1 is recorded already" in ran.said) == (2, True)
    assert newest(path).number == 2


def test_without_a_terminal_it_says_at_once_which_flags_to_use(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    ran = massage("visit", str(path), folder=tmp_path)
    assert (ran.code, ran.out) == (2, b"")
    assert "--status attended --pain 4 --nothing-new" in ran.said
    assert len(list(tmp_path.iterdir())) == 1


def test_the_measures_of_the_knowledge_are_named_where_another_is_given(tmp_path: Path) -> None:
    ran = visit(save_plan(tmp_path), *NOTHING_NEW, "--measure", "nope", "--score", "3")
    assert all(name in ran.said for name in knowledge().measure)
