"""`massage review`: a proposal on the screen, and the next version only where it is asked for."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.files.plans.versions import chain, newest
from massage_cli.terminal.commands import review as command
from tests.saved import a_document, applied, missed, save_plan, visited, write
from tests.terminal.display.pages import headings
from tests.terminal.display.stories import STORIES, story
from tests.terminal.massage import Ran, massage, massage_here, snapshot

ON = {"improved": "2026-12-21", "worse": "2026-12-07", "slight": "2026-12-14", "none": "2026-12-14"}


def saved(folder: Path, name: str = "slight") -> Path:
    return write(folder / f"{name}.toml", story(name))


def review(path: Path, *flags: str, on: str = "2026-12-14") -> Ran:
    return massage_here("review", str(path), "--on", on, *flags)


@pytest.mark.parametrize("name", STORIES)
def test_a_review_is_a_proposal_and_writes_nothing(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, name)
    before = snapshot(tmp_path)
    ran = massage("review", f"{name}.toml", "--on", ON[name], folder=tmp_path)
    assert ran.code == 0
    assert ran.text == (Path(__file__).parents[1] / "golden_reviews" / f"{name}-80.txt").read_text(encoding="utf-8")
    assert ran.said == f"To make it the plan: massage review {name}.toml --apply\n"
    assert snapshot(tmp_path) == before
    assert path.exists()


def test_a_script_gets_the_same_as_json(tmp_path: Path) -> None:
    ran = review(saved(tmp_path, "improved"), "--format", "json", on=ON["improved"])
    table = msgspec.json.decode(ran.out)
    assert ran.code == 0
    assert (table["class"], table["action"], table["attended"], table["review-due"]) == ("improved", "continue", 4, False)
    assert table["pain"] == {"class": "improved", "first": 6, "last": 4}
    assert table["function"] == {"measure": "rmdq", "class": "improved", "first": 12, "last": 6, "steps": 1.67}
    assert [(visit["number"], visit["date"], visit["minutes"]) for visit in table["to-come"][:2]] == [
        (6, "2026-12-28", 45),
        (7, "2027-01-04", 45),
    ]
    assert [warning["id"] for warning in table["warnings"]] == ["eased", "technique-pressure"]
    assert (table["ease"], table["on"]) == (True, "2026-12-21")


def test_a_review_of_nothing_recorded_goes_on(tmp_path: Path) -> None:
    ran = review(save_plan(tmp_path), on="2026-11-23")
    assert (ran.code, ran.said, ran.text.startswith(" CONTINUE ")) == (0, "", True)


# Applied


def test_what_is_applied_is_the_next_version_with_the_decision(tmp_path: Path) -> None:
    path = saved(tmp_path)
    before = path.read_bytes()
    ran = review(path, "--apply")
    assert (ran.code, ran.said) == (0, f"Saved to {tmp_path / 'slight.v2.toml'}\n")
    assert path.read_bytes() == before
    first, second = chain(path)
    assert replace(second.document, version=None, parent=None, parent_digest=None) == applied(story("slight"))
    assert second.document.decision is not None
    assert (second.document.decision.action, second.document.decision.visit) == ("hold", 4)
    assert (second.document.parent_digest, second.document.visits) == (first.digest, first.document.visits)


def test_what_was_proposed_is_what_is_written(tmp_path: Path) -> None:
    path = saved(tmp_path, "none")
    proposed = msgspec.json.decode(review(path, "--format", "json").out)
    review(path, "--apply")
    document = newest(path).document
    assert [session.number for session in document.sessions if session.number > 4] == [visit["number"] for visit in proposed["to-come"]]
    assert [technique.id for technique in document.techniques] == ["swedish"]


def test_missed_visits_have_to_be_settled_before_it_is_written(tmp_path: Path) -> None:
    path = write(tmp_path / "ann.toml", missed(visited(a_document(client="ann"), 6, 6), 3))
    before = snapshot(tmp_path)
    ran = review(path, "--apply")
    assert ran.code == 2
    assert "--missed keep" in ran.said
    assert "--missed shift" in ran.said
    assert snapshot(tmp_path) == before
    assert review(path).code == 0


def test_missed_visits_are_lost_or_made_up_as_is_chosen(tmp_path: Path) -> None:
    document = missed(visited(a_document(client="ann"), 6, 6), 3)
    for way, visits in (("keep", 9), ("shift", 10)):
        path = write(tmp_path / way / "ann.toml", document)
        assert review(path, "--apply", "--missed", way).code == 0
        after = newest(path).document
        attended = {visit.number for visit in after.visits if visit.status == "attended"}
        gone = {visit.number for visit in after.visits} - attended
        assert len([session for session in after.sessions if session.number not in gone]) == visits


def test_a_version_written_meanwhile_is_not_overruled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    found = command.review_of

    def slow(*arguments: object, **more: object) -> object:
        done = found(*arguments, **more)
        massage_here("visit", str(path), "--status", "attended", "--nothing-new", "--pain", "9", "--on", "2026-12-21")
        return done

    monkeypatch.setattr(command, "review_of", slow)
    ran = review(path, "--apply")
    assert (ran.code, "review again" in ran.said) == (2, True)
    assert newest(path).number == 2
    assert newest(path).document.decision is None


def test_applying_twice_changes_no_visit_and_no_technique(tmp_path: Path) -> None:
    for name in ("improved", "slight", "none"):
        path = saved(tmp_path / name, name)
        flags = ("--apply", "--missed", "keep")
        review(path, *flags, on=ON[name])
        once = newest(path).document
        review(path, *flags, on=ON[name])
        twice = newest(path).document
        same = ("techniques", "phases", "sessions", "visits", "intake", "outcome")
        if name != "improved":
            assert [getattr(twice, key) for key in same] == [getattr(once, key) for key in same]
        assert (twice.sessions[-1].date, len(twice.sessions)) == (once.sessions[-1].date, len(once.sessions))


def test_soreness_eases_no_more_than_once_for_one_visit(tmp_path: Path) -> None:
    path = saved(tmp_path, "improved")
    minutes = []
    for _ in range(3):
        review(path, "--apply", "--missed", "keep", on=ON["improved"])
        minutes.append(newest(path).document.sessions[-1].minutes)
    assert minutes == [45, 45, 45]


def test_a_stopped_course_stays_stopped(tmp_path: Path) -> None:
    path = saved(tmp_path, "worse")
    review(path, "--apply", on=ON["worse"])
    for flags in ((), ("--apply",), ("--apply", "--missed", "shift")):
        ran = review(path, *flags, on="2026-12-20")
        assert (ran.code, ran.out) == (2, b"")
        assert "the course was stopped on 2026-12-07" in ran.said
    assert newest(path).number == 2
    shown = massage_here("show", str(newest(path).path))
    assert shown.text.startswith(" STOP ")
    assert not {"SESSION", "COURSE"} & set(headings(shown.text))


def test_a_withheld_course_is_not_reviewed(tmp_path: Path) -> None:
    path = save_plan(tmp_path, health={"chest-pain": "yes"})
    ran = review(path)
    assert (ran.code, "there is no course" in ran.said) == (2, True)
    errors = msgspec.json.decode(review(path, "--format", "json").out)["errors"]
    assert [error["path"] for error in errors] == ["outcome"]


@pytest.mark.parametrize("flags", [("--missed", "lose"), ("--format", "toml"), ("--on", "soon")])
def test_a_flag_that_makes_no_sense_is_wrong_usage(tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert massage_here("review", str(saved(tmp_path)), *flags).code == 2
