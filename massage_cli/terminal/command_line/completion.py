"""What the shell offers while a command is typed. Nothing here may fail or speak: what cannot be known is not offered."""

import contextlib
import re
from collections.abc import Iterable, Iterator

_VERSION = re.compile(r"\.v[1-9][0-9]*\Z")


def clients(incomplete: str) -> list[str]:
    """The clients with a plan in the folder of the settings; nothing for a path, which the shell completes itself."""
    return _beginning(_clients(), incomplete)


def techniques(incomplete: str) -> list[str]:
    """The ids of techniques."""
    return _beginning(_ids("technique"), incomplete)


def measures(incomplete: str) -> list[str]:
    """The ids of measures."""
    return _beginning(_ids("measure"), incomplete)


def entries(incomplete: str) -> list[str]:
    """The ids of techniques, rules, protocols, complaints, measures and sources."""
    kinds = ("technique", "rule", "protocol", "complaint", "measure", "source")
    return _beginning((entry for kind in kinds for entry in _ids(kind)), incomplete)


def health_answers(incomplete: str) -> list[str]:
    """The questions about health, and the answers once one is named."""
    question, equals, _ = incomplete.partition("=")
    offered = (f"{question}={answer}" for answer in ("yes", "no", "unsure")) if equals else (f"{fact}=" for fact in _ids("fact"))
    return _beginning(offered, incomplete)


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    with contextlib.suppress(Exception):
        return sorted({name for name in names if name.startswith(incomplete)})
    return []


def _ids(kind: str) -> Iterator[str]:
    from massage_cli.terminal.commands.knowledge import knowledge_in_use

    yield from getattr(knowledge_in_use(), kind)


def _clients() -> Iterator[str]:
    from massage_cli.planning.intake_problems import CLIENT_PATTERN
    from massage_cli.terminal.commands.knowledge import knowledge_in_use
    from massage_cli.terminal.commands.plans import own_plans

    for path in own_plans(knowledge_in_use()).glob("*.toml"):
        client = _VERSION.sub("", path.stem)
        if not path.stem.endswith(".intake") and CLIENT_PATTERN.match(client):
            yield client
