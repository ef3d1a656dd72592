"""Whether names stand for something that exists."""

from collections.abc import Iterable, Iterator

from massage_cli.knowledge.problems import Problem, not_one_of


def missing(file: str, path: str, names: Iterable[str], allowed: Iterable[str], *, what: str) -> Iterator[Problem]:
    """A problem for each name that is not among those allowed."""
    choices = frozenset(allowed)
    for before, name in enumerate(name for name in names if name not in choices):
        yield Problem(file=file, path=path, value=name, message=not_one_of(name, sorted(choices), what=what, before=before))
