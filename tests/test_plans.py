"""The worked clients in plans/: each intake gives exactly the plan beside it, and together they show everything there is."""

import pytest

from massage_cli import __version__
from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import to_toml
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.vocabulary import Condition, OutcomeKind
from massage_cli.planning.plan import make_plan
from tests.builders import knowledge
from tests.worked import FOLDER, NAMES, PLANNED_ON, intake_file, plan_file, plan_of


@pytest.mark.parametrize("name", NAMES)
def test_the_intake_gives_the_plan_beside_it_to_the_byte(name: str) -> None:
    on = plan_of(name).planned_on
    intake = read_intake(intake_file(name).read_bytes(), name, knowledge(), on=on)
    outcome = make_plan(intake, knowledge(), on=on, holidays=public_holidays(intake.booking.holidays, on=on))
    document = document_of(outcome, knowledge(), program=__version__)
    assert to_toml(document).encode() == plan_file(name).read_bytes()


def test_every_file_in_the_folder_is_one_of_a_pair() -> None:
    pairs = {file.name for name in NAMES for file in (intake_file(name), plan_file(name))}
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == pairs


def test_the_one_folder_inside_is_the_example_of_a_clinic_s_own_knowledge() -> None:
    assert [path.name for path in FOLDER.iterdir() if path.is_dir()] == ["riverside-clinic"]


def test_every_client_is_named_for_its_file() -> None:
    assert [plan_of(name).intake.client for name in NAMES] == list(NAMES)


def test_all_are_planned_on_one_day() -> None:
    assert {plan_of(name).planned_on for name in NAMES} == {PLANNED_ON}


def test_every_outcome_is_shown() -> None:
    assert {plan_of(name).outcome for name in NAMES} == set(OutcomeKind)


def test_every_type_of_condition_is_shown_with_a_plan() -> None:
    planned = {plan_of(name).intake.condition for name in NAMES if plan_of(name).sessions}
    assert planned == set(Condition)
