"""The FHIR bundle of a plan: sound by three judges, silent about treatment where the plan is withheld, and always the same."""

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from massage_cli import __version__
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Action, VisitStatus
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.plan import make_plan
from tests.builders import TODAY, knowledge
from tests.documents.fhir.validity import everything, resources, wrong_with
from tests.documents.made import a_document, decided, made, visited
from tests.drawn import drawn_holidays, drawn_intake, seeds
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import environment
from tests.worked import NAMES, plan_file, plan_of

ATTENDED, MISSED, CANCELLED = VisitStatus.ATTENDED, VisitStatus.MISSED, VisitStatus.CANCELLED
WITHHELD = [name for name in NAMES if plan_of(name).outcome.withholds]
PLANNED = [name for name in NAMES if name not in WITHHELD]


def bundle_of(document: PlanDocument) -> dict[str, Any]:
    bundle: dict[str, Any] = json.loads(made("fhir", document))
    return bundle


def care_plan_of(document: PlanDocument) -> dict[str, Any]:
    (found,) = resources(bundle_of(document), "CarePlan")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_bundle_of_every_worked_client_is_sound(name: str) -> None:
    assert wrong_with(made("fhir", plan_of(name))) == []


@settings(max_examples=8)  # each is a whole bundle, made and judged
@given(seeds)
def test_the_bundle_of_every_client_is_sound(seed: int) -> None:
    table, on = drawn_intake(seed)
    try:
        outcome = make_plan(check_intake(table, knowledge(), on=on), knowledge(), on=on, holidays=drawn_holidays(seed))
    except NoOpenDay:
        return
    document = document_of(outcome, knowledge(), program=__version__)
    assert wrong_with(made("fhir", document)) == []


@pytest.mark.parametrize("name", PLANNED)
def test_every_visit_is_an_activity_on_its_day(name: str) -> None:
    document = plan_of(name)
    days = [activity["detail"]["scheduledTiming"]["event"] for activity in care_plan_of(document)["activity"]]
    assert days == [[session.date.isoformat()] for session in document.sessions]


@pytest.mark.parametrize("name", WITHHELD)
def test_a_withheld_client_has_a_flag_and_nothing_of_how_or_when_to_treat(name: str) -> None:
    bundle = bundle_of(plan_of(name))
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert kinds == {"Patient", "Questionnaire", "QuestionnaireResponse", "Flag"}
    assert not [place for place, _ in everything(bundle) if place.endswith((".activity", ".scheduledTiming", ".goal", ".target"))]


def test_a_withheld_client_with_recorded_visits_has_no_care_plan() -> None:
    document = replace(plan_of("chest-pain"), visits=visited(a_document(), ATTENDED).visits)
    assert resources(bundle_of(document), "CarePlan") == []
    assert wrong_with(made("fhir", document)) == []


def test_what_became_of_a_visit_is_the_status_of_its_activity() -> None:
    document = visited(a_document(), ATTENDED, MISSED, CANCELLED, pain=4)
    plan = care_plan_of(document)
    details = [activity["detail"] for activity in plan["activity"]]
    assert [detail["status"] for detail in details[:4]] == ["completed", "cancelled", "cancelled", "not-started"]
    assert [detail.get("statusReason", {}).get("text") for detail in details[:3]] == [None, "missed", None]
    assert plan["status"] == "active"
    assert wrong_with(made("fhir", document)) == []


def test_a_course_without_visits_left_is_completed() -> None:
    document = visited(a_document(), *[ATTENDED] * 10)
    assert care_plan_of(document)["status"] == "completed"
    assert {goal["lifecycleStatus"] for goal in resources(bundle_of(document), "Goal")} == {"completed"}


def test_a_discharge_completes_the_course_when_its_last_visit_is_recorded() -> None:
    document = decided(visited(a_document(), *[ATTENDED] * 4), Action.DISCHARGE, date(2026, 12, 14))
    assert care_plan_of(document)["status"] == "active"
    assert care_plan_of(replace(document, sessions=document.sessions[:4]))["status"] == "completed"


def test_a_stopped_course_is_revoked_and_shows_what_took_place_alone() -> None:
    document = decided(visited(a_document(), ATTENDED, ATTENDED), Action.STOP_REFER, date(2026, 12, 1))
    content = made("fhir", document)
    plan = care_plan_of(document)
    assert plan["status"] == "revoked"
    assert len(plan["activity"]) == 2
    assert "description" not in plan
    assert document.sessions[2].date.isoformat() not in content.decode()
    assert document.techniques[0].name not in json.dumps(plan)
    assert [flag["code"]["coding"][0]["code"] for flag in resources(bundle_of(document), "Flag")] == ["stop-refer"]
    assert wrong_with(content) == []


def test_the_goal_for_pain_is_the_first_score_less_the_smallest_important_change() -> None:
    (goal,) = (goal for goal in resources(bundle_of(a_document(pain=6)), "Goal") if "72514-3" in json.dumps(goal))
    assert goal["target"][0]["detailQuantity"] == {
        "value": 4,
        "comparator": "<=",
        "unit": "score",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }


def test_without_enough_pain_to_lose_the_goal_is_in_words() -> None:
    (goal,) = (goal for goal in resources(bundle_of(a_document(pain=1)), "Goal") if "72514-3" in json.dumps(goal))
    assert goal["target"][0]["detailString"] == "Smallest important change: 2 points."


def test_the_client_is_a_pseudonym_and_nothing_else() -> None:
    (patient,) = resources(bundle_of(a_document()), "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    assert patient["identifier"] == [{"system": "urn:massage-cli:client", "value": "test-client"}]


def test_ids_stay_from_version_to_version_and_differ_from_client_to_client() -> None:
    first = bundle_of(a_document())
    later = bundle_of(replace(visited(a_document(), ATTENDED), version=2, parent="test-client.toml", parent_digest="sha256:0"))
    other = bundle_of(a_document(client="other-client"))
    urls = [{entry["fullUrl"] for entry in bundle["entry"]} for bundle in (first, later, other)]
    assert urls[0] == urls[1]
    assert urls[0].isdisjoint(urls[2])
    assert first["id"] != later["id"]


def test_the_same_plan_gives_the_same_bytes_whatever_the_day_and_the_hash_seed() -> None:
    content = made("fhir", plan_of("low-back"))
    assert made("fhir", plan_of("low-back"), on=TODAY + timedelta(days=99)) == content
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "massage_cli", "export", str(plan_file("low-back")), "--to", "fhir"]
        ran = subprocess.run(command, env=environment(PYTHONHASHSEED=seed, TZ="Asia/Tokyo"), capture_output=True, check=True)
        assert ran.stdout == content


def _hostile_document(text: str) -> PlanDocument:
    """A plan whose every free text was changed by hand, and an intake with such a note."""
    note = {"rule": "pregnancy", "by": f"x{text}", "on": TODAY, "limits": text}
    document = a_document(notes=text, clearances=[note], health={"pregnant": "no"})
    return replace(
        decided(document, Action.CONTINUE, TODAY),
        protocol=replace(document.protocol, name=text),
        techniques=tuple(replace(technique, name=text, regions=(text,)) for technique in document.techniques),
        sessions=tuple(replace(session, phase=text) for session in document.sessions),
        measures=tuple(replace(measure, name=text) for measure in document.measures),
        warnings=tuple(replace(warning, text=text) for warning in document.warnings),
        decision=replace(decided(document, Action.CONTINUE, TODAY).decision, because=text),
    )


MARKUP = ("<script>alert(1)</script>", "]]><b>", "&lt;&amp;&nbsp;", '" onload="x', "", " ", "\\u0041 \\U0001f600 \\\\u", "C:\\users")


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP], ids=short)
def test_hostile_text_is_inert(text: str) -> None:
    content = made("fhir", _hostile_document(text))
    assert wrong_with(content) == []
    assert steering(content) == []
    values = [value for _, value in everything(json.loads(content)) if isinstance(value, str)]
    assert [found for value in values if (found := [c for c in steering(value.encode()) if c != "U+000D"])] == []


@pytest.mark.parametrize("text", [*HOSTILE[:3], *MARKUP[:2]], ids=short)
def test_hostile_text_in_a_flag_is_inert(text: str) -> None:
    document = plan_of("chest-pain")
    findings = tuple(replace(finding, title=text, action=text) for finding in document.screening.findings)
    changed = replace(document, screening=replace(document.screening, findings=findings, unanswered=(text,)))
    assert wrong_with(made("fhir", changed)) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_claim_is_made(name: str) -> None:
    assert claims_in(made("fhir", plan_of(name)).decode(), knowledge()) == ()


def test_an_intake_that_this_edition_does_not_understand_is_refused_with_every_problem() -> None:
    document = a_document()
    changed = replace(document, intake=replace(document.intake, regions=("wing",), health={"nope": "yes"}))
    with pytest.raises(Unreadable) as refused:
        made("fhir", changed)
    assert {problem.path for problem in refused.value.problems} == {"intake.regions", "intake.health.nope"}
