"""The handout as PDF: one or two pages, the same bytes, and no text of a person taken for markup."""

import re
import sys
import zlib

import pytest
from msgspec.structs import replace

from massage_cli.documents.kinds import Options, make
from massage_cli.documents.names import DocumentKind
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.problems import Unreadable
from tests.builders import knowledge
from tests.documents.samples import OPTIONS, samples
from tests.documents.test_on_paper import LINKS, MARKUP, with_text
from tests.terminal.hostile import HOSTILE, short
from tests.terminal.massage import massage_here
from tests.worked import NAMES, plan_file, plan_of

PLANNED = [name for name in NAMES if plan_of(name).sessions]
TYPST = (
    '#panic("x")',
    '#read("/etc/hostname")',
    "#lorem(900)",
    "#pagebreak() #pagebreak() #pagebreak()",
    "*b* _i_ $x$ = h",
    "]",
    "[",
    "#",
    "\\",
)
LONG = 500


def pdf_of(document: PlanDocument, options: Options = OPTIONS) -> bytes:
    """The handout as PDF."""
    return make(DocumentKind.HANDOUT_PDF, document, knowledge(), options, called="plan")


def parts(pdf: bytes) -> bytes:
    """The objects of a PDF, those that are packed unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(_unpacked(stream) for stream in packed)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", parts(pdf)))


@pytest.mark.parametrize("letter_paper", [False, True], ids=["A4", "Letter"])
@pytest.mark.parametrize("name", PLANNED)
def test_it_has_at_most_two_pages_of_the_paper_asked_for(name: str, letter_paper: bool) -> None:
    pdf = pdf_of(plan_of(name), replace(OPTIONS, letter_paper=letter_paper))
    assert 1 <= page_count(pdf) <= 2
    assert bool(re.search(rb"/MediaBox\s*\[0 0 612 792\]", parts(pdf))) is letter_paper


def test_it_is_the_same_whenever_it_is_made_and_dated_with_the_plan() -> None:
    pdf = pdf_of(plan_of("low-back"))
    assert pdf == pdf_of(plan_of("low-back"), replace(OPTIONS, on=OPTIONS.on.replace(year=2031)))
    assert b"D:20261121" in parts(pdf)


def test_it_can_be_read_aloud() -> None:
    whole = parts(pdf_of(plan_of("low-back")))
    assert b"/StructTreeRoot" in whole
    assert b"/Marked true" in whole
    assert re.search(rb"/Lang\s*\(en\)", whole)
    assert b"/Alt" in whole


@pytest.mark.parametrize("text", (*HOSTILE, *MARKUP, *LINKS, *TYPST), ids=short)
def test_a_typed_text_is_shown_and_never_read_as_markup(text: str) -> None:
    options = replace(OPTIONS, therapist=text, phone=text)
    pdf = pdf_of(with_text(samples()["blood-thinner"], text), options)
    assert len(text) >= LONG or page_count(pdf) <= 2
    assert not re.search(rb"/(?:URI|JavaScript|JS|Launch|Link|AcroForm|EmbeddedFiles)\b", parts(pdf))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Unreadable) as refused:
        pdf_of(plan_of("low-back"))
    assert "'.[pdf]'" in refused.value.problems[0].message
    ran = massage_here("handout", str(plan_file("low-back")), "--pdf")
    assert (ran.code, ran.out) == (2, b"")
    assert "pipx install --force '.[pdf]'" in ran.said


def test_the_short_command_is_the_same_as_the_long_one() -> None:
    plan = str(plan_file("low-back"))
    ran = massage_here("handout", plan, "--pdf", "--letter")
    assert (ran.code, ran.said) == (0, "")
    assert ran.out == massage_here("export", plan, "--to", "pdf", "--letter").out
