"""The letters and records as last time: run with UPDATE_GOLDEN=1 to write them anew, then read what changed as who gets them would."""

import os
from pathlib import Path

import pytest

from massage_cli.documents.names import DocumentKind
from massage_cli.documents.on_paper import COLUMNS, width
from tests.documents.samples import made, samples

GOLDEN = Path(__file__).parent / "golden"
TEXTS = [kind for kind in DocumentKind if kind.endswith("-text")]
PAGES = [(name, kind) for name, document in samples().items() for kind in TEXTS if made(kind, document) is not None]


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_a_text_is_the_same_as_last_time(name: str, kind: DocumentKind) -> None:
    golden = GOLDEN / f"{name}-{kind}.txt"
    text = made(kind, samples()[name])
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(str(text), encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_no_line_of_a_text_is_wider_than_its_columns_or_ends_in_a_blank(name: str, kind: DocumentKind) -> None:
    lines = str(made(kind, samples()[name])).split("\n")
    assert [line for line in lines if width(line) > COLUMNS or line != line.rstrip()] == []


def test_every_golden_text_belongs_to_a_plan() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}-{kind}.txt" for name, kind in PAGES}
