"""Text in FHIR: nothing hidden, nothing empty, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_cli.documents.fhir.text import escaped, label, narrative, paragraph, present, unescaped

FHIR_STRING = re.compile(r"[ \r\n\t\S]*")


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_every_text_is_one_that_fhir_takes(text: str) -> None:
    assert FHIR_STRING.fullmatch(escaped(text))
    assert FHIR_STRING.fullmatch(label(text))
    assert label(text).strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ünïcödé 漢字 ✓", "plain, ünïcödé 漢字 ✓"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\u202e", "\\u202e"),
        ("\U000e0067", "\\U000e0067"),
        ("\u3000", "\\u3000"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("C:\\files", "C:\\files"),
        ("C:\\users", "C:\\u005cusers"),
    ],
)
def test_what_is_hidden_or_refused_stands_as_an_escape(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_what_is_not_known_is_left_out() -> None:
    assert present({"a": None, "b": "", "c": [], "d": {}, "e": 0, "f": False}) == {"e": 0, "f": False}


def test_a_narrative_holds_text_and_no_markup_of_others() -> None:
    assert narrative(paragraph('<b onclick="x">&')) == {
        "status": "additional",
        "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>&lt;b onclick=&quot;x&quot;&gt;&amp;</p></div>',
    }
