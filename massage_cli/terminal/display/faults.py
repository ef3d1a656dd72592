"""Faults found in files: where, what is there, and what is expected."""

from collections.abc import Sequence

from massage_cli.planning.lint.fault import Fault
from massage_cli.planning.texts import counted
from massage_cli.terminal.display.paper import paper_for_stdout, publish

_MOST_FAULTS = 100
"""How many faults of a file are written out: with more of them, it is the first that count."""


def show_faults(faults: Sequence[Fault], *, files: int) -> None:
    """Write the faults to standard output, file by file, and how many there are."""
    paper = paper_for_stdout()
    for file in dict.fromkeys(fault.file for fault in faults):
        paper.line((file or "", "bold"))
        alike = [fault for fault in faults if fault.file == file]
        for fault in alike[:_MOST_FAULTS]:
            line = "" if fault.line is None else f"line {fault.line}, "
            paper.line((fault.id, "bold"), f"  {line}{fault.path}", indent=2)
            paper.line(fault.found, indent=4)
            paper.line(f"expected: {fault.expected}", indent=4)
        if len(alike) > _MOST_FAULTS:
            paper.line(f"and {counted(len(alike) - _MOST_FAULTS, 'fault')} more; --json has them all", indent=2)
        paper.blank()
    number = counted(len(faults), "fault") if faults else "No fault"
    paper.line((number, "bold"), f" in {counted(files, 'file')}.")
    publish(paper)
