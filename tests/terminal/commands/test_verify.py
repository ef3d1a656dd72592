"""`massage verify`: the same to the byte, or which lines differ and why."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.files.plans.versions import read_version
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.loading import parse
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.builders import changed_files, knowledge
from tests.saved import a_document, visit_of_plan, write
from tests.terminal.massage import ON, Ran, massage_here, snapshot
from tests.worked import NAMES, intake_file, plan_file

EDITION = parse(changed_files(("edition.toml", "edition", "2025.01"))).digest


def verify(path: Path, *flags: str, **env: str) -> Ran:
    return massage_here("verify", str(path), *flags, **env)


def result(path: Path, place: int = -1) -> dict[str, object]:
    """What is said of one version, the newest by default."""
    table: dict[str, object] = msgspec.json.decode(verify(path, "--json").out)["versions"][place]
    return table


def changed(folder: Path, old: str, new: str, name: str = "low-back") -> Path:
    """A worked plan in which a text was changed."""
    text = plan_file(name).read_text(encoding="utf-8")
    assert old in text
    path = folder / f"{name}.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A plan with settings behind it, two visits, one of them with news about health, one missed, and a review applied."""
    path, home = tmp_path / "ann.toml", {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    settings = tmp_path / "config" / "massage-cli" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[booking]\nholidays = "US"\nclosed = [2026-12-15]\ntrained-in = ["myofascial-release"]\n', encoding="utf-8")
    steps: tuple[tuple[str, ...], ...] = (
        ("plan", str(intake_file("low-back")), "--output", str(path), *ON),
        ("visit", str(path), "--status", "attended", "--pain", "6", "--nothing-new", "--on", "2026-11-30"),
        ("visit", str(path), "--status", "missed", "--on", "2026-12-07"),
        ("visit", str(path), "--status", "attended", "--pain", "5", "--health", "fever=no", "--on", "2026-12-14"),
        ("review", str(path), "--apply", "--missed", "shift", "--on", "2026-12-16"),
    )
    for step in steps:
        ran = massage_here(*step, **home)
        assert ran.code == 0, ran.said
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_worked_plans_are_the_same_to_the_byte(name: str) -> None:
    ran = verify(plan_file(name))
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.startswith("SAME")


def test_a_plan_as_json_is_made_again_as_json(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    massage_here("plan", str(intake_file("low-back")), "--output", str(path), *ON)
    assert verify(path).code == 0


def test_every_version_of_a_course_is_made_again_from_the_one_before(course: Path) -> None:
    before = snapshot(course.parent)
    ran = verify(course, "--json")
    found = msgspec.json.decode(ran.out)
    assert (ran.code, ran.said, found["same"]) == (0, "", True)
    assert [(each["version"], each["verdict"]) for each in found["versions"]] == [(number, "same") for number in range(1, 6)]
    assert snapshot(course.parent) == before


def test_a_line_changed_by_hand_is_shown_as_it_is_and_as_it_is_made(tmp_path: Path) -> None:
    path = changed(tmp_path, "date = 2026-12-07", "date = 2026-12-09")
    ran = verify(path, COLUMNS="160")
    assert ran.code == 5
    assert ran.text.startswith("DIFFERS")
    assert "changed after it was written: by hand" in ran.text
    number = (
        path.read_text(encoding="utf-8")
        .split("\n")
        .index('    { number = 2, date = 2026-12-09, phase = "initial", minutes = 60, review = false },')
    )
    assert f"line {number + 1}\n" in ran.text
    assert "file   { number = 2, date = 2026-12-09" in ran.text
    assert "again  { number = 2, date = 2026-12-07" in ran.text


@pytest.mark.parametrize(
    ("old", "new", "causes", "header_only"),
    [
        ('program = "0.1.0"', 'program = "0.0.9"', ["program"], True),
        (knowledge().digest, EDITION, ["edition"], True),
        ('edition = "2026.11"', 'edition = "2025.01"', ["edition"], True),
        ("age = 46", "age = 80", ["by-hand"], False),
        ("    2026-12-25,\n", "", ["holidays"], False),
        ('format = "massage-plan/1"', '# mine\nformat = "massage-plan/1"', ["layout"], False),
        ("", "", ["layout"], False),
    ],
)
def test_why_a_plan_differs_is_named(tmp_path: Path, old: str, new: str, causes: list[str], header_only: bool) -> None:
    if not old:
        path = tmp_path / "c.toml"
        path.write_bytes(plan_file("low-back").read_bytes().replace(b"\n", b"\r\n"))
    else:
        path = changed(tmp_path, old, new)
    found = result(path)
    assert (found["verdict"], found["causes"], found.get("header-only", False)) == ("differs", causes, header_only)
    assert found["lines"]


def test_beside_other_knowledge_a_change_by_hand_cannot_be_told_apart(tmp_path: Path) -> None:
    path = changed(tmp_path, knowledge().digest, EDITION)
    path.write_text(path.read_text(encoding="utf-8").replace("minutes = 19", "minutes = 18"), encoding="utf-8")
    assert (result(path)["causes"], result(path).get("header-only", False)) == (["edition"], False)
    assert "Whether it was changed by hand as well cannot be told" in " ".join(verify(path).text.split())


def test_holidays_that_the_library_gives_differently_by_now_are_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_more(code: str | None, **days: object) -> frozenset[object]:
        given = public_holidays(code, **days)  # type: ignore[arg-type]  # days as the program gives them
        return given | {min(given).replace(year=2026, month=12, day=7)}

    monkeypatch.setattr("massage_cli.files.plans.planned.public_holidays", one_more)
    found = result(plan_file("low-back"))
    assert (found["verdict"], found["causes"]) == ("differs", ["holidays"])
    assert any("2026-12-07" in str(line) for line in found["lines"])  # type: ignore[attr-defined]  # JSON


def test_a_version_before_that_was_changed_is_named_by_the_one_after(course: Path) -> None:
    second = course.with_name("ann.v2.toml")
    second.write_text(second.read_text(encoding="utf-8").replace("pain = 6\nhealth", "pain = 7\nhealth"), encoding="utf-8")
    course.write_text(course.read_text(encoding="utf-8").replace("review = false", "review = true", 1), encoding="utf-8")
    found = msgspec.json.decode(verify(course, "--json").out)["versions"]
    assert found[0]["causes"] == ["by-hand"]
    assert found[1]["causes"] == ["parent", "by-hand"]
    assert [each["verdict"] for each in found[2:]] == ["same", "same", "same"]


def test_what_follows_a_missing_version_is_said_to_be_unchecked(course: Path) -> None:
    course.with_name("ann.v3.toml").unlink()
    ran = verify(course)
    assert ran.code == 5
    assert "parent: ann.v3.toml is not there or cannot be read, so this cannot be made again" in " ".join(ran.text.split())
    found = msgspec.json.decode(verify(course, "--json").out)["versions"]
    assert [each["verdict"] for each in found] == ["same", "same", "not-checked", "same"]


def test_a_version_that_is_no_step_from_the_one_before_is_not_checked(course: Path) -> None:
    third, fourth = course.with_name("ann.v3.toml"), course.with_name("ann.v4.toml")
    fourth.unlink()
    course.with_name("ann.v5.toml").unlink()
    document = read_version(third).document
    more = visit_of_plan(document, 9, status=VisitStatus.MISSED)
    write(third, replace(document, visits=(*document.visits, more)))
    found = result(course)
    assert found["verdict"] == "not-checked"
    assert "neither one visit more nor a review" in str(found["problems"])


def test_a_later_version_alone_on_standard_input_cannot_be_checked(course: Path) -> None:
    ran = massage_here("verify", "-", stdin=course.with_name("ann.v2.toml").read_bytes())
    assert (ran.code, ran.text.partition("  ")[0]) == (5, "NOT CHECKED")
    first = massage_here("verify", "-", stdin=course.read_bytes())
    assert (first.code, first.text.partition("  ")[0]) == (0, "SAME")


def test_an_intake_that_this_knowledge_does_not_accept_is_told(tmp_path: Path) -> None:
    found = result(changed(tmp_path, '"lower-back",\n]\npain', '"lower-bak",\n]\npain'))
    assert found["verdict"] == "not-checked"
    assert "lower-back" in str(found["problems"])


@pytest.mark.parametrize("content", [b"", b"{", b'format = "massage-intake/1"'])
def test_what_is_no_plan_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    ran = verify(path, "--json")
    assert ran.code == 2
    assert msgspec.json.decode(ran.out)["errors"]


def test_many_differing_lines_are_counted_and_all_given_to_scripts(tmp_path: Path) -> None:
    path = changed(tmp_path, "age = 46", "age = 80")
    assert len(result(path)["lines"]) > 20  # type: ignore[arg-type]  # JSON
    assert "lines more; --json has them all" in verify(path).text


def test_a_plan_of_another_program_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "ann.toml"
    path.write_bytes(plan_file("low-back").read_bytes().replace(b'program = "0.1.0"', f'program = "{a_document().program}"'.encode()))
    assert "another version of the program" in verify(path).text
