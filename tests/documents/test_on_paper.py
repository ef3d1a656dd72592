"""Letters on paper: text that anybody typed comes out inert, as plain text, Markdown and HTML."""

import re
from collections import Counter
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.documents.kinds import KINDS
from massage_cli.documents.names import DocumentKind
from massage_cli.documents.on_paper import COLUMNS, width, wrapped
from massage_cli.files.plans.plan_document import PlanDocument
from tests.documents.samples import OPTIONS, all_made, samples
from tests.terminal.hostile import HOSTILE, short, steering

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=http://x.example/y onerror=alert(1)>',
    "</style></title><b>",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt;",
)
LINKS = (
    "[a](http://x.example)",
    "![a](http://x.example)",
    "<http://x.example>",
    "www.x.example",
    "a@x.example",
    "# a",
    "- a",
    "1. a",
    "+ a",
    "a|b",
    "`a`",
    "---",
)
TEXTS = pytest.mark.parametrize("text", (*HOSTILE, *MARKUP, *LINKS), ids=short)
KEPT = (
    "format",
    "outcome",
    "category",
    "urgency",
    "certainty",
    "class",
    "action",
    "status",
    "positions",
    "why",
    "id",
    "rule",
    "measure",
    "condition",
    "goals",
    "pressure",
)
"""Keys of words from closed sets, which no hand can change, and ids that lead to texts of the knowledge."""
PLANS = ("pregnancy", "scar", "chest-pain", "stopped", "danger-and-clearance", "nowhere", "improved")
LETTERS = [kind for kind in DocumentKind if kind not in ("ics", "ics-cancel", "csv", "json")]


class Tags(HTMLParser):
    """How often each tag with its attributes stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[Any] = Counter()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen[tag, tuple(attrs)] += 1

    def handle_comment(self, data: str) -> None:
        self.seen["comment", data] += 1


def tags(page: str) -> Counter[Any]:
    """The tags of a page."""
    parser = Tags()
    parser.feed(page)
    parser.close()
    return parser.seen


def with_text(document: PlanDocument, text: str) -> PlanDocument:
    """The same plan with a text in every place where a hand can write any."""
    table = msgspec.to_builtins(document, builtin_types=(date,))
    changed = {key: _changed(key, value, text) for key, value in table.items()}
    changed["decision"] = table.get("decision") and {**table["decision"], "because": text}
    changed["protocol"] = table.get("protocol") and {**table["protocol"], "name": text}
    return msgspec.convert({key: value for key, value in changed.items() if value is not None}, PlanDocument)


def _changed(key: str, value: Any, text: str) -> Any:
    if key in KEPT or key == "techniques" or key == "health":
        return [{**each, "name": text} for each in value] if key == "techniques" else value
    match value:
        case str():
            return text
        case dict():
            return {inner: _changed(inner, each, text) for inner, each in value.items()}
        case list() | tuple():
            return [_changed("", each, text) for each in value]
    return value


@cache
def plain() -> dict[str, dict[DocumentKind, str]]:
    """The documents with a harmless text in the same places."""
    return {name: documents(name, "harmless") for name in PLANS}


def documents(name: str, text: str) -> dict[DocumentKind, str]:
    """The letters of a plan with a text in every place."""
    options = replace(OPTIONS, therapist=text, phone=text)
    return {kind: page for kind, page in all_made(with_text(samples()[name], text), options).items() if kind in LETTERS}


@TEXTS
def test_a_typed_text_comes_out_inert(text: str) -> None:
    for name in PLANS:
        for kind, page in documents(name, text).items():
            assert steering(page.encode()) == [], kind
            harmless = plain()[name][kind]
            if KINDS[kind].suffix == ".html":
                assert tags(page) == tags(harmless), kind
            elif KINDS[kind].suffix == ".txt":
                assert [line for line in page.split("\n") if width(line) > COLUMNS] == [], kind
            else:
                assert bones(page) == bones(harmless), kind


def bones(page: str) -> list[str]:
    """What Markdown makes of the lines of a page, by the signs that are not escaped; no sign stands inside a line."""
    found: list[str] = []
    for line in page.split("\n"):
        start = re.match(r"(#+ |- |\||)(\*\*[^*]*:\*\* )?", line)
        assert start is not None
        rest = re.sub(r"_{10,}$", "", line[start.end() :])
        rest = rest if line.startswith("|") else re.sub(r"\\.", "x", rest)
        if not line.startswith("|"):
            assert not re.search(r"[<>`*_\[\]|]|://|www\.|^[-+#]|^\d+[.)] ", rest), line
        found.append(re.sub("harmless", "", start[1]))
    return found


def test_a_page_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    for name in PLANS:
        for kind, page in all_made(samples()[name]).items():
            if KINDS[kind].suffix == ".html" and kind != DocumentKind.HANDOUT:
                names = {tag for tag, _ in tags(page)}
                attributes = {attribute for _, attributes in tags(page) for attribute, _ in attributes}
                assert names <= {
                    "html",
                    "head",
                    "meta",
                    "title",
                    "style",
                    "body",
                    "main",
                    "section",
                    "h1",
                    "h2",
                    "p",
                    "dl",
                    "div",
                    "dt",
                    "dd",
                    "ul",
                    "li",
                }
                assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
                assert "url(" not in page
                assert "http:" not in page
                assert "https:" not in page


def test_a_page_is_for_the_paper_asked_for() -> None:
    document = samples()["pregnancy"]
    assert "size: A4" in all_made(document)[DocumentKind.CLEARANCE]
    assert "size: letter" in all_made(document, replace(OPTIONS, letter_paper=True))[DocumentKind.CLEARANCE]


def test_a_long_line_goes_on_under_its_beginning() -> None:
    lines = list(wrapped("word " * 30, first="- "))
    assert len(lines) > 1
    assert lines[0].startswith("- word")
    assert all(line.startswith("  word") for line in lines[1:])


def test_a_word_wider_than_a_line_is_broken_and_none_of_it_lost() -> None:
    lines = list(wrapped("字" * 100))
    assert [width(line) for line in lines] == [72, 72, 56]
    assert "".join(lines) == "字" * 100
