"""The handout as PDF, made by typst, which is installed with the extra `pdf`; what people wrote reaches it as data, never as markup."""

from datetime import UTC, datetime, time
from importlib.resources import files

import msgspec

from massage_cli.documents.handout_text import handout_of
from massage_cli.documents.kinds import Options
from massage_cli.files.extras import how_to_add
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable

_MISSING = f"a PDF needs a part that is not installed; print the handout from html, or add the part {how_to_add('pdf')}"


def handout_pdf(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The same texts and pictures as on the page, on paper; dated with the day of the plan, so that the same plan gives the same bytes.

    Raises Unreadable when the extra is not installed.
    """
    try:
        import typst
    except ImportError:
        raise Unreadable([Problem(file="--to", path="pdf", message=_MISSING)]) from None
    made = msgspec.to_builtins(handout_of(document, knowledge, options))
    on = document.planned_on
    made["paper"] = "us-letter" if options.letter_paper else "a4"
    made["made-on"] = [on.year, on.month, on.day]
    template = files("massage_cli.documents").joinpath("templates", "handout.typ").read_bytes()
    pdf = typst.compile(
        template,
        format="pdf",
        sys_inputs={"handout": msgspec.json.encode(made).decode()},
        timestamp=datetime.combine(on, time(), tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no document")
    return pdf
