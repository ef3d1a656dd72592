"""The therapist's settings: read whole or refused whole, and what an intake says wins over them."""

from datetime import date
from pathlib import Path

import pytest

from massage_cli.files.own.settings import TEMPLATE, Settings, origins, read_settings, with_settings
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import Weekday
from massage_cli.planning.intake import Booking
from tests.builders import an_intake, knowledge

TEXT = """\
name = "A. Therapist"
plans-folder = "clients"

[booking]
weekdays = ["mon", "thu"]
closed = [2026-12-25]
holidays = "US"
minutes = 60
max-per-week = 2
trained-in = ["lymphatic-drainage", "cupping"]
"""


def settings_of(tmp_path: Path, text: str = TEXT) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, knowledge())


def problems_of(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as broken:
        settings_of(tmp_path, text)
    return broken.value.problems


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    assert settings_of(tmp_path) == Settings(
        name="A. Therapist",
        plans_folder="clients",
        booking=Booking(
            weekdays=(Weekday.MON, Weekday.THU),
            closed=(date(2026, 12, 25),),
            holidays="US",
            minutes=60,
            max_per_week=2,
            trained_in=("lymphatic-drainage", "cupping"),
        ),
    )


def test_there_need_not_be_a_settings_file(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml", knowledge()) == Settings()


@pytest.mark.parametrize("text", ["", " \n", "# nothing yet\n", TEMPLATE])
def test_a_file_that_says_nothing_sets_nothing(tmp_path: Path, text: str) -> None:
    assert settings_of(tmp_path, text) == Settings()


def test_the_template_is_sound_when_all_its_lines_are_taken_in(tmp_path: Path) -> None:
    lines = (line.removeprefix("# ") if " = " in line else line for line in TEMPLATE.splitlines())
    assert settings_of(tmp_path, "\n".join(lines)).booking.minutes == 60


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("nme = 'x'", "nme"),
        ("name = 3", "name"),
        ("most-hours-a-day = 0", "most-hours-a-day"),
        ("most-hours-a-day = 25", "most-hours-a-day"),
        ("[booking]\nminutes = 5", "booking.minutes"),
        ("[booking]\nmax-per-week = 8", "booking.max-per-week"),
        ("[booking]\nholidays = 'XX'", "booking.holidays"),
        ("[booking]\nweekdays = []", "booking.weekdays"),
        ("[booking]\nweekdays = ['noday']", "booking.weekdays"),
        ("[booking]\ntrained-in = ['reiki']", "booking.trained-in"),
        ("[booking]\nclosed = ['soon']", "booking.closed"),
    ],
)
def test_a_wrong_setting_is_named_by_its_key_and_file(tmp_path: Path, text: str, path: str) -> None:
    problems = problems_of(tmp_path, text)
    assert [problem.path.partition("[")[0] for problem in problems] == [path]
    assert problems[0].file == str(tmp_path / "settings.toml")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    paths = {problem.path for problem in problems_of(tmp_path, "nme = 'x'\nplans-folder = 3\n[booking]\nminutes = 5\nholidays = 'XX'\n")}
    assert paths == {"nme", "plans-folder", "booking.minutes", "booking.holidays"}


def test_text_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "[booking")


def test_a_file_that_cannot_be_read_as_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(Unreadable):
        read_settings(tmp_path / "settings.toml", knowledge())


# With an intake


def test_settings_fill_in_what_the_intake_leaves_out(tmp_path: Path) -> None:
    assert with_settings(an_intake(), settings_of(tmp_path)).booking == settings_of(tmp_path).booking


@pytest.mark.parametrize(
    ("key", "said"),
    [("minutes", 90), ("max-per-week", 1), ("holidays", "GB"), ("weekdays", ["fri"]), ("trained-in", ["myofascial-release"])],
)
def test_what_the_intake_says_wins_and_the_rest_is_filled_in(tmp_path: Path, key: str, said: object) -> None:
    intake = an_intake(booking={key: said})
    settings = settings_of(tmp_path)
    merged = with_settings(intake, settings).booking
    for name in Booking.__struct_fields__:
        source = intake.booking if name == key.replace("-", "_") else settings.booking
        assert getattr(merged, name) == getattr(source, name)


def test_no_settings_change_nothing() -> None:
    intake = an_intake(booking={"minutes": 90})
    assert with_settings(intake, Settings(name="x")) is intake


# Where values come from


def test_every_setting_says_where_it_comes_from(tmp_path: Path) -> None:
    shown = origins(settings_of(tmp_path, "name = 'A.'\n[booking]\nminutes = 60\n"))
    assert shown["name"] == ("A.", "settings")
    assert shown["booking.minutes"] == ("60", "settings")
    assert shown["plans-folder"] == ("plans", "default")
    assert shown["booking.weekdays"] == ("mon, tue, wed, thu, fri", "default")
    assert shown["booking.holidays"] == ("not set", "default")


def test_every_setting_there_is_is_shown() -> None:
    own = {name for name in Settings.__struct_fields__ if name != "booking"}
    assert {key.rpartition(".")[2].replace("-", "_") for key in origins(Settings())} == {*own, *Booking.__struct_fields__}
