"""Every one, two and three answers of yes that a client can give: screened as by the oracle."""

from itertools import chain, combinations, islice
from math import comb

from massage_cli.knowledge.vocabulary import FactKind
from tests.builders import TODAY
from tests.compared import KNOWLEDGE, answered_yes, oracle_problems, same_screening
from tests.soak.finds import Finds

_LARGEST = 3
_FACTS = tuple(fact.id for fact in KNOWLEDGE.facts if fact.kind is FactKind.YES_NO)
COUNT = sum(comb(len(_FACTS), size) for size in range(_LARGEST + 1))
_PROBLEMS_EVERY = 50


def soak(count: int, seed: int, finds: Finds) -> str:
    """Compare so many of the subsets, evenly spread over all of them."""
    every = max(1, round(COUNT / max(1, count)))
    subsets = chain.from_iterable(combinations(_FACTS, size) for size in range(_LARGEST + 1))
    numbered = islice(enumerate(subsets, start=1), seed - 1, None, every)
    looked_at, sound = 0, 0
    for number, subset in finds.each(islice(numbered, count)):
        with finds.watch(number, f"yes to {subset}"):
            table = answered_yes(*subset)
            if not same_screening(table):
                finds.tell(number, f"yes to {subset}: the program and the oracle differ")
            if finds.done % _PROBLEMS_EVERY == 0:
                looked_at += 1
                sound += not oracle_problems(table, TODAY)
    return (
        f"{finds.done:,} of {COUNT:,} subsets of {len(_FACTS)} questions compared; "
        f"{sound:,} of {looked_at:,} looked at can be given by one client"
    )
