"""How long the engine takes for one plan, the knowledge being loaded; run with `python -m tests.benchmarks.engine`.

The machine's own pace is printed beside it: a loop of a million additions, measured in the same run.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.intakes.intake_file import read_intake
from massage_cli.files.plans import outcome_document
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
from massage_cli.files.public_holidays import public_holidays
from massage_cli.planning import calendar, dose, screening
from massage_cli.planning.main_block import session_of
from massage_cli.planning.plan import make_plan

_ROUNDS = 300
_ALLOWED_MICROSECONDS = 400
_PLANS = Path(__file__).parents[2] / "plans"


def _median(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The median of many runs, in microseconds."""
    taken = []
    for _ in range(rounds):
        _forget()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1_000_000


def _forget() -> None:
    """What is remembered of clients before would make the same client twice as quick."""
    for remembered in (
        session_of,
        screening._found,
        dose._dose,
        calendar._dated,
        outcome_document._exclusions,
        outcome_document._caution_sites,
    ):
        remembered.cache_clear()


def main() -> None:
    """Measure every worked client and print the medians, the slowest against what is allowed."""
    knowledge = built_in_knowledge()
    print(f"{'client':20} {'engine':>8} {'document':>9} {'TOML':>8} {'JSON':>8}   (microseconds, median of {_ROUNDS})")
    slowest = 0.0
    for path in sorted(_PLANS.glob("*.intake.toml")):
        on = read_plan(path.with_name(path.name.replace(".intake", "")).read_bytes(), path.name).planned_on
        intake = read_intake(path.read_bytes(), path.name, knowledge, on=on)
        holidays = public_holidays(intake.booking.holidays, on=on, start=intake.booking.start)
        outcome = make_plan(intake, knowledge, on=on, holidays=holidays)
        document = document_of(outcome, knowledge, program="0")
        engine = _median(lambda: make_plan(intake, knowledge, on=on, holidays=holidays))  # noqa: B023  # used up at once
        rest = (
            _median(lambda: document_of(outcome, knowledge, program="0")),  # noqa: B023  # used up at once
            _median(lambda: to_toml(document), 30),  # noqa: B023  # used up at once
            _median(lambda: to_json(document), 30),  # noqa: B023  # used up at once
        )
        print(f"{intake.client:20} {engine:8.0f} {rest[0]:9.0f} {rest[1]:8.0f} {rest[2]:8.0f}")
        slowest = max(slowest, engine)
    pace = _median(lambda: sum(number for number in range(1_000_000)), 5)
    print(f"slowest: {slowest:.0f} of {_ALLOWED_MICROSECONDS} allowed; a million additions take {pace:.0f}, {pace / slowest:.0f} plans")


if __name__ == "__main__":
    main()
