"""The faults of a file, whatever kind of schedule it holds: a plan of ours, FHIR, or a calendar."""

from msgspec.structs import replace

from massage_cli.files.checking.lint.plan_faults import faults_of_plan
from massage_cli.files.reading import BYTE_ORDER_MARK, parse
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.lint.fault import Fault

_CALENDAR = b"BEGIN:VCALENDAR"


def faults_of(content: bytes, name: str, knowledge: Knowledge) -> tuple[Fault, ...]:
    """Every fault of a file, which is known by what it holds. Raises Unreadable where nothing in it can be looked at."""
    if content.removeprefix(BYTE_ORDER_MARK).lstrip()[: len(_CALENDAR)].upper() == _CALENDAR:
        from massage_cli.documents.calendar_read import calendar_faults

        return tuple(replace(each, file=name) for each in calendar_faults(content, name))
    if name.lower().endswith(".ics"):
        raise Unreadable([Problem(file=name, path="", message="is not a calendar: it does not begin with BEGIN:VCALENDAR")])
    table, _ = parse(content, name)
    if "resourceType" not in table:
        return faults_of_plan(content, name, knowledge)
    from massage_cli.documents.fhir.schedules_read import fhir_faults

    try:
        return tuple(replace(each, file=name) for each in fhir_faults(table))
    except Unreadable as broken:
        raise Unreadable(replace(problem, file=name) for problem in broken.problems) from None
