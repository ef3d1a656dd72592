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
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.files.plans.versions import newest
from tests.builders import TODAY, a_table
from tests.saved import a_document, applied, save_plan, visited, write
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


# Courses

VISIT = ("--status", "attended", "--nothing-new", "--pain", "5", "--on", "2026-11-23")
COURSE_COMMANDS = {
    "review": ("review", "{plan}", "--on", "2026-12-14"),
    "review in json": ("review", "{plan}", "--on", "2026-12-14", "--format", "json"),
    "due": ("due", "{folder}", "--on", "2026-12-14"),
    "due in json": ("due", "{folder}", "--on", "2026-12-14", "--json"),
    "week": ("week", "{folder}", "--on", "2026-12-14"),
    "diff": ("diff", "{first}", "{plan}"),
    "diff in json": ("diff", "{first}", "{plan}", "--json"),
    "history": ("history", "{plan}"),
    "history in json": ("history", "{plan}", "--json"),
    "discharge": ("discharge", "{plan}", "--on", "2026-12-14"),
    "discharge in json": ("discharge", "{plan}", "--on", "2026-12-14", "--json"),
    "show": ("show", "{plan}"),
    "explain": ("explain", "{plan}"),
    "explain in json": ("explain", "{plan}", "--format", "json"),
    "explain one thing": ("explain", "{plan}", "intake"),
    "whatif": ("whatif", "{plan}", "--on", "2026-12-14"),
    "whatif in json": ("whatif", "{plan}", "--on", "2026-12-14", "--set", "pain=3", "--format", "json"),
}


@TEXTS
def test_a_note_is_kept_and_comes_out_inert(tmp_path: Path, text: str) -> None:
    path = save_plan(tmp_path)
    assert_inert(massage_here("visit", str(path), *VISIT, "--note", text))
    assert_inert(massage_here("visit", str(path), "--status", "missed", "--note", text, "--on", "2026-11-23", "--format", "json"))
    version = newest(path)
    assert [visit.note for visit in version.document.visits] == [text, text]
    assert steering(version.path.read_bytes()) == []


@TEXTS
def test_text_in_the_flags_of_a_visit_is_refused_inertly(tmp_path: Path, text: str) -> None:
    path = save_plan(tmp_path)
    told = ("--measure", text, "--score", "3", "--date", text, "--health", text, "--health", f"fever={text}")
    ran = massage_here("visit", str(path), *VISIT, *told)
    assert ran.code == 2
    assert_inert(ran)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("command", COURSE_COMMANDS)
def test_text_in_a_course_comes_out_inert_of_every_command(tmp_path: Path, command: str) -> None:
    text = "".join(letter for letter in "".join(HOSTILE[:30]) if letter != "\0")
    note = {"rule": "pregnancy", "by": f"x{text}", "on": TODAY, "limits": text}
    plan = applied(visited(a_document(client="ann", notes=text, clearances=[note]), 6, 6, 6, 6, note=text))
    finding = {"advice": (text,), "protocol": msgspec.structs.replace(plan.protocol, name=text, basis=text, sources=(text,))}
    decision = msgspec.structs.replace(plan.decision, because=text, sources=(text,))
    warnings = tuple(msgspec.structs.replace(warning, text=text) for warning in plan.warnings)
    techniques = tuple(msgspec.structs.replace(technique, name=text, because=text) for technique in plan.techniques)
    changed = msgspec.structs.replace(plan, **finding, decision=decision, warnings=warnings, techniques=techniques)
    names = {"folder": str(tmp_path), "plan": str(write(tmp_path / "ann.toml", changed)), "first": str(save_plan(tmp_path / "first"))}
    ran = massage_here(*(part.format(**names) for part in COURSE_COMMANDS[command]))
    assert ran.code == 0, ran.said
    assert_inert(ran)
    assert ran.out


@pytest.mark.parametrize("command", COURSE_COMMANDS)
def test_a_course_whose_every_text_was_changed_comes_out_inert_or_is_refused(tmp_path: Path, command: str) -> None:
    text = "".join(letter for letter in "".join(HOSTILE[:30]) if letter != "\0")
    (tmp_path / "ann.toml").write_bytes(a_plan_with(text))
    names = {"folder": str(tmp_path), "plan": str(tmp_path / "ann.toml"), "first": str(save_plan(tmp_path / "first"))}
    ran = massage_here(*(part.format(**names) for part in COURSE_COMMANDS[command]))
    assert ran.code in (0, 2)
    assert_inert(ran)


@TEXTS
def test_text_in_the_name_of_a_plan_or_folder_comes_out_inert(tmp_path: Path, text: str) -> None:
    name = text.replace("/", "_")[:60]
    for arguments in (("visit", name, *VISIT), ("review", name), ("due", name), ("week", name), ("diff", name, name)):
        ran = massage_here(*arguments)
        assert ran.code == 2
        assert_inert(ran)
    path = str(save_plan(tmp_path / name))
    for arguments in (("visit", path, *VISIT), ("due", str(tmp_path / name), "--json"), ("history", path, "--json"), ("diff", path, path)):
        ran = massage_here(*arguments)
        assert ran.code == 0, ran.said
        assert_inert(ran)
