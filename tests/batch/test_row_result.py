"""One row: planned, withheld or invalid, and the same bytes as for this client alone."""

import pickle
from datetime import timedelta
from typing import Any

import pytest

from massage_cli.batch.output import Form, written
from massage_cli.batch.row_result import OtherKnowledge, Triage, plan_row
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.own.own_knowledge import knowledge_of
from massage_cli.files.own.settings import Settings
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.intake import Booking
from tests.batch.lists import INVALID, WITHHELD, a_row, an_order
from tests.builders import TODAY, a_table, an_intake, knowledge
from tests.worked import FOLDER

FORMS = pytest.mark.parametrize("form", [Form.TOML, Form.JSON_LINES])
ENDS = {"planned": (Triage.PLANNED, {}), "withheld": (Triage.WITHHELD, WITHHELD), "invalid": (Triage.INVALID, INVALID)}


@pytest.mark.parametrize(("triage", "change"), ENDS.values(), ids=ENDS)
def test_every_row_ends_as_one_of_three(triage: Triage, change: dict[str, Any]) -> None:
    for form in Form:
        result = plan_row(a_row(line=3, **change), an_order(form))
        assert (result.triage, result.source, result.line) == (triage, "list.jsonl", 3)
        assert (result.outcome is None) == bool(result.problems) == (triage is Triage.INVALID)


@FORMS
@pytest.mark.parametrize("change", [{}, WITHHELD, {"health": {"anticoagulant": "yes", "thinner-unstable": "no"}}], ids=str)
def test_what_is_written_is_the_plan_of_this_client_alone(form: Form, change: dict[str, Any]) -> None:
    document = plan_document(an_intake(**change), knowledge(), on=TODAY, called="alone")
    assert plan_row(a_row(**change), an_order(form)).content == written(document, form)


def test_of_an_invalid_row_only_a_summary_tells() -> None:
    contents = {form: plan_row(a_row(**INVALID), an_order(form)).content for form in Form}
    assert contents == {Form.TOML: b"", Form.JSON_LINES: b"", Form.SUMMARY: b"list.jsonl,1,,invalid,,pain,,,,,,,\r\n"}


def test_the_settings_fill_in_what_the_intake_leaves_out() -> None:
    order = an_order(settings=Settings(booking=Booking(minutes=30)))
    assert b'"minutes":30' in plan_row(a_row(), order).content
    assert b'"minutes":30' not in plan_row(a_row(booking={"minutes": 45}), order).content


def test_another_edition_of_the_knowledge_plans_nothing() -> None:
    with pytest.raises(OtherKnowledge):
        plan_row(a_row(), an_order(knowledge_digest="sha256:other"))


def test_a_clinic_s_own_knowledge_goes_with_the_order_to_whoever_plans() -> None:
    known, own = knowledge_of(FOLDER / "riverside-clinic")
    order = pickle.loads(pickle.dumps(an_order(Form.TOML, own=own)))  # noqa: S301  # as a pool hands it over
    table = {"health": {"anticoagulant": "yes", "thinner-unstable": "no"}}
    alone = plan_document(check_intake(a_table(**table), known, on=TODAY), known, on=TODAY, called="alone")
    assert plan_row(a_row(**table), order).content == written(alone, Form.TOML)
    assert b"riverside-clinic" not in plan_row(a_row(**table), an_order(Form.TOML)).content


def test_own_knowledge_over_another_edition_plans_nothing() -> None:
    _, own = knowledge_of(FOLDER / "riverside-clinic")
    with pytest.raises(OtherKnowledge):
        plan_row(a_row(), an_order(knowledge_digest="sha256:other", own=own))


def test_a_pseudonym_that_cannot_name_a_file_is_invalid_where_files_are_written() -> None:
    triages = {form: plan_row(a_row(client="con"), an_order(form)).triage for form in Form}
    assert triages == {Form.TOML: Triage.INVALID, Form.JSON_LINES: Triage.PLANNED, Form.SUMMARY: Triage.PLANNED}


def test_no_open_day_is_a_problem_of_the_row() -> None:
    closed = [str(TODAY + timedelta(days=days)) for days in range(knowledge().numbers.calendar.search_days + 10)]
    result = plan_row(a_row(booking={"closed": closed}), an_order())
    assert (result.triage, result.reasons) == (Triage.INVALID, ("booking",))


@pytest.mark.parametrize(
    ("change", "outcome", "reasons"),
    [
        ({}, "clear", ()),
        ({"health": {"chest-pain": "yes"}}, "refer", ("heart-attack-signs",)),
        ({"health": {"chest-pain": "yes", "fever": "yes"}}, "refer", ("heart-attack-signs", "spinal-infection-signs", "fever")),
        ({"health": {"varicose-veins": "yes"}}, "incomplete", ("varicose-veins-severity",)),
        ({"health": {"pregnant": "yes", "pregnancy-weeks": 25}}, "clearance", ("blood-pressure-unknown", "pregnancy")),
    ],
    ids=str,
)
def test_the_reasons_are_ids_that_a_script_can_count(change: dict[str, Any], outcome: str, reasons: tuple[str, ...]) -> None:
    result = plan_row(a_row(**change), an_order())
    assert (result.outcome, result.reasons) == (outcome, reasons)


@pytest.mark.parametrize("change", [{"pain": 7.5}, {"client": "Jane Example"}, {"pian": 3}], ids=str)
def test_every_problem_of_a_row_is_told_as_for_this_client_alone(change: dict[str, Any]) -> None:
    result = plan_row(a_row(**{**change, "age": 140}), an_order())
    with pytest.raises(Unreadable) as alone:
        an_intake(**{**change, "age": 140})
    assert [problem.path for problem in result.problems] == [problem.path for problem in alone.value.problems]
