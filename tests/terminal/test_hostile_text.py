"""Text made to steer a terminal, in every place where a person may write any: it comes out inert, and markup as it stands."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pyte
import pytest
import tomli
import tomli_w
from rich.cells import cell_len

from massage_cli.files.clean import clean_line
from massage_cli.files.plan_file import to_toml
from tests.builders import TODAY, a_table
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import ON, Ran, massage, massage_here
from tests.worked import plan_of

TEXTS = pytest.mark.parametrize("text", HOSTILE, ids=short)
FORMATS = ("text", "toml", "json")
MARKUP = ("[red]markup[/red]", "[/]", "[bold link=http://example.org]x", ":smile: :warning:")


def an_intake_with(text: str) -> bytes:
    """A sound intake with a text in every place that takes any."""
    note = {"rule": "pregnancy", "by": f"x{text}", "on": TODAY, "limits": text}
    return tomli_w.dumps(a_table(notes=text, clearances=[note], health={"pregnant": "yes", "pregnancy-weeks": 25})).encode()


def a_wrong_intake_with(text: str) -> bytes:
    """An intake with a text in every place that takes none of this kind, as value and as key."""
    table = a_table(client=text, complaint=text, regions=[text], pressure=text, prefers=[text], goals=[text], condition=text, pain=text)
    table |= {text: 1, "health": {text: "yes", "fever": text}, "booking": {"holidays": text, "weekdays": [text], "trained-in": [text]}}
    return tomli_w.dumps(table).encode()


def a_plan_with(text: str) -> bytes:
    """A saved plan whose every text was changed by hand."""
    table: Any = msgspec.to_builtins(plan_of("blood-thinner"), builtin_types=(date,))
    plan = {**_changed(table, text), **{key: table[key] for key in ("format", "outcome")}}
    plan["intake"] = {**table["intake"], "notes": text, "client": text, "complaint": text, "regions": [text]}
    plan["screening"] = {**plan["screening"], **{key: table["screening"][key] for key in ("positions",) if key in table["screening"]}}
    for finding, before in zip(plan["screening"]["findings"], table["screening"]["findings"], strict=True):
        finding.update({kind: before[kind] for kind in ("category", "urgency") if kind in before})
    plan["protocol"]["certainty"] = table["protocol"]["certainty"]
    return tomli_w.dumps(plan).encode()


def _changed(value: Any, text: str) -> Any:
    match value:
        case str():
            return text
        case dict():
            return {key: _changed(inner, text) for key, inner in value.items()}
        case list() | tuple():
            return [_changed(inner, text) for inner in value]
    return value


def assert_inert(ran: Ran) -> None:
    assert steering(ran.out) == []
    assert steering(ran.err) == []
    assert "Traceback" not in ran.said
    assert "a bug" not in ran.said


def assert_fits(ran: Ran, width: int = 80) -> None:
    """A terminal of this width shows each line of the page on one line of its own, as wide as was meant."""
    assert "\t" not in ran.text
    screen = pyte.Screen(width + 40, 2)
    for line in ran.text.split("\n"):
        screen.reset()
        pyte.Stream(screen).feed(line)
        assert screen.cursor.y == 0
        assert screen.cursor.x <= width, line
        assert screen.cursor.x == cell_len(line), line


@TEXTS
def test_text_in_an_intake_comes_out_inert(text: str) -> None:
    for command in ("plan", "screen"):
        for format_ in FORMATS:
            ran = massage_here(command, "-", *ON, "--format", format_, stdin=an_intake_with(text))
            assert ran.code in (0, 3)
            assert_inert(ran)
            if format_ == "text" and "\U0001f3fd" not in text:  # terminals disagree on how wide signs of several parts are
                assert_fits(ran)


@TEXTS
def test_text_where_none_may_stand_is_refused_inertly(text: str) -> None:
    for command in ("plan", "screen"):
        for format_ in FORMATS:
            ran = massage_here(command, "-", *ON, "--format", format_, stdin=a_wrong_intake_with(text))
            assert ran.code == 2
            assert_inert(ran)


@TEXTS
def test_text_in_a_saved_plan_comes_out_inert(text: str) -> None:
    for format_ in FORMATS:
        ran = massage_here("show", "-", "--format", format_, stdin=a_plan_with(text))
        assert ran.code == 0, ran.said
        assert_inert(ran)
        if format_ == "text" and "\U0001f3fd" not in text:
            assert_fits(ran)


@TEXTS
def test_text_in_data_is_kept_and_read_back(text: str) -> None:
    ran = massage_here("plan", "-", *ON, "--format", "toml", stdin=an_intake_with(text))
    assert tomli.loads(ran.text)["intake"]["notes"] == text
    ran = massage_here("plan", "-", *ON, "--format", "json", stdin=an_intake_with(text))
    assert msgspec.json.decode(ran.out)["intake"]["notes"] == text


@TEXTS
def test_text_in_the_name_of_a_file_comes_out_inert(tmp_path: Path, text: str) -> None:
    name = text.replace("/", "_")[:60]
    for arguments in (("plan", name), ("show", name), ("plan", name, "--format", "json"), ("plan", "x", "--on", text, "--format", "json")):
        ran = massage_here(*arguments)
        assert ran.code == 2
        assert_inert(ran)
    (tmp_path / "ann.toml").write_bytes(an_intake_with("note"))
    ran = massage_here("plan", str(tmp_path / "ann.toml"), *ON, "--output", str(tmp_path / name))
    assert ran.code in (0, 3)
    assert_inert(ran)


def test_text_comes_out_inert_of_the_real_program(tmp_path: Path) -> None:
    text = "".join(letter for letter in "".join(HOSTILE[:30]) if letter != "\0")
    (tmp_path / "plan.toml").write_bytes(a_plan_with(text))
    (tmp_path / "wrong.toml").write_bytes(a_wrong_intake_with(text))
    assert_inert(massage("show", "plan.toml", folder=tmp_path))
    assert_inert(massage("plan", "wrong.toml", folder=tmp_path))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_it_stands(text: str) -> None:
    plan = msgspec.structs.replace(plan_of("blood-thinner"), advice=(f"before {text} after",))
    shown = massage_here("show", "-", stdin=to_toml(plan).encode()).text
    assert f"before {text} after" in " ".join(shown.split())
    refused = massage_here("plan", "-", stdin=tomli_w.dumps(a_table(complaint=text)).encode())
    assert f"'{clean_line(text)}'" in refused.said
