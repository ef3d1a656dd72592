"""For scripts: plans, screenings and lists of clients without the command line. Import these from `massage_cli`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from massage_cli import __version__
from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.intake_file import check_intake, read_intake
from massage_cli.files.plan_document import PlanDocument, screening_document_of
from massage_cli.files.planned import plan_document
from massage_cli.files.reading import read_bytes
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake import Intake
from massage_cli.planning.screening import screen

Client = Mapping[str, Any] | str | Path
"""An intake: its keys and values as in a file, or the path of a file or of a saved plan."""


def plan_intake(intake: Client, *, on: date) -> PlanDocument:
    """The plan of one client on the given day, or the withheld plan; the same as `massage plan` saves without settings.

    Raises Unreadable, whose `problems` are everything that is wrong with the intake.
    """
    checked, called = _checked(intake, on=on)
    return plan_document(checked, _knowledge(), on=on, called=called)


def screen_intake(intake: Client, *, on: date) -> PlanDocument:
    """What the screening alone finds, as `massage screen` writes it. Raises Unreadable."""
    checked, _ = _checked(intake, on=on)
    return screening_document_of(checked, screen(checked, _knowledge(), on=on), _knowledge(), on=on, program=__version__)


def plan_intakes(intakes: Iterable[Client], *, on: date) -> Iterator[PlanDocument | tuple[Problem, ...]]:
    """For each client in turn the plan or withheld plan, or else everything that is wrong with the intake; nothing is raised for it."""
    for intake in intakes:
        try:
            yield plan_intake(intake, on=on)
        except Unreadable as broken:
            yield broken.problems


@lru_cache(maxsize=1)
def _knowledge() -> Knowledge:
    return built_in_knowledge()


def _checked(intake: Client, *, on: date) -> tuple[Intake, str]:
    if isinstance(intake, Mapping):
        return check_intake(dict(intake), _knowledge(), on=on), "the intake"
    path = Path(intake)
    return read_intake(read_bytes(path), str(path), _knowledge(), on=on), str(path)
