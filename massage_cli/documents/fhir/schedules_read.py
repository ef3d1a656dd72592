"""The schedules in FHIR R4 resources from anywhere: care plans, medication requests that taper, and what is wrong with their shape."""

from collections.abc import Iterator
from typing import Any

from massage_cli.documents.fhir.care_plan_read import care_plan_schedules
from massage_cli.documents.fhir.dosage_read import dosage_schedule
from massage_cli.documents.fhir.timing_read import Reader, listed, table
from massage_cli.knowledge.problems import Problem, Unreadable, quoted
from massage_cli.planning.lint.fault import Fault, FaultKind
from massage_cli.planning.lint.schedule import Schedule
from massage_cli.planning.lint.schedule_faults import schedule_faults

_DOSED = ("MedicationRequest", "MedicationDispense", "MedicationStatement")
_READ = ("CarePlan", *_DOSED)
_WITHIN = "urn:uuid:"


def fhir_faults(raw: dict[str, Any]) -> tuple[Fault, ...]:
    """The faults of every schedule in a resource or bundle. Raises Unreadable where it holds none that is read."""
    found = [(path, resource) for path, resource in _resources(raw) if resource.get("resourceType") in _READ]
    if not found:
        kind = raw.get("resourceType")
        message = f"{quoted(kind)} holds no {', '.join(_READ[:2])}; other FHIR resources have no schedule that is read"
        raise Unreadable([Problem(path="resourceType", value=kind, message=message)])
    reader = Reader()
    for path, resource in found:
        for schedule in _schedules(resource, path, reader):
            reader.faults += schedule_faults(schedule)
        if raw.get("resourceType") == "Bundle":
            _check_references(resource, path, _names(raw), reader)
    return tuple(dict.fromkeys(reader.faults))


def _schedules(resource: dict[str, Any], path: str, reader: Reader) -> Iterator[Schedule]:
    if resource.get("resourceType") == "CarePlan":
        yield from care_plan_schedules(resource, path, reader)
    else:
        yield dosage_schedule(resource, path, reader)


def _resources(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each resource with the path before its keys."""
    if raw.get("resourceType") != "Bundle":
        yield "", raw
        return
    for place, entry in enumerate(listed(raw.get("entry"))):
        yield f"entry[{place}].resource.", table(table(entry).get("resource"))


def _names(bundle: dict[str, Any]) -> frozenset[str]:
    names = set()
    for entry in listed(bundle.get("entry")):
        names.add(str(table(entry).get("fullUrl")))
    return frozenset(names)


def _check_references(resource: dict[str, Any], path: str, names: frozenset[str], reader: Reader) -> None:
    """References into the bundle must name a resource of it; others may lead anywhere."""
    for key in ("subject", "goal", "supportingInfo", "basedOn", "replaces", "partOf"):
        for place, value in enumerate(listed(resource.get(key)) or [resource.get(key)]):
            target = table(value).get("reference")
            if isinstance(target, str) and target.startswith(_WITHIN) and target not in names:
                at = f"{path}{key}[{place}].reference" if isinstance(resource.get(key), list) else f"{path}{key}.reference"
                reader.tell(FaultKind.UNKNOWN_ID, at, f"'{target}' is not in the bundle", "a resource of the bundle")
