"""Thousands of files that no sound program writes: each is read, or refused with a reason, as every kind of file that it may be."""

import io
import random

import pytest

from massage_cli.files.lists.sources import rows_of
from massage_cli.files.reading import parse
from massage_cli.knowledge.problems import Unreadable
from tests.builders import knowledge
from tests.soak.damage import KINDS

MANY = {"anything": 9000, "settings": 4000, "intake.json": 3000, "draft": 2000, "list.jsonl": 1000}
"""With those of other tests, 20,000; the kinds that take long to make or to read are left to the long run."""


def read_as_everything(content: bytes) -> None:
    """Read a file as TOML, as JSON and as a list, and see that each refusal has a reason."""
    for reading in (
        lambda: parse(content, "a.toml"),
        lambda: parse(content, "a.json"),
        lambda: list(rows_of(["-"], io.BytesIO(content), knowledge())),
    ):
        try:
            reading()
        except Unreadable as broken:
            assert broken.problems, content
            assert all(problem.message for problem in broken.problems), content


@pytest.mark.parametrize("kind", MANY)
def test_a_spoiled_file_is_read_or_refused_with_a_reason(kind: str) -> None:
    for number in range(MANY[kind]):
        read_as_everything(KINDS[kind](random.Random(number)))
