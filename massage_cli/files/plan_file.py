"""Plan files: a document to TOML or JSON, and back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from massage_cli.files.plan_document import PlanDocument
from massage_cli.files.reading import parse
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.vocabulary import STOPPING, OutcomeKind
from massage_cli.planning.intake import INTAKE_FORMAT
from massage_cli.planning.intake_problems import FIRST_DAY, LAST_DAY

_DELETE = "\x7f"
_BASIC_PLANE = 0xFFFF


def to_toml(document: PlanDocument) -> str:
    """The document as TOML; the same document gives the same text."""
    import tomli_w

    return _escaped(tomli_w.dumps(_plain(document)), _toml_wide)


def to_json(document: PlanDocument) -> str:
    """The document as one JSON object, indented, with a line end."""
    return _escaped(f"{msgspec.json.format(msgspec.json.encode(document), indent=2).decode()}\n", _json_wide)


def _escaped(text: str, wide: Callable[[int], str]) -> str:
    """The same file with what is invisible or steers a terminal written as escapes; such letters stand only inside quotes.

    `wide` writes the escape of a letter beyond the basic plane, which TOML and JSON do each in its own way.
    """
    if text.isascii() and _DELETE not in text:
        return text
    import unicodedata  # needed only for letters beyond ASCII

    def shown(letter: str) -> str:
        hidden = letter != "\n" and (unicodedata.category(letter).startswith("C") or unicodedata.category(letter) in ("Zl", "Zp"))
        if not hidden:
            return letter
        return f"\\u{ord(letter):04x}" if ord(letter) <= _BASIC_PLANE else wide(ord(letter))

    return "".join(map(shown, text))


def _toml_wide(code: int) -> str:
    return f"\\U{code:08x}"


def _json_wide(code: int) -> str:
    high, low = divmod(code - _BASIC_PLANE - 1, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _plain(document: PlanDocument) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(date,))
    return plain


def _disagreements(document: PlanDocument) -> Iterator[Problem]:
    """What no plan of this program says: an outcome against its findings, visits for a withheld client, impossible dates."""
    stops = any(finding.certain and finding.category in STOPPING for finding in document.screening.findings)
    if stops and document.outcome is not OutcomeKind.REFER:
        message = f"'{document.outcome}' does not agree with the findings, one of which stops everything; the file was changed"
        yield Problem(path="outcome", value=str(document.outcome), message=message)
    if document.outcome.withholds and (document.sessions or document.techniques or document.phases):
        yield Problem(path="sessions", message="a withheld plan has no techniques, phases or sessions; the file was changed")
    if bool(document.sessions) != bool(document.phases) or bool(document.sessions) != bool(document.outline):
        yield Problem(path="sessions", message="sessions, phases and outline go together; the file was changed")
    days = (document.planned_on, *(session.date for session in document.sessions), *document.holidays)
    if not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        yield Problem(path="sessions", message=f"a date is not between {FIRST_DAY} and {LAST_DAY}")


def read_plan(content: bytes, name: str) -> PlanDocument:
    """The document that a plan file holds. Raises Unreadable with every problem."""
    table, text = parse(content, name)
    if table.get("format") == INTAKE_FORMAT:
        raise Unreadable(
            [Problem(file=name, path="format", value=INTAKE_FORMAT, message="this is an intake; to plan it: massage plan FILE")]
        )
    document, problems = salvage(table, PlanDocument)
    if document is not None and not problems:
        problems = tuple(_disagreements(document))
    if problems or document is None:
        from massage_cli.files.key_lines import key_lines  # needed only when something is wrong

        lines = key_lines(text)
        raise Unreadable(
            Problem(file=name, path=problem.path, line=lines.get(problem.path), value=problem.value, message=problem.message)
            for problem in problems
        )
    return document
