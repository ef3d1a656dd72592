"""What the shell offers while a command is typed. Nothing here may fail or speak: what cannot be known is not offered."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_cli.knowledge.pack import Knowledge

_VERSION = re.compile(r"\.v[1-9][0-9]*\Z")

Offered = tuple[str, str]
"""A word that may be typed, and what it means, which zsh, fish and PowerShell show beside it."""


def clients(incomplete: str) -> list[str]:
    """The clients with a plan in the folder of the settings; nothing for a path, which the shell completes itself."""
    with contextlib.suppress(Exception):
        return sorted({name for name in _clients() if name.startswith(incomplete)})
    return []


def measures(incomplete: str) -> list[Offered]:
    """The ids of measures."""
    return _beginning(lambda: _named("measure"), incomplete)


def explained(incomplete: str) -> list[Offered]:
    """The ids of what a plan can be asked about: techniques, rules, protocols and measures."""
    return _beginning(lambda: _named("technique", "rule", "protocol", "measure"), incomplete)


def entries(incomplete: str) -> list[Offered]:
    """The ids of techniques, rules, protocols, complaints, measures and sources."""
    return _beginning(lambda: _named("technique", "rule", "protocol", "complaint", "measure", "source"), incomplete)


def health_answers(incomplete: str) -> list[Offered]:
    """The questions about health, and the answers once one alone is meant: what is offered alone a shell takes for whole."""
    question, equals, _ = incomplete.partition("=")

    def offered() -> Iterator[Offered]:
        facts = [fact for fact in _knowledge().facts if (fact.id == question if equals else fact.id.startswith(question))]
        for fact in facts:
            answers = ("",) if fact.kind == "number" else fact.choices or ("yes", "no")
            if len(facts) > 1:
                yield f"{fact.id}=", fact.label
            else:
                yield from ((f"{fact.id}={answer}", fact.label) for answer in (*answers, "unsure"))

    return _beginning(offered, incomplete)


def _beginning(offered: Callable[[], Iterable[Offered]], incomplete: str) -> list[Offered]:
    with contextlib.suppress(Exception):
        return sorted({(name, words) for name, words in offered() if name.startswith(incomplete)})
    return []


def _knowledge() -> "Knowledge":
    from massage_cli.terminal.commands.knowledge import knowledge_in_use

    return knowledge_in_use()


def _named(*kinds: str) -> Iterator[Offered]:
    """The ids of these kinds with what each is called; an id that is of two kinds comes with the name of the first."""
    knowledge, seen = _knowledge(), set[str]()
    for kind in kinds:
        for name, entry in getattr(knowledge, kind).items():
            if name not in seen:
                seen.add(name)
                yield name, str(getattr(entry, "title", None) or getattr(entry, "name", ""))


def _clients() -> Iterator[str]:
    from massage_cli.planning.intake_problems import CLIENT_PATTERN
    from massage_cli.terminal.commands.knowledge import knowledge_in_use
    from massage_cli.terminal.commands.plans import own_plans

    for path in own_plans(knowledge_in_use()).glob("*.toml"):
        client = _VERSION.sub("", path.stem)
        if not path.stem.endswith(".intake") and CLIENT_PATTERN.match(client):
            yield client
