"""Everything that contradicts itself in a plan file of our own."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from massage_cli.files.checking.lint.course import course_faults
from massage_cli.files.checking.lint.screened import screening_faults
from massage_cli.files.checking.lint.treatment import treatment_faults
from massage_cli.files.checking.lint.verdict import verdict_faults
from massage_cli.files.key_lines import key_lines
from massage_cli.files.own.own_knowledge import require_overlay
from massage_cli.files.plans.plan_contradictions import contradictions
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import decoded
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.lint.fault import Fault, FaultKind, fault

_ENTRY = re.compile(r"(?P<list>[a-z-]+)\[(?P<place>\d+)\]")


def faults_of_plan(content: bytes, name: str, knowledge: Knowledge) -> tuple[Fault, ...]:
    """The faults of a plan file, each with its line where that can be had. Raises Unreadable where it is no plan at all."""
    document, text = decoded(content, name)
    require_overlay(document.overlay, knowledge, called=name)
    found = tuple(dict.fromkeys(document_faults(document, knowledge)))
    if not found:
        return ()
    lines, rows = key_lines(text), text.split("\n")
    return tuple(replace(each, file=name, line=_line(each.path, lines, rows)) for each in found)


def document_faults(document: PlanDocument, knowledge: Knowledge) -> Iterator[Fault]:
    """The faults of a plan, whatever it says."""
    broken = tuple(contradictions(document))
    yield from broken
    yield from verdict_faults(document, knowledge)
    yield from screening_faults(document, knowledge)
    if any(each.id is FaultKind.INCOMPLETE_PLAN for each in broken):
        return  # dates without phases, or gaps without days, say nothing more
    if document.stopped:
        yield from _after_a_stop(document)
    elif document.sessions:
        yield from course_faults(document, knowledge)
    yield from treatment_faults(document, knowledge)


def _after_a_stop(document: PlanDocument) -> Iterator[Fault]:
    recorded = {visit.number for visit in document.visits}
    stopped = document.decision
    for place, session in enumerate(document.sessions):
        if stopped is not None and session.number not in recorded and session.date > stopped.on:
            found = f"visit {session.number} on {session.date}, though the course was stopped on {stopped.on}"
            yield fault(FaultKind.STOPPED_VISITS, f"sessions[{place}]", found, "no visits after a stop")


def _line(path: str, lines: dict[str, int], rows: Sequence[str]) -> int | None:
    """The line of a key path; the entries of a list stand one a line behind its key, as plans are written."""
    while path:
        if path in lines:
            return lines[path]
        entry = _ENTRY.fullmatch(path)
        if entry is not None and entry["list"] in lines:
            line = lines[entry["list"]] + 1 + int(entry["place"])
            return line if line <= len(rows) and rows[line - 1].lstrip().startswith("{") else lines[entry["list"]]
        path = path.rpartition(".")[0]
    return None
