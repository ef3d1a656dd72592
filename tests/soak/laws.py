"""Laws that hold for every client, and the program beside the oracle, for many more clients than every run of the tests has."""

import warnings
from collections.abc import Callable

from hypothesis.errors import HypothesisDeprecationWarning, UnsatisfiedAssumption

from tests import test_laws, test_oracle
from tests.documents import test_calendar_file
from tests.documents.fhir import test_bundle, test_reading_back
from tests.files import test_schema
from tests.files.courses import test_caseload, test_course_file, test_course_problems
from tests.files.intakes import test_intake_file, test_intake_toml
from tests.files.lists import test_cells, test_rows, test_xlsx_rows
from tests.files.plans import test_changes
from tests.planning.follow_up import test_recheck, test_review
from tests.planning.questionnaire import test_visit
from tests.soak.finds import Finds

COUNT = 10_000
_MODULES = (
    *(test_laws, test_oracle, test_bundle, test_reading_back, test_caseload, test_cells, test_changes, test_course_file),
    *(test_course_problems, test_intake_file, test_intake_toml, test_rows, test_schema, test_xlsx_rows, test_recheck, test_review),
    *(test_visit, test_calendar_file),
)


def _drawn(module: object) -> dict[str, Callable[[int], None]]:
    """The tests of a module that look at one client, drawn by a number."""
    tests = {name: getattr(test, "hypothesis", None) for name, test in vars(module).items() if name.startswith("test_")}
    return {name: test.inner_test for name, test in tests.items() if test is not None and _takes_a_number(test.inner_test)}


def _takes_a_number(test: Callable[..., None]) -> bool:
    code = test.__code__
    return code.co_varnames[: code.co_argcount] == ("seed",)


LAWS = {name: law for module in _MODULES for name, law in _drawn(module).items()}
"""Every test of the everyday suite that hypothesis hands one number."""


def soak(count: int, seed: int, finds: Finds) -> str:
    """Hold so many clients against all laws."""
    passed_by = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisDeprecationWarning)  # a law may assume something of its client
        for number in finds.each(range(seed, seed + count)):
            for name, law in LAWS.items():
                with finds.watch(number, name.removeprefix("test_")):
                    try:
                        law(number)
                    except UnsatisfiedAssumption:
                        passed_by += 1
    return f"{finds.done:,} clients held against {len(LAWS)} laws; {passed_by:,} times a law was not about the client"
