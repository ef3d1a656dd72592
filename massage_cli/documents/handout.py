"""The handout for the client as one HTML page: nothing is loaded from elsewhere, and nothing in it runs."""

from massage_cli.documents.handout_text import handout_of
from massage_cli.documents.kinds import Options
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge


def handout(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The page: what is planned, where, how it feels, what to do after, and when to get help. The same plan gives the same bytes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("massage_cli.documents"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made = handout_of(document, knowledge, options)
    page = environment.get_template("handout.html").render(
        handout=made,
        body_picture=Markup(made.map.svg),  # noqa: S704  # drawn by the program; what stands in it is escaped there
        taper_picture=Markup(made.taper),  # noqa: S704  # drawn by the program; its words are escaped there
        paper="letter" if options.letter_paper else "A4",
    )
    return page.encode()
