"""What the program's exit codes mean; they stand here alone."""

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the version is told without the knowledge
    from massage_cli.knowledge.vocabulary import OutcomeKind


class ExitCode(IntEnum):
    """The codes that a script can count on.

    FOUND is that of a check which did its work and found something: neither a bug, nor wrong input, nor a client who is withheld.
    """

    DONE = 0
    BUG = 1
    WRONG_INPUT = 2
    WITHHELD = 3
    NOT_WRITTEN = 4
    FOUND = 5
    INTERRUPTED = 130


def code_of(outcome: "OutcomeKind") -> ExitCode:
    """The code of a command that planned or screened one client."""
    return ExitCode.WITHHELD if outcome.withholds else ExitCode.DONE
