"""Values set as on a command line: how they are read, and what is wrong with them."""

from datetime import date
from typing import Any

import pytest

from massage_cli.files.intakes.values_set import ORIGIN, with_values
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.intake import Clearance, Intake, Placed
from tests.builders import TODAY, an_intake, knowledge


def with_set(*values: str, **changes: Any) -> Intake:
    return with_values(an_intake(**changes), values, knowledge(), on=TODAY).intake


def problems(*values: str, **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as broken:
        with_set(*values, **changes)
    assert {problem.file for problem in broken.value.problems} == {ORIGIN}
    return [(problem.path, problem.message) for problem in broken.value.problems]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("pain=8", "pain", 8),
        ("onset=2026-11-01", "onset", date(2026, 11, 1)),
        ("first-visit=yes", "first_visit", True),
        ("goals=mobility;pain-relief", "goals", ("mobility", "pain-relief")),
        ('goals=["mobility"]', "goals", ("mobility",)),
        ("complaint=neck", "complaint", "neck"),
        ('complaint="neck"', "complaint", "neck"),
        ("complaint=", "complaint", None),
        ("clearances=pregnancy:midwife:2026-11-10", "clearances", (Clearance(rule="pregnancy", by="midwife", on=date(2026, 11, 10)),)),
    ],
)
def test_a_value_is_read_as_in_a_list_or_as_in_toml(text: str, key: str, value: object) -> None:
    changes = {"onset": "2026-05-01"}
    assert getattr(with_set(text, **changes), key) == value


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("health.anticoagulant=unsure", "unsure"),
        ("health.varicose-veins=yes@left-thigh", Placed(answer="yes", regions=("left-thigh",))),
        ('health.varicose-veins={answer = "yes", regions = ["left-thigh"]}', Placed(answer="yes", regions=("left-thigh",))),
    ],
)
def test_an_answer_about_health_is_set(text: str, reply: object) -> None:
    assert with_set(text).health[text.partition("=")[0].removeprefix("health.")] == reply


def test_a_table_that_is_missing_is_made_and_an_entry_of_a_list_can_be_set() -> None:
    assert with_set("booking.minutes=45").booking.minutes == 45
    note = {"rule": "pregnancy", "by": "midwife", "on": date(2026, 11, 10)}
    changes = {"health": {"pregnant": "yes", "pregnancy-weeks": 25, "systolic": 118, "diastolic": 74}, "clearances": [note]}
    assert with_set("clearances[0].on=2026-01-02", **changes).clearances[0].by == "midwife"


def test_every_wrong_value_is_told_at_once() -> None:
    found = problems("pain=80", "boking.minutes=30", "goals", "health.fevr=no", "regions=knee,foot", 'prefers=["x"', "age.x=1", "onset=")
    assert [path for path, _ in found] == ["", "regions", "prefers", "age.x", "onset", "pain", "health.fevr", "boking"]
    words = dict(found)
    assert "not between 0 and 10" in words["pain"]
    assert "did you mean 'fever'" in words["health.fevr"]
    assert "did you mean 'booking'" in words["boking"]
    assert "cannot be taken out" in words["onset"]


@pytest.mark.parametrize(
    "text", ["=3", ".=3", "a..b=3", "clearances[9].by=x", "clearances[0]=x", "x[=1", "health[0]=1", "pain[0]=1", "\x1b=1"]
)
def test_a_path_that_is_none_is_refused(text: str) -> None:
    assert problems(text)


def test_the_same_key_twice_is_refused() -> None:
    assert problems("pain=3", "pain=4") == [("pain", "is set twice; keep one")]


def test_a_note_for_a_danger_is_refused_as_everywhere() -> None:
    assert "heart-attack-signs" in str(problems("clearances=heart-attack-signs:doctor:2026-11-10"))


def test_an_answer_that_was_set_and_is_not_asked_is_refused() -> None:
    assert [path for path, _ in problems("health.pregnancy-weeks=20")] == ["health.pregnancy-weeks"]
