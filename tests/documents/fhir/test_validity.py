"""The judges of bundles see what is broken, each at least what the others miss."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.fhir.validity import resources, wrong_with
from tests.documents.made import a_document, made

Bundle = dict[str, Any]


def _plan(bundle: Bundle) -> Any:
    return resources(bundle, "CarePlan")[0]


def _response(bundle: Bundle) -> Any:
    return resources(bundle, "QuestionnaireResponse")[0]


BREAKS: dict[str, Callable[[Bundle], object]] = {
    "status not in the list": lambda bundle: _plan(bundle).update(status="zzz"),
    "no intent": lambda bundle: _plan(bundle).pop("intent"),
    "unknown key": lambda bundle: _plan(bundle).update(nope=1),
    "count is text": lambda bundle: _plan(bundle)["activity"][0]["detail"]["scheduledTiming"]["repeat"].update(count="one"),
    "unknown unit of time": lambda bundle: _plan(bundle)["activity"][0]["detail"]["scheduledTiming"]["repeat"].update(
        durationUnit="minute"
    ),
    "period ends before it starts": lambda bundle: _plan(bundle)["period"].update(end="2000-01-01"),
    "reference to nothing": lambda bundle: _plan(bundle)["goal"].append({"reference": "urn:uuid:00000000-0000-0000-0000-000000000000"}),
    "the same resource twice": lambda bundle: bundle["entry"].append(bundle["entry"][0]),
    "narrative is no XML": lambda bundle: _plan(bundle)["text"].update(div='<div xmlns="http://www.w3.org/1999/xhtml"><p>a < b</p></div>'),
    "answer not among the options": lambda bundle: _response(bundle)["item"][0]["item"][2]["answer"][0]["valueCoding"].update(code="zzz"),
    "answer to no question": lambda bundle: _response(bundle)["item"].append({"linkId": "zzz"}),
    "empty text": lambda bundle: _plan(bundle).update(title=""),
}


def test_the_bundle_that_is_broken_below_is_sound() -> None:
    assert wrong_with(made("fhir", a_document())) == []


@pytest.mark.parametrize("name", BREAKS)
def test_every_break_is_seen(name: str) -> None:
    bundle = json.loads(made("fhir", a_document()))
    BREAKS[name](bundle)
    assert wrong_with(json.dumps(bundle).encode())
