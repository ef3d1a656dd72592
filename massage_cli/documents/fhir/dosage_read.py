"""Dosages of FHIR as stretches: a taper of medicine is a schedule like any other, with a quantity that has to add up."""

from fractions import Fraction
from typing import Any

import msgspec

from massage_cli.documents.fhir.timing_read import Reader, listed, table, with_text
from massage_cli.planning.lint.fault import FaultKind
from massage_cli.planning.lint.said import said_in
from massage_cli.planning.lint.schedule import Schedule, Stretch
from massage_cli.planning.lint.stretches import days_of


class _Dosed(msgspec.Struct, frozen=True):
    """A stretch with its dose, and its place in the order of dosages."""

    stretch: Stretch
    dose: Fraction | None
    sequence: int


def dosage_schedule(resource: dict[str, Any], path: str, reader: Reader) -> Schedule:
    """The dosages in order, those that run side by side left out; its quantity is held against them."""
    key = "dosage" if "dosage" in resource else "dosageInstruction"
    dosed = [_dosage(table(entry), f"{path}{key}[{place}]", place, reader) for place, entry in enumerate(listed(resource.get(key)))]
    for each in dosed:
        said = said_in(each.stretch.text).dose
        if said is not None and each.dose is not None and said != each.dose:
            found = f"the text says {said}, and the dose is {float(each.dose):g}"
            reader.tell(FaultKind.TEXT_DOSE, each.stretch.path, found, "the same dose in both")
    _check_quantity(resource, dosed, path, reader)
    sequences = [each.sequence for each in dosed]
    alone = [each for each in dosed if sequences.count(each.sequence) == 1]
    return Schedule(path=f"{path}{key}", stretches=tuple(each.stretch for each in sorted(alone, key=lambda each: each.sequence)))


def _dosage(entry: dict[str, Any], path: str, place: int, reader: Reader) -> _Dosed:
    repeat = table(table(entry.get("timing")).get("repeat"))
    stretch = with_text(reader.stretch(repeat, f"{path}.timing.repeat"), entry.get("text"))
    amounts = [table(each).get("doseQuantity") for each in listed(entry.get("doseAndRate"))] or [entry.get("doseQuantity")]
    dose = reader.number(table(amounts[0]).get("value"), f"{path}.doseAndRate[0].doseQuantity.value")
    sequence = entry.get("sequence")
    return _Dosed(stretch, dose, sequence if isinstance(sequence, int) and not isinstance(sequence, bool) else place + 1)


def _check_quantity(resource: dict[str, Any], dosed: list[_Dosed], path: str, reader: Reader) -> None:
    """What is supplied against what the dosages take, by their dates and by their texts."""
    request = table(resource.get("dispenseRequest"))
    where = "dispenseRequest.quantity.value" if request else "quantity.value"
    quantity = table(request.get("quantity") if request else resource.get("quantity")).get("value")
    supplied = reader.number(quantity, f"{path}{where}")
    days = [days_of(each.stretch) for each in dosed]
    _check_supply_days(request, days, path, reader)
    taken = [_taken(each, lasts) for each, lasts in zip(dosed, days, strict=True)]
    if supplied is None or not taken or None in taken:
        return
    total = sum((amount for amount in taken if amount is not None), start=Fraction(0))
    if total != supplied:
        said = [_taken(each, _said_days(each.stretch)) for each in dosed]
        by_text = sum((amount for amount in said if amount is not None), start=Fraction(0))
        found = f"{float(supplied):g} are supplied, and the dates take {float(total):g}"
        if None not in said:
            found += f" (the texts {float(by_text):g})"
        reader.tell(FaultKind.QUANTITY, f"{path}{where}", found, f"{float(total):g}")


def _check_supply_days(request: dict[str, Any], days: list[Fraction | None], path: str, reader: Reader) -> None:
    """How long the supply is said to last, against the days of the dosages."""
    where = f"{path}dispenseRequest.expectedSupplyDuration"
    lasts = reader.length(table(request.get("expectedSupplyDuration")), where)
    total = sum((each for each in days if each is not None), start=Fraction(0))
    if lasts is not None and days and None not in days and lasts != total:
        found = f"the supply lasts {float(lasts):g} days, and the dates give {float(total):g}"
        reader.tell(FaultKind.QUANTITY, where, found, f"{float(total):g} days")


def _taken(each: _Dosed, days: Fraction | None) -> Fraction | None:
    rate = each.stretch.rate
    return None if each.dose is None or rate is None or days is None else each.dose * rate * days


def _said_days(stretch: Stretch) -> Fraction | None:
    lengths = said_in(stretch.text).lengths
    return lengths[0][0] if len(lengths) == 1 and lengths[0][0] == lengths[0][1] else None
