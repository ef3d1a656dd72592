"""`massage due` and `massage week`: over all plans of a folder, whatever else lies there."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from massage_cli.files.plans.versions import amend
from tests.saved import a_document, applied, missed, recorded, save_plan, visit_of_plan, visited, write
from tests.terminal.massage import Ran, massage, massage_here, snapshot

ON = ("--on", "2026-12-22")


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """Six clients: one to be reviewed, one who missed two visits, one never recorded, one stopped, one withheld, one to begin."""
    plans = tmp_path / "plans"
    write(plans / "review.toml", visited(a_document(client="review"), 6, 6, 4, 4, 4))
    write(plans / "missed.toml", missed(visited(a_document(client="missed"), 5, 5, 5), 4, 5))
    save_plan(plans, "forgotten")
    write(plans / "stopped.toml", applied(visited(a_document(client="stopped"), 4, 6, 6)))
    write(plans / "withheld.json", visited(a_document(client="withheld"), 5, health={"chest-pain": "yes"}))
    write(plans / "begins.toml", a_document(client="begins", booking={"start": date(2027, 3, 1)}))
    return plans


def due(folder: Path, *flags: str, on: tuple[str, ...] = ON) -> Ran:
    return massage_here("due", str(folder), *on, *flags)


def week(folder: Path, *flags: str, on: tuple[str, ...] = ON) -> Ran:
    return massage_here("week", str(folder), *on, *flags)


def rows(ran: Ran) -> list[tuple[str, str]]:
    return [(one["client"], one["need"]) for one in msgspec.json.decode(ran.out)["due"]]


# Due


def test_what_is_due_stands_under_titles_the_most_pressing_first(practice: Path) -> None:
    before = snapshot(practice)
    ran = massage("due", "plans", *ON, "--within", "7", folder=practice.parent)
    assert (ran.code, ran.said) == (0, "")
    titles = [line for line in ran.text.splitlines() if line.isupper()]
    assert titles == ["MISSED TWO VISITS", "NOT RECORDED", "REVIEW SOON"]
    assert "stopped" not in ran.text
    assert "withheld" not in ran.text
    assert snapshot(practice) == before


def test_the_order_is_that_of_the_needs_then_of_the_days_then_of_the_clients(practice: Path) -> None:
    write(practice / "all.toml", visited(a_document(client="all"), 6, 6, 6, 6, 6, 6))
    found = rows(due(practice, "--json"))
    assert found[:4] == [("all", "no-gain"), ("all", "review-due"), ("missed", "missed-two"), ("forgotten", "not-recorded")]
    assert found[4:] == [("forgotten", "review-soon"), ("missed", "review-soon"), ("review", "review-soon")]


def test_a_script_gets_everything_that_is_due(practice: Path) -> None:
    table = msgspec.json.decode(due(practice, "--json", "--within", "0").out)
    assert (table["on"], table["within-days"]) == ("2026-12-22", 0)
    assert table["due"][0] == {
        "client": "missed",
        "need": "missed-two",
        "on": "2026-12-21",
        "text": "missed 2 visits in a row",
        "path": str(practice / "missed.toml"),
    }


def test_nothing_due_says_so(tmp_path: Path) -> None:
    save_plan(tmp_path)
    ran = due(tmp_path, "--within", "0", on=("--on", "2026-11-23"))
    assert (ran.code, ran.text) == (0, "Due from Mon 2026-11-23, 0 days ahead\nNothing is due.\n")


def test_an_empty_folder_has_nothing_due(tmp_path: Path) -> None:
    assert (due(tmp_path).code, rows(due(tmp_path, "--json"))) == (0, [])


def test_a_folder_whose_name_is_no_text_is_read_and_named_as_far_as_it_can_be(tmp_path: Path) -> None:
    save_plan(tmp_path / "plans\udcff")
    ran = due(tmp_path / "plans\udcff", "--json", on=("--on", "2026-11-24"))
    assert (ran.code, rows(ran)[0]) == (0, ("ann", "not-recorded"))


def test_the_newest_version_counts(tmp_path: Path) -> None:
    path = save_plan(tmp_path)
    assert rows(due(tmp_path, "--json", on=("--on", "2026-11-24")))[0] == ("ann", "not-recorded")
    amend(path, lambda before: recorded(before.document, visit_of_plan(before.document, 1)))
    assert rows(due(tmp_path, "--json", on=("--on", "2026-11-24"))) == []


@pytest.mark.parametrize("command", ["due", "week"])
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_listed(practice: Path, command: str, flags: tuple[str, ...]) -> None:
    whole = massage_here(command, str(practice), *ON, *flags)
    assert whole.code == 0
    (practice / "broken.toml").write_text('format = "massage-plan/1"\nage = \n', encoding="utf-8")
    (practice / "intake.toml").write_text('format = "massage-intake/1"\n', encoding="utf-8")
    (practice / "report.json").write_text("{}", encoding="utf-8")
    ran = massage_here(command, str(practice), *ON, *flags)
    assert (ran.code, ran.out) == (2, whole.out)
    assert ran.said.startswith(f"{practice / 'broken.toml'}:2: is not TOML")
    assert len(ran.said.splitlines()) == 1


def test_a_plan_of_other_knowledge_is_told_and_the_rest_is_listed(practice: Path) -> None:
    whole = due(practice)
    text = (practice / "forgotten.toml").read_text(encoding="utf-8").replace('id = "low-back-chronic"', 'id = "gone"')
    (practice / "gone.toml").write_text(text, encoding="utf-8")
    ran = due(practice)
    assert (ran.code, ran.out) == (2, whole.out)
    assert ": protocol: " in ran.said


@pytest.mark.parametrize("command", ["due", "week"])
@pytest.mark.parametrize("name", ["none", "x" * 500, "due.toml"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / "due.toml").write_text("", encoding="utf-8")
    ran = massage_here(command, str(tmp_path / name), *ON, "--json")
    assert ran.code == 2
    assert [error["file"] for error in msgspec.json.decode(ran.out)["errors"]] == [str(tmp_path / name)]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    ran = due(tmp_path)
    assert (ran.code, "cannot be read: Permission denied" in ran.said) == (2, True)


@pytest.mark.parametrize("command", ["due", "week"])
def test_the_folder_is_that_of_the_settings(tmp_path: Path, command: str) -> None:
    config = tmp_path / "config" / "massage-cli"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(f'plans-folder = "{tmp_path / "own"}"\n', encoding="utf-8")
    save_plan(tmp_path / "own")
    ran = massage_here(command, *ON, "--json", XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert ran.code == 0
    assert len(msgspec.json.decode(ran.out)["due" if command == "due" else "days"]) > 0


# Week


def test_the_hours_of_each_week_are_summed_over_all_plans(practice: Path) -> None:
    ran = massage("week", "plans", "--on", "2026-11-25", "--weeks", "2", folder=practice.parent)
    assert (ran.code, ran.said) == (0, "")
    assert ran.text.splitlines()[1] == "WEEK OF 2026-11-23  4 h, 4 visits"
    assert "  Mon 2026-11-23  4 h  4 visits" in ran.text.splitlines()
    assert "No limit is set" in ran.text


def test_a_day_over_the_limit_says_so_in_words(practice: Path) -> None:
    for limit, over in (("4", False), ("3.75", True)):
        ran = week(practice, "--limit", limit, "--weeks", "1", on=("--on", "2026-11-25"))
        assert ("OVER 3.75 h" in ran.text) is over
        assert "No limit is set" not in ran.text


def test_the_limit_of_the_settings_counts_unless_another_is_given(practice: Path, tmp_path: Path) -> None:
    config = tmp_path / "config" / "massage-cli"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("most-hours-a-day = 2\n", encoding="utf-8")
    arguments = ("week", str(practice), "--on", "2026-11-25", "--weeks", "1")
    assert "OVER 2 h" in massage_here(*arguments, XDG_CONFIG_HOME=str(tmp_path / "config")).text
    assert "OVER" not in massage_here(*arguments, "--limit", "6", XDG_CONFIG_HOME=str(tmp_path / "config")).text


def test_a_script_gets_the_days_with_their_minutes(practice: Path) -> None:
    table = msgspec.json.decode(week(practice, "--json", "--limit", "3", "--weeks", "1", on=("--on", "2026-11-25")).out)
    assert table == {
        "from": "2026-11-23",
        "weeks": 1,
        "limit-hours": 3.0,
        "days": [{"date": "2026-11-23", "visits": 4, "minutes": 240, "over": True}],
    }


def test_a_week_without_visits_says_so(tmp_path: Path) -> None:
    ran = week(tmp_path, "--weeks", "1")
    assert "WEEK OF 2026-12-21  0 h, 0 visits" in ran.text
    assert "No visits." in ran.text


@pytest.mark.parametrize("flags", [("--limit", "0"), ("--limit", "25"), ("--weeks", "0"), ("--weeks", "53"), ("--limit", "nan")])
def test_a_number_that_makes_no_sense_is_wrong_usage(tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert week(tmp_path, *flags).code == 2
