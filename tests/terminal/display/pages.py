"""Pages drawn in process: documents of clients on paper of any width."""

import re
from functools import cache
from typing import Any

from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of, screening_document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan
from massage_cli.planning.screening import screen
from massage_cli.terminal.display.page import draw
from massage_cli.terminal.display.paper import Paper
from tests.builders import TODAY, an_intake, knowledge
from tests.drawn import drawn_intake

_HEADING = re.compile(r"^[A-Z][A-Z ]+$|^[A-Z][A-Z ]*[A-Z]  ", re.MULTILINE)


def a_document(**changes: Any) -> PlanDocument:
    """The document of the valid intake of the builders, changed."""
    return document_of(make_plan(an_intake(**changes), knowledge(), on=TODAY), knowledge(), program="test")


def a_screening_document(**changes: Any) -> PlanDocument:
    """The document of the screening alone of the valid intake, changed."""
    intake = an_intake(**changes)
    return screening_document_of(intake, screen(intake, knowledge(), on=TODAY), knowledge(), on=TODAY, program="test")


@cache
def drawn_document(seed: int) -> PlanDocument | None:
    """The document of a random client; none where no day is open."""
    table, on = drawn_intake(seed)
    try:
        return document_of(make_plan(check_intake(table, knowledge(), on=on), knowledge(), on=on), knowledge(), program="test")
    except NoOpenDay:
        return None


def page(document: PlanDocument, *, width: int = 80, color: bool = False, symbols: bool = True) -> str:
    """The page of a document as text."""
    paper = Paper(width=width, color=color, symbols=symbols)
    draw(document, knowledge(), paper)
    return paper.text()


def joined(text: str) -> str:
    """A text without its line breaks: words with one blank between them."""
    return " ".join(text.split())


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next; empty where there is no such heading."""
    parts = re.split(rf"^{re.escape(title)}(?=$|  )", text, maxsplit=1, flags=re.MULTILINE)
    return "" if len(parts) == 1 else _HEADING.split(parts[1].partition("\n")[2])[0]


def headings(text: str) -> list[str]:
    """The headings of a page in order."""
    return [match[0].strip() for match in _HEADING.finditer(text)]
