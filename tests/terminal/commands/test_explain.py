"""`massage explain`: a plan from a file, a client or standard input; the whole or one thing; text or JSON; what is refused."""

from pathlib import Path

import msgspec
import pytest

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.files.plans.versions import newest
from tests.saved import a_document, as_version, save_plan, visited, write
from tests.terminal.hostile import HOSTILE, steering
from tests.terminal.massage import massage_here
from tests.worked import plan_file


def test_a_plan_is_explained_from_its_file_and_from_standard_input() -> None:
    path = plan_file("blood-thinner")
    ran = massage_here("explain", str(path))
    assert (ran.code, ran.said) == (0, "")
    assert ran.text == massage_here("explain", "-", stdin=path.read_bytes()).text
    assert ran.text.startswith(" GO WITH LIMITS ")
    assert "Deep tissue massage: excluded by the screening [deep-tissue]" in ran.text


def test_a_client_is_explained_by_the_newest_plan_and_a_file_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = save_plan(tmp_path / "plans")
    write(tmp_path / "plans" / "ann.v2.toml", _second(first))
    monkeypatch.chdir(tmp_path)
    assert "SO FAR" in massage_here("explain", "ann").text
    assert "SO FAR" not in massage_here("explain", "plans/ann.toml").text


def _second(first: Path) -> PlanDocument:
    """The version after the first visit."""
    version = newest(first)
    return as_version(visited(version.document, 5), 2, parent="ann.toml", digest=version.digest)


def test_json_has_every_explanation_and_the_sources_with_what_was_read() -> None:
    table = msgspec.json.decode(massage_here("explain", str(plan_file("low-back")), "--format", "json").out)
    assert (table["client"], table["outcome"], table["same-knowledge"]) == ("low-back", "clear", True)
    assert table["reviewed-by-clinician"] is False
    dates = [one for one in table["explanations"] if one["path"] == "sessions[4].date"]
    assert "2026-12-25, 2027-01-01 (public holiday)" in dates[0]["because"][1]
    assert all(source["read"] for source in table["sources"])


def test_json_of_one_thing_has_that_alone() -> None:
    ran = massage_here("explain", str(plan_file("low-back")), "techniques[0].pressure", "--format", "json")
    (one,) = msgspec.json.decode(ran.out)["explanations"]
    assert (ran.code, one["path"], one["what"]) == (0, "techniques[0].pressure", "pressure: 3")
    assert [answer["path"] for answer in one["answers"]][:2] == ["intake.pressure", "intake.pain"]


@pytest.mark.parametrize("format_", ["text", "json"])
def test_an_unknown_name_is_refused_with_near_ones(format_: str) -> None:
    ran = massage_here("explain", str(plan_file("low-back")), "deep-tisue", "--format", format_)
    assert ran.code == 2
    assert "did you mean 'deep-tissue'?" in ran.said
    if format_ == "json":
        (error,) = msgspec.json.decode(ran.out)["errors"]
        assert (error["file"], error["value"]) == ("ID", "deep-tisue")
    else:
        assert ran.text == ""


@pytest.mark.parametrize("content", [b"", b"{", b'format = "massage-intake/1"', b"x = 1"])
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    ran = massage_here("explain", "-", stdin=content)
    assert (ran.code, ran.text) == (2, "")
    assert "standard input" in ran.said


def test_a_plan_of_other_knowledge_is_explained_by_the_one_at_hand_and_says_so() -> None:
    other = msgspec.structs.replace(a_document(), knowledge_digest="sha256:0", edition="2020.01")
    ran = massage_here("explain", "-", stdin=to_toml(other).encode())
    assert ran.code == 0
    assert "The plan was made with other knowledge; it is explained by the one at hand" in ran.text


@pytest.mark.parametrize("name", ["pregnancy", "chest-pain", "open-question"])
def test_of_a_withheld_plan_nothing_of_how_to_treat_is_shown(name: str) -> None:
    whole = massage_here("explain", str(plan_file(name)), COLUMNS="160").text
    asked = massage_here("explain", str(plan_file(name)), "screening", COLUMNS="160").text
    for text in (whole, asked):
        assert "nothing of how to treat is shown here" in text or name == "chest-pain"
        assert not any(
            word in text.partition("SOURCES")[0] for word in ("side-lying", "Side-lying", "strokes", "Pillows", "minutes", "Swedish")
        )


def test_a_name_made_to_steer_a_terminal_is_refused_inertly() -> None:
    plan = plan_file("chest-pain").read_bytes()
    for text in HOSTILE:
        for format_ in ("text", "json"):
            ran = massage_here("explain", "-", "--format", format_, "--", text, stdin=plan)
            assert ran.code == 2
            assert steering(ran.out + ran.err) == []
