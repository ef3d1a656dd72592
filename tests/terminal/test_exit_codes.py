"""What the exit codes mean."""

import pytest

from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.terminal.exit_codes import ExitCode, code_of


@pytest.mark.parametrize("outcome", OutcomeKind)
def test_a_plan_is_0_and_a_withheld_one_is_3(outcome: OutcomeKind) -> None:
    plans = (OutcomeKind.CLEAR, OutcomeKind.RESTRICTED)
    assert code_of(outcome) == (0 if outcome in plans else 3)


def test_the_codes_are_those_that_scripts_were_promised() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "BUG": 1,
        "WRONG_INPUT": 2,
        "WITHHELD": 3,
        "NOT_WRITTEN": 4,
        "FOUND": 5,
        "INTERRUPTED": 130,
    }
