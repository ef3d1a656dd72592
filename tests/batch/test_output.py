"""The forms a batch is written in, and that a summary does nothing to a spreadsheet or a terminal."""

import csv
import io
from pathlib import Path

import pytest

from massage_cli.batch.output import SUMMARY_COLUMNS, Form, form_of, heading, out_path, summary_line, written
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.files.reading import parse
from massage_cli.knowledge.problems import Unreadable
from tests.terminal.hostile import HOSTILE, short, steering
from tests.worked import plan_of


def cells_in(line: bytes) -> list[str]:
    """The cells of one line of CSV."""
    (cells,) = csv.reader(io.StringIO(line.decode(), newline=""))
    return cells


def a_summary(document: PlanDocument | None = None, *, source: str = "list.csv", reasons: tuple[str, ...] = ()) -> dict[str, str]:
    """The line of a summary by column."""
    outcome = "invalid" if document is None else str(document.outcome)
    line = summary_line(document, source=source, line=7, client="ann", outcome=outcome, reasons=reasons)
    return dict(zip(SUMMARY_COLUMNS, cells_in(line), strict=True))


@pytest.mark.parametrize(
    ("out", "form"),
    [
        ("plans", Form.TOML),
        ("plans/", Form.TOML),
        (".", Form.TOML),
        ("plans.d", Form.TOML),
        ("plans.jsonl", Form.JSON_LINES),
        ("PLANS.JSONL", Form.JSON_LINES),
        ("-", Form.JSON_LINES),
        ("plans.csv", Form.SUMMARY),
        ("a.jsonl/plans.csv", Form.SUMMARY),
    ],
)
def test_the_name_tells_the_form(out: str, form: Form) -> None:
    assert form_of(out) is form


@pytest.mark.parametrize("out", ["plans.toml", "plans.json", "plans.XLSX", "plans.txt", "plans.yaml"])
def test_a_name_that_holds_one_plan_or_none_is_refused(out: str) -> None:
    with pytest.raises(Unreadable) as refused:
        form_of(out)
    assert out in refused.value.problems[0].message


def test_the_output_has_a_name_beside_which_others_can_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    assert out_path("plans/") == Path("plans")
    assert out_path(".") == out_path("") == out_path("./") == tmp_path / "desk"
    assert out_path("..") == tmp_path


def test_the_root_has_nothing_beside_it() -> None:
    with pytest.raises(Unreadable):
        out_path("/")


@pytest.mark.parametrize("client", ["blood-thinner", "chest-pain", "low-back"])
def test_a_plan_is_written_as_the_command_for_one_client_writes_it(client: str) -> None:
    document = plan_of(client)
    assert written(document, Form.TOML).decode() == to_toml(document)
    line = written(document, Form.JSON_LINES)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert parse(line, "line.json") == (parse(to_json(document).encode(), "plan.json")[0], line.decode())
    assert read_plan(line, "line.json") == document


def test_a_summary_has_a_heading_and_the_other_forms_have_none() -> None:
    assert cells_in(heading(Form.SUMMARY)) == list(SUMMARY_COLUMNS)
    assert (heading(Form.TOML), heading(Form.JSON_LINES)) == (b"", b"")


def test_the_summary_of_a_plan() -> None:
    document = plan_of("blood-thinner")
    assert a_summary(document) == {
        "source": "list.csv",
        "line": "7",
        "client": "ann",
        "outcome": "restricted",
        "urgency": "",
        "reasons": "",
        "protocol": document.protocol.id if document.protocol else "",
        "pressure-max": str(document.screening.pressure_max),
        "techniques": ";".join(technique.id for technique in document.techniques),
        "sessions": str(len(document.sessions)),
        "first": str(document.sessions[0].date),
        "last": str(document.sessions[-1].date),
        "warnings": ";".join(dict.fromkeys(warning.id for warning in document.warnings)),
    }


def test_the_summary_of_a_withheld_plan_has_no_sessions_and_no_techniques() -> None:
    summary = a_summary(plan_of("chest-pain"), reasons=("chest-pain", "fever"))
    assert (summary["outcome"], summary["urgency"], summary["reasons"]) == ("refer", "emergency", "chest-pain;fever")
    assert {summary[column] for column in ("techniques", "sessions", "first", "last")} == {""}


def test_the_summary_of_an_invalid_row_names_the_key_paths() -> None:
    summary = a_summary(reasons=("pain", "booking.minutes"))
    assert {key: value for key, value in summary.items() if value} == {
        "source": "list.csv",
        "line": "7",
        "client": "ann",
        "outcome": "invalid",
        "reasons": "pain;booking.minutes",
    }


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_begins_like_a_formula(sign: str) -> None:
    formula = f"{sign}1+1"
    summary = a_summary(source=formula, reasons=(formula,))
    assert (summary["source"], summary["reasons"]) == (f"'{formula}", f"'{formula}")


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_text_in_a_summary_is_inert(text: str) -> None:
    line = summary_line(None, source=text, line=None, client="", outcome="invalid", reasons=(text, "\udcff"))
    assert steering(line.replace(b"\r\n", b"\n")) == []
    assert line.count(b"\n") == 1
    assert b"\t" not in line


def test_other_text_in_a_summary_stays_as_it_is() -> None:
    for text in ("C:\\lists\\a b.csv", "Käthe's list, new.csv", 'with "quotes"', "漢字", "a;b"):
        assert a_summary(source=text)["source"] == text
