"""The steps behind plans of random clients, as an explanation looks at them."""

from functools import cache

from massage_cli.files.explained.replay import Replay, replay
from tests.builders import knowledge
from tests.terminal.display.pages import drawn_document

SEEDS = range(100)


@cache
def replays() -> tuple[Replay, ...]:
    """The plans of random clients that are not withheld, gone through once more."""
    documents = (drawn_document(seed) for seed in SEEDS)
    found = (replay(document, knowledge(), called="plan") for document in documents if document is not None)
    return tuple(again for again in found if not again.document.outcome.withholds)
