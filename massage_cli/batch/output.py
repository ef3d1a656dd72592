"""The forms a batch can be written in: a TOML file for each client, JSON Lines, or a CSV summary."""

from enum import StrEnum
from pathlib import Path

from massage_cli.files.csv_text import csv_line
from massage_cli.files.inert import json_line
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.knowledge.problems import Problem, Unreadable


class Form(StrEnum):
    """How the plans of a batch are written."""

    TOML = "toml"
    JSON_LINES = "json-lines"
    SUMMARY = "summary"


STANDARD_OUTPUT = "-"
_FORMS = {".jsonl": Form.JSON_LINES, ".csv": Form.SUMMARY}
_NO_FOLDERS = (".toml", ".json", ".xlsx", ".txt", ".yaml", ".yml")

SUMMARY_COLUMNS = (
    "source",
    "line",
    "client",
    "outcome",
    "urgency",
    "reasons",
    "protocol",
    "pressure-max",
    "techniques",
    "sessions",
    "first",
    "last",
    "warnings",
)


def form_of(out: str) -> Form:
    """The form that goes with a name: .jsonl, .csv, `-` for JSON Lines on standard output, else a folder. Raises Unreadable."""
    suffix = Path(out).suffix.lower()
    if suffix in _NO_FOLDERS:
        message = f"'{out}' is neither a folder nor a .jsonl or .csv file; plans of many clients go into one of these"
        raise Unreadable([Problem(file="--out", path="", value=out, message=message)])
    return Form.JSON_LINES if out == STANDARD_OUTPUT else _FORMS.get(suffix, Form.TOML)


def out_path(out: str) -> Path:
    """The output as a path with a name of its own, beside which other files can stand. Raises Unreadable."""
    path = Path(out)
    if path.name in ("", ".."):
        path = path.resolve()
    if not path.name:
        message = f"'{out}' has nothing beside it where the list of problems could be written; name a folder in it"
        raise Unreadable([Problem(file="--out", path="", value=out, message=message)])
    return path


def sound(text: str) -> str:
    """The text with question marks for what is no letter, as the name of a file may hold on some systems."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode()


def heading(form: Form) -> bytes:
    """What stands before the first row."""
    return csv_line(SUMMARY_COLUMNS) if form is Form.SUMMARY else b""


def written(document: PlanDocument, form: Form) -> bytes:
    """A plan as one TOML file or one line of JSON."""
    if form is Form.TOML:
        return to_toml(document).encode()
    return json_line(document)


def summary_line(
    document: PlanDocument | None, *, source: str, line: int | None, client: str, outcome: str, reasons: tuple[str, ...]
) -> bytes:
    """The line of one row in a CSV summary; without a document the row was invalid."""
    place = (source, "" if line is None else str(line), client, outcome)
    if document is None:
        return csv_line((*place, "", ";".join(reasons), *[""] * 7))
    sessions = document.sessions
    return csv_line(
        (
            *place,
            document.urgency or "",
            ";".join(reasons),
            "" if document.protocol is None else document.protocol.id,
            str(document.screening.pressure_max),
            ";".join(technique.id for technique in document.techniques),
            str(len(sessions)) if sessions else "",
            sessions[0].date.isoformat() if sessions else "",
            sessions[-1].date.isoformat() if sessions else "",
            ";".join(dict.fromkeys(warning.id for warning in document.warnings)),
        )
    )
