"""For scripts: plans, screenings and lists of clients without the command line. Import these from `massage_cli`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from massage_cli import __version__
from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.files.own.own_knowledge import OwnKnowledgeRefused, knowledge_of
from massage_cli.files.plans.outcome_document import screening_document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.reading import read_bytes
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake import Intake
from massage_cli.planning.screening import screen

Client = Mapping[str, Any] | str | Path
"""An intake: its keys and values as in a file, or the path of a file or of a saved plan."""

Folder = str | Path
"""The path of a folder."""


def plan_intake(intake: Client, *, on: date, own: Folder | None = None) -> PlanDocument:
    """The plan of one client on the given day, or the withheld plan; the same as `massage plan` saves without settings.

    `own` is a folder of a clinic's own knowledge. Raises Unreadable, whose `problems` are everything that is wrong with it
    or with the intake.
    """
    knowledge = _knowledge(own)
    checked, called = _checked(intake, knowledge, on=on)
    return plan_document(checked, knowledge, on=on, called=called)


def screen_intake(intake: Client, *, on: date, own: Folder | None = None) -> PlanDocument:
    """What the screening alone finds, as `massage screen` writes it. Raises Unreadable."""
    knowledge = _knowledge(own)
    checked, _ = _checked(intake, knowledge, on=on)
    return screening_document_of(checked, screen(checked, knowledge, on=on), knowledge, on=on, program=__version__)


def plan_intakes(intakes: Iterable[Client], *, on: date, own: Folder | None = None) -> Iterator[PlanDocument | tuple[Problem, ...]]:
    """For each client in turn the plan or withheld plan, or else everything that is wrong with the intake; nothing is raised for it.

    Raises OwnKnowledgeRefused, an Unreadable, for a clinic's own knowledge that cannot be used.
    """
    for intake in intakes:
        try:
            yield plan_intake(intake, on=on, own=own)
        except OwnKnowledgeRefused:
            raise
        except Unreadable as broken:
            yield broken.problems


def _knowledge(own: Folder | None) -> Knowledge:
    return _built_in() if own is None else knowledge_of(Path(own))[0]


@lru_cache(maxsize=1)
def _built_in() -> Knowledge:
    return built_in_knowledge()


def _checked(intake: Client, knowledge: Knowledge, *, on: date) -> tuple[Intake, str]:
    if isinstance(intake, Mapping):
        return check_intake(dict(intake), knowledge, on=on), "the intake"
    path = Path(intake)
    return read_intake(read_bytes(path), str(path), knowledge, on=on), str(path)
